// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QRect>

class QWidget;

namespace ui {

/// The nearest place at which a window lies whole on one screen; a window that is larger than that is made
/// smaller.
/// \param window with its frame
/// \param screens what windows may cover of each; the first one is used where the window is on none
[[nodiscard]] QRect wholeOnScreen(const QRect& window, const QList<QRect>& screens);

/// Moves a window, which is not shown yet, to such a place.
void placeWhole(QWidget* window);

} // namespace ui
