// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QIcon>

#include "connections/connection.h"

namespace ui {

/// A connection's own colour, so that nobody runs on the wrong customer: the chosen one, or one that follows
/// from the account.
[[nodiscard]] QColor colorOf(const connections::Connection& connection);
[[nodiscard]] QColor colorOfHue(int hue);

/// A patch of it, for menus and buttons.
[[nodiscard]] QIcon patch(const QColor& color);

} // namespace ui
