// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>

#include <QByteArray>

#include <sys/stat.h>

#include "base/problem.h"

namespace base {

/// \brief The file that a path refers to.  Symbolic links are followed, also to another file system and to a
/// file that does not exist.
struct Target {
    QByteArray name; ///< encoded; not a link
    bool isLink = false;
    bool isThere = false;
    struct ::stat status = {}; ///< valid if `isThere`
};

/// Returns an error if nothing can be saved under this path: its folder does not exist; the path is a
/// folder, a device or a pipe; symbolic links form a cycle; or the existing file is not writable.
[[nodiscard]] std::expected<Target, SaveProblem> targetOf(const QString& path);

} // namespace base
