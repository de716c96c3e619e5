// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "exports/table.h"

class QFileDialog;

namespace storage {
class Settings;
}

namespace ui {

/// What CSV is exported as: as the operator has chosen last; else as spreadsheets of the locale have it, with
/// semicolons where the decimal point is not a point.
[[nodiscard]] exports::Format csvFormat(const storage::Settings& settings);

/// Lets a dialog that asks for the name of a CSV file ask for the separator as well, as its file type.  A
/// choice is remembered at once.
/// \param settings outlives the dialog
void offerSeparators(QFileDialog* dialog, storage::Settings* settings);

} // namespace ui
