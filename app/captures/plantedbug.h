// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace captures {

/// \brief Bugs that the model test plants in the rules of runs to prove that it detects each.
enum class PlantedBug {
    SentAgainAfterRestart,
    ClaimsWhatWasThereBefore,
    OneListingSuffices,
    ForgetsClaims,
    KeepsWhatWasNotSent,
    MissesLateCommands,
    TakesWhatWasPromised
};

#ifdef CAPTUREDESK_PLANTED_BUGS
[[nodiscard]] bool planted(PlantedBug bug); ///< set by the model test
#else
[[nodiscard]] constexpr bool planted(PlantedBug)
{
    return false;
}
#endif

} // namespace captures
