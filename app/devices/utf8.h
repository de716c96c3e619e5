// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QString>

namespace devices {

/// \brief A character of a UTF-8 text.
struct Utf8Char {
    char32_t code;
    qsizetype size; ///< bytes
};

/// \param text valid UTF-8
[[nodiscard]] inline Utf8Char charAt(QByteArrayView text, qsizetype at)
{
    const auto lead = uchar(text[at]);
    if (lead < 0x80)
        return {lead, 1};
    const qsizetype size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t code = lead & (0x7FU >> size);
    for (qsizetype i = 1; i < size; ++i)
        code = code << 6 | (uchar(text[at + i]) & 0x3FU);
    return {code, size};
}

[[nodiscard]] constexpr bool isAsciiSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/// Whether the text is empty or has only white space of any kind.
/// \param text valid UTF-8
[[nodiscard]] inline bool isBlank(QByteArrayView text)
{
    for (qsizetype at = 0; at < text.size();) {
        const auto [code, size] = charAt(text, at);
        if (!QChar::isSpace(code))
            return false;
        at += size;
    }
    return true;
}

/// Keeps a byte order mark at the start: QString::fromUtf8() would remove it, and here it may be a character
/// of the text.
[[nodiscard]] inline QString textOf(QByteArrayView utf8)
{
    constexpr QByteArrayView mark("\xEF\xBB\xBF");
    auto text = QString::fromUtf8(utf8);
    if (utf8.startsWith(mark))
        text.prepend(QChar(QChar::ByteOrderMark));
    return text;
}

} // namespace devices
