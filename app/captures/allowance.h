// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <algorithm>

#include <QDateTime>
#include <QStringList>

namespace captures {

/// \brief Today's capture quota of the account, and how it is divided.
struct Allowance {
    qint64 left = 0;   ///< remaining today, as the service reports
    qint64 kept = 0;   ///< part of `left` that is reserved for colleagues
    qint64 queued = 0; ///< captures of earlier runs that are queued or being sent; they have priority
    QStringList promisedTo = {}; ///< tickets of the queued captures, without duplicates
    qint64 perDay = 0;           ///< after a reset, minus the reserve
    QDateTime reset = {};        ///< UTC, by the local clock

    [[nodiscard]] qint64 usable() const { return std::max<qint64>(0, left - kept); }
    [[nodiscard]] qint64 promised() const { return std::min(queued, usable()); } ///< part that `queued` uses
    [[nodiscard]] qint64 free() const { return usable() - promised(); } ///< available to a new run today
    bool operator==(const Allowance&) const = default;
};

} // namespace captures
