// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace ui {

class MainWindow;

/// Makes the window's menus with their keys.
void addMenus(MainWindow* window);

} // namespace ui
