# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Functions for the other scripts.  A step prints one line on success, and the end of its output on failure.

cd "$(dirname "${BASH_SOURCE[0]}")/.."
mkdir -p build/logs

# Without a writable home, the tools cannot store their caches and settings.
if [[ -z ${HOME-} || ! -w ${HOME-} ]]; then
  export HOME="$PWD/build/home"
  mkdir -p "$HOME"
fi

# say SENTENCE
say() { printf '%s\n' "$*"; }

# step NAME COMMAND...   runs the command and writes its output to build/logs
step() {
  local name=$1 log began=$SECONDS
  shift
  log="build/logs/$(tr -cs 'A-Za-z0-9\n' '-' <<<"$name").log"
  printf '%s ... ' "$name"
  if "$@" >"$log" 2>&1 </dev/null; then
    printf 'done in %d s\n' $((SECONDS - began))
  else
    local status=$?
    printf 'failed after %d s\n' $((SECONDS - began))
    # The first error is more useful than the last lines.  Some commands are very long, so lines are cut.
    { grep -E -m 1 -A40 '^(FAILED:|CMake Error)' "$log" || tail -n 25 "$log"; } | cut -c 1-300 >&2
    say "All of it is in $log." >&2
    return $status
  fi
}
