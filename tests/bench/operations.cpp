// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What an operator waits for with a large fleet.  Everything goes through the window's own widgets: keys into
// the search, clicks on headings; a measurement ends when the table has been painted.

#include "stage.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include <QHeaderView>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollBar>
#include <QTableView>
#include <QTest>
#include <QTimer>

#include "ui/devices/devicepane.h"
#include "ui/devices/deviceview.h"
#include "ui/devices/listbar.h"

namespace bench {

namespace {

void press(QHeaderView* header, int column)
{
    const QPoint at(header->sectionViewportPosition(column) + header->sectionSize(column) / 2,
                    header->height() / 2);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, at);
}

void check(bool holds, const char* what)
{
    if (!holds)
        qFatal("%s", what);
}

} // namespace

void keystrokes(Stage& stage, qsizetype devices)
{
    stage.fill(devices);
    auto* search = stage.window().findChild<QLineEdit*>(QStringLiteral("search"));
    const auto& fleet = stage.window().desk()->fleet();
    std::vector<double> times;
    const QString words[] = {QStringLiteral("laptop-0001"), QStringLiteral("user42 mac"),
                             QStringLiteral("platform:windows 2025.3"), QStringLiteral("zzzz")};
    for (int round = 0; round < 3; ++round) {
        for (const auto& word : words) {
            for (const auto c : word) {
                const auto begun = now();
                QTest::keyClick(search, c.toLatin1());
                stage.settle();
                times.push_back(now() - begun);
                check(stage.table()->model()->rowCount() == fleet.viewSize(), "the view is of before");
            }
            for (qsizetype i = 0; i < word.size(); ++i) {
                const auto begun = now();
                QTest::keyClick(search, Qt::Key_Backspace);
                stage.settle();
                times.push_back(now() - begun);
            }
            check(fleet.viewSize() == fleet.size(), "the search is not empty again");
        }
    }
    std::ranges::sort(times);
    const auto rank = size_t(std::ceil(double(times.size()) * 0.99)) - 1;
    std::printf("%.3f median %.3f of %zu\n", times[rank], times[times.size() / 2], times.size());
}

void sorting(Stage& stage, qsizetype devices)
{
    stage.fill(devices);
    auto* table = stage.table();
    auto& fleet = stage.window().desk()->fleet();
    table->selectRow(int(devices / 2));
    QTest::keyClick(table, Qt::Key_Space);
    const auto key = fleet.viewAt(int(devices / 2)).key();
    double worst = 0;
    int worstColumn = 0;
    for (int round = 0; round < 2; ++round) {
        for (int column = 0; column < devices::columnCount; ++column) {
            for (int way = 0; way < 2; ++way) {
                const auto begun = now();
                press(table->horizontalHeader(), column);
                stage.settle();
                if (const auto took = now() - begun; took > worst) {
                    worst = took;
                    worstColumn = column;
                }
                const auto rows = table->selectionModel()->selectedRows();
                check(fleet.tickedCount() == 1 && fleet.isTicked(key), "the tick is lost");
                check(rows.size() == 1 && rows.first().row() == fleet.viewRow(key), "the highlight is lost");
                check(fleet.view().order.first().column == devices::Column(column),
                      "it is not sorted by that");
            }
        }
    }
    std::printf("%.3f column %d\n", worst, worstColumn);
}

void holding(Application& app, Stage& stage, const connections::Connection& account, qsizetype devices)
{
    app.resetHeld();
    app.operation("load");
    stage.window().open(account);
    auto* desk = stage.window().desk();
    auto& fleet = desk->fleet();
    auto* table = stage.table();
    auto* search = stage.window().findChild<QLineEdit*>(QStringLiteral("search"));
    stage.wait([&] { return !desk->loader().isRunning(); });
    check(fleet.size() == devices, "not all devices came");
    stage.settle();

    // Each step runs in an event handler, like an operator's action.
    const auto step = [&](const char* name, const std::function<void()>& act) {
        app.operation(name);
        QTimer::singleShot(0, table, act);
        QCoreApplication::processEvents();
        stage.settle();
    };
    for (const char c : std::string_view("laptop zz"))
        step("search", [=] { QTest::keyClick(search, c); });
    step("clear the search", [=] { search->clear(); });
    for (int column = 0; column < devices::columnCount; ++column)
        step("sort", [=] { press(table->horizontalHeader(), column); });
    step("tick all", [&] { stage.window().devicePane()->tickShown(); });
    step("look at the ticked", [&] { stage.window().listBar()->showTicked(); });
    step("look at all", [&] { stage.window().listBar()->leaveTicked(); });
    step("sort by tick", [=] { press(table->horizontalHeader(), 0); });
    step("untick all", [&] { fleet.clearTicks(); });
    step("highlight all", [=] { table->selectAll(); });
    step("tick what is highlighted", [=] { QTest::keyClick(table, Qt::Key_Space); });
    step("copy", [=] { QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier); });
    step("to the end", [=] { table->verticalScrollBar()->setValue(table->verticalScrollBar()->maximum()); });
    step("count the values", [&] { (void)fleet.values(devices::Facet::Version); });
    app.operation("refresh");
    desk->refresh();
    stage.wait([&] { return !desk->loader().isRunning(); });
    stage.settle();
    check(fleet.tickedCount() > 0, "a refresh lost the ticks");
    std::printf("%.3f %s\n", app.heldMs(), app.heldBy().constData());
}

} // namespace bench
