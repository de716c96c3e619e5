// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCommandLineOption>
#include <QList>
#include <QString>
#include <QStringList>

class QCommandLineParser;

namespace ui {

/// \brief An option of `capturedesk`, and what a shell can complete its value with.
struct CommandLineOption {
    QCommandLineOption option;
    QStringList choices; ///< some of the values that it accepts; a value called "file" is a path
};

/// Every option besides help and version.  The parser, the completion files and a test against the manual
/// page read this table.
[[nodiscard]] QList<CommandLineOption> commandLineOptions();

/// Endings of the files that a shell completes.
[[nodiscard]] QStringList tableFileEndings();

/// Adds description, options and positional arguments.
void fillCommandLine(QCommandLineParser& parser);

/// Whether an option asks for text on a terminal (help or version), where there may be no display.
/// \param arguments the program's name first
[[nodiscard]] bool isTextRequest(const QStringList& arguments);

/// Absolute paths of the files that the command line names.
[[nodiscard]] QStringList namedFiles(const QCommandLineParser& parser);

} // namespace ui
