// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>

namespace captures {

/// \brief How often things are looked up: quickly at first, slower while nothing changes.
struct Pace {
    std::chrono::milliseconds fastest{2'000};
    std::chrono::milliseconds slowest{20'000};
    std::chrono::milliseconds betweenListings{60'000}; ///< the two that must agree before "Not started"
    std::chrono::milliseconds perPage{1'000};          ///< of the account's commands that a look had to read
    std::chrono::milliseconds devices{60'000};         ///< between looks for devices that are waited for
    std::chrono::milliseconds again{15'000};           ///< before what failed is tried again, at first,
    std::chrono::milliseconds longestAgain{300'000};   ///< and at most
    std::chrono::seconds longPause{30 * 60};           ///< closed for longer, it asks before it sends
};

} // namespace captures
