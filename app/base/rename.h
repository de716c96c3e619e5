// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>

#include "base/problem.h"

namespace base {

/// Renames a file.  If a file with the new name exists, it is not overwritten, and the error is EEXIST.
[[nodiscard]] std::expected<void, SaveProblem> renameFile(const QString& from, const QString& to);

/// An unused file name with a timestamp, for a file that is moved aside: `settings 20261128-172205.json` for
/// `settings.json`.
[[nodiscard]] QString asideName(const QString& path);
/// \returns the new path
[[nodiscard]] std::expected<QString, SaveProblem> putAside(const QString& path);

} // namespace base
