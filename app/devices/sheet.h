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

/// \brief A line of a file that could not be used, or not all of it.
struct BadLine {
    int line = 0; ///< counted from 1, the header included
    QString reason;
    bool operator==(const BadLine&) const = default;
};

/// \brief A table as somebody's program wrote it, before anybody knows what its columns mean: rows of cells,
/// whatever kind of file they come from.  Rows without any text are left out.
///
/// All cells are pieces of one text in UTF-8, so that a table of 100,000 rows costs a few allocations.  The
/// text of a file that is UTF-8 is shared with whoever has read the file.
class Sheet {
public:
    [[nodiscard]] qsizetype size() const { return qsizetype(m_rows.size()); }
    [[nodiscard]] bool isEmpty() const { return m_rows.empty(); }
    [[nodiscard]] int line(qsizetype row) const { return m_rows[size_t(row)].line; } ///< on which it begins
    [[nodiscard]] qsizetype width(qsizetype row) const                               ///< number of cells
    {
        return qsizetype(end(size_t(row)) - m_rows[size_t(row)].first);
    }
    /// Empty where the row is shorter.
    [[nodiscard]] QString cell(qsizetype row, qsizetype column) const;
    /// The same as a piece of the sheet's text, which is valid UTF-8.
    [[nodiscard]] QByteArrayView utf8Cell(qsizetype row, qsizetype column) const
    {
        const auto at = m_rows[size_t(row)].first + size_t(column);
        return at < end(size_t(row)) ? view(m_cells[at]) : QByteArrayView();
    }
    [[nodiscard]] qsizetype widest() const; ///< cells of the row that has most

    // How it is made: `beginRow`, its cells, `endRow`.
    void beginRow(int line);
    void addCell(QStringView text); ///< half of a surrogate pair becomes U+FFFD
    void endRow();

    QList<BadLine> bad;   ///< rows that are damaged: where a quote was never closed, for instance
    QList<BadLine> notes; ///< on rows that can be used: a character that could not be read

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

/// \brief How a text file is cut into a sheet.
struct TextFormat {
    QByteArray encoding; ///< as QStringDecoder names it
    QChar separator = u',';
    bool quotedLines = false; ///< each line stands in quotes as a whole, and is read anew without them
    bool operator==(const TextFormat&) const = default;
};

/// \brief A sheet of a text file, with what was guessed for it.
struct TextSheet {
    TextFormat format;
    bool hasQuotedLines = false; ///< `quotedLines` would give more columns
    Sheet sheet;
};

/// \brief What is known of a text file; the rest is guessed.
struct TextHints {
    std::optional<QByteArray> encoding = {};
    std::optional<QChar> separator = {};
    bool quotedLines = false;
    QLocale locale = QLocale::system();
};

/// Reads a table of text: comma, semicolon, tab or bar between the cells, judged over the whole file, or as a
/// line `sep=;` above it says; quotes as spreadsheets write them; any line ends; any encoding that Qt knows.
/// The error is a sentence for the operator.
[[nodiscard]] std::expected<TextSheet, QString> readSheet(const QByteArray& bytes,
                                                          const TextHints& hints = {});

/// Marks a cell that has a character which could not be read; called when a sheet is complete.
void noteDamage(Sheet& sheet, const QString& encoding);

} // namespace devices
