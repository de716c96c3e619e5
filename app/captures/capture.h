// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QDateTime>
#include <QString>

#include "captures/order.h"

namespace captures {

/// State of a capture, in the operator's terms (`stateText`).
enum class State {
    WaitingDevice, ///< waits until its device is listed and connected
    WaitingTurn,   ///< queued: planned, not sent yet
    Sending,
    Checking, ///< sent, outcome unknown, being looked up
    OnDevice, ///< PENDING_EXEC, or a status the program does not know
    Uploading,
    Ready,
    NothingUploaded, ///< succeeded without a file
    Failed,
    Refused,
    NotStarted,
    Cancelled, ///< by the operator, before it was sent
    Deleted,   ///< the service no longer lists its command
};

[[nodiscard]] bool isFinal(State state);
[[nodiscard]] bool isUnsent(State state);  ///< not sent yet, can be cancelled
[[nodiscard]] bool isPending(State state); ///< in progress, as the service reports

/// \brief One row of the results: an order and its outcome.
struct Capture {
    qint64 id = 0;  ///< assigned by this program, unique
    qint64 run = 0; ///< assigned by this program; all captures of one press of Run share it
    QString ticket;
    Order order;
    /// Set if the capture follows a command that somebody else started: the options that the service lists;
    /// an absent option is unknown. `order` is what the operator requested; it is never sent.
    std::optional<api::Args> followed = {};
    State state = State::WaitingTurn;
    qint64 request = 0; ///< number of the POST that sent it, assigned by this program; 0: not sent yet
    std::optional<QDateTime> waitUntil; ///< UTC, end of the wait for its device
    bool asks = false;                  ///< needs the operator's confirmation before it is sent
    bool looking = false;               ///< its device is being looked up again; not in the journal
    /// UTC, end of the backoff or quota hold that delays it; not in the journal
    std::optional<QDateTime> heldUntil;
    QString serviceStatus; ///< status that the service last reported; empty before the first report
    QString commandId;     ///< empty until known
    std::optional<QString> filename;
    QDateTime asked;                    ///< UTC, when the operator pressed Run
    std::optional<QDateTime> sent;      ///< UTC
    std::optional<QDateTime> created;   ///< UTC, by the service's clock
    std::optional<QDateTime> completed; ///< UTC, by the service's clock
    QString problem;                    ///< what went wrong, as text for the operator; empty: nothing
    QString details; ///< the service's error code and message, or how the command was found

    bool operator==(const Capture&) const = default;
};

/// Whether a download may succeed: the service has the file, or lists no file name. Some of its lists omit
/// the name.
[[nodiscard]] bool mayHaveFile(const Capture& capture);

/// `On the device`, `Ready`, …
[[nodiscard]] QString stateText(State state);

/// What the capture records: `Packet capture 3 min`. For a followed capture, only what the service lists.
[[nodiscard]] QString summary(const Capture& capture);
/// Estimated time at which the file is ready, UTC; nullopt before the capture is sent, or if unknown.
[[nodiscard]] std::optional<QDateTime> usuallyReady(const Capture& capture);

/// The state with its progress or remaining wait: `On the device, 2 min · usually ready by 14:08`.
/// \param now UTC
/// \param slowedUntil UTC, set while requests are rate-limited
[[nodiscard]] QString statusLine(const Capture& capture, const QDateTime& now,
                                 const std::optional<QDateTime>& slowedUntil = {});

/// `Too many requests. Continues by itself in 40 s; …`, while requests are rate-limited; empty otherwise.
/// `isSlowed` returns whether the rate limit delays this capture.
[[nodiscard]] QString slowedText(const std::optional<QDateTime>& slowedUntil, const QDateTime& now);
[[nodiscard]] bool isSlowed(const Capture& capture, const QDateTime& now,
                            const std::optional<QDateTime>& slowedUntil);

/// \brief Probable cause of a failure. The service reports none.
enum class Cause {
    Unknown,
    Busy,        ///< another capture or capture tool was running: a Windows device then fails at once
    Disconnected ///< the client was disconnected for the ten minutes that the service waits
};
/// \pre `capture.state` is `State::Failed`
[[nodiscard]] Cause likelyCause(const Capture& capture);

/// Advice for the operator: the probable reason of a bad outcome, which the service does not report, or what
/// a waiting or running capture needs. Empty if there is nothing to add.
[[nodiscard]] QString advice(const Capture& capture);

} // namespace captures
