#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# packaging/dependencies.sh SET...   installs the missing Debian 12 packages of the named sets:
#   build   compiles and runs the program
#   walk    operates the window from outside, on a virtual display
#   test    needed by the tests, in addition to build and walk
#   check   used by .ci/run to check the sources
#   package builds and checks the Debian package
#   wayland needed on a desktop that has only Wayland
#   fuzz    builds the fuzz targets
#   bench   the tools that the benchmarks compare with
set -euo pipefail

build=(
  g++ cmake ninja-build pkg-config
  qt6-base-dev qt6-base-dev-tools qt6-svg-dev libqt6svg6 libqt6sql6-sqlite
  qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools qt6-translations-l10n libgl-dev libxkbcommon-dev
  libcpp-httplib-dev libssl-dev libzip-dev libexpat1-dev zlib1g-dev
  fonts-dejavu-core ca-certificates
)
walk=(xvfb openbox dbus dbus-daemon at-spi2-core python3 python3-pyatspi xdotool imagemagick x11-utils)
test=(libvalijson-dev nlohmann-json3-dev openssl curl procps gnome-keyring xclip mold)
check=(git ccache clang-format-19 clang-tidy-19 desktop-file-utils appstream)
package=(dpkg-dev file gzip desktop-file-utils appstream lintian man-db groff-base)
wayland=(qt6-wayland)
fuzz=(clang-19 libclang-rt-19-dev)
bench=(xlsx2csv)

missing=()
for set in "$@"; do
  case $set in
    build | walk | test | check | package | wayland | fuzz | bench) declare -n packages=$set ;;
    *) echo "There is no set of packages called \"$set\", only build, walk, test, check, package, wayland, fuzz and bench." >&2; exit 2 ;;
  esac
  for name in "${packages[@]}"; do
    status=$(dpkg-query -W -f '${db:Status-Status}\n' "$name" 2>/dev/null || true)
    grep -qx installed <<<"$status" || missing+=("$name")
  done
done
((${#missing[@]})) || exit 0

if ! command -v apt-get >/dev/null; then
  echo "This is no Debian: please install what corresponds to these packages of Debian 12 yourself." >&2
  echo "  ${missing[*]}" >&2
  exit 1
fi

environment=(DEBIAN_FRONTEND=noninteractive)
for name in http_proxy https_proxy no_proxy; do
  [[ -z ${!name-} ]] || environment+=("$name=${!name}")
done
if ((EUID == 0)); then
  as_root=(env "${environment[@]}")
elif command -v sudo >/dev/null && { [[ -t 0 ]] || sudo -n true 2>/dev/null; }; then
  as_root=(sudo env "${environment[@]}")
else
  echo "These packages are missing, and installing them takes root or sudo without a question:" >&2
  echo "  apt-get install --no-install-recommends ${missing[*]}" >&2
  exit 1
fi

echo "Installing ${#missing[@]} packages of Debian: ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
  "${as_root[@]}" apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" >>"$log" 2>&1
}
# Fresh package lists are preferable, but an unreachable mirror must not prevent installing packages that are
# available.
apt update || echo "The package lists could not be refreshed; trying with those that are here." >&2
if ! apt install -y --no-install-recommends "${missing[@]}"; then
  tail -n 25 "$log" >&2
  echo "Debian's packages could not be installed; the lines above say why." >&2
  exit 1
fi
