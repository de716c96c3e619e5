// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/moment.h"

#include <ctime>

namespace captures {

Clock systemClock()
{
    return [] {
        timespec now{};
        ::clock_gettime(CLOCK_BOOTTIME, &now);
        return Moment{.utc = QDateTime::currentDateTimeUtc(),
                      .steady =
                          std::chrono::milliseconds(qint64(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000)};
    };
}

std::chrono::milliseconds aheadOf(const Moment& now, const std::optional<QDateTime>& theirs)
{
    constexpr std::chrono::milliseconds slack = std::chrono::minutes(5);
    const std::chrono::milliseconds ahead(theirs ? now.utc.msecsTo(*theirs) : 0);
    return std::chrono::abs(ahead) < slack ? std::chrono::milliseconds(0) : ahead;
}

} // namespace captures
