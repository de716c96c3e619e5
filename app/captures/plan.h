// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <optional>

#include <QDateTime>
#include <QList>
#include <QSet>
#include <QString>
#include <QStringList>

#include "api/requests.h"
#include "captures/options.h"
#include "devices/device.h"

namespace captures {

/// \brief One capture that is to be made: one command on one device, one registration.
struct Order {
    devices::Device device;
    Type type = Type::Pcap;
    api::CommandOrder command;
    qint64 origin = 0; ///< the capture that this one repeats; 0: none
    int attempt = 1;
    bool operator==(const Order&) const = default;
};

[[nodiscard]] Order orderFor(const devices::Device& device, std::variant<api::PcapArgs, api::DiagArgs> args);

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
    enum class Offline { Wait, LeaveOut } offline = Offline::Wait;
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
    std::optional<qint64> left = {};  ///< captures that may be started today, without those that wait here
};

/// \brief What a run would send, known before anything is sent.
struct Plan {
    Options options;
    QList<Order> orders;  ///< in the order of sending: the packet capture of a device before its diagnostics
    QList<Order> awaited; ///< until the service lists their devices
    QList<Followed> followed;
    QList<LeftOut> leftOut;
    QList<QList<qsizetype>>
        requests;        ///< indexes into `orders` that go at once: at most 10 rows and 20 commands each
    int waves = 0;       ///< of requests: each when the captures of the one before have ended
    int waiting = 0;     ///< orders that must wait for another on the same machine
    int offline = 0;     ///< devices that the service does not list
    int busy = 0;        ///< devices on which somebody's capture is running
    int followable = 0;  ///< captures that somebody runs just so
    qsizetype later = 0; ///< orders for which nothing is left today: they go after the reset
    QStringList dropped; ///< options that the connection's request format has no field for
    std::optional<QDateTime> readyBy; ///< local estimate of the end; of those that can go today
};

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

/// How long a capture takes from its start to the uploaded file, usually.
[[nodiscard]] std::chrono::seconds usualDuration(const api::CommandOrder& command);

} // namespace captures
