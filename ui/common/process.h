// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QProcessEnvironment>

namespace ui {

/// What the process holds in memory stays there: no core file when it crashes, and no other process of the
/// same user may look.
void leaveNoMemory();

/// The `CLOUDFLARE_*` variables, taken out of the environment, so that no child of the program gets them.
/// \pre there is one thread
[[nodiscard]] QProcessEnvironment takeVariables();

/// What the desktop gave this start of the program as the permission to bring a window to the front: the
/// token of Wayland's xdg-activation, or the older startup ID, which some desktops give in its place.  To be
/// read before there is a QApplication, which removes it.
[[nodiscard]] QByteArray activationToken();

/// \brief As long as it lives, a window that is activated shows the compositor this permission.  QtWayland
/// reads it from the environment, and removes it when it is used.
class Activation {
public:
    explicit Activation(const QByteArray& token);
    ~Activation();
    Q_DISABLE_COPY_MOVE(Activation)
};

} // namespace ui
