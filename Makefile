# What a person runs and what CI runs are the same commands.

GO ?= go
FUZZTIME ?= 1m
TESTED = ./cmd/cosmoslint ./internal/report ./internal/docs ./internal/config ./internal/template ./rules

.DEFAULT_GOAL := build
.PHONY: build dist man test check lint update fuzz bench clean

build: ## bin/cosmoslint, one static binary
	CGO_ENABLED=0 $(GO) build -trimpath -o bin/cosmoslint ./cmd/cosmoslint

PLATFORMS = linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64

dist: ## dist/, a static binary for each platform and their checksums
	rm -rf dist
	@set -e; for platform in $(PLATFORMS); do \
		os=$${platform%/*} arch=$${platform#*/} suffix=; \
		if [ $$os = windows ]; then suffix=.exe; fi; \
		echo "dist/cosmoslint_$${os}_$$arch$$suffix"; \
		CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch $(GO) build -trimpath -ldflags="-s -w" -o dist/cosmoslint_$${os}_$$arch$$suffix ./cmd/cosmoslint; \
	done
	cd dist && if command -v sha256sum >/dev/null; then sha256sum cosmoslint_*; else shasum -a 256 cosmoslint_*; fi >checksums.txt

man: ## bin/cosmoslint.1, the manual page
	mkdir -p bin
	$(GO) run ./cmd/cosmoslint help man >bin/cosmoslint.1

test: ## all tests
	$(GO) test ./...

check: lint test ## what a change has to pass

lint: ## formatting and vet
	@test -z "$$(gofmt -l .)" || { echo "gofmt is needed for:"; gofmt -l .; exit 1; }
	$(GO) vet ./...

update: ## rewrite wanted output, rule pages and README.md
	$(GO) test $(TESTED) -update

fuzz: ## every fuzz target, FUZZTIME each
	@set -e; for package in $$($(GO) list ./...); do \
		for target in $$($(GO) test -run '^$$' -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
			echo "$$package $$target"; \
			$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) $$package; \
		done; \
	done

bench: ## speed of the pipeline, and of reading and checking JSON alone
	$(GO) test -run '^$$' -bench . -benchmem ./internal/lint

clean: ## what was built
	rm -rf bin dist
