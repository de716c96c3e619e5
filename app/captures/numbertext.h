// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>

#include <QLocale>
#include <QString>

namespace captures {

/// \brief Why typed text is not accepted as a number.
struct NumberProblem {
    enum class Kind {
        NotANumber,
        NotWhole,     ///< the field accepts integers only
        OtherReading, ///< not a number in this locale, but `other` with the separators of others
        Ambiguous     ///< `value` in this locale, but `other` with the separators of others, as in “1,500”
    };

    Kind kind = Kind::NotANumber;
    double value = 0;
    double other = 0;

    bool operator==(const NumberProblem&) const = default;
};

/// Formats a number as the operator reads and types it: the locale's digits and decimal point, no group
/// separators, no exponent. `parseNumber` of the same locale returns the same number.
[[nodiscard]] QString numberText(double value, const QLocale& locale = {});

/// Parses a number as the locale writes it, with or without group separators, in the locale's digits or in
/// ASCII. Never assumes the separators of another locale: “1.500” is 1500 to one operator and 1.5 to another,
/// so it is rejected where the field allows both.
/// \param whole the field accepts integers only
[[nodiscard]] std::expected<double, NumberProblem> parseNumber(const QString& typed, bool whole,
                                                               const QLocale& locale = {});

/// Error message for the operator.
[[nodiscard]] QString textOf(const NumberProblem& problem, const QString& typed, const QLocale& locale = {});

} // namespace captures
