// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/texts.h"

#include <algorithm>
#include <cstring>
#include <utility>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace devices {

namespace {

constexpr size_t pieceSize = 1 << 20;
constexpr size_t padding = 32; ///< bytes that may be read after the end of a row

/// Same result as `folded`, without its allocations: nearly all texts are ASCII.
void appendFolded(std::vector<char>& bytes, QStringView text)
{
    const auto from = bytes.size();
    bytes.resize(from + size_t(text.size()) + 1);
    auto* to = bytes.data() + from;
    for (const auto c : text) {
        const auto unit = c.unicode();
        if (unit >= 0x80) {
            const auto slow = folded(text.toString());
            bytes.resize(from + size_t(slow.size()) + 1);
            std::memcpy(bytes.data() + from, slow.data(), size_t(slow.size()));
            bytes.back() = '\n';
            return;
        }
        *to++ = unit >= 'A' && unit <= 'Z' ? char(unit + ('a' - 'A')) : unit == '\n' ? ' ' : char(unit);
    }
    *to = '\n';
}

/// Whether a text contains a word. The text is followed by `padding` readable bytes.
bool found(QByteArrayView text, QByteArrayView word)
{
#ifdef __SSE2__
    // Compares the first and last byte of the word at 16 positions at once: several times as fast as memmem
    // on short texts, of which a fleet has 100,000.
    const auto places = text.size() - word.size() + 1;
    const auto head = _mm_set1_epi8(word.front());
    const auto tail = _mm_set1_epi8(word.back());
    const auto load = [](const char* bytes) {
        return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
    };
    for (qsizetype at = 0; at < places; at += 16) {
        const auto* from = text.data() + at;
        auto hits = unsigned(_mm_movemask_epi8(_mm_and_si128(
            _mm_cmpeq_epi8(load(from), head), _mm_cmpeq_epi8(load(from + word.size() - 1), tail))));
        if (places - at < 16)
            hits &= (1U << (places - at)) - 1;
        for (; hits != 0; hits &= hits - 1) {
            if (std::memcmp(from + __builtin_ctz(hits), word.data(), size_t(word.size())) == 0)
                return true;
        }
    }
    return false;
#else
    return ::memmem(text.data(), size_t(text.size()), word.data(), size_t(word.size())) != nullptr;
#endif
}

} // namespace

void Texts::set(quint32 row, const Parts& parts)
{
    remove(row);
    if (row >= m_spans.size())
        m_spans.resize(row + 1);
    Span span;
    m_scratch.clear();
    for (size_t i = 0; i < parts.size(); ++i) {
        appendFolded(m_scratch, parts[i]);
        span.ends[i] = quint32(m_scratch.size());
    }
    auto* bytes = place(m_scratch.size(), span.piece);
    std::memcpy(bytes, m_scratch.data(), m_scratch.size());
    span.begin = bytes;
    m_spans[row] = span;
}

void Texts::remove(quint32 row)
{
    if (row >= m_spans.size() || !m_spans[row].begin)
        return;
    release(m_spans[row]);
    m_spans[row] = {};
    if (m_dead > m_live + pieceSize)
        compact();
}

char* Texts::place(size_t size, quint32& piece)
{
    if (m_pieces.empty() || m_pieces[m_open].size - m_pieces[m_open].used < size) {
        const auto free = std::ranges::find_if(
            m_pieces, [size](const Piece& one) { return one.live == 0 && one.size >= size; });
        if (free == m_pieces.end()) {
            const auto room = std::max(size, pieceSize);
            m_pieces.push_back({std::make_unique_for_overwrite<char[]>(room + padding), room, 0, 0});
            std::memset(m_pieces.back().bytes.get() + room, 0, padding);
            m_open = quint32(m_pieces.size() - 1);
        } else {
            m_dead -= free->used;
            free->used = 0;
            m_open = quint32(free - m_pieces.begin());
        }
    }
    auto& open = m_pieces[m_open];
    auto* bytes = open.bytes.get() + open.used;
    open.used += size;
    open.live += size;
    m_live += size;
    piece = m_open;
    return bytes;
}

void Texts::release(const Span& span)
{
    const auto size = span.ends.back();
    m_pieces[span.piece].live -= size;
    m_live -= size;
    m_dead += size;
}

/// Removed rows leave gaps: occasionally the remaining rows are moved together.
void Texts::compact()
{
    const auto old = std::exchange(m_pieces, {});
    m_open = 0;
    m_live = m_dead = 0;
    for (auto& span : m_spans) {
        if (!span.begin)
            continue;
        auto* bytes = place(span.ends.back(), span.piece);
        std::memcpy(bytes, span.begin, span.ends.back());
        span.begin = bytes;
    }
}

QByteArrayView Texts::line(const Span& span, size_t field) const
{
    const auto begin = field == 0 ? 0 : span.ends[field - 1];
    return {span.begin + begin, qsizetype(span.ends[field] - begin) - 1};
}

QByteArrayView Texts::text(quint32 row, Field field) const
{
    return line(m_spans[row], size_t(field));
}

bool Texts::matches(quint32 row, const QList<Term>& terms) const
{
    const auto& span = m_spans[row];
    return std::ranges::all_of(terms, [&](const Term& term) {
        return found(term.field ? line(span, size_t(*term.field))
                                : QByteArrayView(span.begin, qsizetype(span.ends.back())),
                     term.word);
    });
}

} // namespace devices
