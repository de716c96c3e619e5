// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/secretservice.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QMap>
#include <QScopeGuard>

#include <sys/stat.h>

namespace storage {

namespace {

using namespace Qt::StringLiterals;

const auto secretService = u"org.freedesktop.secrets"_s;

/// The session bus, and how long one call over it may take.
struct Bus {
    QDBusConnection connection;
    std::chrono::milliseconds within;
};

QDBusMessage ask(const Bus& bus, const QString& destination, const QString& path, const QString& interface,
                 const QString& method, const QVariantList& arguments = {})
{
    auto message = QDBusMessage::createMethodCall(destination, path, interface, method);
    message.setArguments(arguments);
    return bus.connection.call(message, QDBus::Block, int(bus.within.count()));
}

QDBusMessage askService(const Bus& bus, const QString& method, const QVariantList& arguments)
{
    return ask(bus, secretService, u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service"_s, method,
               arguments);
}

QStringList names(const Bus& bus, const QString& method)
{
    const auto reply =
        ask(bus, u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s, u"org.freedesktop.DBus"_s, method);
    return reply.arguments().value(0).toStringList();
}

/// Whether new secrets would go to a collection that is locked.
bool defaultIsLocked(const Bus& bus)
{
    const auto alias = askService(bus, u"ReadAlias"_s, {u"default"_s});
    const auto path = alias.arguments().value(0).value<QDBusObjectPath>().path();
    if (path.isEmpty() || path == "/"_L1)
        return false; // there is none yet
    const auto reply = ask(bus, secretService, path, u"org.freedesktop.DBus.Properties"_s, u"Get"_s,
                           {u"org.freedesktop.Secret.Collection"_s, u"Locked"_s});
    return reply.arguments().value(0).value<QDBusVariant>().variant().toBool();
}

} // namespace

bool hasSessionBus()
{
    const auto address = qgetenv("DBUS_SESSION_BUS_ADDRESS");
    if (!address.isEmpty())
        return !address.startsWith("autolaunch:");
    const auto socket = qgetenv("XDG_RUNTIME_DIR") + "/bus";
    struct stat found{};
    return ::stat(socket.constData(), &found) == 0 && S_ISSOCK(found.st_mode);
}

Standing standingOf(const QString& name, const QString& key, std::chrono::milliseconds within)
{
    Standing standing;
    // A connection of its own each time: the shared one would be looked for once and never again.
    const auto own = u"capturedesk-keychain"_s;
    const Bus bus{.connection = QDBusConnection::connectToBus(QDBusConnection::SessionBus, own),
                  .within = within};
    const auto leave = qScopeGuard([&own] { QDBusConnection::disconnectFromBus(own); });
    if (!bus.connection.isConnected()) {
        standing.words = bus.connection.lastError().message();
        return standing;
    }
    const auto known = names(bus, u"ListNames"_s) + names(bus, u"ListActivatableNames"_s);
    const auto wallet =
        known.contains("org.kde.kwalletd5"_L1) ? Standing::Service::Wallet : Standing::Service::None;
    standing.service = wallet;
    if (!known.contains(secretService)) {
        if (wallet == Standing::Service::None)
            standing.words = u"nobody on the session bus keeps secrets"_s;
        return standing;
    }
    using Attributes = QMap<QString, QString>;
    qDBusRegisterMetaType<Attributes>();
    // QtKeychain's names for what it writes.
    const auto found = askService(bus, u"SearchItems"_s,
                                  {QVariant::fromValue(Attributes{{u"user"_s, key}, {u"server"_s, name}})});
    if (found.type() != QDBusMessage::ReplyMessage) {
        standing.words = found.errorMessage(); // named, and does not start or does not answer
        return standing;
    }
    standing.service = Standing::Service::Secrets;
    const auto count = [&found](int argument) {
        return qdbus_cast<QList<QDBusObjectPath>>(found.arguments().value(argument)).size();
    };
    standing.held = count(0) + count(1) > 0;
    standing.locked = count(1) > 0 || (count(0) == 0 && defaultIsLocked(bus));
    return standing;
}

} // namespace storage
