// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/options.h"

#include <QCoreApplication>

namespace captures {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("captures", text);
}

Options packets(double minutes, double bytes, std::optional<api::DiagArgs> diag)
{
    return {.pcap =
                api::PcapArgs{
                    .timeLimitMin = minutes, .maxFileSizeMb = 50, .packetSizeBytes = bytes, .interfaces = {}},
            .diag = diag};
}

} // namespace

QList<Preset> presets()
{
    const api::DiagArgs allRoutes{.testAllRoutes = true};
    const api::DiagArgs noRoutes{.testAllRoutes = false};
    return {
        {tr("Slow or dropping"), tr("The user can show it now: who talks to whom, for three minutes."),
         packets(3, 128, noRoutes)},
        {tr("Comes and goes"), tr("A longer look for a fault that will not show on command."),
         packets(10, 96, noRoutes)},
        {tr("Heavy traffic"), tr("One minute of a busy line, without outgrowing the file."),
         packets(1, 96, {})},
        {tr("Site or sign-in fails"), tr("Records content: whole packets of one minute, and every route."),
         packets(1, 1500, allRoutes)},
        {tr("Will not connect"),
         tr("Diagnostics alone, with every route tested."),
         {.pcap = {}, .diag = allRoutes}},
        {tr("Check many devices"), tr("Quick diagnostics for a long list."), {.pcap = {}, .diag = noRoutes}},
        {tr("Service defaults"),
         tr("Nothing is sent but the type; small captures only."),
         {.pcap = api::PcapArgs{}, .diag = api::DiagArgs{}}},
    };
}

} // namespace captures
