// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <algorithm>

#include <QList>
#include <QStringList>

#include "devices/headings.h"
#include "devices/sheet.h"

namespace devices {

class Fleet;

/// \brief How a sheet is interpreted: what each column holds, and where the data begins.
struct Layout {
    qsizetype header = -1; ///< row with the headings; -1: there is none
    qsizetype first = 0;   ///< first row of data; 0: the row after the header
    QList<Part> columns;
    /// For each unused column whose heading or cells suggest devices or users: the reason. Empty for all
    /// others.
    QStringList reasons = {};
    bool operator==(const Layout&) const = default;

    [[nodiscard]] bool has(Part part) const { return columns.contains(part); }
    [[nodiscard]] qsizetype dataFrom() const { return std::max(header + 1, first); }
};

/// Guesses the layout from the cells and the headings. If the devices of the account are known, a column
/// whose values match them wins over the headings.
/// \param fleet null: no devices are known
[[nodiscard]] Layout layoutOf(const Sheet& sheet, const Fleet* fleet = nullptr);

} // namespace devices
