// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/listfile.h"

#include <algorithm>

#include <QBuffer>
#include <QFile>

#include "devices/tr.h"
#include "devices/import.h"
#include "exports/table.h"

namespace devices {

namespace {

constexpr char ownStart[] = "\xEF\xBB\xBF"
                            "device_id,registration_id,email,name,platform";

/// The columns that the program writes, in this order; unknown columns of an entry follow.
const QStringList& ownColumns()
{
    static const QStringList columns{QStringLiteral("device_id"), QStringLiteral("registration_id"),
                                     QStringLiteral("email"), QStringLiteral("name"),
                                     QStringLiteral("platform")};
    return columns;
}

/// Whether this program wrote the list, even if a spreadsheet has since saved it with other separators.
bool isOwn(const Sheet& sheet)
{
    if (sheet.isEmpty() || sheet.width(0) < ownColumns().size())
        return false;
    for (qsizetype column = 0; column < ownColumns().size(); ++column) {
        if (sheet.cell(0, column) != ownColumns().at(column))
            return false;
    }
    return true;
}

Layout ownLayout(const Sheet& sheet)
{
    Layout layout{.header = 0,
                  .columns = {Part::DeviceId, Part::RegistrationId, Part::Email, Part::Name, Part::Platform}};
    layout.columns.resize(sheet.width(0));
    return layout;
}

} // namespace

std::pair<Key, QString> identityOf(const Entry& entry)
{
    return {entry.key, entry.key.deviceId.isEmpty() ? hostName(entry.name) : QString()};
}

std::expected<ReadList, QString> readList(const QByteArray& bytes)
{
    // The format of a file that this program wrote is known: it is not guessed from the cells.
    const bool own = bytes.startsWith(ownStart);
    auto text = readSheet(bytes, own ? TextHints{.encoding = QByteArrayLiteral("UTF-8"), .separator = u','}
                                     : TextHints());
    if (!text)
        return std::unexpected(text.error());
    const auto& sheet = text->sheet;
    const auto layout = isOwn(sheet) ? ownLayout(sheet) : layoutOf(sheet);
    if (layout.header < 0)
        return std::unexpected(Text::tr("No line names the columns (“device_id”, “email”, “name”)."));
    auto reading = readRows(sheet, layout);
    QStringList headings;
    for (qsizetype column = 0; column < sheet.width(layout.header); ++column)
        headings << exports::restored(sheet.cell(layout.header, column));
    const auto emails = layout.columns.indexOf(Part::Email);
    ReadList list;
    list.bad = std::move(reading.bad);
    list.bad << reading.notes;
    std::ranges::stable_sort(list.bad, {}, &BadLine::line);
    auto row = layout.dataFrom();
    for (auto& [line, entry] : reading.rows) {
        while (sheet.line(row) != line)
            ++row;
        for (qsizetype column = 0; column < std::min(headings.size(), layout.columns.size()); ++column) {
            const bool isRefused = column == emails && entry.key.email.isEmpty();
            if ((layout.columns[column] == Part::Nothing || isRefused) && !headings[column].isEmpty() &&
                !sheet.cell(row, column).trimmed().isEmpty())
                entry.other.insert(headings[column], exports::restored(sheet.cell(row, column)));
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
    exports::Table table{.columns = ownColumns() + others, .rows = {}};
    for (const auto& entry : entries) {
        QList<exports::Cell> row{entry.key.deviceId, entry.key.registrationId, entry.key.email, entry.name,
                                 entry.platform};
        for (const auto& other : std::as_const(others))
            row << entry.other.value(other);
        table.rows << row;
    }
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    (void)exports::write(buffer, exports::Format::Csv, table); // writes to memory: cannot fail
    return buffer.data();
}

} // namespace devices
