// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>

#include "captures/capture.h"
#include "exports/table.h"

namespace ui {

/// \brief Returns captures as a table for export: raw values, not display texts.
[[nodiscard]] exports::Table tableOf(const QList<captures::Capture>& captures);

} // namespace ui
