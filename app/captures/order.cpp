// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/order.h"

namespace captures {

Order orderFor(const devices::Device& device, std::variant<api::PcapArgs, api::DiagArgs> args)
{
    const auto type = std::holds_alternative<api::PcapArgs>(args) ? Type::Pcap : Type::Diag;
    api::CommandOrder command{.deviceId = device.deviceId,
                              .userEmail = device.email,
                              .registrationId = {},
                              .args = std::move(args)};
    if (!device.registrationId.isEmpty())
        command.registrationId = device.registrationId;
    return {.device = device, .type = type, .command = std::move(command)};
}

bool asksWhenSeen(const Order& order)
{
    return order.type == Type::Pcap;
}

std::chrono::seconds usualDuration(const api::Args& args)
{
    // Estimates: the recording, then the upload of the zip over a typical connection. A diagnostic takes
    // about two minutes, and one more with all routes.
    using namespace std::chrono;
    constexpr seconds upload{90};
    if (const auto* pcap = std::get_if<api::PcapArgs>(&args)) {
        const auto minutes = pcap->timeLimitMin.value_or(field(Number::TimeLimit).serviceDefault);
        return seconds(qint64(minutes * 60)) + upload;
    }
    const auto& diag = std::get<api::DiagArgs>(args);
    return diag.testAllRoutes.value_or(true) ? minutes(3) + upload : minutes(2) + upload;
}

std::optional<std::chrono::seconds> usualDuration(const api::Command& command)
{
    if (!command.args)
        return std::nullopt;
    const auto* pcap = std::get_if<api::PcapArgs>(&*command.args);
    const bool known = pcap ? pcap->timeLimitMin.has_value()
                            : std::get<api::DiagArgs>(*command.args).testAllRoutes.has_value();
    return known ? std::optional(usualDuration(*command.args)) : std::nullopt;
}

} // namespace captures
