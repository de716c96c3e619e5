// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string_view>

#include <QString>

namespace devices {

/// \brief A workbook's number format, reduced to what changes the meaning of a number.
struct NumberFormat {
    enum class Kind {
        Plain,
        Date,
        Time,
        DateTime,
        Duration ///< hours may exceed 24
    } kind = Kind::Plain;
    int digits = 0;   ///< minimum before the decimal point, padded with zeros
    int decimals = 0; ///< minimum after the decimal point, padded with zeros
    bool operator==(const NumberFormat&) const = default;
};

/// Returns the format of a built-in ID (ECMA-376 part 1, 18.8.30).
[[nodiscard]] NumberFormat builtInFormat(qint64 id);
/// Parses a format code such as `dd/mm/yyyy hh:mm` or `00000`.
[[nodiscard]] NumberFormat formatOfCode(QStringView code);

/// Formats a number; without exponent if its absolute value is 0, or from 1e-10 to below 1e21.
[[nodiscard]] QString numberText(double value);

/// Formats a cell's number: dates and times in ISO 8601, other numbers plain. Text that is not a number is
/// returned unchanged.
/// \param raw as in the workbook: `45000`, `4.5E-2`
/// \param from1904 day 0 is 1904-01-01, as in workbooks of early Macintosh versions
[[nodiscard]] QString cellText(std::string_view raw, const NumberFormat& format, bool from1904);

} // namespace devices
