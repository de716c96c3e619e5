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

/// The result of a keychain operation: a secret, or an empty text for success.
using SecretAnswer = std::expected<QString, SecretProblem>;

/// \brief The state shared by a keychain operation, which runs in its own thread, and its caller: whether a
/// prompt is open, and whether the caller still waits for the result.
class Question {
public:
    /// \param open is called in the operation's thread with true when a prompt opens and false when it closes
    explicit Question(std::function<void(bool)> open);

    /// Closes an open prompt and ends the operation at its next step.  Thread-safe.
    void giveUp();
    [[nodiscard]] bool isGivenUp() const;
    /// Runs the loop while a prompt is open.  Returns when the loop is quit or `giveUp` is called.
    void wait(QEventLoop& loop);

private:
    std::function<void(bool)> m_open;
    mutable std::mutex m_mutex;
    bool m_givenUp = false;
    QEventLoop* m_loop = nullptr; ///< while a prompt is open
};

/// Whether the environment defines a session bus.  If it does not, connecting would start a bus.
[[nodiscard]] bool hasSessionBus();

/// \brief A connection to the session bus for one operation.  Its calls block, so do not use it in the GUI
/// thread.
class SessionBus {
public:
    /// A bus name, an object path and an interface of that object.
    struct Object {
        QString name;
        QString path;
        QString interface;
    };
    template<class Value>
    using Result = std::expected<Value, QDBusMessage>; ///< the error is the bus's error message

    /// \param within timeout of one call
    SessionBus(std::chrono::milliseconds within, Question* question);
    ~SessionBus();
    Q_DISABLE_COPY_MOVE(SessionBus)

    [[nodiscard]] bool isConnected() const { return m_connection.isConnected(); }
    [[nodiscard]] QString error() const { return m_connection.lastError().message(); }
    /// All names that are running or can be started.
    [[nodiscard]] Result<QStringList> names() const;
    [[nodiscard]] bool isRunning(const QString& name) const;
    /// Starts the service with this name.
    [[nodiscard]] bool start(const QString& name) const;
    [[nodiscard]] Result<QVariantList> call(const Object& object, const QString& method,
                                            const QVariantList& arguments = {}) const;
    /// The reply arrives when the operator has answered a prompt, so there is no timeout.
    [[nodiscard]] Result<QVariantList> callWithPrompt(const Object& object, const QString& method,
                                                      const QVariantList& arguments) const;
    [[nodiscard]] Result<QVariant> property(const Object& object, const QString& name) const;
    /// Opens a prompt of the Secret Service and waits for the operator.
    /// \returns the prompt's result; invalid: the prompt was dismissed
    [[nodiscard]] Result<QVariant> prompt(const Object& prompt) const;

private:
    [[nodiscard]] std::optional<QDBusMessage> refusal() const;

    QString m_own; ///< name of the D-Bus connection
    QDBusConnection m_connection;
    std::chrono::milliseconds m_within;
    Question* m_question;
};

/// Error names that the callers distinguish, in addition to the bus's own.
namespace buserror {
inline const auto silent = QStringLiteral("capturedesk.Silent");   ///< timeout
inline const auto givenUp = QStringLiteral("capturedesk.GivenUp"); ///< the caller has given up
} // namespace buserror

/// \param error of a call to a keychain
[[nodiscard]] SecretProblem problemOf(const QDBusMessage& error);
/// Whether the keychain exited, was restarted or lost the object, so that a second attempt may succeed.
[[nodiscard]] bool mayWorkAgain(const QDBusMessage& error);

} // namespace storage
