// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/sheetrows.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace devices {

bool SheetRows::add(qint64 line, const QStringList& cells, qint64 times)
{
    const auto blank = [](const QString& text) {
        return std::ranges::all_of(text, [](QChar c) { return c.isSpace(); });
    };
    auto width = cells.size();
    while (width > 0 && blank(cells[width - 1]))
        --width;
    if (width == 0)
        return true;
    qint64 characters = 0;
    for (qsizetype i = 0; i < width; ++i)
        characters += cells[i].size();
    if (times > (mostCells - m_cells) / width || times > (mostCharacters - m_characters) / characters)
        return false;
    m_cells += times * width;
    m_characters += times * characters;
    for (qint64 i = 0; i < times; ++i) {
        m_ordered &= line + i >= m_line;
        m_line = int(line + i);
        m_sheet.beginRow(m_line);
        for (qsizetype column = 0; column < width; ++column)
            m_sheet.addCell(cells[column]);
        m_sheet.endRow();
    }
    return true;
}

void SheetRows::merge(qint64 line, qint64 last, qsizetype column)
{
    if (last > line && m_merged.size() < size_t(mostRows))
        m_merged.push_back({line, last, column});
}

/// Returns the empty cells that get the text of the cell with which they are merged, by row and column.
std::vector<SheetRows::Filled> SheetRows::filledCells(const std::vector<qsizetype>& order)
{
    std::vector<Filled> filled;
    const auto lineOf = [this](qsizetype row) { return qint64(m_sheet.line(row)); };
    for (const auto& merged : m_merged) {
        auto row = std::ranges::lower_bound(order, merged.first, {}, lineOf);
        if (row == order.end() || lineOf(*row) != merged.first)
            continue;
        const auto text = m_sheet.cell(*row, merged.column);
        if (text.isEmpty())
            continue;
        for (++row; row != order.end() && lineOf(*row) <= merged.last && m_filled < mostCells; ++row) {
            ++m_filled;
            const auto more = std::max<qint64>(0, merged.column + 1 - m_sheet.width(*row));
            if (!m_sheet.cell(*row, merged.column).isEmpty() || more > mostCells - m_cells ||
                text.size() > mostCharacters - m_characters)
                continue;
            m_cells += more;
            m_characters += text.size();
            filled.push_back({*row, merged.column, text});
        }
    }
    std::ranges::stable_sort(filled, {}, [](const Filled& one) { return std::pair(one.row, one.column); });
    return filled;
}

Sheet SheetRows::finish()
{
    m_line = 0;
    if (m_ordered && m_merged.empty())
        return std::exchange(m_sheet, {});
    std::vector<qsizetype> order(size_t(m_sheet.size()));
    std::iota(order.begin(), order.end(), qsizetype(0));
    if (!std::exchange(m_ordered, true))
        std::ranges::stable_sort(order, {}, [this](qsizetype row) { return m_sheet.line(row); });
    const auto filled = filledCells(order);
    m_merged.clear();
    Sheet sheet;
    for (const auto row : order) {
        auto fill = std::ranges::lower_bound(filled, row, {}, &Filled::row);
        sheet.beginRow(m_sheet.line(row));
        for (qsizetype column = 0;; ++column) {
            const bool here = fill != filled.end() && fill->row == row;
            if (!here && column >= m_sheet.width(row))
                break;
            if (!here || fill->column != column) {
                sheet.addCell(m_sheet.cell(row, column));
                continue;
            }
            sheet.addCell(fill->text);
            while (fill != filled.end() && fill->row == row && fill->column == column)
                ++fill; // skips overlapping ranges
        }
        sheet.endRow();
    }
    m_sheet = {};
    return sheet;
}

} // namespace devices
