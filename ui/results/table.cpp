// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/results/table.h"

namespace ui {

using exports::Cell;

namespace {

Cell textOrNothing(const QString& text)
{
    return text.isEmpty() ? Cell() : Cell(text);
}

template<class Value>
Cell orNothing(const std::optional<Value>& value)
{
    return value ? Cell(*value) : Cell();
}

Cell interfacesOf(const api::PcapArgs& args)
{
    if (!args.interfaces)
        return {};
    QStringList names;
    for (const auto interface : *args.interfaces)
        names << (interface == api::Interface::Default ? QStringLiteral("default")
                                                       : QStringLiteral("tunnel"));
    return names.join(u' ');
}

} // namespace

exports::Table tableOf(const QList<captures::Capture>& captures)
{
    const char* columns[] = {"state",
                             "service_status",
                             "device_name",
                             "device_id",
                             "registration_id",
                             "user_email",
                             "platform",
                             "type",
                             "ticket",
                             "run",
                             "command_id",
                             "filename",
                             "asked",
                             "sent",
                             "created",
                             "completed",
                             "problem",
                             "time_limit_min",
                             "max_file_size_mb",
                             "packet_size_bytes",
                             "interfaces",
                             "test_all_routes",
                             "followed"};
    exports::Table table;
    for (const auto* column : columns)
        table.columns << QString::fromLatin1(column);
    for (const auto& capture : captures) {
        const auto& device = capture.order.device;
        // For a followed capture: only the options that the service lists, not those that the operator
        // requested.
        const auto& args = capture.followed ? *capture.followed : capture.order.command.args;
        const auto* pcap = std::get_if<api::PcapArgs>(&args);
        const auto* diag = std::get_if<api::DiagArgs>(&args);
        table.rows << QList<Cell>{captures::stateText(capture.state),
                                  textOrNothing(capture.serviceStatus),
                                  device.name,
                                  device.deviceId,
                                  textOrNothing(device.registrationId),
                                  device.email,
                                  device.platform,
                                  api::typeName(capture.order.command),
                                  capture.ticket,
                                  capture.run,
                                  textOrNothing(capture.commandId),
                                  orNothing(capture.filename),
                                  capture.asked,
                                  orNothing(capture.sent),
                                  orNothing(capture.created),
                                  orNothing(capture.completed),
                                  textOrNothing(capture.problem),
                                  pcap ? orNothing(pcap->timeLimitMin) : Cell(),
                                  pcap ? orNothing(pcap->maxFileSizeMb) : Cell(),
                                  pcap ? orNothing(pcap->packetSizeBytes) : Cell(),
                                  pcap ? interfacesOf(*pcap) : Cell(),
                                  diag ? orNothing(diag->testAllRoutes) : Cell(),
                                  capture.followed.has_value()};
    }
    return table;
}

} // namespace ui
