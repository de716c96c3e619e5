// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

#include "devices/order.h"

namespace ui {

/// Formats devices for the clipboard: one line for each device, tabs between the cells, and no cell that a
/// spreadsheet would run as a formula.  It uses no widget, so it may run on a worker thread.
[[nodiscard]] QString tabSeparated(const QList<devices::Device>& devices,
                                   const QList<devices::Column>& columns);

} // namespace ui
