// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "connections/connection.h"

#include <algorithm>

#include <QProcessEnvironment>
#include <QRegularExpression>

#include "connections/tr.h"

namespace connections {

namespace {

QString lastFour(const QString& accountId)
{
    return QStringLiteral("…") + accountId.right(4);
}

bool hasInnerSpace(const QString& text)
{
    const auto trimmed = QStringView(text).trimmed();
    return std::ranges::any_of(trimmed, [](QChar c) { return c.isSpace() || !c.isPrint(); });
}

QString accountIdProblem(const QString& text)
{
    static const QRegularExpression hex(QStringLiteral("\\A[0-9a-fA-F]{32}\\z"));
    const auto id = text.trimmed();
    if (id.isEmpty())
        return Text::tr(
            "Type the account ID: 32 characters, in the address of the dashboard after its host.");
    if (!hex.match(id).hasMatch())
        return Text::tr("An account ID has exactly 32 characters, 0 to 9 and a to f; this has %1.")
            .arg(id.size());
    return {};
}

/// Rejects characters that a header cannot contain or a pasted secret should not contain.
QString secretProblem(const QString& text, const QString& empty)
{
    if (text.trimmed().isEmpty())
        return empty;
    if (hasInnerSpace(text))
        return Text::tr("There is a space or a line break inside. Copy it once more, alone.");
    const auto trimmed = text.trimmed();
    if (std::ranges::any_of(trimmed, [](QChar c) { return c.unicode() > 126; }))
        return Text::tr("There is a character that no key has. Copy it once more, alone.");
    return {};
}

QString emailProblem(const QString& text)
{
    const auto email = text.trimmed();
    if (email.isEmpty())
        return Text::tr("Type the e-mail address that the key belongs to.");
    const auto at = email.indexOf(u'@');
    if (hasInnerSpace(email) || at < 1 || at == email.size() - 1)
        return Text::tr("Not an e-mail address.");
    return {};
}

QUrl baseUrlFrom(const QString& text)
{
    auto trimmed = text.trimmed();
    while (trimmed.endsWith(u'/'))
        trimmed.chop(1);
    return trimmed.isEmpty() ? defaultBaseUrl() : QUrl(trimmed, QUrl::StrictMode);
}

api::Route routeOf(const Draft& draft)
{
    api::Route route{.proxy = draft.proxy, .caFile = draft.caFile.trimmed()};
    if (draft.proxy == api::Route::Proxy::Typed) {
        route.host = draft.proxyHost.trimmed();
        route.port = draft.proxyPort.trimmed().toInt();
        route.user = draft.proxyUser.trimmed();
        route.password = draft.proxyPassword;
    }
    return route;
}

constexpr std::pair<api::Route::Field, Draft::Field> routeFields[] = {
    {api::Route::Field::ProxyHost, Draft::Field::ProxyHost},
    {api::Route::Field::ProxyPort, Draft::Field::ProxyPort},
    {api::Route::Field::ProxyUser, Draft::Field::ProxyUser},
    {api::Route::Field::CaFile, Draft::Field::CaFile}};

} // namespace

QString Connection::label() const
{
    if (kind != Kind::Environment)
        return name;
    return Text::tr("%1 (%2 at %3)").arg(name, lastFour(endpoint.accountId), endpoint.baseUrl.host());
}

QUrl defaultBaseUrl()
{
    return QUrl(QStringLiteral("https://api.cloudflare.com/client/v4"));
}

QStringList secretsOf(const Connection& connection)
{
    const auto& credentials = connection.endpoint.credentials;
    const auto* bearer = std::get_if<api::BearerToken>(&credentials);
    return {bearer ? bearer->token : std::get<api::EmailAndKey>(credentials).key,
            connection.endpoint.route.password};
}

QString describe(const Connection& connection)
{
    const auto kind = [&connection] {
        switch (connection.kind) {
        case Connection::Kind::Sandbox: return QStringLiteral("sandbox");
        case Connection::Kind::Environment: return QStringLiteral("environment");
        case Connection::Kind::Typed: break;
        }
        return QStringLiteral("saved or typed");
    };
    const auto format = [&connection] {
        switch (connection.format) {
        case api::FormatChoice::Documented: return QStringLiteral("documented");
        case api::FormatChoice::Current: return QStringLiteral("current");
        case api::FormatChoice::Automatic: break;
        }
        return QStringLiteral("automatic");
    };
    const bool token = std::holds_alternative<api::BearerToken>(connection.endpoint.credentials);
    return QStringLiteral("%1 at %2, account %3, with %4, format %5")
        .arg(kind(), connection.endpoint.baseUrl.authority(), lastFour(connection.endpoint.accountId),
             token ? QStringLiteral("a token") : QStringLiteral("e-mail and key"), format());
}

QMap<Draft::Field, QString> Draft::errors() const
{
    QMap<Field, QString> all;
    const auto note = [&all](Field field, const QString& problem) {
        if (!problem.isEmpty())
            all.insert(field, problem);
    };
    if (name.trimmed().isEmpty())
        note(Field::Name, Text::tr("Give it a name, so that you see whose devices these are."));
    note(Field::AccountId, accountIdProblem(accountId));
    if (withToken) {
        note(Field::Token, secretProblem(token, Text::tr("Paste an API token.")));
    } else {
        note(Field::Email, emailProblem(email));
        note(Field::Key, secretProblem(key, Text::tr("Paste the Global API key.")));
    }
    if (!baseUrl.trimmed().isEmpty())
        note(Field::BaseUrl, api::baseUrlProblem(baseUrlFrom(baseUrl)).value_or(QString()));
    const auto problems = api::problemsOf(routeOf(*this));
    for (const auto& [there, here] : routeFields)
        note(here, problems.value(there));
    return all;
}

Connection Draft::connection() const
{
    Connection result;
    result.kind = Connection::Kind::Typed;
    result.name = name.trimmed();
    result.endpoint.baseUrl = baseUrlFrom(baseUrl);
    result.endpoint.accountId = accountId.trimmed();
    if (withToken)
        result.endpoint.credentials = api::BearerToken{token.trimmed()};
    else
        result.endpoint.credentials = api::EmailAndKey{email.trimmed(), key.trimmed()};
    result.endpoint.route = routeOf(*this);
    result.format = format;
    result.hue = hue;
    return result;
}

Draft Draft::from(const Connection& connection)
{
    const auto& endpoint = connection.endpoint;
    const auto& route = endpoint.route;
    Draft draft;
    draft.name = connection.name;
    draft.accountId = endpoint.accountId;
    if (const auto* bearer = std::get_if<api::BearerToken>(&endpoint.credentials)) {
        draft.token = bearer->token;
    } else {
        const auto& pair = std::get<api::EmailAndKey>(endpoint.credentials);
        draft.withToken = false;
        draft.email = pair.email;
        draft.key = pair.key;
    }
    if (endpoint.baseUrl != defaultBaseUrl())
        draft.baseUrl = endpoint.baseUrl.toString();
    draft.format = connection.format;
    draft.hue = connection.hue;
    draft.proxy = route.proxy;
    draft.proxyHost = route.host;
    draft.proxyPort = route.port > 0 ? QString::number(route.port) : QString();
    draft.proxyUser = route.user;
    draft.proxyPassword = route.password;
    draft.caFile = route.caFile;
    return draft;
}

std::expected<std::optional<Connection>, QString> fromEnvironment(const QProcessEnvironment& environment)
{
    const auto value = [&environment](const char* name) {
        return environment.value(QLatin1StringView(name));
    };
    Draft draft;
    draft.name = QStringLiteral("Environment"); // the name on the command line, in every language
    draft.accountId = value("CLOUDFLARE_ACCOUNT_ID");
    draft.token = value("CLOUDFLARE_API_TOKEN");
    draft.email = value("CLOUDFLARE_EMAIL");
    draft.key = value("CLOUDFLARE_API_KEY");
    draft.baseUrl = value("CLOUDFLARE_BASE_URL");
    draft.withToken = !draft.token.isEmpty() || draft.key.isEmpty();

    const bool anyKey = !draft.token.isEmpty() || !draft.key.isEmpty();
    if (!anyKey && draft.accountId.isEmpty())
        return std::nullopt;

    const std::pair<Draft::Field, const char*> variables[] = {
        {Draft::Field::AccountId, "CLOUDFLARE_ACCOUNT_ID"}, {Draft::Field::Token, "CLOUDFLARE_API_TOKEN"},
        {Draft::Field::Email, "CLOUDFLARE_EMAIL"},          {Draft::Field::Key, "CLOUDFLARE_API_KEY"},
        {Draft::Field::BaseUrl, "CLOUDFLARE_BASE_URL"},
    };
    const auto errors = draft.errors();
    for (const auto& [field, variable] : variables) {
        if (errors.contains(field))
            return std::unexpected(Text::tr("The environment variable %1 does not fit: %2")
                                       .arg(QLatin1StringView(variable), errors[field]));
    }
    auto connection = draft.connection();
    connection.kind = Connection::Kind::Environment;
    return connection;
}

} // namespace connections
