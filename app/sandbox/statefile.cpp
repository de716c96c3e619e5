// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sandbox/statefile.h"

#include <cstdio>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include "sandbox/fleet.h"

namespace sandbox {

namespace {

QString hex(quint64 seed, quint64 what)
{
    constexpr quint64 identity = 1ULL << 40; ///< offset that separates these draws from those for devices
    QString text;
    for (quint64 i = 0; i < 2; ++i)
        text += QStringLiteral("%1").arg(mix(seed, identity + what * 16 + i), 16, 16, QLatin1Char('0'));
    return text;
}

QJsonObject toJson(const Command& command)
{
    return {{QStringLiteral("id"), command.id},
            {QStringLiteral("type"), command.type},
            {QStringLiteral("device"), command.deviceId},
            {QStringLiteral("registration"), command.registrationId},
            {QStringLiteral("email"), command.userEmail},
            {QStringLiteral("args"), command.args},
            {QStringLiteral("created"), command.created.toMSecsSinceEpoch()},
            {QStringLiteral("scale"), command.scale},
            {QStringLiteral("seconds"), command.seconds},
            {QStringLiteral("upload"), command.uploadSeconds},
            {QStringLiteral("fails"), command.fails},
            {QStringLiteral("empty"), command.empty},
            {QStringLiteral("url"), command.urlName},
            {QStringLiteral("partial"), command.partial},
            {QStringLiteral("odd"), command.oddStatus}};
}

Command commandFrom(const QJsonObject& json)
{
    return {.id = json.value(u"id").toString(),
            .type = json.value(u"type").toString(),
            .deviceId = json.value(u"device").toString(),
            .registrationId = json.value(u"registration").toString(),
            .userEmail = json.value(u"email").toString(),
            .args = json.value(u"args").toObject(),
            .created = QDateTime::fromMSecsSinceEpoch(json.value(u"created").toInteger(), Qt::UTC),
            .scale = json.value(u"scale").toDouble(1),
            .seconds = json.value(u"seconds").toDouble(),
            .uploadSeconds = json.value(u"upload").toDouble(),
            .fails = json.value(u"fails").toBool(),
            .empty = json.value(u"empty").toBool(),
            .urlName = json.value(u"url").toBool(),
            .partial = json.value(u"partial").toBool(),
            .oddStatus = json.value(u"odd").toBool()};
}

std::optional<State> stateFrom(const QByteArray& bytes)
{
    const auto json = QJsonDocument::fromJson(bytes).object();
    const auto identity = json.value(u"identity").toObject();
    State state{.identity = {.seed = quint32(identity.value(u"seed").toInteger()),
                             .account = identity.value(u"account").toString(),
                             .token = identity.value(u"token").toString(),
                             .readOnlyToken = identity.value(u"read_only_token").toString(),
                             .accountToken = identity.value(u"account_token").toString(),
                             .key = identity.value(u"key").toString()},
                .serial = quint64(json.value(u"serial").toInteger()),
                .commands = {}};
    for (const auto* text : {&state.identity.account, &state.identity.token, &state.identity.readOnlyToken,
                             &state.identity.accountToken, &state.identity.key}) {
        if (text->isEmpty())
            return std::nullopt;
    }
    const auto commands = json.value(u"commands").toArray();
    for (const auto& command : commands)
        state.commands.push_back(commandFrom(command.toObject()));
    return state;
}

} // namespace

Identity Identity::from(quint32 seed)
{
    return {.seed = seed,
            .account = hex(seed, 1),
            .token = QStringLiteral("sandbox-") + hex(seed, 2),
            .readOnlyToken = QStringLiteral("sandbox-read-") + hex(seed, 3),
            .accountToken = QStringLiteral("cfat_") + hex(seed, 4),
            .key = hex(seed, 5)};
}

std::expected<std::optional<State>, QString> readState(const QString& path)
{
    QFile file(path);
    if (!file.exists())
        return std::nullopt;
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(
            QStringLiteral("The state file %1 cannot be read: %2.").arg(path, file.errorString()));
    if (auto state = stateFrom(file.readAll()))
        return state;
    file.close();
    const QString aside = path + QStringLiteral(".damaged");
    QFile::remove(aside);
    if (!QFile::rename(path, aside))
        return std::unexpected(
            QStringLiteral("The state file %1 is damaged and cannot be set aside.").arg(path));
    std::fprintf(stderr, "The state file %s was damaged; it is now %s, and the account begins anew.\n",
                 qPrintable(path), qPrintable(aside));
    return std::nullopt;
}

std::expected<void, QString> writeState(const QString& path, const State& state)
{
    QJsonArray commands;
    for (const auto& command : state.commands)
        commands << toJson(command);
    const QJsonObject identity{{QStringLiteral("seed"), qint64(state.identity.seed)},
                               {QStringLiteral("account"), state.identity.account},
                               {QStringLiteral("token"), state.identity.token},
                               {QStringLiteral("read_only_token"), state.identity.readOnlyToken},
                               {QStringLiteral("account_token"), state.identity.accountToken},
                               {QStringLiteral("key"), state.identity.key}};
    const QJsonObject json{{QStringLiteral("identity"), identity},
                           {QStringLiteral("serial"), qint64(state.serial)},
                           {QStringLiteral("commands"), commands}};
    QSaveFile file(path);
    bool ok = file.open(QIODevice::WriteOnly);
    ok = ok && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    ok = ok && file.write(QJsonDocument(json).toJson(QJsonDocument::Compact)) >= 0;
    // commit() does not detect that its last flush failed, and would leave an empty file.
    if (!ok || !file.flush() || !file.commit())
        return std::unexpected(
            QStringLiteral("The state file %1 cannot be written: %2.").arg(path, file.errorString()));
    return {};
}

} // namespace sandbox
