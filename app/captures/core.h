// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <optional>

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QSet>

#include "api/error.h"
#include "api/requests.h"
#include "captures/capture.h"
#include "captures/lookup.h"
#include "captures/moment.h"

namespace captures {

/// \brief Scheduler of runs: a pure state machine without event loop, clock or network. It decides which
/// captures are sent next and which wait or need confirmation. Its `Lookup` decides what a reply, a missing
/// reply or a snapshot means. Only these two classes ensure "never twice, never lost".
///
/// Captures are identified by their index, which never changes.
class Core {
public:
    /// \param apart minimum time between the two complete snapshots that must lack a command before its
    /// capture becomes "Not started"
    explicit Core(std::chrono::milliseconds apart);
    Core(const Core&) = delete;
    Core& operator=(const Core&) = delete;

    [[nodiscard]] const QList<Capture>& captures() const { return m_roll.captures(); }

    /// Appends new captures, or captures loaded from the journal. A loaded capture that was being sent when
    /// the program ended has an unknown outcome.
    /// \param before baseline of each request, by request number
    /// \returns index of the first capture
    qsizetype add(const QList<Capture>& captures, const QHash<qint64, Before>& before = {});

    /// The captures of the next request. Empty if none is ready, if all are held, or while a request is in
    /// flight.
    /// \param running the account's commands in progress, started by anyone
    [[nodiscard]] QList<qsizetype> next(const Moment& now, const QList<api::Command>& running = {}) const;
    /// Remaining time for which a hold keeps `next` empty; zero if no hold does.
    [[nodiscard]] std::chrono::milliseconds heldFor(const Moment& now) const;
    /// Whether any capture is queued and needs no confirmation.
    [[nodiscard]] bool waits() const;
    [[nodiscard]] QList<qsizetype> unsent() const;

    /// The captures of `batch` that fit into the `left` captures remaining today. Queued captures of earlier
    /// runs have priority, because the quota was promised to them first. This includes those that cannot be
    /// sent yet or need confirmation.
    [[nodiscard]] QList<qsizetype> affordable(const QList<qsizetype>& batch, qint64 left) const;

    /// The request is sent now.
    /// \param request its number
    void sending(const QList<qsizetype>& batch, qint64 request, const Before& before, const Moment& now);
    /// The journal could not record the request, so it is not sent: its captures return to the queue.
    void notRecorded(const QList<qsizetype>& batch, const QString& words, const QString& details,
                     const Moment& now);
    void created(const QList<qsizetype>& batch, const QList<api::CreatedCommand>& commands);
    void failed(const QList<qsizetype>& batch, const api::Error& error, const QString& words,
                const Moment& now);
    /// The request created nothing and may be repeated: its captures return to the queue, and all queued
    /// captures are held for `wait`, with `words` as the reason.
    void postpone(const QList<qsizetype>& batch, std::chrono::milliseconds wait, const QString& words,
                  const QString& details, const Moment& now);
    /// The snapshot before a request could not be read: all queued captures are held.
    void notPrepared(const api::Error& error, const QString& words, const Moment& now);
    /// Holds all queued captures for `wait`, with `words` as the reason.
    /// \param more time until more captures can be sent, if that is later than the next attempt after `wait`
    /// \param from index of the first capture that is held
    void hold(std::chrono::milliseconds wait, const QString& words, const QString& details, const Moment& now,
              std::optional<std::chrono::milliseconds> more = {}, qsizetype from = 0);
    void release();                  ///< ends the hold, unless the service requested it
    void endHold(const Moment& now); ///< removes an expired hold and its message
    void cancel(qsizetype index);    ///< no effect on a capture that was sent

    // Captures that wait for their device, and captures that need confirmation.
    [[nodiscard]] QList<qsizetype> awaited() const; ///< captures that wait for their device
    /// The device is available now: diagnostics are queued, a packet capture needs confirmation first.
    void appeared(qsizetype index, const devices::Device& device);
    void stillWaits(qsizetype index, const QString& why);
    void ask(qsizetype index);
    /// Confirms the capture. If it was waiting for its device, the device is looked up again first, because
    /// it may have gone offline since.
    void agree(qsizetype index);
    /// The search for its device has ended. A confirmed capture whose device has not `appeared` keeps
    /// waiting; a packet capture needs confirmation again when the device appears.
    /// \param looked the search did not fail
    void notSeen(qsizetype index, bool looked);

    /// Whether polling is needed: a command is pending, or an outcome is being looked up.
    [[nodiscard]] bool isFollowing(const Moment& now) const { return m_lookup.isFollowing(now); }
    /// IDs of the commands that have not ended.
    [[nodiscard]] QSet<QString> pending() const { return m_lookup.pending(); }
    /// Whether an unknown outcome needs a complete snapshot now.
    [[nodiscard]] bool wantsWhole(const Moment& now) const { return m_lookup.wantsWhole(now); }
    /// Applies a snapshot.
    /// \returns whether anything changed
    bool listed(const Listing& listing, const Moment& now) { return m_lookup.listed(listing, now); }
    /// Applies what depends on time alone: waits end, and files have been deleted by the service.
    void expire(const Moment& now);
    /// The earliest end of a wait for a device.
    [[nodiscard]] std::optional<QDateTime> waitingEnds() const;

    /// Indexes changed since the last call, ascending.
    [[nodiscard]] QList<qsizetype> takeChanged() { return m_roll.takeChanged(); }
    /// Runs that ended since the last call.
    [[nodiscard]] QList<qint64> takeEnded() { return m_roll.takeEnded(); }

private:
    /// Why all queued captures are held, and until when.
    struct Hold {
        std::chrono::milliseconds until; ///< steady clock
        QDateTime untilUtc;
        QString words;
        QString details;
        bool firm = false;  ///< requested by the service
        qsizetype from = 0; ///< index of the first capture that is held
    };
    /// Queued, and needs no confirmation.
    [[nodiscard]] bool isReady(qsizetype index) const
    {
        return m_roll[index].state == State::WaitingTurn && !m_roll[index].asks;
    }
    [[nodiscard]] bool isHeld(qsizetype index, const Moment& now) const
    {
        return m_hold && now.steady < m_hold->until && index >= m_hold->from;
    }
    void say(const Hold& hold, qsizetype index);
    void forgetHold();

    Roll m_roll;
    Lookup m_lookup;
    std::optional<Hold> m_hold;
    QList<qsizetype> m_onTheirWay;
    QSet<qsizetype> m_agreed; ///< confirmed; queued if their device is still available
};

} // namespace captures
