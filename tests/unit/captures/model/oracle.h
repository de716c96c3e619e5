// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "captures/core.h"
#include "service.h"

namespace model {

inline constexpr std::chrono::milliseconds apart{60'000};

/// \brief How often captures changed from one state to another, over all sequences: a transition that never
/// occurred was not tested.
using Moves = std::map<std::pair<captures::State, captures::State>, quint64>;

/// \brief Thrown when a rule is broken.
struct Broken {
    std::string rule;
};

/// \brief The program's time and the true time.
struct Now {
    captures::Moment moment;
    Ms real = 0;
    int process = 0; ///< number of the program's start
};

/// \brief What was done to the core, so that the oracle can judge the result.
struct Deed {
    enum class Kind {
        Added,
        Sending,
        NotRecorded,
        Created,
        Failed,
        NotPrepared,
        Listed,
        Cancel,
        Appeared,
        Agreed,
        Expire,
        Other, ///< must not change any state
    } kind = Kind::Other;
    QList<qsizetype> batch = {};
    qsizetype index = -1;
    const captures::Listing* listing = nullptr;
    const captures::Before* before = nullptr;
    api::Effect effect = api::Effect::Unknown;
    bool complete = false; ///< the reply correctly names every order
};

/// \brief Watches a core from outside, knows what really happened, and throws `Broken`.
class Oracle {
public:
    Oracle(const Service& service, Moves& moves)
        : m_service(service)
        , m_moves(moves)
    {
    }

    /// The program starts with the content of its journal.
    void began(const captures::Core& core, const std::vector<captures::Capture>& journal);
    /// Before a request: judges whether these captures may be sent.
    /// \param left the remaining quota of today, if known
    void judgeRequest(const captures::Core& core, const QList<qsizetype>& batch,
                      const QList<api::Command>& running, std::optional<qint64> left) const;
    /// The request has been sent.
    void leaves(const QList<qsizetype>& batch);
    /// The service has created a command for a capture.
    void made(qsizetype index);
    /// \returns the changes that the core reports
    QList<qsizetype> observe(captures::Core& core, const Deed& deed, const Now& now);
    /// With no fault left and everything listed: judges whether anything was forgotten.
    void judgeEnd(const captures::Core& core, const Now& now) const;

private:
    /// \brief What is known about one capture.
    struct Story {
        captures::Capture last; ///< as last observed
        bool mayGo = true;      ///< no command can have been created for it
        bool left = false;      ///< a request with it was sent, as far as the program knows
        int made = 0;
        bool lateClaim = false; ///< in the last step: not started, then found
        captures::Before before;
        Ms sentReal = 0;
        captures::Moment sent;
        int process = 0;                                 ///< the start of the program that sent it
        std::optional<std::chrono::milliseconds> looked; ///< the first whole listing without a match
        std::optional<std::chrono::milliseconds> missed; ///< the first whole listing without its command
    };

    void judge(qsizetype index, const QList<captures::Capture>& captures, const Deed& deed, const Now& now);
    void judgeMove(qsizetype index, const QList<captures::Capture>& captures, const Deed& deed,
                   const Now& now) const;
    void judgeClaim(qsizetype index, const QList<captures::Capture>& captures, const Deed& deed) const;
    void judgeOutcome(const captures::Core& core, const Deed& deed) const;
    void judgeListed(const captures::Core& core, const captures::Listing& listing, const Now& now) const;
    void judgeRepeats(const captures::Core& core) const;
    void judgeRuns(captures::Core& core);
    void count(const captures::Core& core, const captures::Listing& listing);
    [[nodiscard]] bool looksLike(const Command& command, const captures::Capture& capture) const;
    [[nodiscard]] bool seeks(qsizetype index, const captures::Capture& capture, const Now& now) const;

    const Service& m_service;
    Moves& m_moves;
    std::vector<Story> m_stories;
    int m_observed = 0;
    quint64 m_openRuns = 0; ///< one bit for each run
};

} // namespace model
