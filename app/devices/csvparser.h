// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "devices/sheet.h"

namespace devices {

/// \brief Parses delimited text into the rows and cells of a sheet. The cells are slices of the text. A
/// quoted cell is unescaped in place, which makes it shorter.
class CsvParser {
public:
    explicit CsvParser(QChar separator);

    /// \param text valid UTF-8
    /// \param start offset in the text at which the table begins
    /// \param line number of the line at that offset
    [[nodiscard]] Sheet parse(QByteArray text, qsizetype start = 0, int line = 1);
    /// Parses the first cell of each row again, as a line of its own.
    [[nodiscard]] Sheet parseCells(Sheet outer);

private:
    void parseRange(Sheet& sheet, qsizetype begin, qsizetype end);
    void row();
    void cell();
    [[nodiscard]] bool quoted(const char* begin);
    void unescape(const char* begin, const char* end, const char* behind);
    void endLine();
    [[nodiscard]] const char* cellEnd();
    [[nodiscard]] bool isSeparator(const char* at) const;
    [[nodiscard]] bool atEndOfLine() const { return m_at == m_end || *m_at == '\n' || *m_at == '\r'; }
    void add(const char* from, const char* to);

    QByteArray m_separator; ///< in UTF-8
    Sheet* m_sheet = nullptr;
    const char* m_text = nullptr; ///< the text of `m_sheet`
    const char* m_at = nullptr;
    const char* m_end = nullptr;
    // Separators and line ends are searched for one block at a time.
    const char* m_block = nullptr;
    const char* m_blockEnd = nullptr;
    quint64 m_hits = 0; ///< one bit for each byte of the block, bytes before `m_at` included
    int m_line = 1;
    const char* m_openFrom = nullptr; ///< the first quote that is never closed; null: none is known
};

} // namespace devices
