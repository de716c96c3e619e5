// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string_view>

#include <QString>

namespace devices {

/// \brief What a workbook's number format makes of a number, as far as it changes what the number means.
struct NumberFormat {
    enum class Kind {
        Plain,
        Date,
        Time,
        DateTime,
        Duration ///< hours may be more than 24
    } kind = Kind::Plain;
    int digits = 0;   ///< before the point, filled up with zeros
    int decimals = 0; ///< behind the point, filled up with zeros
    bool operator==(const NumberFormat&) const = default;
};

/// Of a format that a workbook knows by number alone (ECMA-376 part 1, 18.8.30).
[[nodiscard]] NumberFormat builtInFormat(qint64 id);
/// Of a format code such as `dd/mm/yyyy hh:mm` or `00000`.
[[nodiscard]] NumberFormat formatOfCode(QStringView code);

/// A number without exponent, where it is between 1e-10 and 1e21 without its sign.
[[nodiscard]] QString numberText(double value);

/// A cell's number as text: dates and times in ISO 8601, other numbers plain.  Text that is no number comes
/// back as it is.
/// \param raw as the workbook has it: `45000`, `4.5E-2`
/// \param from1904 day 0 is 1904-01-01, as in workbooks of the first Macintosh versions
[[nodiscard]] QString cellText(std::string_view raw, const NumberFormat& format, bool from1904);

} // namespace devices
