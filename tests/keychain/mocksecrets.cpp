// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mocksecrets.h"

#include <algorithm>

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusVariant>

using namespace Qt::StringLiterals;

/// The struct `(oayays)` for a secret on the bus.
struct MockSecretValue {
    QDBusObjectPath session;
    QByteArray parameters;
    QByteArray value;
    QString contentType;
};

Q_DECLARE_METATYPE(MockSecretValue)

static QDBusArgument& operator<<(QDBusArgument& argument, const MockSecretValue& secret)
{
    argument.beginStructure();
    argument << secret.session << secret.parameters << secret.value << secret.contentType;
    argument.endStructure();
    return argument;
}

static const QDBusArgument& operator>>(const QDBusArgument& argument, MockSecretValue& secret)
{
    argument.beginStructure();
    argument >> secret.session >> secret.parameters >> secret.value >> secret.contentType;
    argument.endStructure();
    return argument;
}

namespace {

/// A method throws this to reply with an error.
struct MockError {
    QString name;
};

const auto mockRoot = u"/org/freedesktop/secrets"_s;
const auto isLocked = u"org.freedesktop.Secret.Error.IsLocked"_s;
const auto noObject = u"org.freedesktop.Secret.Error.NoSuchObject"_s;

QVariant path(const QString& text)
{
    return QVariant::fromValue(QDBusObjectPath(text.isEmpty() ? u"/"_s : text));
}

QVariant paths(const QStringList& texts)
{
    QList<QDBusObjectPath> result;
    for (const auto& text : texts)
        result << QDBusObjectPath(text);
    return QVariant::fromValue(result);
}

} // namespace

MockSecrets::MockSecrets(const QString& address)
    : m_address(address)
{
    qDBusRegisterMetaType<QMap<QString, QString>>();
    qDBusRegisterMetaType<MockSecretValue>();
    collections.insert(pathOf(u"login"_s), {});
    defaultCollection = pathOf(u"login"_s);
}

MockSecrets::~MockSecrets()
{
    stop();
}

QString MockSecrets::pathOf(const QString& collection)
{
    return mockRoot + u"/collection/"_s + collection;
}

QDBusConnection MockSecrets::connection() const
{
    return QDBusConnection(m_name);
}

bool MockSecrets::start()
{
    static int count = 0;
    m_name = u"mock-secrets-%1"_s.arg(++count);
    auto own = QDBusConnection::connectToBus(m_address, m_name);
    return own.registerVirtualObject(u"/"_s, this, QDBusConnection::SubPath) &&
           own.registerService(u"org.freedesktop.secrets"_s);
}

void MockSecrets::stop()
{
    m_prompts.clear();
    m_shown.clear();
    m_sessions.clear();
    QDBusConnection::disconnectFromBus(m_name);
}

QStringList MockSecrets::secrets() const
{
    QStringList all;
    for (const auto& collection : collections) {
        for (const auto& item : collection.items)
            all << QString::fromUtf8(item.secret);
    }
    all.sort();
    return all;
}

void MockSecrets::put(const QString& collection, const QString& key, const QString& secret)
{
    collections[pathOf(collection)].items.insert(
        pathOf(collection) + u"/i%1"_s.arg(++m_count),
        {.attributes = {{u"user"_s, key}, {u"server"_s, u"Capture Desk"_s}}, .secret = secret.toUtf8()});
}

int MockSecrets::openPrompts() const
{
    // Queried each time: the signal that a client has left can arrive before the client is known.
    return int(std::ranges::count_if(m_shown, [this](const QString& path) {
        const auto isThere = connection().interface()->isServiceRegistered(m_prompts[path].client);
        return !isThere.isValid() || isThere.value();
    }));
}

void MockSecrets::answer(bool accepts)
{
    const auto all = m_shown;
    for (const auto& prompt : all)
        complete(prompt, accepts);
}

QString MockSecrets::introspect(const QString&) const
{
    return {};
}

bool MockSecrets::handleMessage(const QDBusMessage& message, const QDBusConnection& from)
{
    const auto method = message.member();
    calls << method;
    if (before)
        before(method);
    if (deadly.removeOne(method)) {
        message.setDelayedReply(true);
        // Queued, because its connection is calling it.
        QMetaObject::invokeMethod(this, [this] { stop(); }, Qt::QueuedConnection);
        return true;
    }
    if (silent.contains(method) || silent.contains(u"*"_s)) {
        message.setDelayedReply(true);
        return true;
    }
    if (errors.contains(method))
        return from.send(message.createErrorReply(errors[method], u"as the test wants it"_s));
    try {
        return from.send(message.createReply(reply(message)));
    } catch (const MockError& error) {
        return from.send(message.createErrorReply(error.name, u"as the mock has it"_s));
    }
}

QVariantList MockSecrets::reply(const QDBusMessage& message)
{
    const auto method = message.member();
    if (message.interface() == "org.freedesktop.DBus.Properties"_L1)
        return {QVariant::fromValue(QDBusVariant(property(message)))};
    if (message.interface() == "org.freedesktop.Secret.Prompt"_L1) {
        if (!m_prompts.contains(message.path()))
            throw MockError{noObject};
        m_prompts[message.path()].client = message.service();
        ++promptsShown;
        m_shown << message.path();
        if (theOperator != Operator::IsAway)
            QMetaObject::invokeMethod(
                this,
                [this, path = message.path(), accepts = theOperator == Operator::Accepts] {
                    complete(path, accepts);
                },
                Qt::QueuedConnection);
        return {};
    }
    if (message.interface() == "org.freedesktop.Secret.Collection"_L1 && method == "CreateItem"_L1)
        return createItem(message);
    if (message.interface() == "org.freedesktop.Secret.Item"_L1)
        return itemReply(message);
    return serviceReply(message);
}

QVariantList MockSecrets::serviceReply(const QDBusMessage& message)
{
    const auto method = message.member();
    const auto arguments = message.arguments();
    if (method == "OpenSession"_L1) {
        const bool isPlain = arguments.value(0).toString() == "plain"_L1;
        if (isPlain ? !knowsPlain : !knowsDh)
            throw MockError{u"org.freedesktop.DBus.Error.NotSupported"_s};
        Session session;
        QByteArray output;
        if (!isPlain) {
            session.cipher = std::make_shared<storage::SecretSession>();
            output = session.cipher->publicKey();
            if (!session.cipher->agree(arguments.value(1).value<QDBusVariant>().variant().toByteArray()))
                throw MockError{u"org.freedesktop.DBus.Error.InvalidArgs"_s};
        }
        const auto name = mockRoot + u"/session/s%1"_s.arg(++m_count);
        m_sessions.insert(name, session);
        return {QVariant::fromValue(QDBusVariant(isPlain ? QVariant(QString()) : QVariant(output))),
                path(name)};
    }
    if (method == "ReadAlias"_L1)
        return {path(arguments.value(0).toString() == "default"_L1 ? defaultCollection : QString())};
    if (method == "SearchItems"_L1) {
        const auto wanted = qdbus_cast<QMap<QString, QString>>(arguments.value(0));
        QStringList open, locked;
        for (const auto& collection : collections) {
            for (auto item = collection.items.begin(); item != collection.items.end(); ++item) {
                bool fits = true;
                for (auto one = wanted.begin(); one != wanted.end(); ++one)
                    fits = fits && item->attributes.value(one.key()) == one.value();
                if (fits && (!collection.locked || findsLocked))
                    (collection.locked ? locked : open) << item.key();
            }
        }
        return {paths(open), paths(locked)};
    }
    if (method == "Unlock"_L1) {
        QStringList open, toOpen;
        for (const auto& one : qdbus_cast<QList<QDBusObjectPath>>(arguments.value(0))) {
            auto* collection = collectionOf(one.path());
            if (!collection)
                throw MockError{noObject};
            (collection->locked ? toOpen : open) << one.path();
        }
        if (toOpen.isEmpty())
            return {paths(open), path({})};
        return {paths(open), path(newPrompt([this, toOpen] {
                    for (const auto& one : toOpen)
                        collectionOf(one)->locked = false;
                    return paths(toOpen);
                }))};
    }
    if (method == "CreateCollection"_L1)
        return {path({}), path(newPrompt([this, alias = arguments.value(1).toString()] {
                    const auto made = pathOf(u"made"_s);
                    collections.insert(made, {});
                    if (alias == "default"_L1)
                        defaultCollection = made;
                    return path(made);
                }))};
    throw MockError{u"org.freedesktop.DBus.Error.UnknownMethod"_s};
}

QVariantList MockSecrets::createItem(const QDBusMessage& message)
{
    auto* collection = collections.contains(message.path()) ? &collections[message.path()] : nullptr;
    if (!collection)
        throw MockError{noObject};
    if (collection->locked)
        throw MockError{isLocked};
    const auto properties = qdbus_cast<QVariantMap>(message.arguments().value(0));
    const auto value = qdbus_cast<MockSecretValue>(message.arguments().value(1));
    if (!m_sessions.contains(value.session.path()))
        throw MockError{u"org.freedesktop.Secret.Error.NoSession"_s};
    transferred << value.value;
    const auto& cipher = m_sessions[value.session.path()].cipher;
    const auto name = message.path() + u"/i%1"_s.arg(++m_count);
    collection->items.insert(
        name,
        {.attributes = qdbus_cast<QMap<QString, QString>>(
             properties.value(u"org.freedesktop.Secret.Item.Attributes"_s)),
         .secret =
             cipher
                 ? cipher->open({.parameters = value.parameters, .value = value.value}).value_or(QByteArray())
                 : value.value});
    return {path(name), path({})};
}

QVariantList MockSecrets::itemReply(const QDBusMessage& message)
{
    auto* item = itemAt(message.path());
    if (!item)
        throw MockError{noObject};
    if (collectionOf(message.path())->locked)
        throw MockError{isLocked};
    const auto method = message.member();
    if (method == "Delete"_L1) {
        collectionOf(message.path())->items.remove(message.path());
        return {path({})};
    }
    if (method == "SetSecret"_L1) {
        const auto value = qdbus_cast<MockSecretValue>(message.arguments().value(0));
        transferred << value.value;
        const auto& cipher = m_sessions[value.session.path()].cipher;
        item->secret =
            cipher
                ? cipher->open({.parameters = value.parameters, .value = value.value}).value_or(QByteArray())
                : value.value;
        return {};
    }
    const auto session = qdbus_cast<QDBusObjectPath>(message.arguments().value(0));
    if (!m_sessions.contains(session.path()))
        throw MockError{u"org.freedesktop.Secret.Error.NoSession"_s};
    MockSecretValue value{
        .session = session, .parameters = {}, .value = item->secret, .contentType = u"text/plain"_s};
    if (const auto& cipher = m_sessions[session.path()].cipher) {
        const auto sealed = cipher->seal(item->secret);
        value.parameters = sealed.parameters;
        value.value = sealed.value;
    }
    transferred << value.value;
    return {QVariant::fromValue(value)};
}

QVariant MockSecrets::property(const QDBusMessage& message)
{
    const auto name = message.arguments().value(1).toString();
    if (name == "Collections"_L1)
        return paths(collections.keys());
    if (name == "Locked"_L1 && collections.contains(message.path()))
        return collections[message.path()].locked;
    throw MockError{noObject};
}

QString MockSecrets::newPrompt(const std::function<QVariant()>& act)
{
    const auto name = mockRoot + u"/prompt/p%1"_s.arg(++m_count);
    m_prompts.insert(name, {.act = act, .client = {}});
    return name;
}

void MockSecrets::complete(const QString& prompt, bool accepts)
{
    if (!m_prompts.contains(prompt))
        return; // the client that opened it has left
    const auto act = m_prompts.take(prompt).act;
    m_shown.removeAll(prompt);
    auto signal = QDBusMessage::createSignal(prompt, u"org.freedesktop.Secret.Prompt"_s, u"Completed"_s);
    signal << !accepts << QVariant::fromValue(QDBusVariant(accepts ? act() : QVariant(QString())));
    connection().send(signal);
}

MockSecrets::Collection* MockSecrets::collectionOf(const QString& path)
{
    const auto name = path.section(u'/', 0, 5);
    return collections.contains(name) ? &collections[name] : nullptr;
}

MockSecrets::Item* MockSecrets::itemAt(const QString& path)
{
    auto* collection = collectionOf(path);
    return collection && collection->items.contains(path) ? &collection->items[path] : nullptr;
}
