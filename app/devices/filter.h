// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <vector>

#include <QByteArray>
#include <QList>
#include <QString>

namespace devices {

/// What a filter can look into.
enum class Field { Name, User, DeviceId, Registration, Platform, Status, Version };
inline constexpr int fieldCount = 7;

/// \brief One word of a filter, folded.
struct Term {
    QByteArray word;            ///< UTF-8, not empty
    std::optional<Field> field; ///< nothing: any
    bool operator==(const Term&) const = default;
};

/// The words of a filter, all of which must be found, in any field or in the one that is named:
/// `ana "lap top" platform:windows version:2026`.  A name that is no field's belongs to the word.
[[nodiscard]] QList<Term> termsOf(const QString& filter);

/// As a filter compares texts: folded, UTF-8, without what would end a field.
[[nodiscard]] QByteArray folded(const QString& text);

struct Mark {
    qsizetype start;
    qsizetype length;
    bool operator==(const Mark&) const = default;
};

/// Where the terms are found in a text as it is shown in `field`: in order, none overlapping.
[[nodiscard]] std::vector<Mark> marksIn(const QString& shown, Field field, const QList<Term>& terms);

} // namespace devices
