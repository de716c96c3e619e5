// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace ui {

class MainWindow;

/// Creates the window's menus with their shortcuts.
void addMenus(MainWindow* window);

} // namespace ui
