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

/// \brief Reconciler: decides which command of the account belongs to which capture, which outcomes are
/// unknown, and when an unknown outcome is resolved.
class Lookup {
public:
    /// \param roll outlives it
    /// \param apart minimum time between the two complete snapshots that must lack a command before its
    /// capture becomes "Not started"
    Lookup(Roll& roll, std::chrono::milliseconds apart);

    /// A capture was appended to the `Roll`.
    /// \param before baseline of its request, if it made one
    void add(qsizetype index, const Before& before);
    void sending(qsizetype index, const Before& before, const Moment& now);
    void settle(qsizetype index); ///< the request created nothing: its outcome is known
    /// Applies a reply that names the created commands. A capture that it does not name has an unknown
    /// outcome.
    void created(const QList<qsizetype>& batch, const QList<api::CreatedCommand>& commands);
    /// \returns whether the command belongs to a capture
    [[nodiscard]] bool isClaimed(const QString& commandId) const { return m_claimed.contains(commandId); }

    [[nodiscard]] bool isFollowing(const Moment& now) const;
    [[nodiscard]] QSet<QString> pending() const;
    [[nodiscard]] bool wantsWhole(const Moment& now) const;
    [[nodiscard]] bool listed(const Listing& listing, const Moment& now);
    void expire(const Moment& now);  ///< updates which files the service has deleted
    void withdraw(qsizetype repeat); ///< cancels the repeat: its original was started after all

private:
    /// An unknown outcome: data kept beside the capture until it is resolved.
    struct Doubt {
        Before before;
        /// Steady clock when the request was sent; earlier snapshots prove nothing. Nullopt: sent by an
        /// earlier process.
        std::optional<std::chrono::milliseconds> since;
        /// Steady clock when the first complete snapshot without a match began.
        std::optional<std::chrono::milliseconds> looked;
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
    QHash<QString, qsizetype> m_claimed; ///< the capture to which a command belongs, by command ID
    /// Start of the first complete snapshot that lacked the command, by capture index.
    QHash<qsizetype, std::chrono::milliseconds> m_missed;
};

} // namespace captures
