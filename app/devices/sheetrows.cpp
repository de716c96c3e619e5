// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/sheetrows.h"

#include <algorithm>
#include <utility>

namespace devices {

bool SheetRows::add(qint64 line, QStringList cells, qint64 times)
{
    const auto blank = [](const QString& text) {
        return std::ranges::all_of(text, [](QChar c) { return c.isSpace(); });
    };
    while (!cells.isEmpty() && blank(cells.constLast()))
        cells.removeLast();
    if (cells.isEmpty())
        return true;
    if (times > (mostCells - m_cells) / cells.size())
        return false;
    qint64 characters = 0;
    for (const auto& cell : cells)
        characters += cell.size();
    if (times > (mostCharacters - m_characters) / std::max<qint64>(characters, 1))
        return false;
    m_cells += times * cells.size();
    m_characters += times * characters;
    for (qint64 i = 0; i < times; ++i)
        m_rows.push_back({.line = int(line + i), .cells = cells});
    return true;
}

void SheetRows::merge(qint64 line, qint64 last, qsizetype column)
{
    if (last > line && m_merged.size() < size_t(mostRows))
        m_merged.push_back({line, last, column});
}

std::vector<SheetRow> SheetRows::finish()
{
    if (!std::ranges::is_sorted(m_rows, {}, &SheetRow::line))
        std::ranges::stable_sort(m_rows, {}, &SheetRow::line);
    for (const auto& merged : m_merged) {
        auto row = std::ranges::lower_bound(m_rows, merged.first, {}, &SheetRow::line);
        if (row == m_rows.end() || row->line != merged.first || row->cells.value(merged.column).isEmpty())
            continue;
        const auto text = row->cells[merged.column];
        for (++row; row != m_rows.end() && row->line <= merged.last; ++row) {
            if (++m_filled > mostCells)
                return std::exchange(m_rows, {});
            auto& cells = row->cells;
            if (merged.column < cells.size()) {
                if (cells[merged.column].isEmpty())
                    cells[merged.column] = text;
            } else if (m_cells + merged.column + 1 - cells.size() <= mostCells) {
                m_cells += merged.column + 1 - cells.size();
                cells.resize(merged.column);
                cells << text;
            }
        }
    }
    m_merged.clear();
    return std::exchange(m_rows, {});
}

} // namespace devices
