#!/usr/bin/env bash
# Shows findings beside the code and in the summary of the job.
set -euo pipefail

# A summary above 1 MiB is dropped as a whole, so a long one is cut after a line.
summary() {
  if [ "$(wc -c <"$1")" -le 900000 ]; then
    cat "$1"
    return
  fi
  head -c 900000 "$1" | sed '$d'
  printf '\n\nThe rest is left out, see the log.\n'
}

if [ "$INPUT_ANNOTATIONS" = true ] && [ -s "$REPORTS/annotations" ]; then cat "$REPORTS/annotations"; fi
if [ "$INPUT_SUMMARY" = true ] && [ -s "$REPORTS/summary.md" ]; then summary "$REPORTS/summary.md" >>"$GITHUB_STEP_SUMMARY"; fi
