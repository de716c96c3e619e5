// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace captures {

/// \brief Mistakes that the model test plants in the rules of runs, to show that it finds each.
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
[[nodiscard]] bool planted(PlantedBug bug); ///< the model test says which
#else
[[nodiscard]] constexpr bool planted(PlantedBug)
{
    return false;
}
#endif

} // namespace captures
