// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>

#include <QDir>
#include <QList>
#include <QString>
#include <QStringList>

#include "devices/device.h"

namespace devices {

/// \brief A line of a file that could not be used.
struct BadLine {
    int line = 0; ///< counted from 1, the header included
    QString reason;
    bool operator==(const BadLine&) const = default;
};

struct ReadList {
    QList<Entry> entries; ///< duplicates dropped
    QList<BadLine> bad;
    bool operator==(const ReadList&) const = default;
};

/// Reads a CSV file with a header: `device_id`, `email`, and where present `registration_id`, `name`,
/// `platform`, under these names or those that people use (`Device ID`, `User`, `user_email`, `Hostname`, …).
/// UTF-8, with or without BOM. Separator: comma, semicolon or tab, told from the header.  The error is a
/// sentence.
[[nodiscard]] std::expected<ReadList, QString> readListFile(const QString& path);

/// Writes it whole or not at all (UTF-8 with header, comma, CRLF; cells that a spreadsheet would run are
/// escaped and come back equal).
[[nodiscard]] std::expected<void, QString> writeListFile(const QString& path, const QList<Entry>& entries);

/// \brief The saved lists of one connection: a folder of ordinary CSV files, named as the lists are.
class Lists {
public:
    explicit Lists(const QDir& folder);

    [[nodiscard]] QStringList names() const; ///< sorted as people sort
    [[nodiscard]] std::expected<ReadList, QString> load(const QString& name) const;
    [[nodiscard]] std::expected<void, QString> save(const QString& name, const QList<Entry>& entries) const;
    [[nodiscard]] std::expected<void, QString> remove(const QString& name) const;
    [[nodiscard]] std::expected<void, QString> rename(const QString& from, const QString& to) const;
    /// What is wrong with a name for a new list (empty, taken, no file name), or nothing.
    [[nodiscard]] QString nameProblem(const QString& name) const;

private:
    QDir m_folder;
};

} // namespace devices
