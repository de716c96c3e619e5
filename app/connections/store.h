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

/// \brief An asynchronous operation of the store.  Emits `finished` exactly once, from the event loop, then
/// deletes itself.
class StoreCall : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// For `open`, the connection with its secrets; for `save`, the saved connection; for `remove`, the
    /// removed connection.  The error is a sentence.
    [[nodiscard]] const std::expected<Connection, QString>& result() const { return m_result; }
    /// Why the secret is in memory only, in a sentence; empty: it is in the keychain.
    [[nodiscard]] const QString& memoryOnly() const { return m_memoryOnly; }
    /// The keychain did not return the secret, but a second attempt may succeed.
    [[nodiscard]] bool mayAskAgain() const { return m_mayAskAgain; }

    /// Stops a `save` or `keep` from waiting for the keychain's prompt.  `finished` follows and the secret
    /// stays in memory; if the operator answers the prompt later, the secret is still stored.
    void goOn();
    /// Closes the keychain's prompt of an `open`.  `finished` follows.
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
    QPointer<storage::SecretCall> m_secret; ///< the pending keychain call
    std::function<void()> m_goOn;
};

/// \brief The operator's connections.  Saved in a file in the settings folder, readable by its owner alone.
/// Their secrets are in the system's keychain, or in memory until the keychain has accepted them.
class Store : public QObject {
    Q_OBJECT

public:
    /// \param secrets outlives the store
    Store(const storage::Paths& paths, storage::Secrets* secrets, QObject* parent = nullptr);

    /// Sorted by name, without their secrets.
    [[nodiscard]] const QList<Connection>& all() const { return m_all; }
    [[nodiscard]] const Connection* find(const QString& name) const; ///< case-insensitive; null: none
    /// Why the file could not be read, in a sentence; then the file is not changed and nothing is saved.
    [[nodiscard]] const QString& problem() const { return m_problem; }
    /// How a damaged file was handled, in sentences to be shown once; empty: it was not damaged.
    [[nodiscard]] const QString& notice() const { return m_notice; }

    [[nodiscard]] StoreCall* open(const QString& id);
    /// Saves the connection; creates a new one if it has no ID.
    [[nodiscard]] StoreCall* save(const Connection& connection);
    /// Retries to store a secret that is in memory only in the keychain.  Closes a prompt that is still open
    /// for it.
    [[nodiscard]] StoreCall* keep(const QString& id);
    [[nodiscard]] StoreCall* remove(const QString& id);

Q_SIGNALS:
    void changed();
    void kept(const QString& id); ///< its secret, which was in memory only, is now in the keychain
    /// The secret stays in memory only: the operator had continued without answering the prompt, and storing
    /// the secret failed.
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

    /// A secret that is being stored in the keychain.
    struct Keeping {
        int attempt = 0;
        QPointer<StoreCall> call;             ///< null: the caller no longer waits
        QPointer<storage::SecretCall> secret; ///< the pending keychain call
        bool toldBefore = false;              ///< the caller was already told that the secret is in memory
                                              ///< only
    };

    storage::KeptFile m_file;
    storage::Secrets* m_secrets;
    QList<Connection> m_all;
    QHash<QString, Connection> m_memory; ///< connections whose secrets are not in the keychain (yet), with
                                         ///< these secrets
    QHash<QString, Keeping> m_keeping;   ///< by ID
    int m_attempts = 0;
    QString m_problem;
    QString m_notice;
};

} // namespace connections
