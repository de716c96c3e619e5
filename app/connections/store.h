// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <functional>
#include <optional>

#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>

#include "connections/connection.h"
#include "storage/keptfile.h"
#include "storage/paths.h"
#include "storage/secrets.h"

namespace connections {

/// \brief Something that is asked of the store.  Emits `finished` exactly once, from the event loop, then
/// deletes itself.
class StoreCall : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Of `open` the connection with its secrets, of `save` the connection as it is kept, of `remove` what
    /// was removed; or why not, in a sentence.
    [[nodiscard]] const std::expected<Connection, QString>& result() const { return m_result; }
    /// Why its secret is in memory only, in a sentence; empty: it is in the keychain.
    [[nodiscard]] const QString& memoryOnly() const { return m_memoryOnly; }
    /// The keychain did not return the secret, and may do so when it is asked again.
    [[nodiscard]] bool mayAskAgain() const { return m_mayAskAgain; }

    /// Of a `save` or `keep` that waits for the operator's answer to the keychain: `finished` follows, the
    /// secret stays in memory, and the keychain's answer still counts.
    void goOn();
    /// Of an `open` that waits: the keychain's prompt is closed, and `finished` follows.
    void giveUp();

Q_SIGNALS:
    void waiting(); ///< the keychain has opened a prompt
    void finished();

private:
    friend class Store;
    std::expected<Connection, QString> m_result;
    QString m_memoryOnly;
    bool m_mayAskAgain = false;
    bool m_ended = false;
    QPointer<storage::SecretCall> m_secret; ///< what it waits for
    std::function<void()> m_goOn;
};

/// \brief The operator's connections: in a file of the settings' folder, readable by its owner alone; their
/// secrets in the system's keychain, or, as long as that has not accepted them, in memory.
class Store : public QObject {
    Q_OBJECT

public:
    /// \param secrets outlives it
    Store(const storage::Paths& paths, storage::Secrets* secrets, QObject* parent = nullptr);

    /// By name, without their secrets.
    [[nodiscard]] const QList<Connection>& all() const { return m_all; }
    [[nodiscard]] const Connection* find(const QString& name) const; ///< in any case; null: there is none
    /// Why the file could not be read, in a sentence; it is left alone then, and nothing is saved.
    [[nodiscard]] const QString& problem() const { return m_problem; }
    /// What became of a file that was damaged, in sentences, to be said once; empty: nothing happened.
    [[nodiscard]] const QString& notice() const { return m_notice; }

    [[nodiscard]] StoreCall* open(const QString& id);
    /// A new one where it has no ID.
    [[nodiscard]] StoreCall* save(const Connection& connection);
    /// Tries once more to get a secret that is in memory into the keychain; a prompt that is still open for
    /// it is closed.
    [[nodiscard]] StoreCall* keep(const QString& id);
    [[nodiscard]] StoreCall* remove(const QString& id);

Q_SIGNALS:
    void changed();
    void kept(const QString& id); ///< its secret, which was in memory only, is in the keychain
    /// Its secret stays in memory after the operator went on without an answer.
    /// \param words a sentence
    void notKept(const QString& id, const QString& words);

private:
    using Result = std::expected<QString, storage::SecretProblem>;
    using Then = std::function<void(const Result&)>;

    void read();
    [[nodiscard]] std::expected<void, QString> write(const QList<Connection>& all);
    void end(StoreCall* call, std::expected<Connection, QString> result);
    void keepSecrets(StoreCall* call, const Connection& connection);
    void keepPassword(int attempt, const Connection& connection);
    void endKeeping(int attempt, const Connection& connection, const storage::SecretProblem* problem);
    void after(storage::SecretCall* secret, StoreCall* call, const Then& then);

    /// A secret on its way into the keychain.
    struct Keeping {
        int attempt = 0;
        QPointer<StoreCall> call;             ///< null: who asked has gone on
        QPointer<storage::SecretCall> secret; ///< what is waited for
        bool toldBefore = false;              ///< that it is in memory only
    };

    storage::KeptFile m_file;
    storage::Secrets* m_secrets;
    QList<Connection> m_all;
    QHash<QString, Connection> m_memory; ///< with secrets, those that are not in the keychain (yet)
    QHash<QString, Keeping> m_keeping;   ///< by ID
    int m_attempts = 0;
    QString m_problem;
    QString m_notice;
};

} // namespace connections
