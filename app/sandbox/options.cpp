// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sandbox/options.h"

#include <algorithm>

namespace sandbox {

Clock clockOf(const Options& options)
{
    if (!options.clock)
        return systemClock();
    return [clock = options.clock] { return clock->now(); };
}

std::optional<QString> unknownFault(const QStringList& names)
{
    const auto unknown = std::ranges::find_if(names, [](const QString& name) {
        return std::ranges::none_of(
            faults, [&name](const Fault& fault) { return name == QLatin1StringView(fault.name); });
    });
    return unknown == names.end() ? std::nullopt : std::optional(*unknown);
}

} // namespace sandbox
