// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "api/error.h"

namespace connections {

/// What the operator was doing when it failed.
enum class Act { Connect, ReadDevices, ReadQuota, Record, Run, Follow, Save, List, Settings, KeepKey };

/// \brief An error in the operator's words.
struct Explanation {
    QString what;    ///< what happened and what it means: one or two sentences
    QString todo;    ///< what to do about it; may be empty
    QString details; ///< the service's own code and words, for one click away

    bool operator==(const Explanation&) const = default;
};

/// The service has refused because of the day's captures: nothing was created, and more can be after the
/// reset.
[[nodiscard]] bool isQuotaUsedUp(const api::Error& error);

/// The key may not start captures.
[[nodiscard]] bool isNotAllowed(const api::Error& error);

/// It is the service's own trouble, or the way's to it, and may be over in a while without anybody's doing.
[[nodiscard]] bool healsByItself(const api::Error& error);

[[nodiscard]] Explanation explain(const api::Error& error, Act act);

} // namespace connections
