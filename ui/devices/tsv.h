// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

#include "devices/order.h"

namespace ui {

/// Devices for the clipboard: a line each, a tab between the cells, nothing that a spreadsheet would run.
/// Uses nothing of the window, so that a thread of its own may do it.
[[nodiscard]] QString tabSeparated(const QList<devices::Device>& devices,
                                   const QList<devices::Column>& columns);

} // namespace ui
