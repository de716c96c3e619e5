// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/database.h"

#include <cerrno>
#include <optional>

#include <QFile>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

#include "base/probe.h"
#include "base/target.h"
#include "storage/tr.h"

namespace storage {

namespace {

using base::SaveProblem;

/// Converts a problem of the file system into a database problem.
Problem refusal(const SaveProblem& problem, const QString& path)
{
    Problem result{.kind = Problem::Kind::Other, .message = base::reason(problem), .path = path};
    switch (problem.kind) {
    case SaveProblem::Kind::Full:
    case SaveProblem::Kind::Quota: result.kind = Problem::Kind::Full; break;
    case SaveProblem::Kind::ReadOnly:
    case SaveProblem::Kind::NotAllowed: result.kind = Problem::Kind::ReadOnly; break;
    case SaveProblem::Kind::NoLocks: result.kind = Problem::Kind::NoLocks; break;
    case SaveProblem::Kind::NoFolder: result.kind = Problem::Kind::Missing; break;
    case SaveProblem::Kind::TooLarge:
    case SaveProblem::Kind::Busy:
    case SaveProblem::Kind::Name:
    case SaveProblem::Kind::IsFolder:
    case SaveProblem::Kind::NotAFile:
    case SaveProblem::Kind::Loop:
    case SaveProblem::Kind::Away:
    case SaveProblem::Kind::Fault:
    case SaveProblem::Kind::Other: break;
    }
    if (!problem.target.isEmpty())
        result.message += Text::tr("; it is a link to %1").arg(problem.target);
    return result;
}

/// Checks the path before SQLite opens it, for problems that SQLite reports without a useful message.
std::optional<Problem> obstacle(const QString& path)
{
    const auto target = base::targetOf(path);
    if (!target)
        return refusal(target.error(), path);
    if (target->isLink && !target->isThere) {
        auto problem = base::problemOf(ENOENT, SaveProblem::Step::Find, path);
        problem.target = QFile::decodeName(target->name);
        return Problem{.kind = Problem::Kind::Missing,
                       .message = Text::tr("it is a link to %1, where there is no file (%2)")
                                      .arg(problem.target, problem.words),
                       .path = path};
    }
    return std::nullopt;
}

} // namespace

Problem::Kind kindOf(int sqliteCode)
{
    using Kind = Problem::Kind;
    switch (sqliteCode) {
    case 2058: // unlock failed
    case 2314: // read lock failed
    case 3594: // check of the reserved lock failed
    case 3850: // lock failed
        return Kind::NoLocks;
    default: break;
    }
    // The low byte of an extended code is the primary code.
    switch (sqliteCode & 0xff) {
    case 5:
    case 6: return Kind::Locked;
    case 8:
    case 14: return Kind::ReadOnly;
    case 13: return Kind::Full;
    case 15: return Kind::NoLocks;
    case 11:
    case 26: return Kind::Damaged;
    default: return Kind::Other;
    }
}

Database::Database(QString name, QString path)
    : m_name(std::move(name))
    , m_path(std::move(path))
{
}

/// SQLite does not expose errno, so the folder is probed with the operations that a database needs.
Problem Database::problem(const QSqlError& error) const
{
    const auto words = error.databaseText().isEmpty() ? error.text() : error.databaseText();
    Problem result{.kind = kindOf(error.nativeErrorCode().toInt()), .message = words, .path = m_path};
    if (result.kind == Problem::Kind::Damaged)
        return result;
    const auto found = base::probe(QFileInfo(m_path).path());
    if (!found)
        return result;
    auto seen = refusal(*found, m_path);
    // A lock held by another program is not a problem of the folder.
    if (result.kind != Problem::Kind::Locked || seen.kind == Problem::Kind::NoLocks)
        result = std::move(seen);
    return result;
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
    if (auto stands = obstacle(path))
        return std::unexpected(*std::move(stands));
    std::unique_ptr<Database> database(new Database(QUuid::createUuid().toString(QUuid::Id128), path));
    const bool isNew = !QFileInfo::exists(path);
    auto file = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), database->m_name);
    file.setDatabaseName(path);
    file.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=0"));
    if (!file.open())
        return std::unexpected(database->problem(file.lastError()));
    // SQLite silently opens a file that is not writable as read-only: without a lock, and permanently.
    if (!QFileInfo(path).isWritable())
        return std::unexpected(
            Problem{.kind = Problem::Kind::ReadOnly, .message = Text::tr("it is read-only"), .path = path});
    if (isNew)
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    if (const auto done = database->prepare(migrations); !done)
        return std::unexpected(done.error());
    return database;
}

Database::Done Database::prepare(const QStringList& migrations)
{
    // No WAL, because the folder may be on a network share.  The first transaction takes the lock, which is
    // then held.
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
                                       .message = Text::tr("it was written by a later version"),
                                       .path = m_path});
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
        (void)run(QStringLiteral("ROLLBACK")); // SQLite may already have rolled back by itself
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
            const auto problem = this->problem(fresh->lastError());
            m_prepared.erase(query);
            return std::unexpected(problem);
        }
        prepared = std::move(fresh);
    }
    for (int i = 0; i < values.size(); ++i)
        prepared->bindValue(i, values[i]);
    if (!prepared->exec())
        return std::unexpected(problem(prepared->lastError()));
    while (row && prepared->next())
        row(*prepared);
    const auto failure = prepared->lastError(); // `next` also returns false after an error
    prepared->finish();
    if (failure.isValid())
        return std::unexpected(problem(failure));
    return {};
}

} // namespace storage
