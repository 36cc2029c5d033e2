#!/usr/bin/env bash
# Fails as cosmoslint did.
set -euo pipefail
case $CODE in
  0) ;;
  1) echo "There are findings at or above fail-on." ;;
  2) echo "::error title=cosmoslint::Part of the input could not be judged, see the log." ;;
  *) echo "::error title=cosmoslint::cosmoslint ended with exit code $CODE." ;;
esac
exit "$CODE"
