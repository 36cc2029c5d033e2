# What a person runs and what CI runs are the same commands.

GO ?= go
FUZZTIME ?= 1m
TESTED = ./cmd/cosmoslint ./internal/report ./internal/docs ./rules

.DEFAULT_GOAL := build
.PHONY: build test check lint update fuzz bench clean

build: ## bin/cosmoslint, one static binary
	CGO_ENABLED=0 $(GO) build -trimpath -o bin/cosmoslint ./cmd/cosmoslint

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
	rm -rf bin
