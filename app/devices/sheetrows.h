// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <vector>

#include <QString>
#include <QStringList>

#include "devices/sheet.h"

namespace devices {

/// \brief Makes one sheet of a workbook after the other, within bounds for the whole workbook.
class SheetRows {
public:
    static constexpr qint64 mostCells = 4'000'000; ///< of the workbook, empty ones to the left included
    static constexpr qint64 mostRows = 1'048'576;  ///< of a sheet; no spreadsheet program has more
    static constexpr qint64 mostColumns = 16'384;
    static constexpr qint64 mostCharacters = 100'000'000; ///< of the workbook; equal cells count each

    /// Adds `times` equal rows; rows without text are left out.
    /// \param line from 1
    /// \return false where the workbook would have too many cells
    [[nodiscard]] bool add(qint64 line, const QStringList& cells, qint64 times = 1);

    /// The cell at `line` and `column` is one with those below it up to `last`.
    void merge(qint64 line, qint64 last, qsizetype column);

    /// The rows of the sheet, by line; a merged cell's text is in each row that has any other.
    [[nodiscard]] Sheet finish();

private:
    struct Merged {
        qint64 first;
        qint64 last;
        qsizetype column;
    };
    struct Filled {
        qsizetype row;
        qsizetype column;
        QString text;
    };

    [[nodiscard]] std::vector<Filled> filledCells(const std::vector<qsizetype>& order);

    Sheet m_sheet;
    std::vector<Merged> m_merged;
    bool m_ordered = true;
    int m_line = 0;
    qint64 m_cells = 0; ///< of all sheets
    qint64 m_characters = 0;
    qint64 m_filled = 0; ///< rows looked at for merged cells, of all sheets
};

} // namespace devices
