// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <map>
#include <optional>

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QSet>

#include "api/requests.h"
#include "captures/listing.h"
#include "captures/moment.h"
#include "captures/roll.h"

namespace captures {

/// \brief What became of what was sent: whose a command of the account is, which outcomes are in doubt, and
/// when a doubt ends.
class Lookup {
public:
    /// \param roll outlives it
    /// \param apart how far two whole listings must be from each other before "Not started" is said
    Lookup(Roll& roll, std::chrono::milliseconds apart);

    /// A capture is in the roll now.  \param before its request, where it has made one
    void add(qsizetype index, const Before& before);
    void sending(qsizetype index, const Before& before, const Moment& now);
    void settle(qsizetype index); ///< nothing came of it: there is no doubt
    /// A reply that names what was created; what it does not name is in doubt.
    void created(const QList<qsizetype>& batch, const QList<api::CreatedCommand>& commands);
    /// \returns whether a command is some capture's
    [[nodiscard]] bool isClaimed(const QString& commandId) const { return m_claimed.contains(commandId); }

    [[nodiscard]] bool isFollowing(const Moment& now) const;
    [[nodiscard]] QSet<QString> pending() const;
    [[nodiscard]] bool wantsWhole(const Moment& now) const;
    [[nodiscard]] bool listed(const Listing& listing, const Moment& now);
    void expire(const Moment& now);  ///< the files that the service has deleted
    void withdraw(qsizetype repeat); ///< what it repeats was started after all

private:
    /// What is remembered beside the capture until its outcome is known.
    struct Doubt {
        Before before;
        std::optional<std::chrono::milliseconds>
            since; ///< the request; listings from before say nothing.  None: before the program's start
        std::optional<std::chrono::milliseconds> looked; ///< when the first whole one without a trace began
    };

    [[nodiscard]] bool wasSent(qsizetype index, const Doubt& doubt, std::chrono::milliseconds within,
                               const Moment& now) const;
    void follow(qsizetype index, const api::Command& command);
    [[nodiscard]] const api::CreatedCommand* named(const QList<qsizetype>& batch, qsizetype place,
                                                   const QList<api::CreatedCommand>& commands) const;
    [[nodiscard]] bool fits(qsizetype index, const api::CreatedCommand& command) const;
    [[nodiscard]] bool mayBe(qsizetype index, const Doubt& doubt, const api::Command& command) const;
    [[nodiscard]] bool mayBe(qsizetype index, const Doubt& doubt, const api::Remnant& row) const;
    [[nodiscard]] bool mayHide(qsizetype index, const Listing& listing) const;
    [[nodiscard]] bool claim(const Listing& listing, const Moment& now);
    [[nodiscard]] bool claim(const Listing& listing, const QList<qsizetype>& seekers);
    [[nodiscard]] bool isNear(qsizetype index, const api::Command& command,
                              std::chrono::milliseconds ahead) const;
    [[nodiscard]] bool update(const Listing& listing, const Moment& now);
    [[nodiscard]] bool giveUp(const Listing& listing);
    void withdrawRepeats(qsizetype index);

    Roll& m_roll;
    std::chrono::milliseconds m_apart;
    std::map<qsizetype, Doubt> m_doubts;
    QHash<QString, qsizetype> m_claimed;                  ///< whose a command is, by its ID
    QHash<qsizetype, std::chrono::milliseconds> m_missed; ///< the whole listing that first lacked the command
};

} // namespace captures
