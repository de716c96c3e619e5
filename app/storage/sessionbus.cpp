// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/sessionbus.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QDBusVariant>
#include <QTimer>

#include <sys/stat.h>

namespace storage {

namespace {

using namespace Qt::StringLiterals;
using Kind = SecretProblem::Kind;

constexpr std::chrono::milliseconds lookEvery(500);

SessionBus::Object theBus()
{
    return {u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s, u"org.freedesktop.DBus"_s};
}

QString busAddress()
{
    const auto address = qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS");
    return address.isEmpty() ? u"unix:path=%1/bus"_s.arg(qEnvironmentVariable("XDG_RUNTIME_DIR")) : address;
}

/// A new connection each time: a shared one is opened only once, and is useless after the bus has exited.
QString newConnectionName()
{
    static std::atomic<int> count = 0;
    return u"capturedesk-keychain-%1"_s.arg(++count);
}

QDBusMessage messageTo(const SessionBus::Object& object, const QString& method, const QVariantList& arguments)
{
    auto message = QDBusMessage::createMethodCall(object.name, object.path, object.interface, method);
    message.setArguments(arguments);
    return message;
}

QDBusMessage gone()
{
    return QDBusMessage::createError(u"org.freedesktop.DBus.Error.NameHasNoOwner"_s,
                                     u"the keychain has ended"_s);
}

/// Quits a loop when the owner of a name, or the bus, disappears.
class Departure : public QObject {
public:
    Departure(QDBusConnection connection, const QString& name, QEventLoop* loop)
        : m_connection(std::move(connection))
        , m_watcher(name, m_connection, QDBusServiceWatcher::WatchForUnregistration)
        , m_loop(loop)
    {
        connect(&m_watcher, &QDBusServiceWatcher::serviceUnregistered, this, &Departure::depart);
        // QtDBus does not report that the bus itself has exited.
        connect(&m_look, &QTimer::timeout, this, [this] {
            if (!m_connection.isConnected())
                depart();
        });
        m_look.start(lookEvery);
    }

    [[nodiscard]] bool hasDeparted() const { return m_departed; }

private:
    void depart()
    {
        m_departed = true;
        m_loop->quit();
    }

    QDBusConnection m_connection;
    QDBusServiceWatcher m_watcher;
    QTimer m_look;
    QEventLoop* m_loop;
    bool m_departed = false;
};

/// Quits a loop when a prompt is completed.
class Completion : public QObject {
    Q_OBJECT

public:
    explicit Completion(QEventLoop* loop)
        : m_loop(loop)
    {
    }

    QVariant result; ///< invalid: the prompt was dismissed

public Q_SLOTS:
    void complete(bool dismissed, const QDBusVariant& value)
    {
        if (!dismissed)
            result = value.variant().isValid() ? value.variant() : QVariant(true);
        m_loop->quit();
    }

private:
    QEventLoop* m_loop;
};

} // namespace

Question::Question(std::function<void(bool)> open)
    : m_open(std::move(open))
{
}

void Question::giveUp()
{
    const std::scoped_lock lock(m_mutex);
    m_givenUp = true;
    // Queued, because quit() before exec() has no effect and the loop would then run for ever.
    if (m_loop)
        QMetaObject::invokeMethod(m_loop, &QEventLoop::quit, Qt::QueuedConnection);
}

bool Question::isGivenUp() const
{
    const std::scoped_lock lock(m_mutex);
    return m_givenUp;
}

void Question::wait(QEventLoop& loop)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_givenUp)
            return;
        m_loop = &loop;
    }
    m_open(true);
    loop.exec();
    {
        const std::scoped_lock lock(m_mutex);
        m_loop = nullptr;
    }
    m_open(false);
}

bool hasSessionBus()
{
    const auto address = qgetenv("DBUS_SESSION_BUS_ADDRESS");
    if (!address.isEmpty())
        return !address.startsWith("autolaunch:");
    const auto socket = qgetenv("XDG_RUNTIME_DIR") + "/bus";
    struct stat found{};
    return ::stat(socket.constData(), &found) == 0 && S_ISSOCK(found.st_mode);
}

SessionBus::SessionBus(std::chrono::milliseconds within, Question* question)
    : m_own(newConnectionName())
    , m_connection(QDBusConnection::connectToBus(busAddress(), m_own))
    , m_within(within)
    , m_question(question)
{
}

SessionBus::~SessionBus()
{
    QDBusConnection::disconnectFromBus(m_own);
}

std::optional<QDBusMessage> SessionBus::refusal() const
{
    if (m_question->isGivenUp())
        return QDBusMessage::createError(buserror::givenUp, u"nobody waits for it any more"_s);
    return std::nullopt;
}

SessionBus::Result<QVariantList> SessionBus::call(const Object& object, const QString& method,
                                                  const QVariantList& arguments) const
{
    if (const auto refused = refusal())
        return std::unexpected(*refused);
    const auto reply =
        m_connection.call(messageTo(object, method, arguments), QDBus::Block, int(m_within.count()));
    if (reply.type() == QDBusMessage::ReplyMessage)
        return reply.arguments();
    // This error name has two causes.  If the bus sent it, the service exited without a reply; without a
    // sender, the call timed out locally.
    if (reply.errorName() == "org.freedesktop.DBus.Error.NoReply"_L1 && reply.service().isEmpty())
        return std::unexpected(QDBusMessage::createError(
            buserror::silent, u"the session bus or its keychain does not answer"_s));
    return std::unexpected(reply);
}

SessionBus::Result<QVariantList> SessionBus::callWithPrompt(const Object& object, const QString& method,
                                                            const QVariantList& arguments) const
{
    if (const auto refused = refusal())
        return std::unexpected(*refused);
    QEventLoop loop;
    const Departure departure(m_connection, object.name, &loop);
    constexpr int noLimit = 0x7fffffff; // libdbus's value for an infinite timeout
    const auto pending = m_connection.asyncCall(messageTo(object, method, arguments), noLimit);
    QDBusPendingCallWatcher watcher(pending);
    QObject::connect(&watcher, &QDBusPendingCallWatcher::finished, &loop, &QEventLoop::quit);
    if (!watcher.isFinished())
        m_question->wait(loop);
    if (departure.hasDeparted())
        return std::unexpected(gone());
    if (!watcher.isFinished())
        return std::unexpected(refusal().value_or(gone()));
    const auto reply = watcher.reply();
    if (reply.type() != QDBusMessage::ReplyMessage)
        return std::unexpected(reply);
    return reply.arguments();
}

SessionBus::Result<QVariant> SessionBus::property(const Object& object, const QString& name) const
{
    const auto reply = call({object.name, object.path, u"org.freedesktop.DBus.Properties"_s}, u"Get"_s,
                            {object.interface, name});
    if (!reply)
        return std::unexpected(reply.error());
    return reply->value(0).value<QDBusVariant>().variant();
}

SessionBus::Result<QVariant> SessionBus::prompt(const Object& prompt) const
{
    if (const auto refused = refusal())
        return std::unexpected(*refused);
    QEventLoop loop;
    const Departure departure(m_connection, prompt.name, &loop);
    Completion completion(&loop);
    auto connection = m_connection;
    connection.connect(prompt.name, prompt.path, prompt.interface, u"Completed"_s, &completion,
                       SLOT(complete(bool, QDBusVariant)));
    // Some services reply at once, others when the operator has answered.
    constexpr int noLimit = 0x7fffffff;
    QDBusPendingCallWatcher opening(
        connection.asyncCall(messageTo(prompt, u"Prompt"_s, {QString()}), noLimit));
    QDBusMessage failure;
    QObject::connect(&opening, &QDBusPendingCallWatcher::finished, &loop, [&] {
        if (!opening.isError())
            return;
        failure = opening.reply();
        loop.quit();
    });
    m_question->wait(loop);
    if (departure.hasDeparted())
        return std::unexpected(gone());
    // The prompt closes with this connection.  Its method Dismiss would crash GNOME's keyring (42.1) with an
    // assertion, which would lock its whole content.
    if (const auto refused = refusal())
        return std::unexpected(*refused);
    if (failure.type() == QDBusMessage::ErrorMessage)
        return std::unexpected(failure);
    return completion.result;
}

SessionBus::Result<QStringList> SessionBus::names() const
{
    QStringList all;
    for (const auto& method : {u"ListNames"_s, u"ListActivatableNames"_s}) {
        const auto reply = call(theBus(), method);
        if (!reply)
            return std::unexpected(reply.error());
        all += reply->value(0).toStringList();
    }
    return all;
}

bool SessionBus::isRunning(const QString& name) const
{
    const auto reply = call(theBus(), u"NameHasOwner"_s, {name});
    return reply && reply->value(0).toBool();
}

bool SessionBus::start(const QString& name) const
{
    return call(theBus(), u"StartServiceByName"_s, {name, 0U}).has_value();
}

SecretProblem problemOf(const QDBusMessage& error)
{
    const auto name = error.errorName();
    const auto is = [&name](auto... one) { return ((name == one) || ...); };
    auto kind = Kind::Other;
    if (is(buserror::silent, u"org.freedesktop.DBus.Error.ServiceUnknown"_s,
           u"org.freedesktop.DBus.Error.NameHasNoOwner"_s, u"org.freedesktop.DBus.Error.NoReply"_s,
           u"org.freedesktop.DBus.Error.NoServer"_s, u"org.freedesktop.DBus.Error.Disconnected"_s) ||
        name.startsWith("org.freedesktop.DBus.Error.Spawn."_L1))
        kind = Kind::NoService;
    else if (is(buserror::givenUp, u"org.freedesktop.Secret.Error.IsLocked"_s,
                u"org.freedesktop.DBus.Error.AccessDenied"_s))
        kind = Kind::Locked;
    return {.kind = kind, .message = error.errorMessage().isEmpty() ? name : error.errorMessage()};
}

bool mayWorkAgain(const QDBusMessage& error)
{
    const auto name = error.errorName();
    constexpr QLatin1StringView names[] = {
        "org.freedesktop.DBus.Error.NameHasNoOwner"_L1, "org.freedesktop.DBus.Error.NoReply"_L1,
        "org.freedesktop.DBus.Error.Disconnected"_L1,   "org.freedesktop.DBus.Error.UnknownObject"_L1,
        "org.freedesktop.DBus.Error.UnknownMethod"_L1,  "org.freedesktop.Secret.Error.NoSuchObject"_L1,
        "org.freedesktop.Secret.Error.NoSession"_L1};
    return std::ranges::find(names, name) != std::end(names);
}

} // namespace storage

#include "sessionbus.moc"
