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

/// \brief One well-formed command of a POST.
struct Wanted {
    QString type; ///< `pcap`, `warp-diag`, `speed-test`
    QString deviceId;
    QString userEmail;
    QString registrationId; ///< empty: absent
    QJsonObject args;
};

inline constexpr int badParameter = 1001; ///< error code of the service

/// Parses the body of a POST in either generation of field names, if `schema` accepts it. Rejects all that
/// the contract does not allow, with one pointer for each problem.
[[nodiscard]] std::expected<QList<Wanted>, QList<Problem>> readCommands(const QByteArray& body,
                                                                        Schema schema);

} // namespace sandbox
