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
    ~Engine() override;

    [[nodiscard]] const QList<Capture>& captures() const { return m_core.captures(); }
    [[nodiscard]] qsizetype indexOf(qint64 id) const { return m_indexes.value(id, -1); }
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    /// What had not been sent when the program ended, and still waits.
    [[nodiscard]] QList<qsizetype> resumedUnsent() const;

    /// The account's commands at work.
    [[nodiscard]] QList<api::Command> runningByOthers() const;
    [[nodiscard]] QList<api::Command> runningHere() const; ///< also those on their way; without an ID then

    /// As last read, with its reset by our clock, which may be wrong; nothing where it is not known, or of
    /// yesterday.
    [[nodiscard]] std::optional<api::Quota> quota() const;
    void readQuota(const std::function<void()>& then = {});
    /// Kept for colleagues: so many captures of the day are not used.
    void setReserve(qint64 captures);
    /// What may be started today.
    [[nodiscard]] std::optional<qint64> left() const;
    /// The same, with what waits here already.
    [[nodiscard]] std::optional<Allowance> today() const;

    /// Starts as soon as it is recorded.
    void start(const Run& run, const QList<Capture>& captures, const Deed& deed);
    void refuseRun() { m_scribe.refuseRun(); } ///< the journal is not there
    void cancel(const QList<qsizetype>& indexes, const Deed& deed);
    void agree(const QList<qsizetype>& indexes, const Deed& deed);
    void note(const Deed& deed) { m_scribe.note({}, {deed}); }
    [[nodiscard]] bool isSettled() const { return m_scribe.isSettled(); }
    void lookNow();

    // Devices that are waited for.
    [[nodiscard]] QList<qsizetype> awaited() const { return m_core.awaited(); }
    struct Sighting {
        qsizetype index;
        std::optional<devices::Device> device; ///< it is there
        QString why;                           ///< what keeps it waiting; empty: nothing was seen of it
    };
    void sighted(const QList<Sighting>& sightings);
    /// A look for their devices has ended.  \param looked it did not fail
    void notSeen(const QList<qsizetype>& indexes, bool looked);

    /// Tells how an act ended (`failed`, `healed`).
    void report(connections::Act act, const std::optional<api::Error>& error);

Q_SIGNALS:
    void quotaChanged();
    void capturesAdded(int first, int last);
    void captureChanged(int index);
    void recorded(qint64 run);
    void runEnded(qint64 run);
    void looked(); ///< at the account's commands
    void agreed(); ///< what waits for its device goes if that is there now
    /// What has not been sent was left from before: `asks` until the operator has agreed.
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
    QHash<qint64, qsizetype> m_indexes; ///< of the captures, by ID
    std::optional<api::Quota> m_quota;
    QDateTime m_quotaRead; ///< UTC
    QTimer m_quotaAgain;
    qint64 m_reserve = 0;

    QTimer m_loadAgain;
    bool m_loaded = false;
    QList<qsizetype> m_resumed; ///< what was unsent at the start
    QSet<connections::Act> m_failing;
    std::chrono::milliseconds m_awake{0}; ///< steady: when it was last there, for the machine may sleep

    QTimer m_timer;                          ///< the next step
    bool m_busy = false;                     ///< reading, writing or sending
    int m_reading = 0;                       ///< replies that are waited for
    QList<qsizetype> m_leaving;              ///< being written down, and not sent before that is done
    bool m_wanted = false;                   ///< a look is due, whatever is pending
    bool m_looking = false;                  ///< what is being read is one
    std::chrono::milliseconds m_nextLook{0}; ///< steady
    std::chrono::milliseconds m_soonest{
        0}; ///< steady: what the last look cost is spread over the time until then
    std::chrono::milliseconds m_interval;
};

} // namespace captures
