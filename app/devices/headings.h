// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringView>

namespace devices {

/// What a column of somebody's table holds.
enum class Part { Nothing, DeviceId, RegistrationId, Email, Name, Platform };

/// \brief What a heading says of its column.
struct Heading {
    Part part = Part::Nothing;
    /// How surely: of several columns of the same part the one with the largest is used.  A `Computer name`
    /// beats a `Name`, which may be a person's; an `Asset` may be a number.
    int weight = 0;
};

/// A column's meaning by the name that people give it (`device_id`, `Device ID`, `user_email`, `Hostname`,
/// `Rechnername`, …); `Nothing` where nobody knows it.
[[nodiscard]] Heading headingOf(QStringView text);
[[nodiscard]] Part partOf(QStringView text);

} // namespace devices
