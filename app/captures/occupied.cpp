// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/occupied.h"

#include <algorithm>

namespace captures {

void Occupied::add(const Order& order)
{
    m_work[order.device.deviceId] << Work{order.device.registrationId, api::typeName(order.command)};
}

void Occupied::add(const api::Command& command)
{
    m_work[command.deviceId] << Work{command.registrationId.value_or(QString()), command.type};
}

bool Occupied::blocks(const Order& order) const
{
    const auto found = m_work.constFind(order.device.deviceId);
    if (found == m_work.constEnd())
        return false;
    if (order.device.isWindows())
        return true;
    const auto type = api::typeName(order.command);
    return std::ranges::any_of(*found, [&](const Work& work) {
        const bool sameUser = work.registrationId.isEmpty() || order.device.registrationId.isEmpty() ||
                              work.registrationId == order.device.registrationId;
        return !sameUser || work.type == type;
    });
}

} // namespace captures
