// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCommandLineOption>
#include <QList>
#include <QString>
#include <QStringList>

class QCommandLineParser;

namespace ui {

/// \brief A command-line option of `capturedesk`, with the values that shell completion proposes.
struct CommandLineOption {
    QCommandLineOption option;
    QStringList choices; ///< some of the accepted values; for a value named "file" the shell completes a path
};

/// Returns every option except help and version.  The parser, the completion files and the test that checks
/// the manual page use this table.
[[nodiscard]] QList<CommandLineOption> commandLineOptions();

/// Returns the file name extensions that shell completion proposes for a device table.
[[nodiscard]] QStringList tableFileEndings();

/// Adds the description, the options and the positional arguments to `parser`.
void fillCommandLine(QCommandLineParser& parser);

/// Returns whether an option asks for text on a terminal (help or version), where there may be no display.
/// \param arguments the program's name first
[[nodiscard]] bool isTextRequest(const QStringList& arguments);

/// Returns the absolute paths of the files named on the command line.
[[nodiscard]] QStringList namedFiles(const QCommandLineParser& parser);

} // namespace ui
