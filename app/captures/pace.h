// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>

namespace captures {

/// \brief Intervals of polling and retries: short at first, longer while nothing changes.
struct Pace {
    std::chrono::milliseconds fastest{2'000};
    std::chrono::milliseconds slowest{20'000};
    /// Minimum time between the two complete snapshots that must lack a command before "Not started".
    std::chrono::milliseconds betweenListings{60'000};
    std::chrono::milliseconds perPage{1'000};        ///< minimum delay for each page that the last poll read
    std::chrono::milliseconds devices{60'000};       ///< between searches for devices that captures wait for
    std::chrono::milliseconds again{15'000};         ///< first retry delay after a failure
    std::chrono::milliseconds longestAgain{300'000}; ///< longest retry delay
    std::chrono::seconds longPause{30 * 60}; ///< after a longer break, unsent captures need confirmation
};

} // namespace captures
