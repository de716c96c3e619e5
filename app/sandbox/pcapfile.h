// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QDateTime>

namespace sandbox {

/// \brief What a made-up capture looks like.
struct PcapShape {
    quint64 seed = 0;
    QDateTime start;
    double seconds = 300;
    int packetBytes = 160; ///< kept of each
    int packets = 800;
    bool tunnel = false; ///< seen inside: plain addresses; outside: everything goes to one endpoint
};

/// A capture file of the classic format (microseconds, Ethernet): ARP, DNS, TCP with TLS on port 443, UDP.
[[nodiscard]] QByteArray pcapFile(const PcapShape& shape);

} // namespace sandbox
