// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDir>

namespace storage {

/// \brief The program's folders.  Passed to its users, so that each test can have its own.
struct Paths {
    QDir config;
    QDir data; ///< lists, the sandbox account's state
    QDir log;
};

/// The folders that QStandardPaths returns for this user.
[[nodiscard]] Paths standardPaths();

/// Creates a folder and its parents; the new folder is accessible to its owner alone.  \returns whether the
/// folder exists now
[[nodiscard]] bool makePrivate(const QDir& folder);

} // namespace storage
