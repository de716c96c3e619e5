// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>

#include <QString>

#include "devices/package.h"
#include "devices/workbook.h"

namespace devices {

/// Reads `content.xml` of an OpenDocument spreadsheet (ODF 1.0 to 1.4).
[[nodiscard]] std::expected<Workbook, QString> readOds(Package& package);

} // namespace devices
