// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <optional>
#include <variant>

#include "api/requests.h"
#include "captures/options.h"
#include "devices/device.h"

namespace captures {

/// \brief A capture to be made: one command on one device and registration.
struct Order {
    devices::Device device;
    Type type = Type::Pcap;
    api::CommandOrder command;
    qint64 origin = 0; ///< the capture that this one repeats; 0: none
    int attempt = 1;
    bool operator==(const Order&) const = default;
};

[[nodiscard]] Order orderFor(const devices::Device& device, std::variant<api::PcapArgs, api::DiagArgs> args);

/// Whether it needs confirmation when the device that it waited for appears: nobody may be reproducing the
/// fault at that moment, and a packet capture has to record it.
[[nodiscard]] bool asksWhenSeen(const Order& order);

/// Typical time from the start of a capture to its uploaded file.
[[nodiscard]] std::chrono::seconds usualDuration(const api::Args& args);
/// The same for a listed command; nullopt if the option that it depends on is unknown.
[[nodiscard]] std::optional<std::chrono::seconds> usualDuration(const api::Command& command);

} // namespace captures
