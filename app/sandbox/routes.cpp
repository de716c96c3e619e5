// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sandbox/routes.h"

#include <utility>

#include <QCryptographicHash>
#include <QJsonArray>
#include <QLocale>
#include <QRegularExpression>

#include "sandbox/validation.h"

namespace sandbox {

namespace {

constexpr int malformedHeader = 6003, noRoute = 7000, noMethod = 7001, badIdentifier = 7003,
              notAllowed = 10000;

/// Returns the bearer token, if its header is present and well-formed.
std::optional<QString> bearerOf(const Incoming& request)
{
    const auto header = request.headers.value("Authorization");
    if (!header.startsWith("Bearer ") || header.size() < 20 || header.contains('\n'))
        return std::nullopt;
    return QString::fromLatin1(header.mid(7));
}

/// Formats an argument for the reply, in which all arguments are strings.
QString textOf(const QJsonValue& value)
{
    if (value.isBool())
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    if (value.isDouble())
        return QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    QStringList texts;
    const auto list = value.toArray();
    for (const auto& one : list)
        texts << one.toString();
    return texts.join(u',');
}

QStringList partsOf(const QString& path)
{
    return path.split(u'/', Qt::SkipEmptyParts);
}

} // namespace

Routes::Routes(const Options& options, Account& account, Clock clock)
    : m_options(options)
    , m_account(account)
    , m_clock(std::move(clock))
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

/// Checks credentials, account and permission; returns the error reply if the request is rejected.
std::optional<Reply> Routes::refusal(const Incoming& request, const QStringList& parts) const
{
    static const QRegularExpression hex(QStringLiteral("\\A[0-9a-f]{32}\\z"));
    static const QRegularExpression keyForm(QStringLiteral("\\A[0-9a-f]{32,37}\\z"));
    const auto malformed = [](const char* header) {
        return failure(400, malformedHeader, QStringLiteral("Invalid request headers"),
                       header ? u'/' + QString::fromLatin1(header) : QString());
    };
    const auto& identity = m_account.identity();
    const auto bearer = bearerOf(request);
    bool known = false;
    if (request.headers.contains("Authorization")) {
        if (!bearer)
            return malformed("Authorization");
        known = *bearer == identity.token || *bearer == identity.readOnlyToken ||
                *bearer == identity.accountToken;
    } else if (request.headers.contains("X-Auth-Key") || request.headers.contains("X-Auth-Email")) {
        const auto key = QString::fromLatin1(request.headers.value("X-Auth-Key"));
        const auto email = QString::fromLatin1(request.headers.value("X-Auth-Email"));
        if (!keyForm.match(key).hasMatch())
            return malformed("X-Auth-Key");
        if (!email.contains(u'@'))
            return malformed("X-Auth-Email");
        known = key == identity.key && email.compare(Account::email(), Qt::CaseInsensitive) == 0;
    } else {
        return malformed(nullptr);
    }
    if (!known)
        return failure(403, 9109, QStringLiteral("Invalid access token"));
    if (parts.value(2) == QLatin1StringView("accounts") && parts.value(3) != identity.account) {
        const bool wellFormed = hex.match(parts.value(3)).hasMatch();
        return failure(
            wellFormed ? 404 : 400, badIdentifier,
            QStringLiteral("Could not route to /accounts/%1, perhaps your object identifier is invalid?")
                .arg(parts.value(3).left(40)));
    }
    if (request.method == "POST" && bearer && *bearer == identity.readOnlyToken)
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
    const bool toolsDownload = rest.startsWith(QLatin1StringView("dex/devices/")) && parts.size() == 10;
    const QStringList reads{QStringLiteral("tokens/verify"), QStringLiteral("dex/commands/devices"),
                            QStringLiteral("dex/commands/quota")};
    const bool commands = rest == QLatin1StringView("dex/commands");
    if (!user && !(account && (reads.contains(rest) || commands || download || toolsDownload)))
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
    const auto& identity = m_account.identity();
    const bool owned = bearer && *bearer == identity.accountToken;
    if (!bearer || owned != accountOwned)
        return failure(401, 1000, QStringLiteral("Invalid API Token"));
    // The token's ID; it does not reveal the token.
    const auto id =
        QString::fromLatin1(QCryptographicHash::hash(bearer->toLatin1(), QCryptographicHash::Md5).toHex());
    QJsonObject state{{QStringLiteral("id"), id}, {QStringLiteral("status"), QStringLiteral("active")}};
    if (accountOwned) {
        const auto now = m_clock().utc;
        state.insert(QStringLiteral("not_before"), now.addDays(-30).toString(Qt::ISODate));
        state.insert(QStringLiteral("expires_on"), now.addDays(335).toString(Qt::ISODate));
    }
    return good(state);
}

Reply Routes::quota() const
{
    const auto now = m_clock().utc;
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
    const auto created = m_account.create(*wanted, m_clock().utc);
    if (!created)
        return created.error();
    QJsonArray rows;
    for (const auto& command : *created) {
        QJsonObject args;
        for (auto arg = command.args.begin(); arg != command.args.end(); ++arg)
            args.insert(arg.key(), has("reply-args") ? QJsonValue(arg.value()) : textOf(arg.value()));
        if (has("reply-args"))
            args.insert(QStringLiteral("max-file-size-mb"), QJsonValue::Null);
        rows << QJsonObject{{QStringLiteral("id"), command.id},
                            {QStringLiteral("args"), args},
                            {QStringLiteral("device_id"), command.deviceId},
                            {QStringLiteral("registration_id"), command.registrationId},
                            {QStringLiteral("status"), QStringLiteral("PENDING_EXEC")},
                            {QStringLiteral("type"), command.type}};
    }
    if (has("reply-order")) {
        QJsonArray reversed;
        for (const auto& row : std::as_const(rows))
            reversed.prepend(row);
        rows = reversed;
    }
    if (has("reply-fewer") && rows.size() > 1)
        rows.removeLast();
    if (has("reply-more")) {
        auto other = rows.first().toObject();
        other.insert(QStringLiteral("id"), QStringLiteral("00000000-0000-4000-8000-000000000001"));
        other.insert(QStringLiteral("device_id"), QStringLiteral("00000000-0000-4000-8000-000000000002"));
        rows.prepend(other);
    }
    if (has("reply-twice"))
        rows.append(rows.first());
    return good(QJsonObject{{QStringLiteral("commands"), rows}});
}

/// Parses the path of a file, as parts: the documented path, or that of the service's own tools, which names
/// the device and the command.
/// \returns the command's ID and the file's name
std::optional<std::pair<QString, QString>> Routes::fileAt(const QStringList& parts) const
{
    const auto at = [&parts](qsizetype i, QLatin1StringView word) { return parts.value(i) == word; };
    if (!at(0, QLatin1StringView("client")) || !at(2, QLatin1StringView("accounts")) ||
        !at(4, QLatin1StringView("dex")))
        return std::nullopt;
    if (parts.size() == 9 && at(5, QLatin1StringView("commands")) && at(7, QLatin1StringView("downloads")) &&
        !has("other-address"))
        return std::pair(parts[6], parts[8]);
    if (parts.size() != 10 || !at(5, QLatin1StringView("devices")) || !at(7, QLatin1StringView("commands")) ||
        !at(8, QLatin1StringView("downloads")) || !parts[9].endsWith(QLatin1StringView(".zip")))
        return std::nullopt;
    const auto* command = m_account.find(parts[9].chopped(4));
    const auto file = command ? m_account.fileOf(*command, m_clock().utc) : std::nullopt;
    if (!file || command->deviceId != parts[6])
        return std::nullopt;
    return std::pair(command->id, *file);
}

std::optional<Artifact> Routes::download(const Incoming& request) const
{
    const auto parts = partsOf(request.path);
    const auto file = fileAt(parts);
    if (request.method != "GET" || !file || refusal(request, parts))
        return std::nullopt;
    const auto* command = m_account.find(file->first);
    const auto* device = command ? m_account.deviceOf(*command) : nullptr;
    const auto now = m_clock().utc;
    if (!device || m_account.fileOf(*command, now) != file->second)
        return std::nullopt;
    const auto modified = m_account.completedAt(*command, now).value_or(command->created);
    return Artifact{.command = *command,
                    .device = *device,
                    .name = file->second.toUtf8(),
                    .etag = '"' + command->id.toLatin1() + '"',
                    .modified = httpDate(modified)};
}

} // namespace sandbox
