// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <functional>
#include <optional>

#include <QHash>
#include <QList>
#include <QObject>

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
    /// Why its secret stays in memory until the program ends, in a sentence; empty: it is in the keychain.
    [[nodiscard]] const QString& memoryOnly() const { return m_memoryOnly; }

Q_SIGNALS:
    void finished();

private:
    friend class Store;
    std::expected<Connection, QString> m_result;
    QString m_memoryOnly;
};

/// \brief The operator's connections: in a file of the settings' folder, readable by its owner alone; their
/// secrets in the system's keychain, or, where that takes none, in memory.
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
    [[nodiscard]] StoreCall* remove(const QString& id);

Q_SIGNALS:
    void changed();

private:
    using Result = std::expected<QString, storage::SecretProblem>;
    using Then = std::function<void(const Result&)>;

    void read();
    [[nodiscard]] std::expected<void, QString> write(const QList<Connection>& all);
    void end(StoreCall* call, std::expected<Connection, QString> result);
    void keep(StoreCall* call, const Connection& connection);
    static void after(storage::SecretCall* secret, StoreCall* call, const Then& then);

    storage::KeptFile m_file;
    storage::Secrets* m_secrets;
    QList<Connection> m_all;
    QHash<QString, Connection> m_memory; ///< with secrets, those that the keychain did not take
    QString m_problem;
    QString m_notice;
};

} // namespace connections
