#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# packaging/check-translations.sh   fails where a text of the program would not find its translation:
#   - lupdate files it in a context that no code looks up (tr() in a class that has none of its own);
#   - a helper hides the text from lupdate;
#   - its English plural forms are missing or out of date.
# With --update it brings the plural forms in resources/translations up to date first.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

english=resources/translations/capturedesk_en.ts
copy=$(mktemp --suffix=.ts)
trap 'rm -f "$copy"' EXIT

# lupdate TS...   the roots are those of `#include "module/header.h"` and `#include "ui/folder/header.h"`
update() { /usr/lib/qt6/bin/lupdate -pluralonly -no-obsolete -locations none -I app -I . app ui -ts "$1" 2>&1; }

[[ ${1-} != --update ]] || update "$english" >/dev/null
cp "$english" "$copy"
failed=0
complaints=$(update "$copy" | grep -vE '^(Scanning directory|Updating|Stripping| +(Found|Kept|Removed|Same-text))' || true)
if [[ $complaints ]]; then
  printf '%s\n' "$complaints" >&2
  echo "Use Text::tr() of the module (its tr.h) in what is no QObject." >&2
  failed=1
fi
# What Qt itself says is looked up in Qt's own contexts; nothing else may go past lupdate.
if grep -rnE 'QString tr\(|QCoreApplication::translate\("' app ui; then
  echo "These hide texts from lupdate: use Text::tr() of the module (its tr.h)." >&2
  failed=1
fi
if ! diff -u "$english" "$copy" || grep -n 'type="unfinished"' "$english"; then
  echo "$english lacks plural forms: packaging/check-translations.sh --update, then fill them in." >&2
  failed=1
fi
exit $failed
