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

class QSqlQuery;

namespace storage {

/// \brief Why the database could not be opened, read or written.
struct Problem {
    enum class Kind { Locked, Full, ReadOnly, Damaged, Other } kind = Kind::Other;
    QString message; ///< SQLite's words

    bool operator==(const Problem&) const = default;
};

/// \brief An SQLite file that one program at a time has to itself, and whose transactions are on the disk
/// when they return.  To be used in the thread that opened it.
class Database {
public:
    using Done = std::expected<void, Problem>;

    /// \param migrations statements, in the order in which they were invented; those the file has not seen
    /// yet are carried out.  A file from a later version of the program is `Damaged`: left alone.
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
    explicit Database(QString name);
    [[nodiscard]] Done prepare(const QStringList& migrations);

    QString m_name; ///< of Qt's connection
    std::map<QString, std::unique_ptr<QSqlQuery>> m_prepared;
};

} // namespace storage
