// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QStringList>

#include "captures/plan.h"

namespace ui {

// What the review says about a plan.

/// What a run is about: devices, and how many users of them.
struct Count {
    int devices = 0;
    int users = 0; ///< a device with two users counts twice
};
[[nodiscard]] Count countOf(const QList<devices::Device>& devices);
[[nodiscard]] Count countOf(const captures::Plan& plan);
/// `2 devices`, `1 device (2 users)`.
[[nodiscard]] QString countText(const Count& count);

/// \brief A device's line.
struct DeviceLine {
    QString text; ///< elided where names are long
    QString whole;
    bool warns = false;
    bool operator==(const DeviceLine&) const = default;
};
/// Those with a warning first; cut after so many that nobody would read on.
[[nodiscard]] QList<DeviceLine> deviceLines(const captures::Plan& plan);
[[nodiscard]] QStringList leftOutLines(const captures::Plan& plan);
/// What is recorded, by its own options: `Packet capture 3 min · diagnostics`.
[[nodiscard]] QString optionsText(const captures::Plan& plan);
/// What it uses, when it is ready, what is not sent.
[[nodiscard]] QStringList factLines(const captures::Plan& plan);
/// What is likely to cost captures, or to lose them: the form's warnings, and what would run on devices that
/// are not connected.
[[nodiscard]] QStringList warningLines(const captures::Plan& plan);
/// `ANA-LT since 13:02, usually until 13:07`: what is running already.
[[nodiscard]] QString busyText(const captures::Plan& plan);
/// `2 disconnected, 1 paused`.
[[nodiscard]] QString absencesText(const captures::Plan& plan);
/// What it does to the user.
[[nodiscard]] QString warningOf(const captures::Plan& plan);
/// How it is sent.
[[nodiscard]] QString requestLines(const captures::Plan& plan);
/// `Run 8 captures`, `Wait for 3 devices`, …
[[nodiscard]] QString runText(const captures::Plan& plan);

} // namespace ui
