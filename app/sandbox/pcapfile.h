// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QDateTime>

namespace sandbox {

/// \brief Parameters of a generated capture.
struct PcapShape {
    quint64 seed = 0;
    QDateTime start;
    double seconds = 300;
    int packetBytes = 160; ///< bytes kept of each packet
    int packets = 800;
    bool tunnel = false; ///< true: inside the tunnel, several servers; false: outside, one endpoint
};

/// Generates a capture file in the classic format (microseconds, Ethernet): DNS over UDP, and TCP with TLS on
/// port 443.
[[nodiscard]] QByteArray pcapFile(const PcapShape& shape);

} // namespace sandbox
