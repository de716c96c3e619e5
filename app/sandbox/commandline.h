// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCommandLineOption>
#include <QList>
#include <QStringList>

namespace sandbox {

/// \brief An option of `capturedesk-sandbox`, and what a shell can complete its value with.
struct CommandLineOption {
    QCommandLineOption option;
    QStringList choices; ///< the values that it accepts; a value called "file" is a path
};

/// Every option besides help and version.  The parser, the completion files and a test against the manual
/// page read this table.
[[nodiscard]] QList<CommandLineOption> commandLineOptions();

} // namespace sandbox
