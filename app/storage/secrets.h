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

/// \brief Why a secret could not be read, kept or removed.
struct SecretProblem {
    enum class Kind {
        NoService, ///< no keychain runs here, and none can be started
        Locked,    ///< it is locked and was not opened, or it refused: what it holds is not known
        NotFound,  ///< it is open, and holds nothing under this key
        Other
    } kind = Kind::Other;
    QString message; ///< technical words, the library's own where it has any; never a secret

    bool operator==(const SecretProblem&) const = default;
};

/// \brief A request to the keychain.  Emits `finished` exactly once, from the event loop, then deletes
/// itself.  One that is destroyed earlier (its parent goes) emits nothing; what it asked for may still
/// happen.
class SecretCall : public QObject {
    Q_OBJECT

public:
    /// The secret of a `read`; of another call an empty text, for success.
    [[nodiscard]] const std::expected<QString, SecretProblem>& result() const { return m_result; }
    /// A prompt of the keychain may stay open for as long as the operator wants.
    virtual void allowAnyTime() {}
    /// Closes the keychain's prompt.  `finished` follows, with `Locked` unless the answer was on its way.
    virtual void abandon() {}

Q_SIGNALS:
    void asking(); ///< the keychain has opened a prompt, and waits for the operator
    void finished();

protected:
    using QObject::QObject;
    void end(std::expected<QString, SecretProblem> result);

private:
    std::expected<QString, SecretProblem> m_result = std::unexpected(SecretProblem());
};

/// \brief Where secrets are kept: the only place besides memory.
///
/// `NotFound` means just that, so that something new may be written.  After any other problem of a `read`
/// there may be a secret that cannot be seen now: nothing is to be written in its place without asking.
class Secrets : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Whether there is a keychain, and it is open; asks the operator nothing, and waits for no other call.
    [[nodiscard]] virtual SecretCall* check() = 0;
    /// \param key readable by others, so no person's or customer's name: `ID`, `ID/proxy`
    [[nodiscard]] virtual SecretCall* read(const QString& key) = 0;
    /// Replaces what is there.  An empty secret is removed.
    [[nodiscard]] virtual SecretCall* write(const QString& key, const QString& secret) = 0;
    /// What is not there counts as removed; what cannot be seen does not.
    [[nodiscard]] virtual SecretCall* remove(const QString& key) = 0;
};

/// \brief How long the keychain may take.
struct SecretDeadlines {
    std::chrono::milliseconds service{10'000};   ///< to answer at all
    std::chrono::milliseconds question{120'000}; ///< with a prompt open, unless any time is allowed
    std::chrono::milliseconds call{5'000};       ///< one call over the session bus
};

/// \brief The system's keychain: the Secret Service of the desktop, else KDE's wallet; never a file in its
/// place.
///
/// For the thread with the program's main event loop; the session bus is asked in another one.  Calls are
/// carried out in their order; one whose prompt is open holds up those behind it.  What is locked is unlocked
/// with the keychain's own prompt.
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
    QList<Call*> m_queue;              ///< the first one is being carried out
    int m_depth = 0;                   ///< requests under way in the thread; that one's alone
    std::unique_ptr<QThread> m_thread; ///< in which the session bus is asked: a dead one takes its time
    QObject* m_there;                  ///< lives in it
};

} // namespace storage
