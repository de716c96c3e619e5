// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include "base/problem.h"

namespace base {

/// Tries in a folder what a file needs that is written and locked there: it is created, written, locked,
/// brought to the disk and renamed.  For the system's own words where a library keeps them to itself.
/// \returns the first thing that fails
[[nodiscard]] std::optional<SaveProblem> probe(const QString& folder);

} // namespace base
