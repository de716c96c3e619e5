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

/// \brief What becomes true together, or not at all.
struct Change {
    QString account;              ///< whose
    QDateTime now = {};           ///< UTC: the program was at work for it
    std::optional<Run> run = {};  ///< a new one
    QList<Capture> captures = {}; ///< new, or as they are now
    qint64 request = 0;           ///< a request that is about to leave; 0: none
    Before before = {};           ///< what its devices had before it
    QList<Deed> deeds = {};
};

/// \brief What the journal has of one account.
struct Record {
    QList<Run> runs;                ///< by number
    QList<Capture> captures;        ///< by number
    QHash<qint64, Before> before;   ///< of the requests whose outcome may be unknown
    std::optional<QDateTime> alive; ///< UTC, when the program was last at work for it
};

/// \brief Work in the journal's thread.  Emits `finished` exactly once, from the event loop, then deletes
/// itself.
class JournalCall : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    [[nodiscard]] const std::optional<storage::Problem>& problem() const { return m_problem; }
    [[nodiscard]] const Record& record() const { return m_record; }    ///< of a `load`
    [[nodiscard]] const QList<Deed>& deeds() const { return m_deeds; } ///< of a `trail`, the newest first

Q_SIGNALS:
    void finished();

private:
    friend class Journal;
    std::optional<storage::Problem> m_problem;
    Record m_record;
    QList<Deed> m_deeds;
};

/// \brief The journal of all runs, in one SQLite file: on the disk before the act that depends on it.
///
/// It reads and writes in a thread of its own, in the order of the calls.  Where the file cannot be opened
/// each call says so, and the next one tries again.  One program at a time has it.
class Journal : public AuditStore {
    Q_OBJECT

public:
    explicit Journal(const QString& path, QObject* parent = nullptr);
    ~Journal() override; ///< after what was asked is done

    /// What tells accounts apart: the sandbox's address changes with every start, a service's does not.
    [[nodiscard]] static QString accountOf(const connections::Connection& connection);

    [[nodiscard]] JournalCall* load(const QString& account);
    [[nodiscard]] JournalCall* write(const Change& change);
    /// Everything that was done with any account.
    [[nodiscard]] JournalCall* trail();

    [[nodiscard]] std::expected<Unshared, storage::Problem> unshared(int most) override;
    [[nodiscard]] std::expected<void, storage::Problem>
    setSharing(const std::optional<Sharing>& sharing) override;

    // Numbers for what is new; after a `load` that went well.
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
