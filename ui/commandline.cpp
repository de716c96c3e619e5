// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/commandline.h"

#include <algorithm>

#include <QCommandLineParser>
#include <QDir>

namespace ui {

QList<CommandLineOption> commandLineOptions()
{
    return {
        {{QStringLiteral("sandbox"), QStringLiteral("Open the made-up account on this computer.")}, {}},
        {{QStringLiteral("connection"),
          QStringLiteral("Open this connection: a saved one, Sandbox or Environment."),
          QStringLiteral("name")},
         {QStringLiteral("Sandbox"), QStringLiteral("Environment")}},
    };
}

QStringList tableFileEndings()
{
    return {QStringLiteral("csv"),  QStringLiteral("tsv"),  QStringLiteral("txt"),
            QStringLiteral("xlsx"), QStringLiteral("xlsm"), QStringLiteral("ods")};
}

void fillCommandLine(QCommandLineParser& parser)
{
    parser.setApplicationDescription(
        QStringLiteral("Collects packet captures and WARP diagnostics from end users' machines.\n\nThe "
                       "environment variables "
                       "CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_API_TOKEN (or CLOUDFLARE_EMAIL with "
                       "CLOUDFLARE_API_KEY) and CLOUDFLARE_BASE_URL "
                       "make a connection called Environment."));
    parser.addHelpOption();
    parser.addVersionOption();
    for (const auto& one : commandLineOptions())
        parser.addOption(one.option);
    parser.addPositionalArgument(
        QStringLiteral("file"),
        QStringLiteral(
            "Load this table of devices (CSV, TSV, XLSX or ODS) as a list once a connection is open."),
        QStringLiteral("[file...]"));
}

bool isTextRequest(const QStringList& arguments)
{
    const QStringList texts{QStringLiteral("-h"), QStringLiteral("--help"), QStringLiteral("--help-all"),
                            QStringLiteral("-v"), QStringLiteral("--version")};
    const auto options = arguments.mid(1, arguments.indexOf(QStringLiteral("--")) - 1);
    return std::ranges::any_of(options, [&texts](const QString& one) { return texts.contains(one); });
}

QStringList namedFiles(const QCommandLineParser& parser)
{
    QStringList paths;
    for (const auto& path : parser.positionalArguments())
        paths << QDir::cleanPath(QDir::current().absoluteFilePath(path));
    return paths;
}

} // namespace ui
