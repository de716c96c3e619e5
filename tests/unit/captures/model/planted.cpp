// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Plants the bug that `--expect-bug NAME` selects.

#include "captures/plantedbug.h"

#include <array>
#include <utility>

#include <QCoreApplication>
#include <QStringList>

namespace captures {

namespace {

PlantedBug chosen()
{
    using enum PlantedBug;
    constexpr std::array names{std::pair("sent_again_after_a_restart", SentAgainAfterRestart),
                               std::pair("what_was_there_before_is_claimed", ClaimsWhatWasThereBefore),
                               std::pair("one_listing_suffices", OneListingSuffices),
                               std::pair("claims_are_not_remembered", ForgetsClaims),
                               std::pair("what_was_not_sent_is_kept", KeepsWhatWasNotSent),
                               std::pair("a_late_one_is_not_claimed", MissesLateCommands),
                               std::pair("what_was_promised_is_taken", TakesWhatWasPromised)};
    const auto arguments = QCoreApplication::arguments();
    const auto wanted = arguments.value(arguments.indexOf(QStringLiteral("--expect-bug")) + 1);
    for (const auto& [name, bug] : names) {
        if (wanted == QLatin1StringView(name))
            return bug;
    }
    qFatal("there is no planted bug called %s", qPrintable(wanted));
}

} // namespace

bool planted(PlantedBug bug)
{
    static const auto one = chosen();
    return bug == one;
}

} // namespace captures
