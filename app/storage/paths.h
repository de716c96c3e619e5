// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDir>

namespace storage {

/// \brief Where the program keeps things.  Handed in from outside, so that a test has its own.
struct Paths {
    QDir config;
    QDir data; ///< lists, the sandbox account's state
    QDir log;
};

/// The folders that QStandardPaths names for this user.
[[nodiscard]] Paths standardPaths();

/// Makes a folder, and what leads to it, readable by its owner alone.  \returns whether it is there now
[[nodiscard]] bool makePrivate(const QDir& folder);

} // namespace storage
