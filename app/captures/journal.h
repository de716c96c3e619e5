// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <memory>
#include <optional>

#include <QHash>
#include <QObject>
#include <QSet>

#include "captures/core.h"
#include "connections/connection.h"
#include "storage/database.h"

class QThread;

namespace captures {

/// \brief One press of Run: who, when, why, with what.
struct Run {
    qint64 id = 0;
    QString account;    ///< whose (`Journal::accountOf`)
    QString connection; ///< as the window called it
    QDateTime asked;    ///< UTC
    QString operatorName;
    QString systemUser;
    QString ticket;
    qint64 origin = 0; ///< the run that this one repeats captures of; 0: none
    Options options;
    bool operator==(const Run&) const = default;
};

/// \brief Something that an operator did, for the audit trail.
struct Deed {
    enum class What { Run, Cancel, Agree, Save, SaveFailed, Open, Export, ExportFailed };
    QDateTime at; ///< UTC
    QString operatorName;
    QString systemUser;
    QString connection;
    QString ticket;
    What what = What::Run;
    QString about; ///< in words: devices, files; why it failed
    qint64 id = 0; ///< the journal's
    bool operator==(const Deed&) const = default;
};

/// \brief A file to which the deeds are appended as well, and how far that has come.
struct Sharing {
    QString path;
    qint64 last = 0;                 ///< the deed up to which it is appended
    qint64 upTo = 0;                 ///< the last deed of an append whose outcome is not known,
    std::optional<qint64> size = {}; ///< and the file's bytes before it; none: it is known
    bool operator==(const Sharing&) const = default;
};

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
class Journal : public QObject {
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

    // For another thread than the window's and its own: these wait until it is done.
    struct Unshared {
        std::optional<Sharing> sharing; ///< none: nothing is to be appended
        QList<Deed> deeds = {};         ///< the next ones, by number
        qint64 waiting = 0;             ///< how many there are in all
        qint64 newest = 0;              ///< the last deed of all
    };
    /// \param most deeds
    [[nodiscard]] std::expected<Unshared, storage::Problem> unshared(int most);
    [[nodiscard]] std::expected<void, storage::Problem> setSharing(const std::optional<Sharing>& sharing);

    // Numbers for what is new; after a `load` that went well.
    [[nodiscard]] qint64 newRun() { return ++m_lastRun; }
    [[nodiscard]] qint64 newCapture() { return ++m_lastCapture; }
    [[nodiscard]] qint64 newRequest() { return ++m_lastRequest; }

Q_SIGNALS:
    void deedsWritten(); ///< there are new ones

private:
    class Writer;
    std::unique_ptr<QThread> m_thread;
    Writer* m_writer;
    qint64 m_lastRun = 0;
    qint64 m_lastCapture = 0;
    qint64 m_lastRequest = 0;
};

} // namespace captures
