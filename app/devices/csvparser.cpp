// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/csvparser.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "devices/tr.h"
#include "devices/utf8.h"

namespace devices {

namespace {

constexpr qsizetype blockSize = 64;

/// Returns one bit for each of up to 64 bytes, set if the byte is `wanted` or a line end.
quint64 hitsOf(const char* at, qsizetype size, char wanted)
{
    quint64 hits = 0;
    qsizetype done = 0;
#ifdef __SSE2__
    const auto wants = _mm_set1_epi8(wanted);
    const auto feeds = _mm_set1_epi8('\n');
    const auto returns = _mm_set1_epi8('\r');
    for (; size - done >= 16; done += 16) {
        const auto bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + done));
        const auto found =
            _mm_or_si128(_mm_cmpeq_epi8(bytes, wants),
                         _mm_or_si128(_mm_cmpeq_epi8(bytes, feeds), _mm_cmpeq_epi8(bytes, returns)));
        hits |= quint64(unsigned(_mm_movemask_epi8(found))) << done;
    }
#endif
    for (; done < size; ++done)
        hits |= quint64(at[done] == wanted || at[done] == '\n' || at[done] == '\r') << done;
    return hits;
}

/// Finds the next quote or line end.
const char* quoteOrLineEnd(const char* at, const char* end)
{
    while (at < end) {
        const auto size = std::min<qsizetype>(end - at, 16);
        if (const auto hits = hitsOf(at, size, '"'); hits != 0)
            return at + std::countr_zero(hits);
        at += size;
    }
    return end;
}

} // namespace

CsvParser::CsvParser(QChar separator)
    // Half of a surrogate pair occurs in no text, and neither does the byte 0xFF.
    : m_separator(separator.isSurrogate() ? QByteArrayLiteral("\xFF") : QString(separator).toUtf8())
{
}

Sheet CsvParser::parse(QByteArray text, qsizetype start, int line)
{
    Sheet sheet;
    sheet.m_text = std::move(text);
    m_line = line;
    // Estimates: a wrong one only costs an allocation.
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
        } else { // a row whose line is not quoted, for example the heading
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
    m_text = sheet.m_text.constData();
    m_at = m_text + begin;
    m_end = m_text + end;
    m_block = m_blockEnd = m_at;
    m_hits = 0;
    m_openFrom = nullptr;
    while (m_at < m_end)
        row();
}

void CsvParser::endLine()
{
    if (m_at + 1 < m_end && m_at[0] == '\r' && m_at[1] == '\n')
        ++m_at;
    ++m_at;
    ++m_line;
}

bool CsvParser::isSeparator(const char* at) const
{
    return *at == m_separator.front() &&
           (m_separator.size() == 1 || QByteArrayView(at, m_end - at).startsWith(m_separator));
}

/// Finds the next separator or line end.
const char* CsvParser::cellEnd()
{
    for (;;) {
        for (; m_hits != 0; m_hits &= m_hits - 1) {
            const auto* hit = m_block + std::countr_zero(m_hits);
            if (hit >= m_at && (m_separator.size() == 1 || *hit == '\n' || *hit == '\r' || isSeparator(hit)))
                return hit;
        }
        m_block = std::max(m_blockEnd, m_at);
        if (m_block == m_end)
            return m_end;
        const auto size = std::min<qsizetype>(blockSize, m_end - m_block);
        m_blockEnd = m_block + size;
        m_hits = hitsOf(m_block, size, m_separator.front());
    }
}

void CsvParser::add(const char* from, const char* to)
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
        m_at += m_separator.size();
    }
    if (m_at < m_end)
        endLine();
    m_sheet->endRow();
}

void CsvParser::cell()
{
    const auto* begin = m_at;
    while (begin < m_end && *begin == ' ')
        ++begin;
    if (begin < m_end && *begin == '"' && quoted(begin))
        return;
    const auto* end = cellEnd();
    add(m_at, end);
    m_at = end;
}

/// Parses a quoted cell and the text after its closing quote.
/// \returns false if the quote is never closed
bool CsvParser::quoted(const char* begin)
{
    if (m_openFrom && begin >= m_openFrom)
        return false; // an earlier scan found no closing quote after this position
    // Scan before any change: a cell whose quote is never closed keeps its text.
    const auto* at = begin + 1;
    int lines = 0;
    bool changes = false;
    for (; (at = quoteOrLineEnd(at, m_end)) < m_end; ++at) {
        if (*at == '"') {
            if (at + 1 >= m_end || at[1] != '"')
                break;
            ++at;
            changes = true;
        } else if (*at == '\n' || at + 1 == m_end || at[1] != '\n') {
            ++lines;
        }
    }
    if (at >= m_end) {
        m_sheet->bad << BadLine{.line = m_line, .reason = Text::tr("a quote is opened and never closed")};
        m_openFrom = begin;
        return false;
    }
    m_line += lines;
    const auto* behind = at + 1;
    for (; behind < m_end && *behind != '\n' && *behind != '\r' && !isSeparator(behind); ++behind)
        changes = changes || *behind != ' ';
    if (changes) {
        unescape(begin, at, behind);
    } else {
        add(begin + 1, at);
        m_at = behind;
    }
    return true;
}

/// Replaces two quotes by one; appends the text after the closing quote, without its spaces.
void CsvParser::unescape(const char* begin, const char* end, const char* behind)
{
    auto* const text = m_sheet->m_text.data(); // detaches: copies the text if it is shared
    const auto moved = [this, text](const char* at) { return text + (at - m_text); };
    auto* const start = moved(m_at);
    auto* to = start;
    auto* const own = moved(end);
    for (const auto* from = moved(begin) + 1; from < own; ++from) {
        *to++ = *from;
        from += *from == '"'; // skips the second quote of a pair
    }
    to = std::copy_if(own + 1, moved(behind), to, [](char c) { return c != ' '; });
    m_at = moved(behind);
    m_end = moved(m_end);
    m_block = moved(m_block);
    m_blockEnd = moved(m_blockEnd);
    m_text = text;
    add(start, to);
}

} // namespace devices
