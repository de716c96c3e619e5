// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "connections/written.h"

#include <algorithm>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "connections/tr.h"

namespace connections {

namespace {

struct FormatName {
    api::FormatChoice format;
    const char* name;
};
constexpr FormatName formats[] = {{api::FormatChoice::Automatic, "automatic"},
                                  {api::FormatChoice::Documented, "documented"},
                                  {api::FormatChoice::Current, "current"}};

struct ProxyName {
    api::Route::Proxy proxy;
    const char* name;
};
constexpr ProxyName proxies[] = {{api::Route::Proxy::System, "system"},
                                 {api::Route::Proxy::None, "none"},
                                 {api::Route::Proxy::Typed, "typed"}};

template<class Entry>
const Entry* named(const Entry (&entries)[3], const QString& name)
{
    const auto* found = std::ranges::find_if(
        entries, [&name](const Entry& entry) { return name == QLatin1StringView(entry.name); });
    return found == std::end(entries) ? nullptr : found;
}

QJsonObject written(const Connection& connection)
{
    const auto& endpoint = connection.endpoint;
    const auto& route = endpoint.route;
    const auto* pair = std::get_if<api::EmailAndKey>(&endpoint.credentials);
    QJsonObject object{
        {QStringLiteral("id"), connection.id},
        {QStringLiteral("name"), connection.name},
        {QStringLiteral("account"), endpoint.accountId},
        {QStringLiteral("with"), pair ? QStringLiteral("key") : QStringLiteral("token")},
        {QStringLiteral("base_url"), endpoint.baseUrl.toString(QUrl::FullyEncoded)},
        {QStringLiteral("format"),
         QString::fromLatin1(std::ranges::find(formats, connection.format, &FormatName::format)->name)},
        {QStringLiteral("proxy"),
         QString::fromLatin1(std::ranges::find(proxies, route.proxy, &ProxyName::proxy)->name)},
        {QStringLiteral("read_only"), connection.readOnly}};
    if (pair)
        object[QStringLiteral("email")] = pair->email;
    if (connection.hue)
        object[QStringLiteral("hue")] = *connection.hue;
    if (route.proxy == api::Route::Proxy::Typed) {
        object[QStringLiteral("proxy_host")] = route.host;
        object[QStringLiteral("proxy_port")] = route.port;
        object[QStringLiteral("proxy_user")] = route.user;
    }
    if (!route.caFile.isEmpty())
        object[QStringLiteral("ca_file")] = route.caFile;
    return object;
}

std::expected<Connection, QString> connectionFrom(const QJsonObject& object)
{
    const auto text = [&object](const char* key) { return object[QLatin1StringView(key)].toString(); };
    const auto* format = named(formats, text("format"));
    const auto* proxy = named(proxies, text("proxy"));
    Connection connection;
    connection.id = text("id");
    connection.name = text("name");
    connection.endpoint.accountId = text("account");
    connection.endpoint.baseUrl = QUrl(text("base_url"), QUrl::StrictMode);
    if (connection.id.isEmpty() || connection.name.isEmpty() || connection.endpoint.accountId.isEmpty() ||
        !format || !proxy || api::baseUrlProblem(connection.endpoint.baseUrl))
        return std::unexpected(Text::tr("“%1” is damaged").arg(connection.name));
    if (text("with") == QLatin1StringView("key"))
        connection.endpoint.credentials = api::EmailAndKey{text("email"), {}};
    else
        connection.endpoint.credentials = api::BearerToken{};
    connection.format = format->format;
    if (object.contains(u"hue"))
        connection.hue = object[u"hue"].toInt();
    connection.readOnly = object[u"read_only"].toBool();
    connection.endpoint.route = {.proxy = proxy->proxy,
                                 .host = text("proxy_host"),
                                 .port = object[u"proxy_port"].toInt(),
                                 .user = text("proxy_user"),
                                 .password = {},
                                 .caFile = text("ca_file")};
    return connection;
}

} // namespace

QByteArray writtenConnections(const QList<Connection>& connections)
{
    QJsonArray list;
    for (const auto& connection : connections)
        list << written(connection);
    return QJsonDocument(QJsonObject{{QStringLiteral("connections"), list}}).toJson();
}

QString nameOf(api::Format format)
{
    return format == api::Format::Documented ? QStringLiteral("documented") : QStringLiteral("current");
}

std::optional<api::Format> formatFrom(const QString& name)
{
    for (const auto format : {api::Format::Documented, api::Format::Current}) {
        if (name == nameOf(format))
            return format;
    }
    return std::nullopt;
}

std::expected<QList<Connection>, QString> readConnections(const QByteArray& text)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(text, &error);
    if (error.error != QJsonParseError::NoError)
        return std::unexpected(error.errorString());
    const auto list = document.object()[u"connections"];
    if (!list.isArray())
        return std::unexpected(Text::tr("it holds no list of connections"));
    QList<Connection> result;
    for (const auto& one : list.toArray()) {
        auto connection = connectionFrom(one.toObject());
        if (!connection)
            return std::unexpected(connection.error());
        result << *std::move(connection);
    }
    return result;
}

} // namespace connections
