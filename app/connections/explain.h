// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "api/error.h"

namespace connections {

/// The operation that failed.
enum class Act { Connect, ReadDevices, ReadQuota, Record, Run, Follow, Save, List, Settings, KeepKey };

/// \brief An error message for the operator.
struct Explanation {
    QString what;    ///< what happened and what it means: one or two sentences
    QString todo;    ///< what to do about it; may be empty
    QString details; ///< the service's error code and message, hidden behind one click

    bool operator==(const Explanation&) const = default;
};

/// Whether the service refused because the daily quota is used up: nothing was created, and captures are
/// possible again after the reset.
[[nodiscard]] bool isQuotaUsedUp(const api::Error& error);

/// Whether the service refused because the key has no permission, in general or from this network.
[[nodiscard]] bool isNotAllowed(const api::Error& error);

/// Whether the error is a temporary problem of the service or the network that may resolve without user
/// action.
[[nodiscard]] bool healsByItself(const api::Error& error);

[[nodiscard]] Explanation explain(const api::Error& error, Act act);

} // namespace connections
