// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <functional>
#include <map>
#include <memory>

#include <QString>
#include <QStringList>
#include <QVariant>

class QSqlError;
class QSqlQuery;

namespace storage {

/// \brief Why the database could not be opened, read or written.
struct Problem {
    enum class Kind {
        Locked, ///< another program has locked the file
        Full,
        ReadOnly,
        NoLocks, ///< the file system does not support locks, so two programs could use the file at once
        Missing, ///< the path is a link to a file that does not exist
        Damaged,
        Other
    } kind = Kind::Other;
    QString message;   ///< a phrase with the system's error message, or SQLite's if the system reports no
                       ///< error
    QString path = {}; ///< path of the database

    bool operator==(const Problem&) const = default;
};

/// The kind of problem for an SQLite result code, extended or not.
[[nodiscard]] Problem::Kind kindOf(int sqliteCode);

/// \brief An SQLite file, locked for exclusive use by one program.  A transaction is on the disk when it
/// returns.  Use it only in the thread that opened it.
class Database {
public:
    using Done = std::expected<void, Problem>;

    /// \param migrations SQL statements, oldest first; those not yet applied to the file are executed.  A
    /// file from a later version of the program is `Damaged` and is not changed.  A link to a file that does
    /// not exist is `Missing`: a new file in its place would hide that the old one is elsewhere.
    [[nodiscard]] static std::expected<std::unique_ptr<Database>, Problem>
    open(const QString& path, const QStringList& migrations);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Runs `work` in one transaction: all its changes are stored, or none.
    [[nodiscard]] Done transaction(const std::function<Done()>& work);
    [[nodiscard]] Done run(const QString& statement, const QVariantList& values = {});
    /// Calls `row` for each row of the result.
    [[nodiscard]] Done read(const QString& query, const QVariantList& values,
                            const std::function<void(const QSqlQuery&)>& row);

private:
    Database(QString name, QString path);
    [[nodiscard]] Problem problem(const QSqlError& error) const;
    [[nodiscard]] Done prepare(const QStringList& migrations);

    QString m_name; ///< name of Qt's database connection
    QString m_path;
    std::map<QString, std::unique_ptr<QSqlQuery>> m_prepared;
};

} // namespace storage
