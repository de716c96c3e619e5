// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/lists.h"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include <QCoreApplication>
#include <QFile>
#include <QSet>

#include <csv.h>

#include "exports/table.h"

namespace devices {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("devices", text);
}

enum class Part { DeviceId, RegistrationId, Email, Name, Platform };

/// The names that people give these columns, without case, spaces, dashes and underscores.
std::optional<Part> partOf(const QString& header)
{
    static const std::map<QString, Part> names = {
        {QStringLiteral("deviceid"), Part::DeviceId},
        {QStringLiteral("id"), Part::DeviceId},
        {QStringLiteral("uuid"), Part::DeviceId},
        {QStringLiteral("registrationid"), Part::RegistrationId},
        {QStringLiteral("registration"), Part::RegistrationId},
        {QStringLiteral("email"), Part::Email},
        {QStringLiteral("useremail"), Part::Email},
        {QStringLiteral("personemail"), Part::Email},
        {QStringLiteral("mail"), Part::Email},
        {QStringLiteral("user"), Part::Email},
        {QStringLiteral("name"), Part::Name},
        {QStringLiteral("devicename"), Part::Name},
        {QStringLiteral("device"), Part::Name},
        {QStringLiteral("host"), Part::Name},
        {QStringLiteral("hostname"), Part::Name},
        {QStringLiteral("computer"), Part::Name},
        {QStringLiteral("platform"), Part::Platform},
        {QStringLiteral("os"), Part::Platform},
    };
    auto plain = header.toCaseFolded();
    plain.removeIf([](QChar c) { return c.isSpace() || c == u'_' || c == u'-'; });
    const auto found = names.find(plain);
    return found == names.end() ? std::nullopt : std::optional(found->second);
}

struct Line {
    int number = 0;
    QStringList cells;
};

/// What libcsv's callbacks fill.
struct Reading {
    std::vector<Line> lines;
    Line open{.number = 1, .cells = {}};
    int breaks = 0; ///< in the cells of the open line

    static void cell(void* bytes, size_t size, void* self)
    {
        auto& reading = *static_cast<Reading*>(self);
        const QByteArrayView view(static_cast<const char*>(bytes), qsizetype(size));
        reading.breaks += int(std::ranges::count(view, '\n'));
        reading.open.cells << QString::fromUtf8(view);
    }

    static void line(int, void* self)
    {
        auto& reading = *static_cast<Reading*>(self);
        const auto next = reading.open.number + reading.breaks + 1;
        reading.lines.push_back(std::move(reading.open));
        reading.open = {.number = next, .cells = {}};
        reading.breaks = 0;
    }
};

char separatorOf(const QByteArray& bytes)
{
    const auto header = bytes.left(bytes.indexOf('\n'));
    char best = ',';
    for (const char candidate : {';', '\t'}) {
        if (header.count(candidate) > header.count(best))
            best = candidate;
    }
    return best;
}

std::expected<std::vector<Line>, QString> parse(const QByteArray& bytes)
{
    csv_parser parser;
    if (csv_init(&parser, CSV_APPEND_NULL) != 0)
        return std::unexpected(tr("There is not enough memory to read the list."));
    csv_set_delim(&parser, static_cast<unsigned char>(separatorOf(bytes)));
    // libcsv would trim tabs, which may be the separator.
    csv_set_space_func(&parser, [](unsigned char c) -> int { return c == ' '; });
    Reading reading;
    const auto size = size_t(bytes.size());
    const bool whole =
        csv_parse(&parser, bytes.constData(), size, &Reading::cell, &Reading::line, &reading) == size &&
        csv_fini(&parser, &Reading::cell, &Reading::line, &reading) == 0;
    csv_free(&parser);
    if (!whole)
        return std::unexpected(tr("This is no CSV file."));
    return std::move(reading.lines);
}

} // namespace

std::expected<ReadList, QString> readListFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(file.errorString());
    auto bytes = file.readAll();
    if (bytes.startsWith("\xEF\xBB\xBF"))
        bytes.remove(0, 3);
    const auto lines = parse(bytes);
    if (!lines)
        return std::unexpected(lines.error());
    if (lines->empty())
        return std::unexpected(tr("The file is empty."));

    std::map<Part, qsizetype> columns;
    const auto& header = lines->front().cells;
    for (qsizetype i = 0; i < header.size(); ++i) {
        if (const auto part = partOf(header[i]))
            columns.try_emplace(*part, i);
    }
    if (!columns.contains(Part::DeviceId))
        return std::unexpected(tr("The first line names no column “device_id”."));

    ReadList result;
    QSet<Key> seen;
    for (auto line = lines->begin() + 1; line != lines->end(); ++line) {
        const auto text = [&](Part part) {
            const auto column = columns.find(part);
            const bool there = column != columns.end() && column->second < line->cells.size();
            return there ? exports::restored(line->cells[column->second]) : QString();
        };
        if (std::ranges::all_of(line->cells, [](const QString& cell) { return cell.trimmed().isEmpty(); }))
            continue;
        Entry entry{.key = {text(Part::DeviceId).trimmed(), text(Part::RegistrationId).trimmed(),
                            text(Part::Email).trimmed()},
                    .name = text(Part::Name),
                    .platform = text(Part::Platform)};
        if (entry.key.deviceId.isEmpty()) {
            result.bad << BadLine{.line = line->number, .reason = tr("no device ID")};
            continue;
        }
        if (seen.contains(entry.key))
            continue;
        seen.insert(entry.key);
        result.entries << entry;
    }
    return result;
}

std::expected<void, QString> writeListFile(const QString& path, const QList<Entry>& entries)
{
    exports::Table table{.columns = {QStringLiteral("device_id"), QStringLiteral("registration_id"),
                                     QStringLiteral("email"), QStringLiteral("name"),
                                     QStringLiteral("platform")},
                         .rows = {}};
    for (const auto& entry : entries)
        table.rows << QList<exports::Cell>{entry.key.deviceId, entry.key.registrationId, entry.key.email,
                                           entry.name, entry.platform};
    return exports::writeFile(path, exports::Format::Csv, table);
}

} // namespace devices
