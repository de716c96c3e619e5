#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# packaging/check-package.sh BUILD   run it after `cmake --build --preset release --target package`: checks
# the package in that build folder file by file, and checks that the program starts from it.
set -euo pipefail
build=$(realpath "${1:?the build folder is missing}")
source "$(dirname "${BASH_SOURCE[0]}")/steps.sh"
export LC_ALL=C.UTF-8

packaging/dependencies.sh build package
work=$(mktemp -d)
program=
trap '[[ -z $program ]] || kill -KILL "$program" 2>/dev/null || true; rm -rf "$work"' EXIT
fail() { say "$*" >&2; exit 1; }

version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt")
deb=$build/capturedesk_${version}_$(dpkg --print-architecture).deb
[[ -s $deb ]] || fail "There is no $deb."

expected=(
  usr/bin/capturedesk
  usr/bin/capturedesk-sandbox
  usr/share/applications/capturedesk.desktop
  usr/share/bash-completion/completions/capturedesk
  usr/share/bash-completion/completions/capturedesk-sandbox
  usr/share/doc/capturedesk/changelog.gz
  usr/share/doc/capturedesk/copyright
  usr/share/icons/hicolor/{48x48,64x64,128x128,256x256}/apps/capturedesk.png
  usr/share/icons/hicolor/scalable/apps/capturedesk.svg
  usr/share/man/man1/capturedesk-sandbox.1.gz
  usr/share/man/man1/capturedesk.1.gz
  usr/share/metainfo/local.capturedesk.CaptureDesk.metainfo.xml
  usr/share/zsh/vendor-completions/_capturedesk
  usr/share/zsh/vendor-completions/_capturedesk-sandbox
)
printf '%s\n' "${expected[@]}" | sort >"$work/expected"

step "Installing into a folder" cmake --install "$build" --prefix "$work/installed/usr"
dpkg-deb -x "$deb" "$work/package"
for tree in installed package; do
  (cd "$work/$tree" && find . ! -type d -printf '%P\n') | sort >"$work/$tree.list"
  diff -u "$work/expected" "$work/$tree.list" || fail "What is $tree is not what it should be; + has too much, - lacks."
  (cd "$work/$tree" && find . -size 0) | grep . && fail "Empty files are $tree."
done
say "${#expected[@]} files, in the package as after cmake --install"
tree=$work/package/usr

for page in "$tree"/share/man/man1/*; do
  man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null | grep . && fail "$page has warnings."
done
for completion in "$tree"/share/bash-completion/completions/*; do
  bash -n "$completion"
done
desktop-file-validate "$tree"/share/applications/*.desktop
step "Validating the metainfo" appstreamcli validate-tree --no-net "$work/package"

entry=$tree/share/applications/capturedesk.desktop
while read -r command _; do
  [[ -x $tree/bin/$command ]] || fail "The desktop entry starts $command, which is not installed."
done < <(sed -n 's/^Exec=//p' "$entry")
icon=$(sed -n 's/^Icon=//p' "$entry")
for size in 48 64 128 256; do
  file "$tree/share/icons/hicolor/${size}x$size/apps/$icon.png" | grep -q "PNG image data, $size x $size" ||
    fail "The icon of $size pixels is none."
done
[[ -s $tree/share/icons/hicolor/scalable/apps/$icon.svg ]] || fail "The icon $icon is not installed."

[[ $(dpkg-deb -f "$deb" Version) == "$version" ]] || fail "The package has another version than the program."
[[ $("$tree/bin/capturedesk" --version) == *" $version" ]] || fail "capturedesk has another version than its package."
[[ $(zcat "$tree/share/doc/capturedesk/changelog.gz" | head -n 1) == "capturedesk ($version) "* ]] ||
  fail "The changelog does not begin with version $version."
grep -q "<release version=\"$version\"" "$tree"/share/metainfo/*.xml || fail "The metainfo does not know version $version."
depends=$(dpkg-deb -f "$deb" Depends)
for package in libc6 libqt6widgets6 libqt6sql6-sqlite libqt6svg6 libssl3 qt6-translations-l10n; do
  [[ ", $depends" == *", $package"* ]] || fail "The package does not depend on $package but on $depends."
done

# Starts the program from the unpacked package, without anything from the build folder: it must run the
# packaged sandbox.
mkdir -m 700 "$work/home"
began=$SECONDS
env -i PATH="$PATH" HOME="$work/home" XDG_RUNTIME_DIR="$work/home" LC_ALL=C.UTF-8 QT_QPA_PLATFORM=offscreen \
  "$tree/bin/capturedesk" --sandbox >"$work/output" 2>&1 </dev/null &
program=$!
until grep -qrs 'devices read.*complete' "$work/home"; do
  kill -0 "$program" 2>/dev/null || { cat "$work/output" >&2; fail "The installed program ended before it had devices."; }
  ((SECONDS - began < 1800)) || fail "The installed program has no devices after minutes."
  sleep 0.2
done
sandbox=$(cat "/proc/$program/task/"*/children)
sandbox=${sandbox%% *}
[[ $(readlink "/proc/$sandbox/exe") == "$tree/bin/capturedesk-sandbox" ]] || fail "The installed program runs another sandbox."
kill -TERM "$program"
wait "$program" || fail "The installed program ended with $?."
program=
for ((i = 0; i < 300; ++i)); do [[ -e /proc/$sandbox ]] || break; sleep 0.2; done
[[ ! -e /proc/$sandbox ]] || fail "The sandbox outlives the installed program."
say "The installed program starts, with the sandbox beside it, and ends with it"

lintian --fail-on error,warning "$deb" || fail "lintian names the tags above."
say "lintian: no errors and no warnings"
