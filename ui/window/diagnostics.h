// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace ui {

class MainWindow;

/// Menu action Help, Copy diagnostics: copies them to the clipboard as soon as the keychain has reported
/// whether it is available.
void copyDiagnostics(MainWindow* window);

} // namespace ui
