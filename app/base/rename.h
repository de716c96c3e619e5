// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>

#include "base/problem.h"

namespace base {

/// Renames a file; one that has the new name already is an error (EEXIST) and stays.
[[nodiscard]] std::expected<void, SaveProblem> renameFile(const QString& from, const QString& to);

/// A free name that says when a file was put aside: for `settings.json` `settings 20261128-172205.json`.
[[nodiscard]] QString asideName(const QString& path);
/// \returns the new path
[[nodiscard]] std::expected<QString, SaveProblem> putAside(const QString& path);

} // namespace base
