// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/secretservice.h"

#include <algorithm>
#include <utility>

#include <QDBusArgument>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusVariant>

namespace storage {

namespace {

using namespace Qt::StringLiterals;
using Kind = SecretProblem::Kind;

const auto servicePath = u"/org/freedesktop/secrets"_s;
const auto noPath = u"/"_s; ///< means "none"
const auto isLockedError = u"org.freedesktop.Secret.Error.IsLocked"_s;

constexpr auto serviceInterface = "org.freedesktop.Secret.Service";
constexpr auto collectionInterface = "org.freedesktop.Secret.Collection";
constexpr auto itemInterface = "org.freedesktop.Secret.Item";
constexpr auto promptInterface = "org.freedesktop.Secret.Prompt";

/// A secret on the bus, `(oayays)`.
struct SecretValue {
    QDBusObjectPath session;
    QByteArray parameters;
    QByteArray value;
    QString contentType;
};

QDBusArgument& operator<<(QDBusArgument& argument, const SecretValue& secret)
{
    argument.beginStructure();
    argument << secret.session << secret.parameters << secret.value << secret.contentType;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, SecretValue& secret)
{
    argument.beginStructure();
    argument >> secret.session >> secret.parameters >> secret.value >> secret.contentType;
    argument.endStructure();
    return argument;
}

QStringList pathsOf(const QVariant& value)
{
    QStringList paths;
    for (const auto& path : qdbus_cast<QList<QDBusObjectPath>>(value))
        paths << path.path();
    return paths;
}

QString pathOf(const QVariant& value)
{
    const auto path = qdbus_cast<QDBusObjectPath>(value).path();
    return path == noPath ? QString() : path;
}

QVariant pathsFor(const QStringList& paths)
{
    QList<QDBusObjectPath> result;
    for (const auto& path : paths)
        result << QDBusObjectPath(path);
    return QVariant::fromValue(result);
}

std::unexpected<QDBusMessage> dismissed()
{
    return std::unexpected(
        QDBusMessage::createError(isLockedError, u"the keychain's question was dismissed"_s));
}

} // namespace

} // namespace storage

Q_DECLARE_METATYPE(storage::SecretValue)

namespace storage {

const QString SecretService::name = u"org.freedesktop.secrets"_s;

SecretService::SecretService(SessionBus& bus, QString application)
    : m_bus(bus)
    , m_application(std::move(application))
{
    qDBusRegisterMetaType<Attributes>();
    qDBusRegisterMetaType<SecretValue>();
}

SecretAnswer SecretService::check()
{
    const auto where = collection();
    if (!where)
        return std::unexpected(problemOf(where.error()));
    const auto locked = where->isEmpty() ? false : isLocked(*where);
    if (!locked)
        return std::unexpected(problemOf(locked.error()));
    if (*locked)
        return std::unexpected(SecretProblem{.kind = Kind::Locked, .message = u"locked"_s});
    return QString();
}

SecretAnswer SecretService::read(const QString& key)
{
    const auto found = searchOpen(key);
    if (!found)
        return std::unexpected(problemOf(found.error()));
    if (found->open.isEmpty())
        return std::unexpected(
            SecretProblem{.kind = Kind::NotFound, .message = u"the keychain has no such item"_s});
    const auto secret = readItem(found->open.first());
    if (!secret)
        return std::unexpected(problemOf(secret.error()));
    return *secret;
}

SecretAnswer SecretService::write(const QString& key, const QString& secret)
{
    const auto attempt = [&]() -> Result<void> {
        auto found = search(key);
        if (!found)
            return std::unexpected(found.error());
        if (found->open.isEmpty() && !found->locked.isEmpty()) {
            if (const auto unlocked = unlock(found->locked); !unlocked)
                return unlocked;
            found->open = found->locked;
        }
        auto where = found->open.isEmpty() ? collection() : QString();
        if (where && found->open.isEmpty() && where->isEmpty())
            where = newCollection();
        if (!where)
            return std::unexpected(where.error());
        if (!where->isEmpty()) {
            const auto locked = isLocked(*where);
            if (!locked)
                return std::unexpected(locked.error());
            if (const auto unlocked = *locked ? unlock({*where}) : Result<void>(); !unlocked)
                return unlocked;
            if (found = search(key); !found) // some services do not find items in a locked collection
                return std::unexpected(found.error());
        }
        const auto session = openSession();
        if (!session)
            return std::unexpected(session.error());
        SecretValue value{.session = QDBusObjectPath(session->path),
                          .parameters = {},
                          .value = secret.toUtf8(),
                          .contentType = u"text/plain"_s};
        if (session->cipher) {
            const auto sealed = session->cipher->seal(value.value);
            value.parameters = sealed.parameters;
            value.value = sealed.value;
        }
        const auto given = QVariant::fromValue(value);
        if (!found->open.isEmpty()) {
            const auto set = callOpen(found->open.first(), itemInterface, u"SetSecret"_s, {given});
            return set ? Result<void>() : std::unexpected(set.error());
        }
        auto described = attributes(key);
        described.insert(u"type"_s, u"plaintext"_s);
        described.insert(u"xdg:schema"_s, u"org.qt.keychain"_s);
        const QVariantMap properties{
            {u"org.freedesktop.Secret.Item.Label"_s, m_application},
            {u"org.freedesktop.Secret.Item.Attributes"_s, QVariant::fromValue(described)}};
        const auto made = callOpen(*where, collectionInterface, u"CreateItem"_s, {properties, given, true});
        if (!made)
            return std::unexpected(made.error());
        if (!pathOf(made->value(0)).isEmpty())
            return {};
        const auto answered = prompt(made->value(1));
        return answered ? Result<void>() : std::unexpected(answered.error());
    };
    auto result = attempt();
    // The collection was deleted or the service restarted in between.  Writing twice is harmless.
    if (!result && mayWorkAgain(result.error()))
        result = attempt();
    if (!result)
        return std::unexpected(problemOf(result.error()));
    return QString();
}

SecretAnswer SecretService::remove(const QString& key)
{
    const auto found = searchOpen(key);
    if (!found)
        return std::unexpected(problemOf(found.error()));
    for (const auto& item : found->open) {
        const auto deleted = callOpen(item, itemInterface, u"Delete"_s);
        const auto answered =
            deleted ? prompt(deleted->value(0)) : Result<QVariant>(std::unexpected(deleted.error()));
        if (!answered && !mayWorkAgain(answered.error()))
            return std::unexpected(problemOf(answered.error()));
    }
    const auto left = search(key);
    if (!left)
        return std::unexpected(problemOf(left.error()));
    if (!left->open.isEmpty() || !left->locked.isEmpty())
        return std::unexpected(SecretProblem{.kind = Kind::Other, .message = u"it is still there"_s});
    return QString();
}

SecretService::Result<QVariantList> SecretService::call(const QString& path, const char* interface,
                                                        const QString& method,
                                                        const QVariantList& arguments) const
{
    return m_bus.call({name, path, QString::fromLatin1(interface)}, method, arguments);
}

SecretService::Result<QVariantList> SecretService::callOpen(const QString& path, const char* interface,
                                                            const QString& method,
                                                            const QVariantList& arguments)
{
    auto reply = call(path, interface, method, arguments);
    if (reply || reply.error().errorName() != isLockedError)
        return reply;
    if (const auto unlocked = unlock({path}); !unlocked)
        return std::unexpected(unlocked.error());
    return call(path, interface, method, arguments);
}

SecretService::Attributes SecretService::attributes(const QString& key) const
{
    return {{u"user"_s, key}, {u"server"_s, m_application}};
}

SecretService::Result<SecretService::Found> SecretService::search(const QString& key) const
{
    const auto arguments = QVariantList{QVariant::fromValue(attributes(key))};
    auto reply = call(servicePath, serviceInterface, u"SearchItems"_s, arguments);
    if (!reply && mayWorkAgain(reply.error())) // the next call starts the service again
        reply = call(servicePath, serviceInterface, u"SearchItems"_s, arguments);
    if (!reply)
        return std::unexpected(reply.error());
    return Found{.open = pathsOf(reply->value(0)), .locked = pathsOf(reply->value(1))};
}

SecretService::Result<SecretService::Found> SecretService::searchOpen(const QString& key)
{
    auto found = search(key);
    if (!found || !found->open.isEmpty())
        return found;
    auto toUnlock = found->locked;
    if (toUnlock.isEmpty()) {
        // Some services do not find items in a locked collection.
        const auto where = collection();
        if (!where)
            return std::unexpected(where.error());
        const auto locked = where->isEmpty() ? false : isLocked(*where);
        if (!locked)
            return std::unexpected(locked.error());
        if (!*locked)
            return found;
        toUnlock << *where;
    }
    if (const auto unlocked = unlock(toUnlock); !unlocked)
        return std::unexpected(unlocked.error());
    found = search(key);
    if (found && found->open.isEmpty() && !found->locked.isEmpty())
        return std::unexpected(QDBusMessage::createError(isLockedError, u"it stays locked"_s));
    return found;
}

SecretService::Result<bool> SecretService::isLocked(const QString& collection) const
{
    const auto locked =
        m_bus.property({name, collection, QString::fromLatin1(collectionInterface)}, u"Locked"_s);
    if (!locked)
        return std::unexpected(locked.error());
    return locked->toBool();
}

SecretService::Result<void> SecretService::unlock(const QStringList& paths)
{
    const auto reply = call(servicePath, serviceInterface, u"Unlock"_s, {pathsFor(paths)});
    if (!reply)
        return std::unexpected(reply.error());
    const auto answered = prompt(reply->value(1));
    return answered ? Result<void>() : std::unexpected(answered.error());
}

SecretService::Result<QVariant> SecretService::prompt(const QVariant& path) const
{
    const auto prompt = pathOf(path);
    if (prompt.isEmpty())
        return QVariant();
    const auto answered = m_bus.prompt({name, prompt, QString::fromLatin1(promptInterface)});
    if (answered && !answered->isValid())
        return dismissed();
    return answered;
}

SecretService::Result<QString> SecretService::collection() const
{
    const auto alias = call(servicePath, serviceInterface, u"ReadAlias"_s, {u"default"_s});
    if (!alias && alias.error().errorName() == buserror::silent)
        return std::unexpected(alias.error());
    // The alias may refer to a deleted collection.
    if (const auto path = alias ? pathOf(alias->value(0)) : QString(); !path.isEmpty() && isLocked(path))
        return path;
    const auto all =
        m_bus.property({name, servicePath, QString::fromLatin1(serviceInterface)}, u"Collections"_s);
    if (!all)
        return std::unexpected(all.error());
    auto paths = pathsOf(*all);
    paths.removeIf([this](const QString& path) {
        return path.endsWith("/session"_L1) || !isLocked(path); // is deleted with the session
    });
    const auto login =
        std::ranges::find_if(paths, [](const auto& path) { return path.endsWith("/login"_L1); });
    if (login != paths.end())
        return *login;
    return paths.size() == 1 ? paths.first() : QString();
}

SecretService::Result<QString> SecretService::newCollection()
{
    const QVariantMap properties{{u"org.freedesktop.Secret.Collection.Label"_s, u"Default keyring"_s}};
    const auto reply = call(servicePath, serviceInterface, u"CreateCollection"_s, {properties, u"default"_s});
    if (!reply)
        return std::unexpected(reply.error());
    if (const auto made = pathOf(reply->value(0)); !made.isEmpty())
        return made;
    const auto answered = prompt(reply->value(1));
    if (!answered)
        return std::unexpected(answered.error());
    if (const auto made = pathOf(*answered); !made.isEmpty())
        return made;
    return std::unexpected(
        QDBusMessage::createError(u"capturedesk.NoCollection"_s, u"it made no collection"_s));
}

SecretService::Result<SecretService::Session> SecretService::openSession() const
{
    const auto open = [this](const QString& algorithm, const QByteArray& input) {
        return call(servicePath, serviceInterface, u"OpenSession"_s,
                    {algorithm, QVariant::fromValue(QDBusVariant(input))});
    };
    auto cipher = std::make_unique<SecretSession>();
    auto reply = open(u"dh-ietf1024-sha256-aes128-cbc-pkcs7"_s, cipher->publicKey());
    if (reply && cipher->agree(reply->value(0).value<QDBusVariant>().variant().toByteArray()))
        return Session{.path = pathOf(reply->value(1)), .cipher = std::move(cipher)};
    if (!reply && (mayWorkAgain(reply.error()) || problemOf(reply.error()).kind != Kind::Other))
        return std::unexpected(reply.error());
    // Acceptable because the bus delivers only to programs of this user, and some services support nothing
    // else.
    const auto plain = open(u"plain"_s, "");
    if (!plain)
        return std::unexpected(plain.error());
    return Session{.path = pathOf(plain->value(1)), .cipher = nullptr};
}

SecretService::Result<QString> SecretService::readItem(const QString& path)
{
    const auto session = openSession();
    if (!session)
        return std::unexpected(session.error());
    const auto reply =
        callOpen(path, itemInterface, u"GetSecret"_s, {QVariant::fromValue(QDBusObjectPath(session->path))});
    if (!reply)
        return std::unexpected(reply.error());
    const auto secret = qdbus_cast<SecretValue>(reply->value(0));
    if (!session->cipher)
        return QString::fromUtf8(secret.value);
    const auto opened = session->cipher->open({.parameters = secret.parameters, .value = secret.value});
    if (!opened)
        return std::unexpected(
            QDBusMessage::createError(u"capturedesk.NotSealed"_s, u"its secret cannot be decrypted"_s));
    return QString::fromUtf8(*opened);
}

} // namespace storage
