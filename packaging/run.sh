#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# packaging/run.sh [ARGUMENT...]   from a clone on Debian 12 to the window, with an account to try things on.
# Arguments go to the program, instead of --sandbox.  Without a display it leaves screenshots in build/screenshots.
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
say "Walking through the main job without one instead, and keeping what the window looked like."
packaging/dependencies.sh build test
step "Configuring" cmake --preset release -DBUILD_TESTING=ON
step "Building, which takes minutes the first time" \
  cmake --build --preset release --target capturedesk main_job

shots=$PWD/build/screenshots
rm -rf "$shots"
mkdir -p "$shots"
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
step "Walking through the main job" env -u XDG_SESSION_TYPE HOME="$home" XDG_CONFIG_HOME="$home/config" \
  XDG_DATA_HOME="$home/data" XDG_CACHE_HOME="$home/cache" XDG_STATE_HOME="$home/state" XDG_RUNTIME_DIR="$home" \
  QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 CAPTUREDESK_SCREENSHOTS="$shots" timeout 600 build/release/main_job
pictures=("$shots"/*.png)
if [[ ! -s ${pictures[0]} ]]; then
  say "The walk went through but left no screenshots in $shots." >&2
  exit 1
fi
say "What the window looked like is in:"
printf '  %s\n' "${pictures[@]}"
