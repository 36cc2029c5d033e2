#!/usr/bin/env bash
# Lints, and leaves the reports in a directory for the steps that follow. Findings do not make it fail: the last step of
# the action does that, after everything was shown and uploaded. Runs with bash 3.2, which macOS has.
set -euo pipefail

refuse() {
  echo "::error title=cosmoslint::$1"
  echo "exit-code=2" >>"$GITHUB_OUTPUT"
  exit 0
}

# each_line TEXT prints the lines of an input without the space around them and without empty ones.
each_line() { tr -d '\r' <<<"$1" | sed -e 's/^[[:space:]]*//' -e 's/[[:space:]]*$//' -e '/^$/d'; }

# option FLAG TEXT adds a flag for each line of an input. A value that looks like a flag stays a value.
flags=()
option() {
  while IFS= read -r line; do flags+=("$1=$line"); done < <(each_line "$2")
}

# repository prints the root of the repository around the working directory, which paths in SARIF are relative to.
repository() {
  local dir=$PWD
  while [ ! -e "$dir/.git" ] && [ "$dir" != "$(dirname "$dir")" ]; do dir=$(dirname "$dir"); done
  if [ -e "$dir/.git" ]; then echo "$dir"; else echo "$PWD"; fi
}

has_commit() { git cat-file -e "$1^{commit}" 2>/dev/null; }

# base prints the commit that changes are counted from, or nothing: the first parent of the merge that GitHub makes for a
# pull request, else the commit that the event names, which a shallow checkout may have to fetch.
base() {
  if [ "$EVENT" = pull_request ] && has_commit HEAD^2 && has_commit HEAD^1; then
    git rev-parse HEAD^1
    return 0
  fi
  if ! [[ $BASE =~ ^[0-9a-f]{40,64}$ ]] || [[ $BASE =~ ^0+$ ]]; then return 0; fi
  if has_commit "$BASE" ||
    GIT_TERMINAL_PROMPT=0 git fetch --quiet --no-tags --depth=1 origin "$BASE" >&2; then
    echo "$BASE"
  fi
}

# lint FLAG... shows a report in the log, where none of it can be taken for a command, and sets code.
lint() {
  local token
  token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  code=0
  echo "::stop-commands::$token"
  FORCE_COLOR=${FORCE_COLOR-1} "$PROGRAM" "$@" "${flags[@]+"${flags[@]}"}" -- "${paths[@]}" 2>&1 | cat || code=$?
  echo "::$token::"
}

# count NAME prints a number out of the summary at the end of the JSON report.
count() { sed -n "s/^    \"$1\": \([0-9]*\),\{0,1\}\$/\1/p" "$reports/report.json" | tail -n 1; }

case $INPUT_CHANGED_ONLY:$EVENT in
  true:* | auto:pull_request | auto:pull_request_target) changed_only=true ;;
  auto:* | false:*) changed_only=false ;;
  *) refuse "changed-only is none of true, false and auto" ;;
esac
cd -- "$GITHUB_WORKSPACE/$INPUT_WORKING_DIRECTORY" || refuse "working-directory is not a directory"

option --config "$INPUT_CONFIG"
option --baseline "$INPUT_BASELINE"
option --fail-on "$INPUT_FAIL_ON"
option --severity "$INPUT_SEVERITY"
option --rules "${INPUT_RULES//,/$'\n'}"
option --exclude-rules "${INPUT_EXCLUDE_RULES//,/$'\n'}"
paths=()
while IFS= read -r line; do paths+=("$line"); done < <(each_line "$INPUT_PATHS")
if [ "${#paths[@]}" -eq 0 ]; then paths=(.); fi

reports=$(mktemp -d "$RUNNER_TEMP/cosmoslint-reports.XXXXXX")
sarif=$reports/cosmoslint.sarif
shown=(--output "json=$reports/report.json" --output "github=$reports/annotations" --output "markdown=$reports/summary.md")
since=
if $changed_only; then since=$(base); fi
if [ -n "$since" ]; then
  echo "Showing the deployments that read a file which has changed since $since."
  lint "--changed-since=$since" "${shown[@]}"
  verdict=$code
  if [ -s "$reports/report.json" ]; then
    echo "::group::All deployments, for code scanning"
    lint --output "sarif=$sarif"
    echo "::endgroup::"
  else
    since=
  fi
fi
if [ -z "$since" ]; then
  lint "${shown[@]}" --output "sarif=$sarif"
  verdict=$code
  if $changed_only && [ -s "$reports/report.json" ]; then
    echo "::warning title=cosmoslint::It is not known what has changed, so everything is shown. Check out with fetch-depth: 2."
  fi
fi

{
  echo "reports=$reports"
  echo "root=$(repository)"
  echo "exit-code=$verdict"
  if [ -s "$sarif" ]; then echo "sarif-file=$sarif"; fi
  if [ -s "$reports/report.json" ]; then
    for name in findings errors warnings notes; do echo "$name=$(count "$name")"; done
  fi
} >>"$GITHUB_OUTPUT"
