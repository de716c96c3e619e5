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
    QList<Entry> entries; ///< without repetitions
    QList<BadLine> bad;
    bool operator==(const ReadList&) const = default;
};

/// Reads a list: a table as `readSheet` and `layoutOf` accept it, with a row of headings. Cells of unknown
/// columns are kept with each entry. The error is a sentence for the operator.
[[nodiscard]] std::expected<ReadList, QString> readList(const QByteArray& bytes);
[[nodiscard]] std::expected<ReadList, QString> readListFile(const QString& path);

/// Writes UTF-8 with header, comma and CRLF. Cells that a spreadsheet would run as a formula are escaped;
/// readList() restores them.
[[nodiscard]] QByteArray writeList(const QList<Entry>& entries);

/// Key by which two entries are the same.
[[nodiscard]] std::pair<Key, QString> identityOf(const Entry& entry);

} // namespace devices
