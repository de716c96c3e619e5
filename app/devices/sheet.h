// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <optional>
#include <vector>

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace devices {

/// \brief A line of a file that could not be used.
struct BadLine {
    int line = 0; ///< counted from 1, the header included
    QString reason;
    bool operator==(const BadLine&) const = default;
};

/// \brief The cells of one record, and the line on which it begins.
struct SheetRow {
    int line = 0;
    QStringList cells;
    bool operator==(const SheetRow&) const = default;
};

enum class Encoding { Utf8, Utf16Little, Utf16Big, Latin1 };

/// \brief A table as somebody's program wrote it, before anybody knows what its columns mean.  Empty lines
/// are left out.
struct Sheet {
    Encoding encoding = Encoding::Utf8;
    QChar separator = u',';
    std::vector<SheetRow> rows;
    QList<BadLine> bad; ///< where a quote was never closed, for instance
};

/// Reads a table: comma, semicolon, tab or bar between the cells, told from the text, or as a first line
/// `sep=;` says; quotes as spreadsheets write them; any line ends.  UTF-8 and UTF-16 with or without mark,
/// else what Windows calls Latin-1.  The error is a sentence for the operator.
/// \param separator where it is known
[[nodiscard]] std::expected<Sheet, QString> readSheet(const QByteArray& bytes,
                                                      std::optional<QChar> separator = {});

} // namespace devices
