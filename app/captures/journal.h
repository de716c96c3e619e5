// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <memory>
#include <optional>

#include <QHash>
#include <QObject>
#include <QSet>

#include "captures/auditstore.h"
#include "captures/capture.h"
#include "captures/deed.h"
#include "captures/listing.h"
#include "captures/run.h"
#include "connections/connection.h"
#include "storage/database.h"

class QThread;

namespace captures {

/// \brief A transaction: the journal stores all of it, or nothing.
struct Change {
    QString account;             ///< see `Journal::accountOf`
    QDateTime now = {};          ///< UTC; stored as the time at which the program last worked for the account
    std::optional<Run> run = {}; ///< a new run
    QList<Capture> captures = {}; ///< new or changed
    qint64 request = 0;           ///< number of a request that is about to be sent; 0: none
    Before before = {};           ///< baseline of that request
    QList<Deed> deeds = {};
};

/// \brief Everything that the journal holds for one account.
struct Record {
    QList<Run> runs;                ///< by ID
    QList<Capture> captures;        ///< by ID
    QHash<qint64, Before> before;   ///< baseline of each request, by its number
    std::optional<QDateTime> alive; ///< UTC, when the program last worked for the account
};

/// \brief A pending operation in the journal's thread. Emits `finished` exactly once, from the event loop,
/// then deletes itself.
class JournalCall : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    [[nodiscard]] const std::optional<storage::Problem>& problem() const { return m_problem; }
    [[nodiscard]] const Record& record() const { return m_record; }    ///< result of `load`
    [[nodiscard]] const QList<Deed>& deeds() const { return m_deeds; } ///< result of `trail`, newest first

Q_SIGNALS:
    void finished();

private:
    friend class Journal;
    std::optional<storage::Problem> m_problem;
    Record m_record;
    QList<Deed> m_deeds;
};

/// \brief The journal of all runs, in one SQLite file. A change is on disk before the action that depends on
/// it.
///
/// The journal reads and writes in a thread of its own, in the order of the calls. If the file cannot be
/// opened, each call reports the problem, and the next call tries again. Only one program at a time can open
/// the file.
class Journal : public AuditStore {
    Q_OBJECT

public:
    explicit Journal(const QString& path, QObject* parent = nullptr);
    ~Journal() override; ///< completes pending calls first

    /// The key of an account. It omits the address of a sandbox, which changes at every start; the address of
    /// a service does not change.
    [[nodiscard]] static QString accountOf(const connections::Connection& connection);

    [[nodiscard]] JournalCall* load(const QString& account);
    [[nodiscard]] JournalCall* write(const Change& change);
    /// Reads the audit log of all accounts.
    [[nodiscard]] JournalCall* trail();

    [[nodiscard]] std::expected<Unshared, storage::Problem> unshared(int most) override;
    [[nodiscard]] std::expected<void, storage::Problem>
    setSharing(const std::optional<Sharing>& sharing) override;

    // IDs of new rows. Valid only after a successful `load`.
    [[nodiscard]] qint64 newRun() { return ++m_lastRun; }
    [[nodiscard]] qint64 newCapture() { return ++m_lastCapture; }
    [[nodiscard]] qint64 newRequest() { return ++m_lastRequest; }

private:
    class Writer;
    std::unique_ptr<QThread> m_thread;
    Writer* m_writer;
    qint64 m_lastRun = 0;
    qint64 m_lastCapture = 0;
    qint64 m_lastRequest = 0;
};

} // namespace captures
