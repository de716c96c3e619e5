// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QIcon>

#include "connections/connection.h"

namespace ui {

/// Returns the colour that marks a connection, so that nobody runs captures at the wrong customer: the chosen
/// colour, or one derived from the account ID.
[[nodiscard]] QColor colorOf(const connections::Connection& connection);
[[nodiscard]] QColor colorOfHue(int hue);

/// Returns a small square of `color`, as the icon of menu entries and buttons.
[[nodiscard]] QIcon patch(const QColor& color);

} // namespace ui
