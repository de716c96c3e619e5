// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/requests.h"

#include <QJsonArray>
#include <QJsonDocument>

#include "api/text.h"

namespace api {

namespace {

/// The only function that joins path parts.
QByteArray joinPath(std::initializer_list<QString> parts)
{
    QByteArray path;
    for (const auto& part : parts)
        path += '/' + pathPart(part);
    return path;
}

QByteArray commandsPath(const QString& accountId, std::initializer_list<QString> more = {})
{
    return joinPath(
               {QStringLiteral("accounts"), accountId, QStringLiteral("dex"), QStringLiteral("commands")}) +
           joinPath(more);
}

void addIf(QUrlQuery& query, const QString& name, const std::optional<QString>& value)
{
    if (value)
        query.addQueryItem(name, queryValue(*value));
}

void addIf(QUrlQuery& query, const QString& name, const std::optional<QDateTime>& value)
{
    if (value)
        query.addQueryItem(name, queryValue(value->toUTC().toString(Qt::ISODateWithMs)));
}

QUrlQuery paged(int page, int perPage)
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("page"), QString::number(page));
    query.addQueryItem(QStringLiteral("per_page"), QString::number(perPage));
    return query;
}

QString nameOf(Interface interface)
{
    return interface == Interface::Default ? QStringLiteral("default") : QStringLiteral("tunnel");
}

QJsonObject argsOf(Format format, const PcapArgs& args)
{
    QJsonObject json;
    const auto put = [&json](const QString& name, const std::optional<double>& value) {
        if (value)
            json.insert(name, *value);
    };
    put(QStringLiteral("time-limit-min"), args.timeLimitMin);
    put(QStringLiteral("max-file-size-mb"), args.maxFileSizeMb);
    put(QStringLiteral("packet-size-bytes"), args.packetSizeBytes);
    if (args.interfaces && format == Format::Documented) {
        QJsonArray names;
        for (const auto interface : *args.interfaces)
            names << nameOf(interface);
        json.insert(QStringLiteral("interfaces"), names);
    }
    return json;
}

QJsonObject argsOf(Format, const DiagArgs& args)
{
    QJsonObject json;
    if (args.testAllRoutes)
        json.insert(QStringLiteral("test-all-routes"), *args.testAllRoutes);
    return json;
}

/// Replaces unpaired surrogates, which a text from a device may contain and which make Qt write no JSON.
QString whole(const QString& text)
{
    return QString::fromUtf8(text.toUtf8());
}

} // namespace

QString typeName(const CommandOrder& order)
{
    return std::holds_alternative<PcapArgs>(order.args) ? QStringLiteral("pcap")
                                                        : QStringLiteral("warp-diag");
}

QStringList droppedBy(Format format, const CommandOrder& order)
{
    const auto* pcap = std::get_if<PcapArgs>(&order.args);
    if (format == Format::Current && pcap && pcap->interfaces)
        return {QStringLiteral("interfaces")};
    return {};
}

QByteArray encode(Format format, const QList<CommandOrder>& orders)
{
    Q_ASSERT(!orders.isEmpty() && orders.size() <= maxCommandsPerPost);
    const bool documented = format == Format::Documented;
    const auto typeKey = documented ? QStringLiteral("command_type") : QStringLiteral("type");
    const auto argsKey = documented ? QStringLiteral("command_args") : QStringLiteral("args");
    QJsonArray commands;
    for (const auto& order : orders) {
        QJsonObject command{{typeKey, typeName(order)},
                            {QStringLiteral("device_id"), whole(order.deviceId)},
                            {QStringLiteral("user_email"), whole(order.userEmail)}};
        if (order.registrationId && !order.registrationId->isEmpty())
            command.insert(QStringLiteral("registration_id"), whole(*order.registrationId));
        const auto args =
            std::visit([format](const auto& value) { return argsOf(format, value); }, order.args);
        if (!args.isEmpty())
            command.insert(argsKey, args);
        commands << command;
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("commands"), commands}}).toJson(QJsonDocument::Compact);
}

QByteArray ListDevices::path(const QString& accountId) const
{
    return commandsPath(accountId, {QStringLiteral("devices")});
}

QUrlQuery ListDevices::query() const
{
    auto query = paged(page, perPage);
    if (!search.isEmpty())
        query.addQueryItem(QStringLiteral("search"), queryValue(search));
    return query;
}

QByteArray ListCommands::path(const QString& accountId) const
{
    return commandsPath(accountId);
}

QUrlQuery ListCommands::query() const
{
    auto query = paged(page, perPage);
    addIf(query, QStringLiteral("from"), from);
    addIf(query, QStringLiteral("to"), to);
    addIf(query, QStringLiteral("device_id"), deviceId);
    addIf(query, QStringLiteral("user_email"), userEmail);
    addIf(query, QStringLiteral("command_type"), commandType);
    addIf(query, QStringLiteral("status"), status);
    return query;
}

QByteArray GetQuota::path(const QString& accountId) const
{
    return commandsPath(accountId, {QStringLiteral("quota")});
}

VerifyToken VerifyToken::forToken(const QString& token)
{
    return {token.startsWith(QLatin1StringView("cfat_")) ? Owner::Account : Owner::User};
}

QByteArray VerifyToken::path(const QString& accountId) const
{
    const auto tokens = QStringLiteral("tokens");
    const auto verify = QStringLiteral("verify");
    return owner == Owner::User ? joinPath({QStringLiteral("user"), tokens, verify})
                                : joinPath({QStringLiteral("accounts"), accountId, tokens, verify});
}

QByteArray CreateCommands::path(const QString& accountId) const
{
    return commandsPath(accountId);
}

QList<QByteArray> DownloadArtifact::paths(const QString& accountId) const
{
    const auto commands = QStringLiteral("commands"), downloads = QStringLiteral("downloads");
    const auto usualName = commandId + QStringLiteral(".zip");
    QList<QByteArray> paths;
    if (!filename.isEmpty() || deviceId.isEmpty())
        paths << commandsPath(accountId, {commandId, downloads, filename.isEmpty() ? usualName : filename});
    if (!deviceId.isEmpty())
        paths << joinPath({QStringLiteral("accounts"), accountId, QStringLiteral("dex"),
                           QStringLiteral("devices"), deviceId, commands, downloads, usualName});
    return paths;
}

} // namespace api
