// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <optional>

#include <QDateTime>
#include <QList>
#include <QMap>
#include <QSet>
#include <QString>
#include <QStringList>

#include "api/requests.h"
#include "captures/allowance.h"
#include "captures/options.h"
#include "captures/order.h"
#include "devices/device.h"

namespace captures {

/// \brief A device that a run passes over, and why.
struct LeftOut {
    devices::Device device;
    QString reason;
    bool operator==(const LeftOut&) const = default;
};

/// \brief A capture that somebody has started already, to be watched instead of a new one.
struct Followed {
    Order order;
    api::Command command;
    bool operator==(const Followed&) const = default;
};

/// \brief What the operator decides in the review.
struct Choices {
    enum class Running { StartAfter, Follow, LeaveOut } running = Running::StartAfter;
    /// For what is not connected (`absence`).
    enum class Offline { Wait, RunAnyway, LeaveOut } offline = Offline::Wait;
    /// Where more is asked for than is left today: the rest after the reset, one type only, or as many whole
    /// devices as fit.
    enum class Amount { All, Packets, Diagnostics, Devices } amount = Amount::All;

    bool operator==(const Choices&) const = default;
};

/// \brief What a plan goes by, as it is known now.
struct Situation {
    api::Format format = api::Format::Documented;
    QDateTime now;                    ///< UTC
    QList<api::Command> running = {}; ///< at work on the account, by others
    QList<api::Command> own = {};     ///< at work, and followed here already
    std::optional<Allowance> today = {};
};

/// \brief A device on which a capture is running.
struct Busy {
    devices::Device device;
    api::Command command;           ///< what is running, the last to end where several are
    std::optional<QDateTime> until; ///< UTC, usually; not known where the service does not list its options
    bool operator==(const Busy&) const = default;
};

/// \brief Why captures of a plan wait for others to end; each is said of at least one of them.
struct Turns {
    bool running = false; ///< something is at work on the device already
    bool windows = false; ///< it is a Windows device, which takes one capture at a time
    bool users = false;   ///< another user of the device goes first
    bool type = false;    ///< one of the same type goes first
    bool operator==(const Turns&) const = default;
};

/// \brief What a run would send, known before anything is sent.
struct Plan {
    Options options;
    QList<Order> orders;  ///< in the order of sending: the packet capture of a device before its diagnostics
    QList<Order> awaited; ///< until the service lists their devices
    QList<Followed> followed;
    QList<LeftOut> leftOut;
    QList<QList<qsizetype>>
        requests;    ///< indexes into `orders` that go at once: at most 10 rows and 20 commands each
    int waves = 0;   ///< of requests: each when the captures of the one before have ended
    int waiting = 0; ///< orders that must wait for another on the same machine
    Turns turns;     ///< why they do
    QMap<QString, int> absences; ///< devices that are not connected, by the reason (`absence`)
    int askable = 0;             ///< those of them that could be sent a capture all the same
    QList<Busy> busy;            ///< devices on which a capture is running
    QSet<devices::Key> after;    ///< those of them on which something is sent when that has ended
    int followable = 0;          ///< captures that somebody runs just so
    std::optional<Allowance> today;
    qsizetype later = 0;              ///< orders for which nothing is left today: they go after a reset
    std::optional<QDateTime> lastDay; ///< with `later`: the reset after which the last of them go; nothing
                                      ///< where no day has captures for them
    QStringList dropped;              ///< options that the connection's request format has no field for
    std::optional<QDateTime> readyBy; ///< local estimate of the end of all that is sent

    [[nodiscard]] int offline() const; ///< devices that are not connected
};

/// Why a device is taken for not connected, as a short phrase: `disconnected`, `paused`, `not seen in the
/// last hour`; empty where it is connected, or the service does not say.
[[nodiscard]] QString absence(const devices::Device& device);

/// Plans a run on devices as ticked: duplicates and those with an obstacle are left out, each with its
/// reason.
[[nodiscard]] Plan planRun(const QList<devices::Device>& devices, const Options& options,
                           const Situation& situation, const Choices& choices = {});
/// Plans captures that are to be made anew.
[[nodiscard]] Plan planOrders(const QList<Order>& orders, const Situation& situation,
                              const Choices& choices = {});

class Occupied;

/// The next request: those of `open` (indexes into `orders`, in order) that may go together, at most 10 rows
/// and 20 commands, and none that has to wait for what is at work.
[[nodiscard]] QList<qsizetype> nextRequest(const QList<Order>& orders, const QList<qsizetype>& open,
                                           const Occupied& occupied);

} // namespace captures
