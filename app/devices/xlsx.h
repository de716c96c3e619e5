// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>

#include <QString>

#include "devices/package.h"
#include "devices/workbook.h"

namespace devices {

/// Reads the parts of an Office Open XML workbook (ECMA-376, transitional or strict).
[[nodiscard]] std::expected<Workbook, QString> readXlsx(Package& package);

} // namespace devices
