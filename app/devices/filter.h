// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <vector>

#include <QByteArray>
#include <QList>
#include <QString>

namespace devices {

/// The fields that a filter can search.
enum class Field { Name, User, DeviceId, Registration, Platform, Status, Version };
inline constexpr int fieldCount = 7;

/// \brief One search term of a filter, folded.
struct Term {
    QByteArray word;            ///< UTF-8, not empty
    std::optional<Field> field; ///< nothing: any field
    bool operator==(const Term&) const = default;
};

/// Parses a filter into its terms, all of which must match, in any field or in the named one:
/// `ana "lap top" platform:windows version:2026`. A prefix that names no field is part of the word.
[[nodiscard]] QList<Term> termsOf(const QString& filter);

/// Normalizes a text for filtering: folded, UTF-8, without line breaks, because they separate the fields.
[[nodiscard]] QByteArray folded(const QString& text);

struct Mark {
    qsizetype start;
    qsizetype length;
    bool operator==(const Mark&) const = default;
};

/// Returns the matches of the terms in a text as displayed in `field`: in order, without overlap.
[[nodiscard]] std::vector<Mark> marksIn(const QString& shown, Field field, const QList<Term>& terms);

} // namespace devices
