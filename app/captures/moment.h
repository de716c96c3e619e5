// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include <QDateTime>

namespace captures {

/// \brief A point in time: for the record, and for what must be so long although somebody sets the clock.
struct Moment {
    QDateTime utc;
    std::chrono::milliseconds steady{0}; ///< since the machine's start, also while it sleeps

    bool operator==(const Moment&) const = default;
};

using Clock = std::function<Moment()>;

/// What the service's clock is ahead of ours.  Less than some minutes is what clocks and networks make of it:
/// zero then, and where the service does not say.
[[nodiscard]] std::chrono::milliseconds aheadOf(const Moment& now, const std::optional<QDateTime>& theirs);

[[nodiscard]] Clock systemClock();

} // namespace captures
