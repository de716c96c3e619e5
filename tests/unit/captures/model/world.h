// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <memory>
#include <set>

#include <QHash>

#include "oracle.h"
#include "service.h"

namespace model {

/// \brief One sequence: an operator, a service, a journal, a clock and all possible faults, around a core
/// that is driven as the engine drives it.
class World {
public:
    using Say = std::function<void(const QString&)>;

    /// \param skipped events that do not happen
    /// \param say receives the story of the sequence; not called if null
    World(quint64 seed, Moves& moves, std::set<int> skipped = {}, Say say = {});

    /// The number of events in the sequence.
    [[nodiscard]] int events() const { return m_events; }
    /// Plays the sequence.  Throws `Broken`.
    void play();

private:
    enum class Reading { Whole, Partial, AsNeeded };
    enum class Outcome { Named, Short, Wrong, Refused, NotSent, Unknown };

    // Time.
    [[nodiscard]] Now now() const;
    void pass(Ms time) { m_real += time; }

    // Events.
    void happen();
    void run(int captures);
    void append(QList<captures::Capture> added);
    void repeat();
    void confirm();
    void follow();
    void touchOne();
    void appear(qsizetype index);
    void colleagueStarts();
    void serviceDeletes();
    void restart();
    void settle();
    void settleOnce();

    // What the engine does.
    bool look(Reading reading, bool faulty);
    void send(bool faulty);
    /// \returns whether the program is still running
    bool post(const QList<qsizetype>& batch, bool faulty);
    void answer(const QList<qsizetype>& batch, Outcome outcome, bool complete);
    void fail(const QList<qsizetype>& batch, Outcome outcome);
    [[nodiscard]] QList<const Command*> create(const QList<qsizetype>& batch, Outcome outcome);
    [[nodiscard]] captures::Listing read(Reading reading, bool faulty);
    [[nodiscard]] captures::Before before(const QList<qsizetype>& batch) const;
    [[nodiscard]] QList<api::Command> running() const;
    [[nodiscard]] bool waits() const; ///< some capture waits for its turn and asks nothing
    void publish(Deed deed);
    void flush();
    void begin();

    [[nodiscard]] const QList<captures::Capture>& captures() const { return m_core->captures(); }
    [[nodiscard]] const captures::Capture& capture(qsizetype index) const
    {
        return m_core->captures()[index];
    }
    void say(auto&& text) const
    {
        if (m_say)
            m_say(text());
    }

    quint64 m_seed;
    std::set<int> m_skipped;
    Say m_say;
    Random m_random;
    int m_events;
    Service m_service;
    Oracle m_oracle;

    Ms m_real = 0;
    Ms m_skew = 0; ///< of the program's clock
    Ms m_booted = -hour;
    int m_process = 0;

    std::unique_ptr<captures::Core> m_core;
    QHash<QString, api::Command> m_known; ///< the account's commands seen since the program's start
    QSet<QString> m_gone;                 ///< those that the last whole listing lacks
    std::optional<QDateTime> m_newest;

    std::vector<captures::Capture> m_journal;
    QHash<qint64, captures::Before> m_requests;
    std::set<qsizetype> m_unwritten;
    std::optional<captures::Order> m_review; ///< a planned repeat that is not confirmed yet
    qint64 m_lastRequest = 0;
    qint64 m_lastRun = 0;
};

} // namespace model
