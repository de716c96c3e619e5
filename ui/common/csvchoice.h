// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "exports/table.h"

class QFileDialog;

namespace storage {
class Settings;
}

namespace ui {

/// Returns the CSV format for exports: the operator's last choice.  Without a choice it follows the locale,
/// as spreadsheets do: semicolons where the decimal point is not ".", else commas.
[[nodiscard]] exports::Format csvFormat(const storage::Settings& settings);

/// Lets a dialog that asks for the name of a CSV file also offer the separator, as the file type.  A choice
/// is saved in `settings` at once.
/// \param settings outlives the dialog
void offerSeparators(QFileDialog* dialog, storage::Settings* settings);

} // namespace ui
