// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringView>

namespace devices {

/// What a column of an imported table holds.
enum class Part { Nothing, DeviceId, RegistrationId, Email, Name, Platform };

/// \brief What a heading says about its column.
struct Heading {
    Part part = Part::Nothing;
    /// Confidence: of several columns of the same part, the largest weight wins. `Computer name` beats
    /// `Name`, which may be a person's; an `Asset` may be a number.
    int weight = 0;
};

/// Maps a heading (`device_id`, `Device ID`, `user_email`, `Hostname`, `Rechnername`, …) to what its column
/// holds; `Nothing` for an unknown heading.
[[nodiscard]] Heading headingOf(QStringView text);
[[nodiscard]] Part partOf(QStringView text);

} // namespace devices
