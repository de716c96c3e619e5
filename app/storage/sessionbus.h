// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <mutex>

#include <QDBusConnection>
#include <QDBusMessage>
#include <QEventLoop>
#include <QString>
#include <QVariantList>

#include "storage/secrets.h"

namespace storage {

/// What an operation on a keychain returns: a secret, or an empty text for success.
using SecretAnswer = std::expected<QString, SecretProblem>;

/// \brief The link between an operation, which runs in a thread of its own, and who asked for it: whether the
/// keychain asks the operator something now, and whether anybody still waits for the answer.
class Question {
public:
    /// \param open is called in the operation's thread with true when a prompt opens and false when it closes
    explicit Question(std::function<void(bool)> open);

    /// From any thread.  An open prompt is closed, and the operation ends at its next step.
    void giveUp();
    [[nodiscard]] bool isGivenUp() const;
    /// Runs the loop while a prompt is open.  Returns when somebody quits the loop, or gives up.
    void wait(QEventLoop& loop);

private:
    std::function<void(bool)> m_open;
    mutable std::mutex m_mutex;
    bool m_givenUp = false;
    QEventLoop* m_loop = nullptr; ///< while a prompt is open
};

/// Whether the environment names a session bus.  Where it names none, asking for one would start one.
[[nodiscard]] bool hasSessionBus();

/// \brief A connection to the session bus for one operation.  Its calls block: not for the window's thread.
class SessionBus {
public:
    /// A name on the bus, an object's path and an interface of it.
    struct Object {
        QString name;
        QString path;
        QString interface;
    };
    template<class Value>
    using Result = std::expected<Value, QDBusMessage>; ///< or the error message

    /// \param within how long one call may take
    SessionBus(std::chrono::milliseconds within, Question* question);
    ~SessionBus();
    Q_DISABLE_COPY_MOVE(SessionBus)

    [[nodiscard]] bool isConnected() const { return m_connection.isConnected(); }
    [[nodiscard]] QString error() const { return m_connection.lastError().message(); }
    /// Every name that is there or can be started.
    [[nodiscard]] Result<QStringList> names() const;
    [[nodiscard]] bool isRunning(const QString& name) const;
    /// Starts the owner of a name.
    [[nodiscard]] bool start(const QString& name) const;
    [[nodiscard]] Result<QVariantList> call(const Object& object, const QString& method,
                                            const QVariantList& arguments = {}) const;
    /// The answer comes when the operator has answered a prompt: there is no limit of time.
    [[nodiscard]] Result<QVariantList> callWithPrompt(const Object& object, const QString& method,
                                                      const QVariantList& arguments) const;
    [[nodiscard]] Result<QVariant> property(const Object& object, const QString& name) const;
    /// Opens a prompt of the Secret Service and waits for the operator.
    /// \returns its result; an invalid one: it was dismissed, or nobody waits any more
    [[nodiscard]] Result<QVariant> prompt(const Object& prompt) const;

private:
    [[nodiscard]] std::optional<QDBusMessage> refusal() const;

    QString m_own; ///< the connection's name
    QDBusConnection m_connection;
    std::chrono::milliseconds m_within;
    Question* m_question;
};

/// The names of errors that the callers tell apart, besides the bus's own.
namespace buserror {
inline const auto silent = QStringLiteral("capturedesk.Silent");   ///< no answer in time
inline const auto givenUp = QStringLiteral("capturedesk.GivenUp"); ///< nobody waits any more
} // namespace buserror

/// \param error of a call to a keychain
[[nodiscard]] SecretProblem problemOf(const QDBusMessage& error);
/// Whether the keychain ended, was restarted or lost the object meanwhile: a second attempt may succeed.
[[nodiscard]] bool mayWorkAgain(const QDBusMessage& error);

} // namespace storage
