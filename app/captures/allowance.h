// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <algorithm>

#include <QDateTime>
#include <QStringList>

namespace captures {

/// \brief Today's captures of the account, and whose they are.
struct Allowance {
    qint64 left = 0;             ///< by the service's count
    qint64 kept = 0;             ///< of them at most, for colleagues
    qint64 queued = 0;           ///< captures of earlier runs that wait here, and go first
    QStringList promisedTo = {}; ///< their tickets, each once
    qint64 perDay = 0;           ///< after a reset, without those kept
    QDateTime reset = {};        ///< UTC, by our clock

    [[nodiscard]] qint64 usable() const { return std::max<qint64>(0, left - kept); }
    [[nodiscard]] qint64 promised() const { return std::min(queued, usable()); } ///< of those left today
    [[nodiscard]] qint64 free() const { return usable() - promised(); } ///< may be started today by a new run
    bool operator==(const Allowance&) const = default;
};

} // namespace captures
