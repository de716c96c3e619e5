// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

#include "sandbox/account.h"

namespace sandbox {

/// The zip that a command left: the same bytes each time it is asked for.
[[nodiscard]] QByteArray archiveOf(const Command& command, const Device& device);

} // namespace sandbox
