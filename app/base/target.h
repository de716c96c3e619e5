// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>

#include <QByteArray>

#include <sys/stat.h>

#include "base/problem.h"

namespace base {

/// \brief The file that is meant by a path: links are followed, also to another device and to what is not
/// there.
struct Target {
    QByteArray name; ///< encoded, no link
    bool isLink = false;
    bool isThere = false;
    struct ::stat status = {}; ///< of what is there
};

/// An error where nothing can be saved under this path: its folder is not there, it is a folder, a device or
/// a pipe, links lead in a circle, or what is there may not be written.
[[nodiscard]] std::expected<Target, SaveProblem> targetOf(const QString& path);

} // namespace base
