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

namespace captures {

/// \brief A reading of the account's commands, newest first.
struct Listing {
    QList<api::Command> commands;
    bool whole = false; ///< read to the end of the list, or at least past everything that is looked for
    QDateTime begun;    ///< UTC, when its first page was asked for
};

/// \brief The rules of runs, without event loop, clock or network: what may be sent next, and what each
/// reply, each lack of one, and each listing means.  "Never twice, never lost" is decided here and nowhere
/// else.
///
/// Captures are named by their index, which never changes.
class Core {
public:
    /// \param apart how far two whole listings must be from each other before "Not started" is said
    explicit Core(std::chrono::milliseconds apart);

    [[nodiscard]] const QList<Capture>& captures() const { return m_captures; }

    /// Appends captures: new ones that wait their turn, or what the journal has.  Of the latter those that
    /// were on their way when the program ended have an unknown outcome.
    /// \param known of each request, the commands that the account had before it
    /// \returns the index of the first
    qsizetype add(const QList<Capture>& captures, const QHash<qint64, QSet<QString>>& known = {});

    /// The captures that may go in the next request; empty where none may, or one is on its way.
    [[nodiscard]] QList<qsizetype> next(const QDateTime& now) const;
    /// When `next` may have something that it has not now because the service asked to wait.
    [[nodiscard]] std::optional<QDateTime> heldUntil() const { return m_heldUntil; }

    /// The request leaves now.  \param known the IDs of the commands that the account had before
    /// \param request its number
    void sending(const QList<qsizetype>& batch, qint64 request, const QSet<QString>& known,
                 const QDateTime& now);
    /// It could not be written down, so it does not leave: the captures wait.
    void notRecorded(const QList<qsizetype>& batch, const QString& words, const QString& details,
                     const QDateTime& now);
    void created(const QList<qsizetype>& batch, const QList<api::CreatedCommand>& commands);
    void failed(const QList<qsizetype>& batch, const api::Error& error, const QString& words,
                const QDateTime& now);
    /// The request could not even be prepared (the look before it failed): the captures wait, or are refused.
    void notPrepared(const QList<qsizetype>& batch, const api::Error& error, const QString& words,
                     const QDateTime& now);
    void cancel(qsizetype index);

    /// Something is pending or being looked up.
    [[nodiscard]] bool isFollowing() const;
    /// Everything that is looked for has been found in these, or lies before them: no further page is needed.
    [[nodiscard]] bool isCoveredBy(const QList<api::Command>& commands) const;
    /// \returns whether anything changed
    bool listed(const Listing& listing, const QDateTime& now);

    /// Indexes changed since the last call, ascending.
    [[nodiscard]] QList<qsizetype> takeChanged();
    /// Runs that came to their end since the last call.
    [[nodiscard]] QList<qint64> takeEnded();

private:
    /// What is remembered beside the capture until its outcome is known.
    struct Doubt {
        QSet<QString> known;             ///< commands from before the request: not this one's
        std::optional<QDateTime> looked; ///< when the first whole listing without a trace began
    };

    void touch(qsizetype index) { m_changed.insert(index); }
    void setState(qsizetype index, State state);
    void follow(qsizetype index, const api::Command& command);
    void hold(const QList<qsizetype>& batch, std::chrono::seconds wait, const QString& words,
              const QString& details, const QDateTime& now);
    [[nodiscard]] bool matches(const Capture& capture, const api::Command& command) const;
    [[nodiscard]] bool claim(const Listing& listing);
    [[nodiscard]] bool update(const Listing& listing);
    [[nodiscard]] bool giveUp(const Listing& listing);

    std::chrono::milliseconds m_apart;
    QList<Capture> m_captures;
    QList<Order> m_orders; ///< of the captures, in one piece for the planner
    QHash<qsizetype, Doubt> m_doubts;
    QSet<QString> m_claimed;        ///< command IDs that a capture has
    QHash<qsizetype, int> m_missed; ///< whole listings in a row without the capture's command
    QSet<qsizetype> m_changed;
    QSet<qint64> m_openRuns;
    QList<qsizetype> m_onTheirWay;
    std::optional<QDateTime> m_heldUntil;
};

} // namespace captures
