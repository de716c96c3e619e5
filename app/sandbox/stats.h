// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <map>

#include <QByteArray>
#include <QString>

#include "sandbox/limits.h"

namespace sandbox {

/// \brief Current state of the server.
struct Present {
    int connections = 0; ///< open connections
    int delayed = 0;     ///< requests that wait for the account's clock
};

/// \brief Counts of requests and created commands, for tests.
struct Stats {
    std::map<QString, qint64> requests; ///< by method and kind of path: `GET devices`
    qint64 gets = 0;
    qint64 posts = 0; ///< with the whole body received
    qint64 created = 0;

    /// Counts a request.
    void count(const QByteArray& method, const QString& path);
    [[nodiscard]] QByteArray toJson(const Limits& limits, const Present& present) const;
};

} // namespace sandbox
