// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <map>

#include <QByteArray>
#include <QString>

#include "sandbox/account.h"

namespace sandbox {

/// Generates the text files of a WARP diagnostic, by name.
[[nodiscard]] std::map<QString, QByteArray> diagnosticFiles(const Command& command, const Device& device);

} // namespace sandbox
