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

} // namespace ui
