// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>

#include <QList>
#include <QString>

#include "devices/device.h"
#include "devices/sheet.h"

namespace devices {

struct ReadList {
    QList<Entry> entries; ///< repetitions dropped
    QList<BadLine> bad;
    bool operator==(const ReadList&) const = default;
};

/// Reads a list: a table as `readSheet` and `layoutOf` take it, with a line that names its columns.  What
/// columns of other people's hold is kept with each entry.  The error is a sentence.
[[nodiscard]] std::expected<ReadList, QString> readList(const QByteArray& bytes);
[[nodiscard]] std::expected<ReadList, QString> readListFile(const QString& path);

/// UTF-8 with header, comma, CRLF; cells that a spreadsheet would run are escaped and come back equal.
[[nodiscard]] QByteArray writeList(const QList<Entry>& entries);

/// What makes two entries the same line.
[[nodiscard]] std::pair<Key, QString> identityOf(const Entry& entry);

} // namespace devices
