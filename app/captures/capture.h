// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QDateTime>
#include <QString>

#include "captures/order.h"

namespace captures {

/// Where a capture is, in the operator's terms (`stateText`).
enum class State {
    WaitingDevice, ///< held until the service lists its device
    WaitingTurn,   ///< planned, not sent yet
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
[[nodiscard]] bool isUnsent(State state);  ///< waits, and can be cancelled
[[nodiscard]] bool isPending(State state); ///< at work, as the service says

/// \brief One row of the results: an order and what became of it.
struct Capture {
    qint64 id = 0;  ///< of this program, unique
    qint64 run = 0; ///< of this program; the captures of one press of Run share it
    QString ticket;
    Order order;
    /// Somebody else started it, and it is followed: what the service lists of its options, where what is
    /// absent is not known.  `order` was asked for in its place, and never sent.
    std::optional<api::Args> followed = {};
    State state = State::WaitingTurn;
    qint64 request = 0;                 ///< of this program: the POST it went with; 0 before
    std::optional<QDateTime> waitUntil; ///< UTC, when the waiting for its device ends
    bool asks = false;                  ///< it does not go before the operator has agreed
    bool looking = false; ///< whether its device is still there is being looked up; not in the journal
    std::optional<QDateTime> heldUntil; ///< UTC, where the service asked to wait; not in the journal
    QString serviceStatus;              ///< the service's own word, as last seen; empty before
    QString commandId;                  ///< empty until known
    std::optional<QString> filename;
    QDateTime asked;                    ///< UTC, when the operator pressed Run
    std::optional<QDateTime> sent;      ///< UTC
    std::optional<QDateTime> created;   ///< UTC, by the service's clock
    std::optional<QDateTime> completed; ///< UTC, by the service's clock
    QString problem;                    ///< what went wrong, in words; empty where nothing did
    QString details;                    ///< the service's own code and words

    bool operator==(const Capture&) const = default;
};

/// The service has its file; or it names none, and is asked all the same: not all of its lists name them.
[[nodiscard]] bool mayHaveFile(const Capture& capture);

/// `On the device`, `Ready`, …
[[nodiscard]] QString stateText(State state);

/// What is recorded: `Packet capture 3 min`; of one that is followed, as far as the service lists it.
[[nodiscard]] QString summary(const Capture& capture);
/// When it is usually ready, UTC; nothing before it is sent, and where that is not known.
[[nodiscard]] std::optional<QDateTime> usuallyReady(const Capture& capture);

/// The state with what helps to wait: `On the device, 2 min · usually ready by 14:08`.
/// \param now UTC  \param slowedUntil UTC, while the service asks everybody to wait
[[nodiscard]] QString statusLine(const Capture& capture, const QDateTime& now,
                                 const std::optional<QDateTime>& slowedUntil = {});

/// The service asks to wait, and the capture does: `Too many requests.  Continues by itself in 40 s; …`;
/// empty where it does not.
[[nodiscard]] QString slowedText(const std::optional<QDateTime>& slowedUntil, const QDateTime& now);
[[nodiscard]] bool isSlowed(const Capture& capture, const QDateTime& now,
                            const std::optional<QDateTime>& slowedUntil);

/// \brief Why a capture has probably failed; the service says nothing of it.
enum class Cause {
    Unknown,
    Busy,        ///< another one, or another capture tool, was running: a Windows device fails at once
    Disconnected ///< the client was, for the ten minutes that the service waits
};
/// \pre it has failed
[[nodiscard]] Cause likelyCause(const Capture& capture);

/// Likely reasons and advice for a capture that ended badly; empty for others.  The service gives none.
[[nodiscard]] QString advice(const Capture& capture);

} // namespace captures
