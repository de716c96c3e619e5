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

/// \brief A device that a run skips, and why.
struct LeftOut {
    devices::Device device;
    QString reason;
    bool operator==(const LeftOut&) const = default;
};

/// \brief A capture that somebody else has started, to be followed instead of starting a new one.
struct Followed {
    Order order;
    api::Command command;
    bool operator==(const Followed&) const = default;
};

/// \brief What the operator decides in the review.
struct Choices {
    enum class Running { StartAfter, Follow, LeaveOut } running = Running::StartAfter;
    /// For devices that are not connected (`absence`).
    enum class Offline { Wait, RunAnyway, LeaveOut } offline = Offline::Wait;
    /// If the run needs more captures than remain today: send the rest after the reset, send one type only,
    /// or send to as many whole devices as fit.
    enum class Amount { All, Packets, Diagnostics, Devices } amount = Amount::All;

    bool operator==(const Choices&) const = default;
};

/// \brief The current state of the account that a plan depends on.
struct Situation {
    api::Format format = api::Format::Documented;
    QDateTime now;                    ///< UTC
    QList<api::Command> running = {}; ///< commands in progress, started by others
    QList<api::Command> own = {};     ///< commands in progress that are already followed here
    std::optional<Allowance> today = {};
};

/// \brief A device on which a capture is running.
struct Busy {
    devices::Device device;
    api::Command command;           ///< the running command; if there are several, the one that ends last
    std::optional<QDateTime> until; ///< UTC, estimated end; nullopt if the service does not list its options
    bool operator==(const Busy&) const = default;
};

/// \brief Why captures of a plan wait for others to end. Each reason applies to at least one of them.
struct Turns {
    bool running = false; ///< a capture is already running on the device
    bool windows = false; ///< a Windows device runs one capture at a time
    bool users = false;   ///< another user of the device goes first
    bool type = false;    ///< a capture of the same type goes first
    bool operator==(const Turns&) const = default;
};

/// \brief Everything a run would send, computed before anything is sent.
struct Plan {
    Options options;
    QList<Order> orders;  ///< in sending order: a device's packet capture before its diagnostics
    QList<Order> awaited; ///< orders that wait until their device is available
    QList<Followed> followed;
    QList<LeftOut> leftOut;
    QList<QList<qsizetype>>
        requests; ///< indexes into `orders`, by request: at most 10 rows and 20 commands each
    /// Number of waves of requests; each waits until the captures of the previous one have ended.
    int waves = 0;
    int waiting = 0;             ///< orders that must wait for another on the same device
    Turns turns;                 ///< why they wait
    QMap<QString, int> absences; ///< number of devices that are not connected, by reason (`absence`)
    int askable = 0;             ///< of these, devices that could be sent a capture anyway
    QList<Busy> busy;            ///< devices on which a capture is running
    QSet<devices::Key> after;    ///< of these, devices that are sent a capture after the running one
    int followable = 0;          ///< orders that could follow a capture of the same type instead
    std::optional<Allowance> today;
    qsizetype later = 0; ///< orders beyond today's quota: they are sent after a reset
    /// The reset after which the last of `later` are sent; nullopt if no day has quota for them.
    std::optional<QDateTime> lastDay;
    QStringList dropped;              ///< options that the connection's request format has no field for
    std::optional<QDateTime> readyBy; ///< estimated end of everything that is sent

    [[nodiscard]] int offline() const; ///< devices that are not connected
};

/// Why a device counts as not connected, as a short phrase: `disconnected`, `paused`, `not seen in the last
/// hour`. Empty if it is connected, or if the service reports no status.
[[nodiscard]] QString absence(const devices::Device& device);

/// Plans a run on the ticked devices. Skips duplicates and devices that cannot run a capture, each with its
/// reason.
[[nodiscard]] Plan planRun(const QList<devices::Device>& devices, const Options& options,
                           const Situation& situation, const Choices& choices = {});
/// Plans new attempts of captures.
[[nodiscard]] Plan planOrders(const QList<Order>& orders, const Situation& situation,
                              const Choices& choices = {});

class Occupied;

/// The next request: the entries of `open` (indexes into `orders`, in order) that can be sent together. At
/// most 10 rows and 20 commands; orders that have to wait for a running capture are skipped.
[[nodiscard]] QList<qsizetype> nextRequest(const QList<Order>& orders, const QList<qsizetype>& open,
                                           const Occupied& occupied);

} // namespace captures
