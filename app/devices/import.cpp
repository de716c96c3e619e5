// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/import.h"

#include <algorithm>
#include <map>

#include <QSet>
#include <QUuid>

#include "devices/tr.h"
#include "devices/fleet.h"
#include "exports/table.h"

namespace devices {

namespace {

constexpr qsizetype headerWithin = 10; ///< rows: above it people put titles and dates
constexpr qsizetype mostSamples = 200; ///< rows looked at to tell what a column holds
constexpr qsizetype longestCell =
    2000; ///< characters of an ID or an e-mail; a name may be as long as it likes
constexpr qsizetype longestName = 20'000;

bool isId(const QString& text)
{
    return text.size() >= 32 && !QUuid::fromString(text).isNull();
}

bool isEmail(const QString& text)
{
    const auto at = text.indexOf(u'@');
    return at > 0 && at < text.size() - 1 && !text.contains(u' ');
}

/// A cell without what only keeps a spreadsheet from running it, and without the spaces around it.
QString plain(const QString& cell)
{
    auto text = exports::restored(cell.trimmed()).trimmed();
    text.remove(QChar(0xFEFF)); // a mark in the middle: two files put together
    return text;
}

/// Without what only sets it apart: `{…}` around an ID.
QString plainId(QString id)
{
    if (id.startsWith(u'{') && id.endsWith(u'}'))
        id = id.sliced(1, id.size() - 2);
    return isId(id) ? id.toLower() : id;
}

Part looksLike(const Sheet& sheet, qsizetype column)
{
    qsizetype ids = 0, emails = 0, others = 0;
    for (qsizetype i = 0; i < std::min<qsizetype>(mostSamples, qsizetype(sheet.rows.size())); ++i) {
        const auto text = plain(sheet.rows[size_t(i)].cells.value(column));
        if (text.isEmpty())
            continue;
        ++(isId(text) ? ids : isEmail(text) ? emails : others);
    }
    if (ids > emails + others)
        return Part::DeviceId;
    if (emails > ids + others)
        return Part::Email;
    return others > 0 ? Part::Name : Part::Nothing;
}

} // namespace

Part partOf(const QString& heading)
{
    static const std::map<QString, Part> names = {
        {QStringLiteral("deviceid"), Part::DeviceId},
        {QStringLiteral("deviceuuid"), Part::DeviceId},
        {QStringLiteral("warpdeviceid"), Part::DeviceId},
        {QStringLiteral("id"), Part::DeviceId},
        {QStringLiteral("uuid"), Part::DeviceId},
        {QStringLiteral("guid"), Part::DeviceId},
        {QStringLiteral("registrationid"), Part::RegistrationId},
        {QStringLiteral("registration"), Part::RegistrationId},
        {QStringLiteral("email"), Part::Email},
        {QStringLiteral("emailaddress"), Part::Email},
        {QStringLiteral("useremail"), Part::Email},
        {QStringLiteral("personemail"), Part::Email},
        {QStringLiteral("lastseenuser"), Part::Email},
        {QStringLiteral("mail"), Part::Email},
        {QStringLiteral("user"), Part::Email},
        {QStringLiteral("username"), Part::Email},
        {QStringLiteral("upn"), Part::Email},
        {QStringLiteral("userprincipalname"), Part::Email},
        {QStringLiteral("owner"), Part::Email},
        {QStringLiteral("name"), Part::Name},
        {QStringLiteral("devicename"), Part::Name},
        {QStringLiteral("device"), Part::Name},
        {QStringLiteral("host"), Part::Name},
        {QStringLiteral("hostname"), Part::Name},
        {QStringLiteral("computer"), Part::Name},
        {QStringLiteral("computername"), Part::Name},
        {QStringLiteral("machine"), Part::Name},
        {QStringLiteral("machinename"), Part::Name},
        {QStringLiteral("pc"), Part::Name},
        {QStringLiteral("asset"), Part::Name},
        {QStringLiteral("platform"), Part::Platform},
        {QStringLiteral("os"), Part::Platform},
        {QStringLiteral("operatingsystem"), Part::Platform},
    };
    auto word = heading.toCaseFolded();
    word.removeIf([](QChar c) { return !c.isLetterOrNumber(); });
    const auto found = names.find(word);
    return found == names.end() ? Part::Nothing : found->second;
}

Layout layoutOf(const Sheet& sheet)
{
    Layout layout;
    for (qsizetype i = 0; i < std::min<qsizetype>(headerWithin, qsizetype(sheet.rows.size())); ++i) {
        const auto& cells = sheet.rows[size_t(i)].cells;
        const bool names = std::ranges::any_of(
            cells, [](const QString& cell) { return partOf(plain(cell)) != Part::Nothing; });
        const bool data = std::ranges::any_of(
            cells, [](const QString& cell) { return isId(plain(cell)) || isEmail(plain(cell)); });
        if (!names || data)
            continue;
        layout.header = i;
        for (const auto& cell : cells) {
            const auto part = partOf(plain(cell));
            layout.columns << (layout.has(part) ? Part::Nothing : part); // the first of a kind
        }
        return layout;
    }
    qsizetype width = 0;
    for (const auto& row : sheet.rows)
        width = std::max(width, row.cells.size());
    // As many as people have without naming them; a line gone wrong must not cost a thousand looks at each
    // row.
    for (qsizetype column = 0; column < std::min<qsizetype>(width, 200); ++column) {
        const auto part = looksLike(sheet, column);
        layout.columns << (layout.has(part) ? Part::Nothing : part);
    }
    return layout;
}

Reading readRows(const Sheet& sheet, const Layout& layout)
{
    Reading reading;
    reading.bad = sheet.bad;
    QSet<int> told; // lines that are bad already
    for (const auto& bad : sheet.bad)
        told.insert(bad.line);
    QSet<std::pair<Key, QString>> seen;
    const auto headings = layout.header >= 0 ? sheet.rows[size_t(layout.header)].cells.size() : 0;
    for (auto i = layout.header + 1; i < qsizetype(sheet.rows.size()); ++i) {
        const auto& row = sheet.rows[size_t(i)];
        if (told.contains(row.line))
            continue;
        const auto text = [&](Part part) {
            const auto column = layout.columns.indexOf(part);
            return column < 0 ? QString() : plain(row.cells.value(column));
        };
        const auto bad = [&](const QString& reason) {
            reading.bad << BadLine{.line = row.line, .reason = reason};
        };
        Entry entry{
            .key = {plainId(text(Part::DeviceId)), plainId(text(Part::RegistrationId)), text(Part::Email)},
            .name = text(Part::Name),
            .platform = text(Part::Platform)};
        const auto& key = entry.key;
        if (headings > 0 &&
            std::any_of(row.cells.begin() + std::min(headings, row.cells.size()), row.cells.end(),
                        [](const QString& cell) { return !cell.trimmed().isEmpty(); })) {
            bad(Text::tr("has more cells than the first line names"));
        } else if (key.deviceId.isEmpty() && key.email.isEmpty() && entry.name.isEmpty()) {
            bad(Text::tr("names no device: neither an ID, nor a name, nor a user"));
        } else if (!key.email.isEmpty() && !isEmail(key.email)) {
            bad(Text::tr("“%1” is no e-mail address").arg(key.email.left(60)));
        } else if (key.deviceId.size() > longestCell || key.registrationId.size() > longestCell ||
                   key.email.size() > longestCell || entry.name.size() > longestName) {
            bad(Text::tr("a cell is too long to be an ID, a name or a user"));
        } else if (const auto same =
                       std::pair(key, key.deviceId.isEmpty() ? hostName(entry.name) : QString());
                   seen.contains(same)) {
            reading.repeated << row.line;
        } else {
            seen.insert(same);
            reading.rows << ImportRow{.line = row.line, .entry = entry};
        }
    }
    std::ranges::stable_sort(reading.bad, {}, &BadLine::line);
    return reading;
}

QList<Match> matchRows(std::span<const ImportRow> rows, const Fleet& fleet, QSet<Key>& taken)
{
    QList<Match> matches;
    matches.reserve(qsizetype(rows.size()));
    for (const auto& row : rows) {
        Match match{.state = Match::State::NotSeen, .devices = fleet.find(row.entry)};
        const bool byId = !row.entry.key.deviceId.isEmpty();
        if (match.devices.size() == 1 || (byId && !match.devices.isEmpty())) {
            const bool again = std::ranges::all_of(
                match.devices, [&taken](const Device& device) { return taken.contains(device.key()); });
            match.state = again ? Match::State::Repeated : Match::State::Ready;
            for (const auto& device : std::as_const(match.devices))
                taken.insert(device.key());
        } else if (match.devices.size() > 1) {
            match.state = Match::State::Unclear;
        }
        matches << match;
    }
    return matches;
}

} // namespace devices
