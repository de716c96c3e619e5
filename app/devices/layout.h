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

/// \brief How a sheet is read: what each column is taken for, and where its rows begin.
struct Layout {
    qsizetype header = -1; ///< the row that names the columns; -1: there is none
    qsizetype first = 0;   ///< the first row of data, or 0: the one behind the header
    QList<Part> columns;
    /// For each column that is not used though its heading speaks of devices or users: why.
    QStringList reasons = {};
    bool operator==(const Layout&) const = default;

    [[nodiscard]] bool has(Part part) const { return columns.contains(part); }
    [[nodiscard]] qsizetype dataFrom() const { return std::max(header + 1, first); }
};

/// Told from what the columns hold, and from the names that people give them.  Where the devices of the
/// account are known, a column whose values are theirs wins over what headings say.
/// \param fleet null: no devices are known
[[nodiscard]] Layout layoutOf(const Sheet& sheet, const Fleet* fleet = nullptr);

} // namespace devices
