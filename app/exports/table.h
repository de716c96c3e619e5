// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <variant>

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

#include "base/problem.h"

class QIODevice;

namespace exports {

/// \brief A raw value, not its display text.  `monostate` is an empty cell (JSON: null).
using Cell = std::variant<std::monostate, QString, qint64, double, bool, QDateTime>;

/// \brief The input of every writer: named columns, and rows with as many cells.
struct Table {
    QStringList columns;
    QList<QList<Cell>> rows;
    bool operator==(const Table&) const = default;
};

enum class Format {
    Csv,
    SemicolonCsv, ///< for spreadsheets in locales with a decimal comma
    Json
};

/// Writes the table as CSV or JSON.  CSV follows RFC 4180 (UTF-8 with BOM, header, CRLF).  A text that a
/// spreadsheet would run as a formula gets an apostrophe in front, also after a character that separates
/// cells in other locales.  JSON is an array of objects, with times as RFC 3339 in UTC.  The error is the
/// device's message.
[[nodiscard]] std::expected<void, QString> write(QIODevice& device, Format format, const Table& table);

/// Writes the table into a file, completely or not at all.  A new file is readable by its owner alone.
[[nodiscard]] std::expected<void, base::SaveProblem> writeFile(const QString& path, Format format,
                                                               const Table& table);

/// Escapes a text for a spreadsheet cell, and reverses it: `restored(guarded(x)) == x` for every x.
[[nodiscard]] QString guarded(const QString& text);
[[nodiscard]] QString restored(const QString& text);

} // namespace exports
