#!/usr/bin/env bash
# Builds cosmoslint from the sources that the action came with, whatever Go settings the workflow has made for its own.
set -euo pipefail
cd "$GITHUB_ACTION_PATH"
export CGO_ENABLED=0 GOFLAGS='-trimpath -buildvcs=false' GOWORK=off
unset GOOS GOARCH GOEXPERIMENT
program=$(mktemp -d "$RUNNER_TEMP/cosmoslint.XXXXXX")/cosmoslint$(go env GOEXE)
go build -o "$program" ./cmd/cosmoslint
echo "program=$program" >>"$GITHUB_OUTPUT"
