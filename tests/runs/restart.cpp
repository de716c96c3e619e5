// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Two runs at the same time, and a restart of the program in the middle of both.

#include <QEventLoop>
#include <QTest>
#include <QTimer>

#include "support/suite.h"
#include "stage.h"
#include "support/eventually.h"

using namespace runs;

namespace {

enum class When { Between, WrittenDown, Created };

} // namespace

class Restart : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bothGoOn_data();
    void bothGoOn();
};

static bool isInTheMiddle(const Stage& stage, qint64 run)
{
    bool sent = false, unsent = false;
    for (const auto& capture : stage.of(run)) {
        sent = sent || !capture.commandId.isEmpty();
        unsent = unsent || captures::isUnsent(capture.state);
    }
    return sent && unsent;
}

/// Waits until the next request has been handed to the journal but not to the network.
static bool comesToBeWrittenDown(Stage& stage)
{
    QEventLoop loop;
    bool isWriting = false;
    QObject::connect(&stage.desk(), &captures::Desk::captureChanged, &loop, [&](int index) {
        isWriting = stage.desk().captures()[index].state == State::Sending;
        if (isWriting)
            loop.quit();
    });
    // Advances the time until a device is free: only that allows the next request.
    QTimer tick;
    QObject::connect(&tick, &QTimer::timeout, &loop, [&stage] {
        stage.pass(std::chrono::seconds(1));
        stage.desk().look();
    });
    tick.start(20);
    QTimer::singleShot(support::ceilingMs, &loop, &QEventLoop::quit);
    loop.exec();
    return isWriting;
}

/// Advances both runs to that moment and stops the time there.
static bool comes(When when, Stage& stage, Service& service, qint64 first, qint64 second)
{
    const auto areInTheMiddle = [&] { return isInTheMiddle(stage, first) && isInTheMiddle(stage, second); };
    const auto isSending = [&] { return stage.count(State::Sending) > 0; };
    switch (when) {
    case When::Between: return stage.passUntil([&] { return areInTheMiddle() && !isSending(); });
    case When::WrittenDown:
        return stage.passUntil([&] { return areInTheMiddle() && !isSending(); }) &&
               comesToBeWrittenDown(stage) && areInTheMiddle() && isSending();
    case When::Created:
        return stage.passUntil(
            [&] {
                const auto known =
                    stage.count([](const Capture& capture) { return !capture.commandId.isEmpty(); });
                return areInTheMiddle() && isSending() && service.delayed() > 0 && service.created() > known;
            },
            std::chrono::milliseconds(250));
    }
    return false;
}

void Restart::bothGoOn_data()
{
    QTest::addColumn<When>("when");
    QTest::addColumn<int>("times");
    QTest::addColumn<QStringList>("faults");
    QTest::newRow("between two requests") << When::Between << 1 << QStringList();
    QTest::newRow("as a request is written down") << When::WrittenDown << 2 << QStringList();
    QTest::newRow("while a reply is awaited")
        << When::Created << 2 << QStringList{QStringLiteral("slow-reply")};
}

void Restart::bothGoOn()
{
    QFETCH(When, when);
    QFETCH(int, times);
    QFETCH(QStringList, faults);
    auto options = account(100);
    options.faults = faults;
    Service service(options);
    Stage stage(service);
    QVERIFY(stage.load());
    // The second capture of each machine has to wait, and four machines are in both runs.
    const auto windows = stage.connected(20, &devices::Device::isWindows);
    const auto first = stage.run(stage.plan(windows.first(12), both),
                                 {.ticket = QStringLiteral("INC1"), .operatorName = QStringLiteral("Marta")});
    const auto second = stage.run(
        stage.plan(windows.last(12), diagnostics),
        {.ticket = QStringLiteral("INC2"), .operatorName = QStringLiteral("Piotr"), .origin = first});
    QVERIFY(first && second);
    QCOMPARE(stage.desk().captures().size(), 36);

    QSet<qint64> underWay; // when the program quit
    for (int i = 0; i < times; ++i) {
        QVERIFY(comes(when, stage, service, first, second));
        const auto before = stage.desk().captures();
        for (const auto& capture : before) {
            if (capture.state == State::Sending)
                underWay.insert(capture.id);
        }
        stage.quit();
        stage.open();
        EVENTUALLY_COMPARE(stage.desk().captures().size(), before.size());
        for (qsizetype j = 0; j < before.size(); ++j)
            QCOMPARE(stage.desk().captures()[j].order, before[j].order);
    }
    QVERIFY(stage.passUntil([&] { return stage.allFinal(); }));

    QCOMPARE(stage.of(first).size(), 24);
    QCOMPARE(stage.of(second).size(), 12);
    // An orderly shutdown knows which captures were not sent, and those that have arrived are found again.
    // Only a request that was interrupted can end as not started; `eachOnce` then finds no command for it.
    for (const auto& capture : stage.desk().captures())
        QVERIFY2(capture.state == State::Ready || capture.state == State::Failed ||
                     capture.state == State::NothingUploaded ||
                     (capture.state == State::NotStarted && underWay.contains(capture.id)),
                 qPrintable(captures::stateText(capture.state)));
    QCOMPARE(eachOnce(stage.desk().captures(), service), QString());
    QCOMPARE(oneAtATime(stage.desk().captures(), service), QString());

    stage.quit();
    const auto record = stage.record();
    QCOMPARE(record.runs.size(), 2);
    QCOMPARE(record.runs[0].ticket, QStringLiteral("INC1"));
    QCOMPARE(record.runs[0].operatorName, QStringLiteral("Marta"));
    QCOMPARE(record.runs[0].origin, 0);
    QCOMPARE(record.runs[0].options, both);
    QCOMPARE(record.runs[1].ticket, QStringLiteral("INC2"));
    QCOMPARE(record.runs[1].operatorName, QStringLiteral("Piotr"));
    QCOMPARE(record.runs[1].origin, first);
    QVERIFY(std::ranges::all_of(record.captures, captures::isFinal, &Capture::state));
}

CAPTUREDESK_SUITE(test_runs_restart, Restart)
#include "restart.moc"
