// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QStringList>

#include "captures/plan.h"

namespace ui {

// The texts of the review, made from a plan.

/// Number of devices of a run, and of their users.
struct Count {
    int devices = 0;
    int users = 0; ///< a device with two users counts twice
};
[[nodiscard]] Count countOf(const QList<devices::Device>& devices);
[[nodiscard]] Count countOf(const captures::Plan& plan);
/// Formats a count: `2 devices`, `1 device (2 users)`.
[[nodiscard]] QString countText(const Count& count);

/// \brief A line of the device list in the review.
struct DeviceLine {
    QString text; ///< elided where names are long
    QString whole;
    bool warns = false;
    bool operator==(const DeviceLine&) const = default;
};
/// Returns the lines, those with a warning first.  Cut at a number that nobody would read to the end.
[[nodiscard]] QList<DeviceLine> deviceLines(const captures::Plan& plan);
[[nodiscard]] QStringList leftOutLines(const captures::Plan& plan);
/// Returns what is recorded, with its options: `Packet capture 3 min · diagnostics`.
[[nodiscard]] QString optionsText(const captures::Plan& plan);
/// Returns how many captures the plan uses, when they are ready, and what is not sent.
[[nodiscard]] QStringList factLines(const captures::Plan& plan);
/// Returns what is likely to waste or lose captures: the form's warnings, and captures on devices that are
/// not connected.
[[nodiscard]] QStringList warningLines(const captures::Plan& plan);
/// Returns the captures that are already running: `ANA-LT since 13:02, usually until 13:07`.
[[nodiscard]] QString busyText(const captures::Plan& plan);
/// Returns the devices that are not connected, counted by reason: `2 disconnected, 1 paused`.
[[nodiscard]] QString absencesText(const captures::Plan& plan);
/// Returns the effects on the user of the device.
[[nodiscard]] QString warningOf(const captures::Plan& plan);
/// Returns how the plan is split into requests.
[[nodiscard]] QString requestLines(const captures::Plan& plan);
/// Returns the text of the Run button: `Run 8 captures`, `Wait for 3 devices`, …
[[nodiscard]] QString runText(const captures::Plan& plan);

} // namespace ui
