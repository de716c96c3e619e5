// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <vector>

#include <QString>
#include <QStringList>

#include "devices/sheet.h"

namespace devices {

/// \brief Builds the sheets of a workbook one after the other, with limits for the whole workbook.
class SheetRows {
public:
    static constexpr qint64 mostCells = 4'000'000; ///< of the workbook, empty cells to the left included
    static constexpr qint64 mostRows = 1'048'576;  ///< of a sheet, as in spreadsheet programs
    static constexpr qint64 mostColumns = 16'384;
    static constexpr qint64 mostCharacters = 100'000'000; ///< of the workbook; each copy of a text counts

    /// Appends `times` equal rows; rows without text are skipped.
    /// \param line from 1
    /// \return false if the workbook would exceed `mostCells` or `mostCharacters`
    [[nodiscard]] bool add(qint64 line, const QStringList& cells, qint64 times = 1);

    /// Merges the cell at `line` and `column` with the cells below it, up to line `last`.
    void merge(qint64 line, qint64 last, qsizetype column);

    /// Returns the rows of the sheet, sorted by line, and begins the next sheet. The text of a merged cell is
    /// repeated in each of its rows that has any other text.
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
    qint64 m_filled = 0; ///< rows examined for merged cells, in all sheets
};

} // namespace devices
