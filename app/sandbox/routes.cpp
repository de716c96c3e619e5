// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sandbox/routes.h"

#include <algorithm>
#include <expected>

#include <QJsonArray>
#include <QLocale>
#include <QRegularExpression>

#include "sandbox/archive.h"
#include "sandbox/validation.h"

namespace sandbox {

namespace {

constexpr int malformedHeader = 6003, noRoute = 7000, noMethod = 7001, badIdentifier = 7003,
              notAllowed = 10000;

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

/// Whether a bearer's header is there, and well-formed.
std::optional<QString> bearerOf(const Incoming& request)
{
    const auto header = request.headers.value("Authorization");
    if (!header.startsWith("Bearer ") || header.size() < 20 || header.contains('\n'))
        return std::nullopt;
    return QString::fromLatin1(header.mid(7));
}

QStringList partsOf(const QString& path)
{
    return path.split(u'/', Qt::SkipEmptyParts);
}

} // namespace

Routes::Routes(const Options& options, Account& account)
    : m_options(options)
    , m_account(account)
{
}

bool Routes::has(const char* fault) const
{
    return m_options.faults.contains(QLatin1StringView(fault));
}

Reply Routes::good(const QJsonValue& result, const QJsonValue& info) const
{
    QJsonArray messages;
    if (has("notices")) {
        messages << QJsonObject{{QStringLiteral("code"), 10000},
                                {QStringLiteral("message"), QStringLiteral("This endpoint is in beta")}};
    }
    return success(result, info, messages);
}

/// Why the request may not come in, if so: key, account, permission.
std::optional<Reply> Routes::refusal(const Incoming& request, const QStringList& parts) const
{
    static const QRegularExpression hex(QStringLiteral("\\A[0-9a-f]{32}\\z"));
    const bool pair = request.headers.contains("X-Auth-Key");
    const auto bearer = bearerOf(request);
    if (!pair && !bearer)
        return failure(400, malformedHeader, QStringLiteral("Invalid request headers"));
    const bool known = pair ? request.headers.value("X-Auth-Key") == m_account.key().toLatin1() &&
                                  request.headers.value("X-Auth-Email") == Account::email().toLatin1()
                            : *bearer == m_account.token() || *bearer == m_account.readOnlyToken() ||
                                  *bearer == m_account.accountToken();
    if (!known)
        return failure(403, 9109, QStringLiteral("Invalid access token"));
    if (parts.value(2) == QLatin1StringView("accounts") && parts.value(3) != m_account.id()) {
        const bool wellFormed = hex.match(parts.value(3)).hasMatch();
        return failure(
            wellFormed ? 404 : 400, badIdentifier,
            QStringLiteral("Could not route to /accounts/%1, perhaps your object identifier is invalid?")
                .arg(parts.value(3).left(40)));
    }
    if (request.method == "POST" && bearer && *bearer == m_account.readOnlyToken())
        return failure(403, notAllowed, QStringLiteral("Authentication error"));
    return std::nullopt;
}

Reply Routes::handle(const Incoming& request)
{
    const auto parts = partsOf(request.path); // client v4 accounts ID dex commands …
    const auto rest = parts.mid(4).join(u'/');
    const bool account = parts.mid(0, 3).join(u'/') == QLatin1StringView("client/v4/accounts");
    const bool user = parts.join(u'/') == QLatin1StringView("client/v4/user/tokens/verify");
    const bool download = rest.startsWith(QLatin1StringView("dex/commands/")) &&
                          parts.value(7) == QLatin1StringView("downloads") && parts.size() == 9;
    const QStringList reads{QStringLiteral("tokens/verify"), QStringLiteral("dex/commands/devices"),
                            QStringLiteral("dex/commands/quota")};
    const bool commands = rest == QLatin1StringView("dex/commands");
    if (!user && !(account && (reads.contains(rest) || commands || download)))
        return failure(404, noRoute, QStringLiteral("No route for that URI"));
    if (const auto refused = refusal(request, parts))
        return *refused;
    if (request.method != "GET" && !(commands && request.method == "POST"))
        return failure(
            405, noMethod,
            QStringLiteral("Method %1 not available for that URI").arg(QString::fromLatin1(request.method)));
    if (user || rest == reads[0])
        return verify(request, !user);
    if (rest == reads[1])
        return listDevices(request);
    if (rest == reads[2])
        return quota();
    if (commands)
        return request.method == "POST" ? create(request) : listCommands(request);
    return failure(404, 1002, QStringLiteral("The command has no such file"));
}

Reply Routes::verify(const Incoming& request, bool accountOwned) const
{
    const auto bearer = bearerOf(request);
    const bool owned = bearer && *bearer == m_account.accountToken();
    if (!bearer || owned != accountOwned)
        return failure(401, 1000, QStringLiteral("Invalid API Token"));
    return good(QJsonObject{{QStringLiteral("id"), m_account.id()},
                            {QStringLiteral("status"), QStringLiteral("active")}});
}

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
    const auto now = QDateTime::currentDateTimeUtc();
    const auto search = request.query.value(QStringLiteral("search"));
    const auto skip = (paging->page - 1) * paging->perPage;
    const auto& devices = m_account.fleet().devices();
    QJsonArray rows;
    if (search.isEmpty()) {
        const auto end = std::min(qsizetype(devices.size()), skip + paging->perPage);
        for (auto i = skip; i < end; ++i)
            rows << row(devices[size_t(i)], now);
    } else {
        qsizetype found = 0;
        for (const auto& device : devices) {
            if (!device.name.contains(search, Qt::CaseInsensitive) &&
                !device.email.contains(search, Qt::CaseInsensitive))
                continue;
            if (found++ >= skip && rows.size() < paging->perPage)
                rows << row(device, now);
        }
    }
    if (has("unreadable-row") && !rows.isEmpty())
        rows[rows.size() / 2] = QJsonObject{{QStringLiteral("deviceId"), 17}};
    return good(QJsonObject{{QStringLiteral("devices"), rows}},
                infoFor(*paging, rows.size(), qsizetype(devices.size())));
}

QJsonObject Routes::row(const Command& command, const QDateTime& now) const
{
    const auto completed = m_account.completedAt(command, now);
    const auto file = m_account.fileOf(command, now);
    QJsonValue name = QJsonValue::Null;
    if (file && (command.urlName || has("filename-url")))
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
    const auto now = QDateTime::currentDateTimeUtc();
    const auto given = [&request](const char* name) { return request.query.value(QLatin1StringView(name)); };
    const auto from = QDateTime::fromString(given("from"), Qt::ISODate);
    const auto to = QDateTime::fromString(given("to"), Qt::ISODate);
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
    return good(QJsonObject{{QStringLiteral("commands"), rows}},
                infoFor(*paging, rows.size(), qsizetype(commands.size())));
}

Reply Routes::quota() const
{
    const auto now = QDateTime::currentDateTimeUtc();
    return good(QJsonObject{{QStringLiteral("quota"), m_options.quota},
                            {QStringLiteral("quota_usage"), m_account.usedToday(now)},
                            {QStringLiteral("reset_time"), m_account.resetTime(now).toString(Qt::ISODate)}});
}

Reply Routes::create(const Incoming& request)
{
    if (!request.headers.value("Content-Type").toLower().startsWith("application/json"))
        return failure(415, badParameter, QStringLiteral("the body must be application/json"));
    const auto wanted = readCommands(request.body, m_options.schema);
    if (!wanted)
        return failure(400, wanted.error());
    const auto created = m_account.create(*wanted, QDateTime::currentDateTimeUtc());
    if (!created)
        return created.error();
    QJsonArray rows;
    for (const auto& command : *created) {
        QJsonObject args;
        for (auto arg = command.args.begin(); arg != command.args.end(); ++arg)
            args.insert(arg.key(), arg.value().toVariant().toString());
        rows << QJsonObject{{QStringLiteral("id"), command.id},
                            {QStringLiteral("args"), args},
                            {QStringLiteral("device_id"), command.deviceId},
                            {QStringLiteral("registration_id"), command.registrationId},
                            {QStringLiteral("status"), QStringLiteral("PENDING_EXEC")},
                            {QStringLiteral("type"), command.type}};
    }
    return good(QJsonObject{{QStringLiteral("commands"), rows}});
}

std::optional<File> Routes::download(const Incoming& request)
{
    const auto parts = partsOf(request.path);
    if (request.method != "GET" || parts.size() != 9 || parts[7] != QLatin1StringView("downloads") ||
        refusal(request, parts))
        return std::nullopt;
    const auto* command = m_account.find(parts[6]);
    const auto* device = command ? m_account.deviceOf(*command) : nullptr;
    if (!device || m_account.fileOf(*command, QDateTime::currentDateTimeUtc()) != parts[8])
        return std::nullopt;
    const auto modified =
        QLocale::c().toString(command->created, QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    return File{.bytes = archiveOf(*command, *device),
                .name = parts[8].toUtf8(),
                .etag = command->id.toLatin1(),
                .modified = modified.toLatin1()};
}

} // namespace sandbox
