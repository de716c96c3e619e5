// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <optional>

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include "sandbox/options.h"
#include "sandbox/reply.h"

namespace sandbox {

/// \brief One command of a POST that is well-formed.
struct Wanted {
    QString type; ///< `pcap`, `warp-diag`, `speed-test`
    QString deviceId;
    QString userEmail;
    QString registrationId; ///< empty: none given
    QJsonObject args;
};

inline constexpr int badParameter = 1001; ///< the service's code

/// Reads a POST's body in whichever generation of field names it is and is taken; refuses all that the
/// contract does not allow, with a pointer for each.
[[nodiscard]] std::expected<QList<Wanted>, QList<Problem>> readCommands(const QByteArray& body,
                                                                        Schema schema);

} // namespace sandbox
