// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The lists of devices and commands: paging, filters, rows.

#include "sandbox/routes.h"

#include <algorithm>
#include <expected>

#include <QJsonArray>
#include <QRegularExpression>

#include "sandbox/validation.h"

namespace sandbox {

namespace {

struct Paging {
    qsizetype page;
    qsizetype perPage;
};

std::expected<Paging, Reply> pagingOf(const Incoming& request)
{
    const auto number = [&request](const QString& name, qsizetype most) -> std::expected<qsizetype, Reply> {
        bool ok = false;
        const auto value = request.query.value(name).toLongLong(&ok);
        if (!ok || value < 1 || value > most) {
            return std::unexpected(failure(
                400, badParameter, QStringLiteral("%1 must be 1 to %2").arg(name).arg(most), u'/' + name));
        }
        return value;
    };
    const auto page = number(QStringLiteral("page"), 1'000'000);
    if (!page)
        return std::unexpected(page.error());
    const auto perPage = number(QStringLiteral("per_page"), 50);
    if (!perPage)
        return std::unexpected(perPage.error());
    return Paging{*page, *perPage};
}

QJsonObject infoFor(const Paging& paging, qsizetype count, qsizetype total)
{
    return {{QStringLiteral("count"), count},
            {QStringLiteral("page"), paging.page},
            {QStringLiteral("per_page"), paging.perPage},
            {QStringLiteral("total_count"), total},
            {QStringLiteral("total_pages"), (total + paging.perPage - 1) / paging.perPage}};
}

/// Parses an RFC 3339 time; invalid if the text is not one. Qt's parser also accepts an incomplete time.
QDateTime timeFrom(const QString& text)
{
    static const QRegularExpression form(QStringLiteral(
        "\\A\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([Zz]|[+-]\\d\\d:\\d\\d)\\z"));
    return form.match(text).hasMatch() ? QDateTime::fromString(text.toUpper(), Qt::ISODateWithMs)
                                       : QDateTime();
}

} // namespace

QJsonObject Routes::row(const Device& device, const QDateTime& now) const
{
    const auto seen = now.addSecs(-device.seenSecondsAgo);
    const auto time =
        device.shortTime
            ? QString(seen.toString(QStringLiteral("yyyy-MM-dd hh:mm:ss")) + QStringLiteral("+00"))
            : seen.toString(Qt::ISODate);
    QJsonObject json{{QStringLiteral("deviceId"), device.deviceId},
                     {QStringLiteral("deviceName"), device.name},
                     {QStringLiteral("eligible"), device.ineligibleReason.isEmpty()},
                     {QStringLiteral("personEmail"), device.email},
                     {QStringLiteral("platform"), device.platform},
                     {QStringLiteral("registrationId"), device.registrationId},
                     {QStringLiteral("status"),
                      device.connected ? QStringLiteral("connected") : QStringLiteral("disconnected")},
                     {QStringLiteral("timestamp"), time},
                     {QStringLiteral("version"), device.version}};
    if (!device.ineligibleReason.isEmpty())
        json.insert(QStringLiteral("ineligibleReason"), device.ineligibleReason);
    return json;
}

Reply Routes::listDevices(const Incoming& request) const
{
    const auto paging = pagingOf(request);
    if (!paging)
        return paging.error();
    const auto now = m_clock().utc;
    const auto search = request.query.value(QStringLiteral("search"));
    const auto skip = (paging->page - 1) * paging->perPage;
    const auto& fleet = m_account.fleet();
    const bool all = m_account.allCame(now);
    QJsonArray rows;
    for (const auto* device : search.isEmpty() ? fleet.rows(skip, paging->perPage, all)
                                               : fleet.found(search, skip, paging->perPage, all))
        rows << row(*device, now);
    if (has("unreadable-row") && !rows.isEmpty())
        rows[rows.size() / 2] = QJsonObject{{QStringLiteral("deviceId"), 17}};
    return good(QJsonObject{{QStringLiteral("devices"), rows}},
                infoFor(*paging, rows.size(), fleet.size(all)));
}

QJsonObject Routes::row(const Command& command, const QDateTime& now) const
{
    const auto completed = m_account.completedAt(command, now);
    const auto file = m_account.fileOf(command, now);
    QJsonValue name = QJsonValue::Null;
    if (has("filename-missing"))
        name = QJsonValue::Null;
    else if (file && has("filename-odd"))
        name = QString(*file + u'/');
    else if (file && (command.urlName || has("filename-url")))
        name = QString(QStringLiteral("https://files.example.com/artifacts/") + *file);
    else if (file)
        name = *file;
    return {{QStringLiteral("id"), command.id},
            {QStringLiteral("completed_date"),
             completed ? QJsonValue(completed->toString(Qt::ISODateWithMs)) : QJsonValue::Null},
            {QStringLiteral("created_date"), command.created.toString(Qt::ISODateWithMs)},
            {QStringLiteral("device_id"), command.deviceId},
            {QStringLiteral("filename"), name},
            {QStringLiteral("registration_id"), command.registrationId},
            {QStringLiteral("status"), m_account.statusOf(command, now)},
            {QStringLiteral("type"), command.type},
            {QStringLiteral("user_email"), command.userEmail}};
}

Reply Routes::listCommands(const Incoming& request) const
{
    const auto paging = pagingOf(request);
    if (!paging)
        return paging.error();
    const auto now = m_clock().utc;
    const auto given = [&request](const char* name) { return request.query.value(QLatin1StringView(name)); };
    const auto from = timeFrom(given("from"));
    const auto to = timeFrom(given("to"));
    for (const auto& [name, time] : {std::pair("from", from), std::pair("to", to)}) {
        if (!given(name).isEmpty() && !time.isValid())
            return failure(400, badParameter, QStringLiteral("not an RFC 3339 time"),
                           u'/' + QString::fromLatin1(name));
    }
    const QStringList types{QStringLiteral("pcap"), QStringLiteral("speed-test"),
                            QStringLiteral("warp-diag")};
    const QStringList statuses{QStringLiteral("PENDING_EXEC"), QStringLiteral("PENDING_UPLOAD"),
                               QStringLiteral("SUCCESS"), QStringLiteral("FAILED")};
    if (!given("command_type").isEmpty() && !types.contains(given("command_type")))
        return failure(400, badParameter, QStringLiteral("unknown command type"),
                       QStringLiteral("/command_type"));
    if (!given("status").isEmpty() && !statuses.contains(given("status")))
        return failure(400, badParameter, QStringLiteral("unknown status"), QStringLiteral("/status"));

    const auto wanted = [&](const Command& command) {
        const auto is = [&](const char* name, const QString& value) {
            return given(name).isEmpty() || given(name).compare(value, Qt::CaseInsensitive) == 0;
        };
        return is("device_id", command.deviceId) && is("user_email", command.userEmail) &&
               is("command_type", command.type) &&
               (given("status").isEmpty() || given("status") == m_account.statusOf(command, now)) &&
               (!from.isValid() || command.created >= from) && (!to.isValid() || command.created <= to);
    };
    QJsonArray rows;
    qsizetype found = 0;
    const auto skip = (paging->page - 1) * paging->perPage;
    const auto& commands = m_account.commands();
    for (auto command = commands.rbegin(); command != commands.rend() && rows.size() < paging->perPage;
         ++command) {
        if (wanted(*command) && found++ >= skip)
            rows << row(*command, now);
    }
    // Replaces the oldest row of a page with at least five: the pending commands stay visible.
    if (has("unreadable-row") && rows.size() >= 5)
        rows[rows.size() - 1] = QJsonObject{{QStringLiteral("id"), 17}};
    return good(QJsonObject{{QStringLiteral("commands"), rows}},
                infoFor(*paging, rows.size(), qsizetype(commands.size())));
}

} // namespace sandbox
