#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# packaging/run.sh [ARGUMENT...]   builds the program from a clone on Debian 12 and starts it with a trial
# account.
# Arguments are passed to the program and replace --sandbox.  Without a display, it saves screenshots in
# build/screenshots.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

display=${WAYLAND_DISPLAY-}${DISPLAY-}
if [[ $display ]]; then
  sets=(build)
  [[ ${DISPLAY-} ]] || sets+=(wayland)
  packaging/dependencies.sh "${sets[@]}"
  step "Configuring" cmake --preset release
  step "Building, which takes minutes the first time" cmake --build --preset release --target capturedesk
  (($#)) || set -- --sandbox
  say "Starting build/release/capturedesk $*"
  exec build/release/capturedesk "$@"
fi

say "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can be shown."
say "Walking through the main job on a display in memory instead, and keeping what the window looked like."
packaging/dependencies.sh build walk
step "Configuring" cmake --preset release
step "Building, which takes minutes the first time" cmake --build --preset release --target capturedesk

shots=$PWD/build/screenshots
rm -rf "$shots"
mkdir -p "$shots"
step "Walking through the main job, with keys alone" \
  /usr/bin/python3 -B tests/ui/reader/main_job.py build/release "$shots"
pictures=("$shots"/*.png)
if [[ ! -s ${pictures[0]} ]]; then
  say "The walk went through but left no screenshots in $shots." >&2
  exit 1
fi
say "What the window looked like is in:"
printf '  %s\n' "${pictures[@]}"
