// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/presets.h"

#include "captures/tr.h"

namespace captures {

namespace {

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
        {Text::tr("Slow or dropping"),
         Text::tr("The user can show it now: who talks to whom, for three minutes."),
         packets(3, 128, noRoutes)},
        {Text::tr("Comes and goes"), Text::tr("A longer look for a fault that will not show on command."),
         packets(10, 96, noRoutes)},
        {Text::tr("Heavy traffic"), Text::tr("One minute of a busy line, without outgrowing the file."),
         packets(1, 96, {})},
        {Text::tr("Site or sign-in fails"),
         Text::tr("Records content: whole packets of one minute, and every route."),
         packets(1, 1500, allRoutes)},
        {Text::tr("Will not connect"),
         Text::tr("Diagnostics alone, with every route tested."),
         {.pcap = {}, .diag = allRoutes}},
        {Text::tr("Check many devices"),
         Text::tr("Quick diagnostics for a long list."),
         {.pcap = {}, .diag = noRoutes}},
        {Text::tr("Service defaults"),
         Text::tr("Nothing is sent but the type; small captures only."),
         {.pcap = api::PcapArgs{}, .diag = api::DiagArgs{}}},
    };
}

} // namespace captures
