// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/listfile.h"

#include <QBuffer>
#include <QFile>

#include "devices/tr.h"
#include "devices/import.h"
#include "exports/table.h"

namespace devices {

namespace {

constexpr char ownStart[] = "\xEF\xBB\xBF"
                            "device_id,registration_id,email,name,platform";

} // namespace

std::pair<Key, QString> identityOf(const Entry& entry)
{
    return {entry.key, entry.key.deviceId.isEmpty() ? hostName(entry.name) : QString()};
}

std::expected<ReadList, QString> readList(const QByteArray& bytes)
{
    // What the program has written itself is not to be guessed, whatever its cells hold.
    const auto sheet =
        readSheet(bytes, bytes.startsWith(ownStart) ? std::optional<QChar>(u',') : std::nullopt);
    if (!sheet)
        return std::unexpected(sheet.error());
    const auto layout = layoutOf(*sheet);
    if (layout.header < 0)
        return std::unexpected(Text::tr("No line names the columns (“device_id”, “email”, “name”)."));
    auto reading = readRows(*sheet, layout);
    auto headings = sheet->rows[size_t(layout.header)].cells;
    for (auto& heading : headings)
        heading = exports::restored(heading);
    ReadList list;
    list.bad = std::move(reading.bad);
    auto row = sheet->rows.begin();
    for (auto& [line, entry] : reading.rows) {
        while (row->line != line)
            ++row;
        for (qsizetype column = 0; column < std::min(headings.size(), layout.columns.size()); ++column) {
            if (layout.columns[column] == Part::Nothing && !row->cells.value(column).isEmpty() &&
                !headings[column].isEmpty())
                entry.other.insert(headings[column], exports::restored(row->cells[column]));
        }
        list.entries << std::move(entry);
    }
    return list;
}

std::expected<ReadList, QString> readListFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(file.errorString());
    return readList(file.readAll());
}

QByteArray writeList(const QList<Entry>& entries)
{
    QStringList others;
    for (const auto& entry : entries) {
        for (auto other = entry.other.keyBegin(); other != entry.other.keyEnd(); ++other) {
            if (!others.contains(*other))
                others << *other;
        }
    }
    exports::Table table{.columns = {QStringLiteral("device_id"), QStringLiteral("registration_id"),
                                     QStringLiteral("email"), QStringLiteral("name"),
                                     QStringLiteral("platform")},
                         .rows = {}};
    table.columns << others;
    for (const auto& entry : entries) {
        QList<exports::Cell> row{entry.key.deviceId, entry.key.registrationId, entry.key.email, entry.name,
                                 entry.platform};
        for (const auto& other : std::as_const(others))
            row << entry.other.value(other);
        table.rows << row;
    }
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    (void)exports::write(buffer, exports::Format::Csv, table); // into memory: it cannot fail
    return buffer.data();
}

} // namespace devices
