// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <expected>
#include <memory>

#include <QList>
#include <QObject>
#include <QString>

class QThread;

namespace storage {

/// \brief Why a secret could not be read, stored or removed.
struct SecretProblem {
    enum class Kind {
        NoService, ///< no keychain is running, and none can be started
        Locked,    ///< it is locked and was not unlocked, or refused access: its content is unknown
        NotFound,  ///< it is unlocked and has no entry for this key
        Other
    } kind = Kind::Other;
    QString message; ///< a technical message, the library's own if there is one; never contains a secret

    bool operator==(const SecretProblem&) const = default;
};

/// \brief A request to the keychain.  Emits `finished` exactly once, from the event loop, then deletes
/// itself.  A call that is destroyed earlier (with its parent) emits nothing, but its request may still be
/// executed.
class SecretCall : public QObject {
    Q_OBJECT

public:
    /// The secret for a `read`; an empty text for any other successful call.
    [[nodiscard]] const std::expected<QString, SecretProblem>& result() const { return m_result; }
    /// Removes the timeout while the keychain's prompt is open.
    virtual void allowAnyTime() {}
    /// Closes the keychain's prompt.  `finished` follows, with `Locked` unless a result was already on its
    /// way.
    virtual void abandon() {}

Q_SIGNALS:
    void asking(); ///< the keychain has opened a prompt and waits for the operator
    void finished();

protected:
    using QObject::QObject;
    void end(std::expected<QString, SecretProblem> result);

private:
    std::expected<QString, SecretProblem> m_result = std::unexpected(SecretProblem());
};

/// \brief The storage for secrets.  Apart from memory, secrets are stored nowhere else.
///
/// `NotFound` guarantees that no secret exists, so a new one may be written.  After any other problem of a
/// `read` a secret may exist but be inaccessible now: do not overwrite it without asking the operator.
class Secrets : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Tests whether there is a keychain and it is unlocked.  Never prompts the operator, and does not wait
    /// for other calls.
    [[nodiscard]] virtual SecretCall* check() = 0;
    /// \param key visible to others, so it must not contain a person's or customer's name: `ID`, `ID/proxy`
    [[nodiscard]] virtual SecretCall* read(const QString& key) = 0;
    /// Replaces an existing secret.  An empty secret removes it.
    [[nodiscard]] virtual SecretCall* write(const QString& key, const QString& secret) = 0;
    /// Succeeds if the secret does not exist, but not if that cannot be checked.
    [[nodiscard]] virtual SecretCall* remove(const QString& key) = 0;
};

/// \brief The timeouts of the keychain.
struct SecretDeadlines {
    std::chrono::milliseconds service{10'000};   ///< for a reply while no prompt is open
    std::chrono::milliseconds question{120'000}; ///< while a prompt is open (see `allowAnyTime`)
    std::chrono::milliseconds call{5'000};       ///< for one call over the session bus
};

/// \brief The system's keychain: the desktop's Secret Service, otherwise KDE's wallet; never a file instead.
///
/// Use it in the thread with the program's main event loop; the calls over the session bus run in another
/// thread.  Calls run in order, so a call whose prompt is open delays those behind it.  A locked keychain is
/// unlocked with its own prompt.
class Keychain final : public Secrets {
    Q_OBJECT

public:
    explicit Keychain(QObject* parent = nullptr, SecretDeadlines deadlines = {});
    ~Keychain() override;

    [[nodiscard]] SecretCall* check() override;
    [[nodiscard]] SecretCall* read(const QString& key) override;
    [[nodiscard]] SecretCall* write(const QString& key, const QString& secret) override;
    [[nodiscard]] SecretCall* remove(const QString& key) override;

private:
    class Call;
    struct Request;

    SecretCall* ask(Request request);
    void leave(Call* call);

    SecretDeadlines m_deadlines;
    QList<Call*> m_queue;              ///< the first one is running
    int m_depth = 0;                   ///< running requests; only for `m_thread`
    std::unique_ptr<QThread> m_thread; ///< calls the session bus, which may block for long
    QObject* m_there;                  ///< context object that lives in `m_thread`
};

} // namespace storage
