// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include <QObject>
#include <QSet>
#include <QTimer>

#include "api/client.h"
#include "captures/core.h"
#include "captures/history.h"
#include "captures/journal.h"
#include "connections/explain.h"

namespace captures {

/// How often things are looked up: quickly at first, slower while nothing changes.
struct Pace {
    std::chrono::milliseconds fastest{2'000};
    std::chrono::milliseconds slowest{20'000};
    std::chrono::milliseconds betweenListings{60'000}; ///< the two that must agree before "Not started"
    std::chrono::milliseconds devices{60'000};         ///< between looks for devices that are waited for
    std::chrono::seconds longPause{30 * 60};           ///< closed for longer, it asks before it sends
};

/// \brief The runs of one account at work: carries out what `Core` decides, with the network and the journal.
///
/// One thing at a time: the account's commands and quota are read, what may go is written down, then sent;
/// or, where nothing may go, what is pending is looked up.
class Engine : public QObject {
    Q_OBJECT

public:
    /// Shows at once what the journal has of the account, and goes on with it.
    /// \param client, journal outlive it
    Engine(QString account, api::Client* client, Journal* journal, Pace pace, Clock clock,
           QObject* parent = nullptr);

    [[nodiscard]] const QList<Capture>& captures() const { return m_core.captures(); }
    [[nodiscard]] const std::optional<api::Quota>& quota() const { return m_quota; }
    [[nodiscard]] QList<api::Command> running() const; ///< by others
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    /// Kept for colleagues: so many captures of the day are not used.
    void setReserve(qint64 captures) { m_reserve = captures; }
    /// What may be started today.
    [[nodiscard]] std::optional<qint64> left() const;

    /// Starts as soon as it is recorded.  \pre `isLoaded()`
    void start(const Run& run, const QList<Capture>& captures, const Deed& deed);
    void cancel(const QList<qsizetype>& indexes, const Deed& deed);
    void agree(const QList<qsizetype>& indexes, const Deed& deed);
    void note(const Deed& deed);
    void lookNow();
    void readQuota(const std::function<void()>& then = {});

    [[nodiscard]] QList<qsizetype> awaited() const { return m_core.awaited(); }
    void appeared(qsizetype index, const devices::Device& device);
    void stillWaits(qsizetype index, const QString& why);
    /// Tells how an act ended (`failed`, `healed`).
    void report(connections::Act act, const std::optional<api::Error>& error);

    [[nodiscard]] static QString explain(const storage::Problem& problem);

Q_SIGNALS:
    void quotaChanged();
    void capturesAdded(int first, int last);
    void captureChanged(int index);
    void recorded(qint64 run);
    void runEnded(qint64 run);
    void looked(); ///< at the account's commands
    /// What has not been sent was left from before: `asks` until the operator has agreed.
    void resumed(std::chrono::seconds closedFor);
    void unrecorded(const QString& sentence);
    void recordedAgain();
    void failed(connections::Act act, const api::Error& error);
    void healed(connections::Act act);

private:
    void load();
    void resume(const Record& record);
    void step();
    void prepare(bool toSend);
    void prepared(bool toSend);
    [[nodiscard]] bool followed();
    [[nodiscard]] QList<qsizetype> affordable();
    void post(const QList<qsizetype>& batch);
    void create(const QList<qsizetype>& batch);
    [[nodiscard]] bool waits() const;
    void schedule();
    void lookSoon();
    void publish();
    void record(const QList<qsizetype>& changed);
    void write(Change change);
    [[nodiscard]] QList<Capture> capturesOf(const QList<qsizetype>& indexes) const;
    bool reportJournal(const std::optional<storage::Problem>& problem);

    QString m_account;
    api::Client* m_client;
    Journal* m_journal;
    Pace m_pace;
    Clock m_clock;
    Core m_core;
    History m_history;
    std::optional<api::Quota> m_quota;
    qint64 m_reserve = 0;

    QTimer m_loadAgain;
    bool m_loaded = false;
    bool m_journalFails = false;
    QSet<qsizetype> m_unwritten; ///< changes that the journal does not have yet
    QSet<connections::Act> m_failing;
    QTimer m_alive;

    QTimer m_timer;                          ///< the next step
    bool m_busy = false;                     ///< reading, writing or sending
    int m_reading = 0;                       ///< replies that are waited for
    bool m_wanted = false;                   ///< a look is due, whatever is pending
    bool m_looking = false;                  ///< what is being read is one
    std::chrono::milliseconds m_nextLook{0}; ///< steady
    std::chrono::milliseconds m_interval;
};

} // namespace captures
