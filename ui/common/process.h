// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QProcessEnvironment>

namespace ui {

/// Protects the process memory: no core file after a crash, and no other process of the same user can read
/// it.
void leaveNoMemory();

/// Removes the `CLOUDFLARE_*` variables from the environment, so that no child process inherits them, and
/// returns them.
/// \pre only one thread is running
[[nodiscard]] QProcessEnvironment takeVariables();

/// Returns the desktop's permission to bring a window to the front, which it passed to this start of the
/// program: the token of Wayland's xdg-activation, or the older startup ID, which some desktops pass instead.
/// Read it before QApplication is created, because QApplication removes it.
[[nodiscard]] QByteArray activationToken();

/// \brief While an object lives, a window that is activated presents this permission to the compositor.
/// QtWayland reads the permission from the environment and removes it after use.
class Activation {
public:
    explicit Activation(const QByteArray& token);
    ~Activation();
    Q_DISABLE_COPY_MOVE(Activation)
};

} // namespace ui
