// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCommandLineOption>
#include <QList>
#include <QStringList>

namespace sandbox {

/// \brief An option of `capturedesk-sandbox`, with its values for shell completion.
struct CommandLineOption {
    QCommandLineOption option;
    QStringList choices; ///< accepted values; empty: a path if the value is called "file"
};

/// All options except help and version. Read by the parser, by the generator of the completion files, and by
/// a test of the manual page.
[[nodiscard]] QList<CommandLineOption> commandLineOptions();

} // namespace sandbox
