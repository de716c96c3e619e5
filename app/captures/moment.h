// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include <QDateTime>

namespace captures {

/// \brief A point in time on two clocks: UTC for display and storage, steady for durations that a change of
/// the system clock must not affect.
struct Moment {
    QDateTime utc;
    std::chrono::milliseconds steady{0}; ///< since boot, including sleep

    bool operator==(const Moment&) const = default;
};

using Clock = std::function<Moment()>;

/// How far the service's clock is ahead of ours. A difference below five minutes counts as zero, because
/// clocks and networks cause it. An unknown service time counts as zero, too.
[[nodiscard]] std::chrono::milliseconds aheadOf(const Moment& now, const std::optional<QDateTime>& theirs);

[[nodiscard]] Clock systemClock();

} // namespace captures
