// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QRect>

class QWidget;

namespace ui {

/// Returns the nearest position at which the whole window is on one screen.  A window larger than the screen
/// is made smaller.
/// \param window with its frame
/// \param screens the available geometry of each screen; the first one is used if the window is on none
[[nodiscard]] QRect wholeOnScreen(const QRect& window, const QList<QRect>& screens);

/// Moves a window that is not shown yet so that all of it is on one screen.
void placeWhole(QWidget* window);

} // namespace ui
