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
    bool operator==(const Order&) const = default;
};

[[nodiscard]] Order orderFor(const devices::Device& device, std::variant<api::PcapArgs, api::DiagArgs> args);

/// \brief A device that a run passes over, and why.
struct LeftOut {
    devices::Device device;
    QString reason;
    bool operator==(const LeftOut&) const = default;
};

/// \brief What a run would send, known before anything is sent.
struct Plan {
    Options options;
    QList<Order> orders; ///< in the order of sending: the packet capture of a device before its diagnostics
    QList<LeftOut> leftOut;
    QList<QList<qsizetype>>
        requests;        ///< indexes into `orders` that go at once: at most 10 rows and 20 commands each
    int waiting = 0;     ///< orders that must wait for another on the same Windows machine
    QStringList dropped; ///< options that the connection's request format has no field for
    std::optional<QDateTime> readyBy; ///< local estimate of the end
};

/// Plans a run on devices as ticked: duplicates and those with an obstacle are left out, each with its
/// reason.
[[nodiscard]] Plan planRun(const QList<devices::Device>& devices, const Options& options, api::Format format,
                           const QDateTime& now);

/// The next request: those of `open` (indexes into `orders`, in order) that may go together, at most 10 rows
/// and 20 commands, and none on a Windows machine that is in `busy` or already has one in this request.
[[nodiscard]] QList<qsizetype> nextRequest(const QList<Order>& orders, const QList<qsizetype>& open,
                                           const QSet<QString>& busy);

/// How long a capture takes from its start to the uploaded file, usually.
[[nodiscard]] std::chrono::seconds usualDuration(const api::CommandOrder& command);

} // namespace captures
