// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <optional>
#include <vector>

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QLocale>
#include <QString>
#include <QStringView>

namespace devices {

/// \brief A line of a file that could not be used, or only in part.
struct BadLine {
    int line = 0; ///< from 1, the header included
    QString reason;
    bool operator==(const BadLine&) const = default;
};

/// \brief A table of rows and cells, from any kind of file, before its columns are interpreted. Rows without
/// text are dropped.
///
/// All cells are slices of one UTF-8 text, so that a table of 100,000 rows needs few allocations. If the file
/// is UTF-8, the text is shared with the caller's copy of the file.
class Sheet {
public:
    [[nodiscard]] qsizetype size() const { return qsizetype(m_rows.size()); }
    [[nodiscard]] bool isEmpty() const { return m_rows.empty(); }
    [[nodiscard]] int line(qsizetype row) const { return m_rows[size_t(row)].line; } ///< where it begins
    [[nodiscard]] qsizetype width(qsizetype row) const                               ///< number of cells
    {
        return qsizetype(end(size_t(row)) - m_rows[size_t(row)].first);
    }
    /// Empty if the row is shorter.
    [[nodiscard]] QString cell(qsizetype row, qsizetype column) const;
    /// The same as a view of the sheet's text, which is valid UTF-8.
    [[nodiscard]] QByteArrayView utf8Cell(qsizetype row, qsizetype column) const
    {
        const auto at = m_rows[size_t(row)].first + size_t(column);
        return at < end(size_t(row)) ? view(m_cells[at]) : QByteArrayView();
    }
    [[nodiscard]] qsizetype widest() const; ///< the largest width of a row

    // To build a sheet: `beginRow`, its cells, `endRow`.
    void beginRow(int line);
    void addCell(QStringView text); ///< half of a surrogate pair becomes U+FFFD
    void endRow();

    QList<BadLine> bad;   ///< damaged rows: with a quote that is never closed, for example
    QList<BadLine> notes; ///< on usable rows: with an undecodable character, for example

private:
    friend class CsvParser;

    struct Piece {
        quint32 at;
        quint32 size;
    };
    struct Row {
        int line;
        quint32 first;
    };

    [[nodiscard]] QByteArrayView view(Piece piece) const
    {
        return {m_text.constData() + piece.at, qsizetype(piece.size)};
    }
    [[nodiscard]] size_t end(size_t row) const
    {
        return row + 1 < m_rows.size() ? m_rows[row + 1].first : m_cells.size();
    }

    QByteArray m_text;
    std::vector<Piece> m_cells;
    std::vector<Row> m_rows;
};

/// \brief How a text file is parsed into a sheet.
struct TextFormat {
    QByteArray encoding; ///< as QStringDecoder names it
    QChar separator = u',';
    bool quotedLines = false; ///< each line is quoted as a whole; its content is parsed again
    bool operator==(const TextFormat&) const = default;
};

/// \brief The sheet of a text file, with its guessed format.
struct TextSheet {
    TextFormat format;
    bool hasQuotedLines = false; ///< parsing with `quotedLines` would find a table
    Sheet sheet;
};

/// \brief Known facts about a text file; all others are guessed.
struct TextHints {
    std::optional<QByteArray> encoding = {};
    std::optional<QChar> separator = {};
    bool quotedLines = false;
    QLocale locale = QLocale::system();
};

/// Parses a table of text. The separator is a comma, semicolon, tab or bar, guessed from the whole file, or
/// set by a line `sep=;` above the table. Accepts quotes as spreadsheets write them, any line ends, and any
/// encoding that Qt knows. The error is a sentence for the operator.
[[nodiscard]] std::expected<TextSheet, QString> readSheet(const QByteArray& bytes,
                                                          const TextHints& hints = {});

/// Adds a note for each row with a character that could not be decoded, at most 1,000. Call it when the sheet
/// is complete.
void noteDamage(Sheet& sheet, const QString& encoding);

} // namespace devices
