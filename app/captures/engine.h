// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include <QObject>
#include <QHash>
#include <QSet>
#include <QTimer>

#include "api/client.h"
#include "captures/allowance.h"
#include "captures/core.h"
#include "captures/history.h"
#include "captures/journal.h"
#include "captures/pace.h"
#include "captures/scribe.h"
#include "connections/explain.h"

namespace captures {

/// \brief Executes the runs of one account: does what `Core` decides, with the network and the journal.
///
/// Steps never overlap. A step reads the account's commands and quota, records the captures that are ready,
/// then sends them. If no capture is ready, it only polls what is pending.
class Engine : public QObject {
    Q_OBJECT

public:
    /// Starts at once to load the account's captures from the journal, and continues them.
    /// \param client, journal outlive it
    Engine(QString account, api::Client* client, Journal* journal, Pace pace, Clock clock,
           QObject* parent = nullptr);
    ~Engine() override;

    [[nodiscard]] const QList<Capture>& captures() const { return m_core.captures(); }
    [[nodiscard]] qsizetype indexOf(qint64 id) const { return m_indexes.value(id, -1); }
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    /// Captures that were unsent when the program last ended, and still are.
    [[nodiscard]] QList<qsizetype> resumedUnsent() const;

    /// Commands in progress that this program neither started nor follows.
    [[nodiscard]] QList<api::Command> runningByOthers() const;
    /// Commands in progress of this program's captures, including those being sent, which have no ID yet.
    [[nodiscard]] QList<api::Command> runningHere() const;

    /// The quota as last read. Its reset is converted to the local clock, which may be wrong. Nullopt if the
    /// quota is unknown, or if the reset has passed since it was read.
    [[nodiscard]] std::optional<api::Quota> quota() const;
    void readQuota(const std::function<void()>& then = {});
    /// Reserves this many captures of each day for colleagues.
    void setReserve(qint64 captures);
    /// Captures that may be started today.
    [[nodiscard]] std::optional<qint64> left() const;
    /// The same, with the captures that are queued here.
    [[nodiscard]] std::optional<Allowance> today() const;

    /// Starts the run once the journal has recorded it.
    void start(const Run& run, const QList<Capture>& captures, const Deed& deed);
    void refuseRun() { m_scribe.refuseRun(); } ///< the journal is not loaded
    void cancel(const QList<qsizetype>& indexes, const Deed& deed);
    void agree(const QList<qsizetype>& indexes, const Deed& deed);
    void note(const Deed& deed) { m_scribe.note({}, {deed}); }
    [[nodiscard]] bool isSettled() const { return m_scribe.isSettled(); }
    void lookNow();

    // Captures that wait for their device.
    [[nodiscard]] QList<qsizetype> awaited() const { return m_core.awaited(); }
    struct Sighting {
        qsizetype index;
        std::optional<devices::Device> device; ///< set: the device is available
        QString why; ///< why the capture keeps waiting; empty: the device was not found
    };
    void sighted(const QList<Sighting>& sightings);
    /// The search for the devices of these captures has ended.
    /// \param looked the search did not fail
    void notSeen(const QList<qsizetype>& indexes, bool looked);

    /// Reports the outcome of an operation (`failed`, `healed`).
    void report(connections::Act act, const std::optional<api::Error>& error);

Q_SIGNALS:
    void quotaChanged();
    void capturesAdded(int first, int last);
    void captureChanged(int index);
    void recorded(qint64 run);
    void runEnded(qint64 run);
    void looked(); ///< the account's commands were read
    void agreed(); ///< confirmed captures need their devices looked up
    /// Captures of the last session are still unsent and need confirmation (`asks`).
    void resumed(std::chrono::seconds closedFor);
    void unrecorded(const QString& sentence);
    void recordedAgain();
    void settled();
    void failed(connections::Act act, const api::Error& error);
    void healed(connections::Act act);

private:
    void load();
    void resume(const Record& record);
    void add(const QList<Capture>& captures, const QHash<qint64, Before>& before = {});
    void noticeAbsence();
    [[nodiscard]] bool looksDue(const Moment& now) const;
    void step();
    void prepare(bool toSend);
    void prepared(bool toSend);
    [[nodiscard]] bool followed();
    [[nodiscard]] QList<qsizetype> affordable();
    void holdForQuota(const QString& why, const QString& details, qsizetype from = 0);
    void post(const QList<qsizetype>& batch);
    void create(const QList<qsizetype>& batch);
    void notCreated(const QList<qsizetype>& batch, const api::Error& error);
    void schedule();
    void lookSoon();
    void publish();

    QString m_account;
    api::Client* m_client;
    Journal* m_journal;
    Pace m_pace;
    Clock m_clock;
    Core m_core;
    History m_history;
    Scribe m_scribe;
    QHash<qint64, qsizetype> m_indexes; ///< index of a capture, by its ID
    std::optional<api::Quota> m_quota;
    QDateTime m_quotaRead; ///< UTC
    QTimer m_quotaAgain;
    qint64 m_reserve = 0;

    QTimer m_loadAgain;
    bool m_loaded = false;
    QList<qsizetype> m_resumed; ///< indexes of the captures that were unsent at the start
    QSet<connections::Act> m_failing;
    std::chrono::milliseconds m_awake{0}; ///< steady clock at the last step; a long gap: the machine slept

    QTimer m_timer;                          ///< starts the next step
    bool m_busy = false;                     ///< reading, writing or sending
    int m_reading = 0;                       ///< pending replies
    QList<qsizetype> m_leaving;              ///< being recorded in the journal, and sent after that
    bool m_wanted = false;                   ///< a poll is requested, even if nothing is pending
    bool m_looking = false;                  ///< the current read is a poll
    std::chrono::milliseconds m_nextLook{0}; ///< steady clock
    std::chrono::milliseconds m_soonest{0};  ///< steady clock: no poll before, to limit the request rate
    std::chrono::milliseconds m_interval;
};

} // namespace captures
