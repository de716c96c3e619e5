// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include "base/problem.h"

namespace base {

/// Tests whether files can be saved and locked in a folder: creates, writes, locks, syncs and renames a file
/// there.  Use it to find the system's error message where a library does not report it.
/// \returns the first step that fails
[[nodiscard]] std::optional<SaveProblem> probe(const QString& folder);

} // namespace base
