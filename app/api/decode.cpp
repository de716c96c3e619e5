// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/requests.h"

#include <type_traits>

#include <QJsonArray>

#include "api/fields.h"
#include "api/text.h"

namespace api {

namespace {

constexpr QLatin1StringView result("result");

std::expected<DeviceRow, DecodeError> decodeDevice(const QJsonValue& value, const QString& path)
{
    Fields fields(value, path);
    DeviceRow row{
        .deviceId = fields.text(QStringLiteral("deviceId")),
        .registrationId = fields.textIf(QStringLiteral("registrationId")),
        .deviceName = fields.textIf(QStringLiteral("deviceName")),
        .personEmail = fields.textIf(QStringLiteral("personEmail")),
        .platform = fields.textIf(QStringLiteral("platform")),
        .status = fields.textIf(QStringLiteral("status")),
        .version = fields.textIf(QStringLiteral("version")),
        .lastSeen = fields.timeIf(QStringLiteral("timestamp")),
        .eligible = fields.boolIf(QStringLiteral("eligible")),
        .ineligibleReason = fields.textIf(QStringLiteral("ineligibleReason")),
    };
    if (fields.error())
        return std::unexpected(*fields.error());
    return row;
}

std::optional<double> listedNumber(const QJsonValue& value)
{
    bool ok = value.isDouble();
    const auto number = ok ? value.toDouble() : value.toString().toDouble(&ok);
    return ok && number > 0 ? std::optional(number) : std::nullopt;
}

std::optional<bool> listedFlag(const QJsonValue& value)
{
    if (value.isBool())
        return value.toBool();
    if (value.toString() == QLatin1StringView("true"))
        return true;
    return value.toString() == QLatin1StringView("false") ? std::optional(false) : std::nullopt;
}

/// Reads the options of a listed command.  The documented list has none, so unreadable options are ignored
/// instead of making the row unreadable.
std::optional<Args> listedArgs(const QString& type, const QJsonValue& value)
{
    const auto args = value.toObject();
    if (type == QLatin1StringView("pcap")) {
        const PcapArgs pcap{.timeLimitMin = listedNumber(args[u"time-limit-min"]),
                            .maxFileSizeMb = listedNumber(args[u"max-file-size-mb"]),
                            .packetSizeBytes = listedNumber(args[u"packet-size-bytes"])};
        return pcap == PcapArgs{} ? std::nullopt : std::optional<Args>(pcap);
    }
    const DiagArgs diag{.testAllRoutes = listedFlag(args[u"test-all-routes"])};
    return type == QLatin1StringView("warp-diag") && diag.testAllRoutes ? std::optional<Args>(diag)
                                                                        : std::nullopt;
}

std::expected<Command, DecodeError> decodeCommand(const QJsonValue& value, const QString& path)
{
    Fields fields(value, path);
    Command command{
        .id = fields.text(QStringLiteral("id")),
        .deviceId = fields.text(QStringLiteral("device_id")),
        .registrationId = fields.textIf(QStringLiteral("registration_id")),
        .userEmail = fields.textIf(QStringLiteral("user_email")),
        .type = fields.text(QStringLiteral("type")),
        .status = fields.text(QStringLiteral("status")),
        .created = fields.timeIf(QStringLiteral("created_date")),
        .completed = fields.timeIf(QStringLiteral("completed_date")),
        .filename = {},
    };
    // An unusable file name still shows that a file exists: it is requested under the default name.
    if (const auto filename = fields.textIf(QStringLiteral("filename"))) {
        const auto bare = bareFilename(*filename);
        command.filename = bare ? bare : bareFilename(command.id + QStringLiteral(".zip"));
    }
    command.args = listedArgs(command.type, value.toObject()[u"args"]);
    if (fields.error())
        return std::unexpected(*fields.error());
    return command;
}

/// A created command is tracked by its ID alone; any other field that is not a text counts as absent.
std::expected<CreatedCommand, DecodeError> decodeCreated(const QJsonValue& value, const QString& path)
{
    Fields fields(value, path);
    CreatedCommand command{.id = fields.text(QStringLiteral("id"))};
    if (fields.error())
        return std::unexpected(*fields.error());
    const auto textAt = [row = value.toObject()](QStringView key) {
        const auto text = row.value(key).toString();
        return text.isEmpty() ? std::nullopt : std::optional(text);
    };
    command.deviceId = textAt(u"device_id");
    command.registrationId = textAt(u"registration_id");
    command.status = textAt(u"status");
    command.type = textAt(u"type");
    return command;
}

std::expected<QJsonArray, DecodeError> listIn(const QJsonObject& envelope, const QString& name)
{
    const Fields fields(envelope.value(result), QStringLiteral("/result"));
    if (fields.error())
        return std::unexpected(*fields.error());
    const auto value = envelope.value(result).toObject().value(name);
    if (!value.isArray()) {
        return std::unexpected(
            DecodeError{.path = QStringLiteral("/result/") + name,
                        .problem = QStringLiteral("expected an array, found ") + kindOf(value)});
    }
    return value.toArray();
}

Remnant remnantOf(const QJsonValue& value)
{
    // One reader for each field, so that their errors are independent.
    const auto fields = [&value] { return Fields(value, QString()); };
    return {.id = fields().textIf(QStringLiteral("id")),
            .deviceId = fields().textIf(QStringLiteral("device_id")),
            .created = fields().timeIf(QStringLiteral("created_date"))};
}

/// Decodes row by row: one malformed row must not discard a page of good ones.
template<class Row, class Decode>
std::expected<Page<Row>, DecodeError> decodePage(const QJsonObject& envelope, const QString& name,
                                                 Decode decode)
{
    const auto list = listIn(envelope, name);
    if (!list)
        return std::unexpected(list.error());
    Page<Row> page;
    for (qsizetype i = 0; i < list->size(); ++i) {
        if (auto row = decode(list->at(i), QStringLiteral("/result/%1/%2").arg(name).arg(i))) {
            page.rows << *std::move(row);
        } else {
            page.unreadable << row.error();
            if constexpr (std::is_same_v<Row, Command>)
                page.remnants << remnantOf(list->at(i));
        }
    }
    // Only a hint for the progress bar, so a bad value is not an error.
    Fields info(envelope.value(u"result_info").toObject(), QStringLiteral("/result_info"));
    page.totalCount = info.countIf(QStringLiteral("total_count"));
    return page;
}

} // namespace

std::expected<ListDevices::Value, DecodeError> ListDevices::decode(const QJsonObject& envelope)
{
    return decodePage<DeviceRow>(envelope, QStringLiteral("devices"), decodeDevice);
}

std::expected<ListCommands::Value, DecodeError> ListCommands::decode(const QJsonObject& envelope)
{
    return decodePage<Command>(envelope, QStringLiteral("commands"), decodeCommand);
}

std::expected<Quota, DecodeError> GetQuota::decode(const QJsonObject& envelope)
{
    Fields fields(envelope.value(result), QStringLiteral("/result"));
    Quota quota{.allowed = fields.count(QStringLiteral("quota")),
                .used = fields.count(QStringLiteral("quota_usage")),
                .reset = fields.time(QStringLiteral("reset_time"))};
    if (fields.error())
        return std::unexpected(*fields.error());
    return quota;
}

std::expected<TokenState, DecodeError> VerifyToken::decode(const QJsonObject& envelope)
{
    Fields fields(envelope.value(result), QStringLiteral("/result"));
    TokenState state{.id = fields.textIf(QStringLiteral("id")),
                     .status = fields.textIf(QStringLiteral("status")),
                     .expiresOn = fields.timeIf(QStringLiteral("expires_on")),
                     .notBefore = fields.timeIf(QStringLiteral("not_before"))};
    if (fields.error())
        return std::unexpected(*fields.error());
    return state;
}

std::expected<CreateCommands::Value, DecodeError> CreateCommands::decode(const QJsonObject& envelope)
{
    const auto list = listIn(envelope, QStringLiteral("commands"));
    if (!list)
        return std::unexpected(list.error());
    Value commands;
    std::optional<DecodeError> unreadable;
    for (qsizetype i = 0; i < list->size(); ++i) {
        auto command = decodeCreated(list->at(i), QStringLiteral("/result/commands/%1").arg(i));
        if (command)
            commands << *std::move(command);
        else if (!unreadable)
            unreadable = command.error();
    }
    if (commands.isEmpty() && unreadable)
        return std::unexpected(*unreadable);
    return commands;
}

} // namespace api
