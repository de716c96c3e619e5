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

/// \brief A value as it is, not as it is shown.  `monostate` is an empty cell (JSON: null).
using Cell = std::variant<std::monostate, QString, qint64, double, bool, QDateTime>;

/// \brief What every writer takes: named columns, and rows of as many cells.
struct Table {
    QStringList columns;
    QList<QList<Cell>> rows;
    bool operator==(const Table&) const = default;
};

enum class Format {
    Csv,
    SemicolonCsv, ///< as spreadsheets have it where the decimal point is a comma
    Json
};

/// Writes the table: CSV after RFC 4180 (UTF-8 with BOM, header, CRLF; a text that a spreadsheet would run
/// gets an apostrophe in front, also after what ends a cell in other countries), or JSON (an array of
/// objects, times as RFC 3339 in UTC).  The error is the device's own sentence.
[[nodiscard]] std::expected<void, QString> write(QIODevice& device, Format format, const Table& table);

/// The same into a file, whole or not at all.  A new one is its owner's alone.
[[nodiscard]] std::expected<void, base::SaveProblem> writeFile(const QString& path, Format format,
                                                               const Table& table);

/// A text made safe for a spreadsheet cell, and back: `restored(guarded(x)) == x` for every x.
[[nodiscard]] QString guarded(const QString& text);
[[nodiscard]] QString restored(const QString& text);

} // namespace exports
