// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "captures/deed.h"
#include "exports/table.h"

namespace captures {

// The audit log as a table.

/// `Capture file saved`, in the operator's language.
[[nodiscard]] QString textOf(Deed::What what);

[[nodiscard]] QStringList trailColumns();
[[nodiscard]] QList<exports::Cell> trailRow(const Deed& deed);

} // namespace captures
