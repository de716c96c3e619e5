// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Generates the completion files of both programs from the tables that also fill their parsers:
// completions FOLDER

#include <cstdio>

#include <QCommandLineParser>
#include <QDir>
#include <QSaveFile>

#include "sandbox/commandline.h"
#include "ui/commandline.h"

namespace {

struct Option {
    QStringList names; ///< including the dashes
    QString text;      ///< one line
    QString value;     ///< the value's name; empty: the option has no value
    QStringList choices;
};

struct Program {
    QString name;
    QList<Option> options;
    QStringList fileEndings; ///< of positional arguments; empty: the program has none
};

Option optionFrom(const QCommandLineOption& option, const QStringList& choices = {})
{
    Option result{.names = {},
                  .text = option.description().section(u'\n', 0, 0),
                  .value = option.valueName(),
                  .choices = choices};
    for (const auto& name : option.names())
        result.names << (name.size() == 1 ? QStringLiteral("-") : QStringLiteral("--")) + name;
    return result;
}

template<class Table>
Program programFrom(const QString& name, const Table& table, const QStringList& fileEndings = {})
{
    QCommandLineParser parser; // supplies the descriptions of its built-in options
    Program program{.name = name, .options = {}, .fileEndings = fileEndings};
    program.options << optionFrom(parser.addHelpOption());
    program.options << optionFrom({QStringLiteral("help-all"), QStringLiteral("Displays Qt's options too.")});
    program.options << optionFrom(parser.addVersionOption());
    for (const auto& one : table)
        program.options << optionFrom(one.option, one.choices);
    return program;
}

const auto header = QStringLiteral("# SPDX-FileCopyrightText: 2026 The Capture Desk authors\n"
                                   "# SPDX-License-Identifier: GPL-3.0-or-later\n");

/// Does not use the functions of the package bash-completion, because that package changes them.
QString bashFile(const Program& program)
{
    const auto function = u'_' + QString(program.name).replace(u'-', u'_');
    QString cases;
    QStringList all;
    for (const auto& option : program.options) {
        all << option.names;
        if (option.value.isEmpty())
            continue;
        cases += QStringLiteral("    %1) ").arg(option.names.join(u'|'));
        if (option.value == QLatin1StringView("file"))
            cases +=
                QStringLiteral("compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- \"$current\")");
        else if (!option.choices.isEmpty())
            cases += QStringLiteral("mapfile -t COMPREPLY < <(compgen -W '%1' -- \"$current\")")
                         .arg(option.choices.join(u' '));
        cases += QStringLiteral("; return ;;\n");
    }
    cases.replace(QStringLiteral(") ; return"), QStringLiteral(") return"));
    QString files;
    if (!program.fileEndings.isEmpty()) {
        files = QStringLiteral("  compopt -o filenames\n"
                               "  mapfile -t COMPREPLY < <(\n"
                               "    compgen -d -- \"$current\" || :\n");
        for (const auto& ending : program.fileEndings)
            files += QStringLiteral("    compgen -f -X '!*.%1' -- \"$current\" || :\n").arg(ending);
        files += QStringLiteral("  )\n");
    }
    return header +
           QStringLiteral("\n%1() {\n"
                          "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
                          "  COMPREPLY=()\n"
                          "  # bash makes three words of --option=value\n"
                          "  if [[ $current == = ]]; then current=\n"
                          "  elif [[ $previous == = ]] && ((COMP_CWORD > 1)); then "
                          "previous=${COMP_WORDS[COMP_CWORD-2]}\n"
                          "  fi\n"
                          "  case $previous in\n"
                          "%2"
                          "  esac\n"
                          "  if [[ $current == -* ]]; then\n"
                          "    mapfile -t COMPREPLY < <(compgen -W '%3' -- \"$current\")\n"
                          "    return\n"
                          "  fi\n"
                          "%4"
                          "}\n"
                          "complete -F %1 %5\n")
               .arg(function, cases, all.join(u' '), files, program.name);
}

QString escapedForZsh(QString text)
{
    return text.replace(u'\\', QStringLiteral("\\\\"))
        .replace(u'[', QStringLiteral("\\["))
        .replace(u']', QStringLiteral("\\]"))
        .replace(u':', QStringLiteral("\\:"))
        .replace(u'\'', QStringLiteral("'\\''"));
}

QString zshFile(const Program& program)
{
    QStringList lines;
    for (const auto& option : program.options) {
        const bool ends = option.names.contains(QLatin1StringView("--help")) ||
                          option.names.contains(QLatin1StringView("--help-all")) ||
                          option.names.contains(QLatin1StringView("--version"));
        const auto text = QStringLiteral("[%1]").arg(escapedForZsh(option.text));
        for (const auto& name : option.names) {
            auto line = ends ? QStringLiteral("(- *)") : QString();
            if (option.names.size() == 1 && option.text.contains(QLatin1StringView("several times")))
                line = u'*';
            line += name;
            if (!option.value.isEmpty()) {
                const auto action = option.value == QLatin1StringView("file") ? QStringLiteral("_files")
                                    : option.choices.isEmpty()
                                        ? QStringLiteral(" ")
                                        : QStringLiteral("(%1)").arg(option.choices.join(u' '));
                line += QStringLiteral("=") + text + QStringLiteral(":%1:%2").arg(option.value, action);
            } else {
                line += text;
            }
            lines << u'\'' + line + u'\'';
        }
    }
    if (!program.fileEndings.isEmpty())
        lines << QStringLiteral("'*:file:_files -g \"*.(%1)(-.)\"'").arg(program.fileEndings.join(u'|'));
    return QStringLiteral("#compdef %1\n").arg(program.name) + header +
           QStringLiteral("\n_arguments -S \\\n  ") + lines.join(QStringLiteral(" \\\n  ")) + u'\n';
}

bool write(const QString& path, const QString& text)
{
    QSaveFile file(path);
    if (QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly) &&
        file.write(text.toUtf8()) >= 0 && file.commit())
        return true;
    std::fprintf(stderr, "%s: %s\n", qPrintable(path), qPrintable(file.errorString()));
    return false;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fputs("completions FOLDER\n", stderr);
        return 2;
    }
    const QDir folder(QString::fromLocal8Bit(argv[1]));
    const Program programs[] = {
        programFrom(QStringLiteral("capturedesk"), ui::commandLineOptions(), ui::tableFileEndings()),
        programFrom(QStringLiteral("capturedesk-sandbox"), sandbox::commandLineOptions())};
    for (const auto& program : programs) {
        if (!write(folder.filePath(QStringLiteral("bash/") + program.name), bashFile(program)) ||
            !write(folder.filePath(QStringLiteral("zsh/_") + program.name), zshFile(program)))
            return 1;
    }
    return 0;
}
