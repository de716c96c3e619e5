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
        Locked, ///< by another program
        Full,
        ReadOnly,
        NoLocks, ///< the file system has none: two programs could not be kept apart
        Missing, ///< it is a link, and what it leads to is not there
        Damaged,
        Other
    } kind = Kind::Other;
    QString message;   ///< a phrase with the system's own words; SQLite's, where the system has no complaint
    QString path = {}; ///< the database

    bool operator==(const Problem&) const = default;
};

/// What one of SQLite's result codes, extended or not, stands for.
[[nodiscard]] Problem::Kind kindOf(int sqliteCode);

/// \brief An SQLite file that one program at a time has to itself, and whose transactions are on the disk
/// when they return.  To be used in the thread that opened it.
class Database {
public:
    using Done = std::expected<void, Problem>;

    /// \param migrations statements, in the order in which they were invented; those the file has not seen
    /// yet are carried out.  A file from a later version of the program is `Damaged`: left alone.  A link
    /// that leads to no file is `Missing`: a new file in its place would hide that the old one is elsewhere.
    [[nodiscard]] static std::expected<std::unique_ptr<Database>, Problem>
    open(const QString& path, const QStringList& migrations);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// All of what `work` does, or nothing.
    [[nodiscard]] Done transaction(const std::function<Done()>& work);
    [[nodiscard]] Done run(const QString& statement, const QVariantList& values = {});
    /// Calls `row` for each row of the answer.
    [[nodiscard]] Done read(const QString& query, const QVariantList& values,
                            const std::function<void(const QSqlQuery&)>& row);

private:
    Database(QString name, QString path);
    [[nodiscard]] Problem problem(const QSqlError& error) const;
    [[nodiscard]] Done prepare(const QStringList& migrations);

    QString m_name; ///< of Qt's connection
    QString m_path;
    std::map<QString, std::unique_ptr<QSqlQuery>> m_prepared;
};

} // namespace storage
