// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/names.h"

namespace devices {

bool isKnown(const Row& row)
{
    return row.used && row.device.standing != Standing::NotSeen;
}

void Names::prepare(const std::vector<Row>& rows)
{
    if (m_ready)
        return;
    m_ready = true;
    m_hosts.clear();
    m_users.clear();
    for (quint32 place = 0; place < rows.size(); ++place) {
        if (!isKnown(rows[place]))
            continue;
        m_hosts.insert(shortHostName(hostName(rows[place].device.name)), place);
        m_users.insert(rows[place].device.email.toCaseFolded(), place);
    }
}

std::vector<quint32> Names::named(const QString& name, const std::vector<Row>& rows)
{
    prepare(rows);
    std::vector<quint32> found;
    const auto host = hostName(name);
    const auto bare = shortHostName(host);
    const auto [begin, end] = std::as_const(m_hosts).equal_range(bare);
    for (auto place = begin; place != end; ++place) {
        const auto other = hostName(rows[*place].device.name);
        if (other == host || other == bare || host == bare)
            found.push_back(*place);
    }
    return found;
}

std::vector<quint32> Names::of(const QString& email, const std::vector<Row>& rows)
{
    prepare(rows);
    std::vector<quint32> found;
    const auto [begin, end] = std::as_const(m_users).equal_range(email.toCaseFolded());
    found.assign(begin, end);
    return found;
}

} // namespace devices
