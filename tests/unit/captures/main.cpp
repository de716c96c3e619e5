// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QCoreApplication>
#include <QTest>

#include "suites.h"

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    CoreTest core;
    JournalTest journal;
    OptionsTest options;
    PlanTest plan;
    SharedRecordTest shared;
    TimesTest times;
    int failed = 0;
    for (QObject* suite : std::initializer_list<QObject*>{&core, &journal, &options, &plan, &shared, &times})
        failed += QTest::qExec(suite, argc, argv);
    return failed == 0 ? 0 : 1;
}
