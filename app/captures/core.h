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

/// \brief The rules of runs, without event loop, clock or network: what may be sent next, what waits and
/// asks, and, by its `Lookup`, what each reply, each lack of one, and each listing means.  "Never twice,
/// never lost" is decided by the two and nowhere else.
///
/// Captures are named by their index, which never changes.
class Core {
public:
    /// \param apart how far two whole listings must be from each other before "Not started" is said
    explicit Core(std::chrono::milliseconds apart);
    Core(const Core&) = delete;
    Core& operator=(const Core&) = delete;

    [[nodiscard]] const QList<Capture>& captures() const { return m_roll.captures(); }

    /// Appends captures: new ones that wait, or what the journal has.  Of the latter those that were on their
    /// way when the program ended have an unknown outcome.
    /// \param before of each request
    /// \returns the index of the first
    qsizetype add(const QList<Capture>& captures, const QHash<qint64, Before>& before = {});

    /// The captures that may go in the next request; empty where none may, or one is on its way.
    /// \param running the account's commands at work, by anyone
    [[nodiscard]] QList<qsizetype> next(const Moment& now, const QList<api::Command>& running = {}) const;
    /// How long `next` has nothing because everything has to wait; zero where it does not.
    [[nodiscard]] std::chrono::milliseconds heldFor(const Moment& now) const;
    /// Something may go as soon as its turn comes.
    [[nodiscard]] bool waits() const;
    [[nodiscard]] QList<qsizetype> unsent() const;

    /// Those of a batch that may be started with so many captures left today.  What an earlier run waits with
    /// goes first: it was promised then, also where it cannot go yet, or asks.
    [[nodiscard]] QList<qsizetype> affordable(const QList<qsizetype>& batch, qint64 left) const;

    /// The request leaves now.  \param request its number
    void sending(const QList<qsizetype>& batch, qint64 request, const Before& before, const Moment& now);
    /// It could not be written down, so it does not leave: the captures wait.
    void notRecorded(const QList<qsizetype>& batch, const QString& words, const QString& details,
                     const Moment& now);
    void created(const QList<qsizetype>& batch, const QList<api::CreatedCommand>& commands);
    void failed(const QList<qsizetype>& batch, const api::Error& error, const QString& words,
                const Moment& now);
    /// Nothing came of the request, and it may go once more: everything that is not sent waits so long, and
    /// says why.
    void postpone(const QList<qsizetype>& batch, std::chrono::milliseconds wait, const QString& words,
                  const QString& details, const Moment& now);
    /// The look before a request failed: everything waits.
    void notPrepared(const api::Error& error, const QString& words, const Moment& now);
    /// Everything that is not sent waits so long, and says why.
    /// \param more how long until more can be sent, where the next attempt, after `wait`, comes before that
    /// \param from those before this one do not wait
    void hold(std::chrono::milliseconds wait, const QString& words, const QString& details, const Moment& now,
              std::optional<std::chrono::milliseconds> more = {}, qsizetype from = 0);
    void release();                  ///< it waits no longer, unless the service asked for it
    void endHold(const Moment& now); ///< where its time has come, nothing is said of it any more
    void cancel(qsizetype index);    ///< no effect on what has been sent

    // Devices that are waited for, and captures that ask.
    [[nodiscard]] QList<qsizetype> awaited() const; ///< those that wait for their device
    /// The service lists its device now: diagnostics may go, a packet capture asks first.
    void appeared(qsizetype index, const devices::Device& device);
    void stillWaits(qsizetype index, const QString& why);
    void ask(qsizetype index);
    /// It may go; but what has waited for its device waits for it once more, until that has been looked for:
    /// it may have gone since it asked.
    void agree(qsizetype index);
    /// The look for its device has ended: where the operator has agreed, and it has not `appeared`, the
    /// waiting goes on, and ends with the question again.  \param looked it did not fail
    void notSeen(qsizetype index, bool looked);

    /// Something is pending or being looked up.
    [[nodiscard]] bool isFollowing(const Moment& now) const { return m_lookup.isFollowing(now); }
    /// IDs of the commands that have not ended.
    [[nodiscard]] QSet<QString> pending() const { return m_lookup.pending(); }
    /// A doubt needs the whole list now.
    [[nodiscard]] bool wantsWhole(const Moment& now) const { return m_lookup.wantsWhole(now); }
    /// \returns whether anything changed
    bool listed(const Listing& listing, const Moment& now) { return m_lookup.listed(listing, now); }
    /// What ends by time alone: waiting, and the files that the service has deleted.
    void expire(const Moment& now);
    /// When the next waiting ends.
    [[nodiscard]] std::optional<QDateTime> waitingEnds() const;

    /// Indexes changed since the last call, ascending.
    [[nodiscard]] QList<qsizetype> takeChanged() { return m_roll.takeChanged(); }
    /// Runs that came to their end since the last call.
    [[nodiscard]] QList<qint64> takeEnded() { return m_roll.takeEnded(); }

private:
    /// Why everything waits, and how long.
    struct Hold {
        std::chrono::milliseconds until; ///< steady
        QDateTime untilUtc;
        QString words;
        QString details;
        bool firm = false;  ///< the service has asked for it
        qsizetype from = 0; ///< the first that waits
    };
    /// It may go as soon as its turn comes.
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
    QSet<qsizetype> m_agreed; ///< to be sent if their device is there still
};

} // namespace captures
