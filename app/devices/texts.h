// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <memory>
#include <vector>

#include <QByteArrayView>
#include <QStringView>

#include "devices/filter.h"

namespace devices {

/// \brief Search index: the folded texts of each row, one line for each field. Rows are contiguous in a few
/// large blocks of memory, so that a search costs little more than reading the memory.
class Texts {
public:
    using Parts = std::array<QStringView, fieldCount>; ///< in the order of `Field`

    void set(quint32 row, const Parts& parts);
    void remove(quint32 row);
    [[nodiscard]] QByteArrayView text(quint32 row, Field field) const;
    [[nodiscard]] bool matches(quint32 row, const QList<Term>& terms) const;

private:
    struct Piece {
        std::unique_ptr<char[]> bytes;
        size_t size;
        size_t used;
        size_t live; ///< bytes of rows that still exist
    };
    struct Span {
        const char* begin = nullptr;
        quint32 piece = 0;
        std::array<quint32, fieldCount> ends{}; ///< end of each field's line, after its line break
    };

    [[nodiscard]] char* place(size_t size, quint32& piece);
    void release(const Span& span);
    void compact();
    [[nodiscard]] QByteArrayView line(const Span& span, size_t field) const;

    std::vector<Span> m_spans;
    std::vector<Piece> m_pieces;
    quint32 m_open = 0; ///< the piece that is being filled
    std::vector<char> m_scratch;
    size_t m_live = 0;
    size_t m_dead = 0;
};

} // namespace devices
