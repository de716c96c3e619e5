# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# For the scripts beside it: a step is one line while it goes well, and the end of its output when it does not.

cd "$(dirname "${BASH_SOURCE[0]}")/.."
mkdir -p build/logs

# A home that is missing or cannot be written to keeps caches and settings of the tools from working.
if [[ -z ${HOME-} || ! -w ${HOME-} ]]; then
  export HOME="$PWD/build/home"
  mkdir -p "$HOME"
fi

# say SENTENCE
say() { printf '%s\n' "$*"; }

# step NAME COMMAND...   runs the command with its output in build/logs
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
    # The first thing that failed is worth more than the last lines; those of some commands are very long.
    { grep -E -m 1 -A40 '^(FAILED:|CMake Error)' "$log" || tail -n 25 "$log"; } | cut -c 1-300 >&2
    say "All of it is in $log." >&2
    return $status
  fi
}
