// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace ui {

class MainWindow;

/// Help, Copy diagnostics: on the clipboard as soon as the keychain has said whether it is there.
void copyDiagnostics(MainWindow* window);

} // namespace ui
