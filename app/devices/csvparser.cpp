// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/csvparser.h"

#include <algorithm>
#include <utility>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "devices/tr.h"

namespace devices {

namespace {

bool isBlank(QStringView text)
{
    return std::ranges::all_of(text, [](QChar c) { return c.isSpace(); });
}

/// The next separator or line end.
char16_t* cellEnd(char16_t* at, char16_t* end, char16_t separator)
{
#ifdef __SSE2__
    const auto separators = _mm_set1_epi16(short(separator));
    const auto feeds = _mm_set1_epi16('\n');
    const auto returns = _mm_set1_epi16('\r');
    for (; end - at >= 8; at += 8) {
        const auto eight = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
        const auto hits =
            _mm_or_si128(_mm_cmpeq_epi16(eight, separators),
                         _mm_or_si128(_mm_cmpeq_epi16(eight, feeds), _mm_cmpeq_epi16(eight, returns)));
        if (const auto mask = unsigned(_mm_movemask_epi8(hits)); mask != 0)
            return at + (__builtin_ctz(mask) >> 1);
    }
#endif
    while (at < end && *at != separator && *at != u'\n' && *at != u'\r')
        ++at;
    return at;
}

} // namespace

Sheet CsvParser::parse(QString text, qsizetype start, int line)
{
    Sheet sheet;
    sheet.m_text = std::move(text);
    m_line = line;
    // Guesses: a wrong one costs an allocation more.
    sheet.m_cells.reserve(size_t(sheet.m_text.size() / 12));
    sheet.m_rows.reserve(size_t(sheet.m_text.size() / 64));
    parseRange(sheet, start, sheet.m_text.size());
    return sheet;
}

Sheet CsvParser::parseCells(Sheet outer)
{
    Sheet sheet;
    sheet.m_text = std::move(outer.m_text);
    sheet.bad = std::move(outer.bad);
    for (size_t row = 0; row < outer.m_rows.size(); ++row) {
        const auto first = outer.m_rows[row].first;
        const auto last = outer.end(row);
        m_line = outer.m_rows[row].line;
        const bool alone = std::all_of(outer.m_cells.begin() + first + 1, outer.m_cells.begin() + last,
                                       [&sheet](Sheet::Piece piece) { return isBlank(sheet.view(piece)); });
        if (alone) {
            const auto whole = outer.m_cells[first];
            parseRange(sheet, whole.at, qsizetype(whole.at) + whole.size);
        } else { // the heading, for one, may stand without quotes
            sheet.beginRow(m_line);
            sheet.m_cells.insert(sheet.m_cells.end(), outer.m_cells.begin() + first,
                                 outer.m_cells.begin() + last);
            sheet.endRow();
        }
    }
    return sheet;
}

void CsvParser::parseRange(Sheet& sheet, qsizetype begin, qsizetype end)
{
    m_sheet = &sheet;
    m_text = reinterpret_cast<char16_t*>(sheet.m_text.data());
    m_at = m_text + begin;
    m_end = m_text + end;
    m_openFrom = nullptr;
    while (m_at < m_end)
        row();
}

void CsvParser::endLine()
{
    if (m_at + 1 < m_end && m_at[0] == u'\r' && m_at[1] == u'\n')
        ++m_at;
    ++m_at;
    ++m_line;
}

void CsvParser::add(const char16_t* from, const char16_t* to)
{
    m_sheet->m_cells.push_back({quint32(from - m_text), quint32(to - from)});
}

void CsvParser::row()
{
    m_sheet->beginRow(m_line);
    for (;;) {
        cell();
        if (atEndOfLine())
            break;
        ++m_at; // the separator
    }
    if (m_at < m_end)
        endLine();
    m_sheet->endRow();
}

void CsvParser::cell()
{
    auto* begin = m_at;
    while (begin < m_end && *begin == u' ')
        ++begin;
    if (begin < m_end && *begin == u'"' && quoted(begin))
        return;
    auto* end = cellEnd(m_at, m_end, m_separator);
    add(m_at, end);
    m_at = end;
}

/// A quoted cell, with what may stand behind its quote.  \returns false where the quote is never closed
bool CsvParser::quoted(const char16_t* begin)
{
    if (m_openFrom && begin >= m_openFrom)
        return false; // known not to be closed behind this place
    // Looked through first: what is never closed stays as it is.
    const auto* at = begin + 1;
    int lines = 0;
    bool escapes = false;
    for (; at < m_end; ++at) {
        const auto c = *at;
        if (c == u'"') {
            if (at + 1 >= m_end || at[1] != u'"')
                break;
            ++at;
            escapes = true;
        } else if (c == u'\n' || (c == u'\r' && (at + 1 == m_end || at[1] != u'\n'))) {
            ++lines;
        }
    }
    if (at >= m_end) {
        m_sheet->bad << BadLine{.line = m_line, .reason = Text::tr("a quote is opened and never closed")};
        m_openFrom = begin;
        return false;
    }
    m_line += lines;
    auto* const start = m_at;
    auto* to = start;
    if (!escapes) {
        to = std::copy(begin + 1, at, start);
    } else {
        for (const auto* from = begin + 1; from < at; ++from) {
            *to++ = *from;
            from += *from == u'"'; // one of two
        }
    }
    m_at += at + 1 - start;
    while (!atEndOfLine() && *m_at != m_separator) {
        if (*m_at != u' ')
            *to++ = *m_at;
        ++m_at;
    }
    add(start, to);
    return true;
}

} // namespace devices
