// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QStringList>

#include "api/requests.h"
#include "captures/plan.h"

namespace ui {

// What the review says about a plan.

/// A line a device, cut after so many that nobody would read on.
[[nodiscard]] QStringList deviceLines(const captures::Plan& plan);
[[nodiscard]] qsizetype deviceCount(const captures::Plan& plan);
[[nodiscard]] QStringList leftOutLines(const captures::Plan& plan);
/// What it uses, when it is ready, what is not sent.
/// \param left captures that may be started today, where it is known
[[nodiscard]] QStringList factLines(const captures::Plan& plan, const std::optional<api::Quota>& quota,
                                    std::optional<qint64> left);
/// What it does to the user.
[[nodiscard]] QString warningOf(const captures::Plan& plan);
/// How it is sent.
[[nodiscard]] QString requestLines(const captures::Plan& plan);
/// `Run 8 captures`, `Wait for 3 devices`, …
[[nodiscard]] QString runText(const captures::Plan& plan);

} // namespace ui
