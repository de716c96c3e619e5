// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "devices/sheet.h"

namespace devices {

/// \brief Cuts a text into the rows and cells of a sheet.  It works within the text: a quoted cell is
/// unescaped where it stands, which makes it shorter.
class CsvParser {
public:
    explicit CsvParser(QChar separator)
        : m_separator(separator.unicode())
    {
    }

    /// \param start where the table begins in the text
    /// \param line the number of the line that begins there
    [[nodiscard]] Sheet parse(QString text, qsizetype start = 0, int line = 1);
    /// The first cell of each row read anew, as a line of its own.
    [[nodiscard]] Sheet parseCells(Sheet outer);

private:
    void parseRange(Sheet& sheet, qsizetype begin, qsizetype end);
    void row();
    void cell();
    [[nodiscard]] bool quoted(const char16_t* begin);
    void endLine();
    [[nodiscard]] bool atEndOfLine() const { return m_at == m_end || *m_at == u'\n' || *m_at == u'\r'; }
    void add(const char16_t* from, const char16_t* to);

    char16_t m_separator;
    Sheet* m_sheet = nullptr;
    char16_t* m_text = nullptr; ///< the sheet's
    char16_t* m_at = nullptr;
    char16_t* m_end = nullptr;
    int m_line = 1;
    const char16_t* m_openFrom = nullptr; ///< the first quote that is never closed
};

} // namespace devices
