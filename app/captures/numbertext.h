// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>

#include <QLocale>
#include <QString>

namespace captures {

/// \brief Why a typed text is not taken as a number.
struct NumberProblem {
    enum class Kind {
        NotANumber,
        NotWhole,     ///< the field counts whole things
        OtherReading, ///< not a number in this locale, but `other` in the custom of others
        Ambiguous     ///< `value` in this locale, but `other` in the custom of others, as in “1,500”
    };

    Kind kind = Kind::NotANumber;
    double value = 0;
    double other = 0;

    bool operator==(const NumberProblem&) const = default;
};

/// The number as the operator reads and types it: the locale's digits and decimal point, no separators of
/// thousands, no exponent.  `parseNumber` of the same locale reads it as the same number.
[[nodiscard]] QString numberText(double value, const QLocale& locale = {});

/// Reads what was typed as the locale writes numbers, with its separators of thousands or without, in its
/// digits or in ASCII.  Never reads it silently in the custom of another locale: “1.500” is 1500 to one
/// operator and 1.5 to another, so it is refused where the field allows both.
/// \param whole the field takes whole numbers alone
[[nodiscard]] std::expected<double, NumberProblem> parseNumber(const QString& typed, bool whole,
                                                               const QLocale& locale = {});

/// A sentence for the operator.
[[nodiscard]] QString textOf(const NumberProblem& problem, const QString& typed, const QLocale& locale = {});

} // namespace captures
