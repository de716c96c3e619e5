#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# packaging/check-translations.sh   fails if the program would not find the translation of one of its texts:
#   - lupdate files the text in a context that no code looks up (tr() in a class without a context);
#   - a helper function hides the text from lupdate;
#   - the English plural forms of the text are missing or outdated.
# With --update it first updates the plural forms in resources/translations.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

english=resources/translations/capturedesk_en.ts
copy=$(mktemp --suffix=.ts)
trap 'rm -f "$copy"' EXIT

# update TS   runs lupdate with the include roots of "module/header.h" and "ui/folder/header.h"
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
# Qt's own texts are looked up in Qt's contexts; no other text may bypass lupdate.
if grep -rnE 'QString tr\(|QCoreApplication::translate\("' app ui; then
  echo "These hide texts from lupdate: use Text::tr() of the module (its tr.h)." >&2
  failed=1
fi
if ! diff -u "$english" "$copy" || grep -n 'type="unfinished"' "$english"; then
  echo "$english lacks plural forms: packaging/check-translations.sh --update, then fill them in." >&2
  failed=1
fi
exit $failed
