// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/database.h"

#include <QFile>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

namespace storage {

namespace {

Problem problemOf(const QSqlError& error)
{
    using Kind = Problem::Kind;
    // SQLite's result codes; the extended ones carry them in their last byte.
    Kind kind = Kind::Other;
    switch (error.nativeErrorCode().toInt() & 0xff) {
    case 5:
    case 6: kind = Kind::Locked; break;
    case 8:
    case 14: kind = Kind::ReadOnly; break;
    case 13: kind = Kind::Full; break;
    case 11:
    case 26: kind = Kind::Damaged; break;
    default: break;
    }
    return {.kind = kind, .message = error.databaseText().isEmpty() ? error.text() : error.databaseText()};
}

} // namespace

Database::Database(QString name)
    : m_name(std::move(name))
{
}

Database::~Database()
{
    m_prepared.clear();
    QSqlDatabase::database(m_name, false).close();
    QSqlDatabase::removeDatabase(m_name);
}

std::expected<std::unique_ptr<Database>, Problem> Database::open(const QString& path,
                                                                 const QStringList& migrations)
{
    std::unique_ptr<Database> database(new Database(QUuid::createUuid().toString(QUuid::Id128)));
    const bool isNew = !QFileInfo::exists(path);
    auto file = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), database->m_name);
    file.setDatabaseName(path);
    file.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=0"));
    if (!file.open())
        return std::unexpected(problemOf(file.lastError()));
    // SQLite opens what it may not write for reading, without a word: without a lock, and for good.
    if (!QFileInfo(path).isWritable())
        return std::unexpected(
            Problem{.kind = Problem::Kind::ReadOnly, .message = QStringLiteral("it is read-only")});
    if (isNew)
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    if (const auto done = database->prepare(migrations); !done)
        return std::unexpected(done.error());
    return database;
}

Database::Done Database::prepare(const QStringList& migrations)
{
    // No WAL: the folder may lie on a network.  The lock is taken with the first transaction and kept.
    for (const auto* pragma :
         {"PRAGMA locking_mode=EXCLUSIVE", "PRAGMA journal_mode=TRUNCATE", "PRAGMA synchronous=FULL",
          "PRAGMA foreign_keys=ON", "BEGIN EXCLUSIVE", "COMMIT"}) {
        if (const auto done = run(QLatin1StringView(pragma)); !done)
            return done;
    }
    qsizetype version = 0;
    if (const auto done = read(QStringLiteral("PRAGMA user_version"), {},
                               [&version](const QSqlQuery& row) { version = row.value(0).toInt(); });
        !done)
        return done;
    if (version > migrations.size())
        return std::unexpected(Problem{.kind = Problem::Kind::Damaged,
                                       .message = QStringLiteral("it was written by a later version")});
    if (version == migrations.size())
        return {};
    return transaction([&]() -> Done {
        for (auto i = version; i < migrations.size(); ++i) {
            for (const auto& statement : migrations[i].split(u';', Qt::SkipEmptyParts)) {
                if (statement.trimmed().isEmpty())
                    continue;
                if (const auto done = run(statement); !done)
                    return done;
            }
        }
        return run(QStringLiteral("PRAGMA user_version=%1").arg(migrations.size()));
    });
}

Database::Done Database::transaction(const std::function<Done()>& work)
{
    if (const auto begun = run(QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return begun;
    auto done = work();
    if (done)
        done = run(QStringLiteral("COMMIT"));
    if (!done)
        (void)run(QStringLiteral("ROLLBACK")); // SQLite may have rolled back by itself already
    return done;
}

Database::Done Database::run(const QString& statement, const QVariantList& values)
{
    return read(statement, values, {});
}

Database::Done Database::read(const QString& query, const QVariantList& values,
                              const std::function<void(const QSqlQuery&)>& row)
{
    auto& prepared = m_prepared[query];
    if (!prepared) {
        auto fresh = std::make_unique<QSqlQuery>(QSqlDatabase::database(m_name, false));
        fresh->setForwardOnly(true);
        if (!fresh->prepare(query)) {
            const auto problem = problemOf(fresh->lastError());
            m_prepared.erase(query);
            return std::unexpected(problem);
        }
        prepared = std::move(fresh);
    }
    for (int i = 0; i < values.size(); ++i)
        prepared->bindValue(i, values[i]);
    if (!prepared->exec())
        return std::unexpected(problemOf(prepared->lastError()));
    while (row && prepared->next())
        row(*prepared);
    const auto failure = prepared->lastError(); // it ends like this, too
    prepared->finish();
    if (failure.isValid())
        return std::unexpected(problemOf(failure));
    return {};
}

} // namespace storage
