// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The option tables of the command lines, and the values parsed from them.

#include <QCommandLineParser>
#include <QDir>
#include <QTest>

#include "support/suite.h"
#include "sandbox/commandline.h"
#include "sandbox/options.h"
#include "ui/commandline.h"

class CommandLine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void optionsAreUnique();
    void parserKnowsTheTable();
    void files_data();
    void files();
    void textRequests_data();
    void textRequests();
    void faultsAreChoices();
};

namespace {

template<class Table>
QStringList optionNames(const Table& table)
{
    QStringList names;
    for (const auto& one : table)
        names << one.option.names();
    return names;
}

} // namespace

void CommandLine::optionsAreUnique()
{
    for (auto names : {optionNames(ui::commandLineOptions()), optionNames(sandbox::commandLineOptions())}) {
        QVERIFY(!names.isEmpty());
        QCOMPARE(names.removeDuplicates(), 0);
        for (const auto* taken : {"h", "help", "help-all", "v", "version"})
            QVERIFY2(!names.contains(QLatin1StringView(taken)), taken);
    }
}

void CommandLine::parserKnowsTheTable()
{
    QCommandLineParser parser;
    ui::fillCommandLine(parser);
    QStringList arguments{QStringLiteral("capturedesk")};
    for (const auto& one : ui::commandLineOptions()) {
        arguments << QStringLiteral("--") + one.option.names().first();
        if (!one.option.valueName().isEmpty())
            arguments << QStringLiteral("value");
    }
    QVERIFY2(parser.parse(arguments), qPrintable(parser.errorText()));
    for (const auto& one : ui::commandLineOptions()) {
        QVERIFY(parser.isSet(one.option));
        QVERIFY(parser.helpText().contains(one.option.description().left(20)));
        QCOMPARE(parser.value(one.option),
                 one.option.valueName().isEmpty() ? QString() : QStringLiteral("value"));
    }
    QVERIFY(!parser.parse({QStringLiteral("capturedesk"), QStringLiteral("--unknown")}));
}

void CommandLine::files_data()
{
    const auto here = QDir::currentPath() + u'/';
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("files");
    QTest::newRow("none") << QStringList{QStringLiteral("--sandbox")} << QStringList{};
    QTest::newRow("absolute") << QStringList{QStringLiteral("/tmp/a b.csv")}
                              << QStringList{QStringLiteral("/tmp/a b.csv")};
    QTest::newRow("relative") << QStringList{QStringLiteral("a.csv")}
                              << QStringList{here + QStringLiteral("a.csv")};
    QTest::newRow("up") << QStringList{QStringLiteral("x/../a.csv")}
                        << QStringList{here + QStringLiteral("a.csv")};
    QTest::newRow("several after an option")
        << QStringList{QStringLiteral("--connection"), QStringLiteral("Lisbon"), QStringLiteral("/b.tsv"),
                       QStringLiteral("/a.csv")}
        << QStringList{QStringLiteral("/b.tsv"), QStringLiteral("/a.csv")};
    QTest::newRow("named as an option") << QStringList{QStringLiteral("--"), QStringLiteral("--help")}
                                        << QStringList{here + QStringLiteral("--help")};
}

void CommandLine::files()
{
    QFETCH(const QStringList, arguments);
    QCommandLineParser parser;
    ui::fillCommandLine(parser);
    QVERIFY(parser.parse(QStringList{QStringLiteral("capturedesk")} + arguments));
    QTEST(ui::namedFiles(parser), "files");
}

void CommandLine::textRequests_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<bool>("text");
    QTest::newRow("nothing") << QStringList{} << false;
    QTest::newRow("help") << QStringList{QStringLiteral("--help")} << true;
    QTest::newRow("short, last") << QStringList{QStringLiteral("--sandbox"), QStringLiteral("-v")} << true;
    QTest::newRow("everything") << QStringList{QStringLiteral("--help-all")} << true;
    QTest::newRow("a file") << QStringList{QStringLiteral("help")} << false;
    QTest::newRow("a file named as an option")
        << QStringList{QStringLiteral("--"), QStringLiteral("--help")} << false;
}

void CommandLine::textRequests()
{
    QFETCH(const QStringList, arguments);
    QTEST(ui::isTextRequest(QStringList{QStringLiteral("--help")} + arguments), "text");
}

void CommandLine::faultsAreChoices()
{
    QStringList choices;
    for (const auto& one : sandbox::commandLineOptions()) {
        if (one.option.names().contains(QLatin1StringView("fault")))
            choices = one.choices;
    }
    QCOMPARE(choices.size(), std::ssize(sandbox::faults));
    QCOMPARE(sandbox::unknownFault(choices), std::nullopt);
}

CAPTUREDESK_SUITE(test_commandline, CommandLine)
#include "commandline.moc"
