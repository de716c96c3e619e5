// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Captures on devices that colleagues use, and running failed ones again.

#include <algorithm>

#include <QSignalSpy>
#include <QTest>

#include "support/suite.h"
#include "sandbox/fleet.h"
#include "stage.h"
#include "support/eventually.h"

using namespace runs;
using captures::Choices;
using devices::Device;

class ChoicesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void colleague_data();
    void colleague();
    void betweenReviewAndSending();
    void again();
};

void ChoicesTest::colleague_data()
{
    QTest::addColumn<Choices::Running>("choice");
    QTest::addColumn<int>("orders");
    QTest::addColumn<int>("followed");
    QTest::addColumn<int>("leftOut");
    QTest::addColumn<int>("created"); ///< including the colleague's
    // A packet capture runs on the first of two devices; the run has both types on both.
    QTest::newRow("start after it") << Choices::Running::StartAfter << 4 << 0 << 0 << 5;
    QTest::newRow("follow it") << Choices::Running::Follow << 3 << 1 << 0 << 4;
    QTest::newRow("leave the device out") << Choices::Running::LeaveOut << 2 << 0 << 1 << 3;
}

void ChoicesTest::colleague()
{
    QFETCH(Choices::Running, choice);
    QFETCH(int, orders);
    QFETCH(int, followed);
    QFETCH(int, leftOut);
    QFETCH(int, created);
    Service service(account(50));
    Stage stage(service);
    auto& desk = stage.desk();
    QVERIFY(stage.load());
    const auto devices = stage.connected(2, &Device::isWindows);
    const auto theirs = service.start(devices.first(), captures::Type::Pcap);
    desk.look();
    EVENTUALLY_COMPARE(desk.running().size(), 1);
    QCOMPARE(desk.running().first().id, theirs);

    stage.tick(devices);
    const auto plan = desk.plan(both, {.running = choice});
    QCOMPARE(plan.busy.size(), 1);
    QCOMPARE(plan.followable, 1);
    QCOMPARE(plan.orders.size(), orders);
    QCOMPARE(plan.followed.size(), followed);
    QCOMPARE(plan.leftOut.size(), leftOut);
    if (leftOut > 0) {
        QCOMPARE(plan.leftOut.first().device.deviceId, devices.first().deviceId);
        QCOMPARE(plan.leftOut.first().reason, QStringLiteral("a capture is running on it"));
    }
    QSignalSpy ended(&desk, &captures::Desk::runEnded);
    QVERIFY(stage.run(plan));
    QCOMPARE(desk.captures().size(), orders + followed);
    QVERIFY(stage.passUntil([&] { return stage.allFinal(); }));
    QCOMPARE(ended.size(), 1);

    QCOMPARE(service.created(), created);
    QCOMPARE(oneAtATime(desk.captures(), service), QString());
    QCOMPARE(eachOnce(desk.captures(), service, 1 - followed), QString());
    QCOMPARE(stage.count([&theirs](const Capture& capture) { return capture.commandId == theirs; }),
             followed);
}

/// A colleague starts a capture after the review: the device is busy, and the review could not know.
void ChoicesTest::betweenReviewAndSending()
{
    Service service(account(50));
    Stage stage(service);
    auto& desk = stage.desk();
    QVERIFY(stage.load());
    const auto devices = stage.connected(2, &Device::isWindows);
    stage.tick(devices);
    const auto plan = desk.plan(diagnostics);
    QCOMPARE(plan.busy.size(), 0);
    const auto theirs = service.start(devices.first(), captures::Type::Pcap);
    QVERIFY(stage.run(plan));

    // The other device's capture is sent at once, this one's waits.
    EVENTUALLY(!desk.captures()[1].commandId.isEmpty());
    QCOMPARE(desk.captures()[0].state, State::WaitingTurn);
    QStringList running;
    for (const auto& command : desk.running())
        running << command.id;
    QCOMPARE(running, (QStringList{theirs, desk.captures()[1].commandId}));
    QVERIFY(stage.passUntil([&] { return stage.allFinal(); }));
    QCOMPARE(service.created(), 3);
    QCOMPARE(oneAtATime(desk.captures(), service), QString());
    QCOMPARE(eachOnce(desk.captures(), service, 1), QString());
}

void ChoicesTest::again()
{
    // The first POST is lost, the following ones are not.
    const auto isLost = [](quint32 seed, quint64 post) { return sandbox::mix(seed, post) % 10 < 3; };
    auto options = account(200);
    options.faults = {QStringLiteral("lose-request")};
    options.timeScale = 60; // what fails after ten minutes would block its device and could not run again
    while (!isLost(options.seed, 1) || isLost(options.seed, 2) || isLost(options.seed, 3) ||
           isLost(options.seed, 4))
        ++options.seed;
    Service service(options);
    Stage stage(service);
    auto& desk = stage.desk();
    QVERIFY(stage.load());
    // The first request has the captures that will be lost, the second those that are certain to fail.
    const auto lost = stage.connected(10);
    const auto failing = stage.some(4, [](const Device& device) { return !device.isConnected(); });
    const auto first =
        stage.run(stage.plan(lost + failing, diagnostics, {.offline = captures::Choices::Offline::RunAnyway}),
                  {.ticket = QStringLiteral("INC1"), .operatorName = QStringLiteral("Marta")});
    QVERIFY(first);
    QVERIFY(stage.passUntil([&] { return stage.allFinal(); }));
    QCOMPARE(stage.count(State::NotStarted), 10);
    QCOMPARE(stage.count(State::Failed), 4);
    QCOMPARE(service.created(), 4);

    QList<qint64> ids;
    for (const auto& capture : stage.of(first))
        ids << capture.id;
    const captures::Choices anyway{.offline = captures::Choices::Offline::RunAnyway};
    const auto plan = desk.planAgain(ids, true, anyway);
    QCOMPARE(plan.orders.size(), 14);
    const auto second = stage.run(plan, {.ticket = QStringLiteral("INC1"),
                                         .operatorName = QStringLiteral("Piotr"),
                                         .waitUntil = {},
                                         .origin = first});
    QVERIFY(second != first);
    QVERIFY(stage.passUntil([&] { return stage.allFinal(); }));
    QCOMPARE(service.created(), 18);
    QCOMPARE(eachOnce(desk.captures(), service), QString());
    const auto repeats = stage.of(second);
    QCOMPARE(repeats.size(), 14);
    for (qsizetype i = 0; i < repeats.size(); ++i) {
        QCOMPARE(repeats[i].order.origin, ids[i]);
        QCOMPARE(repeats[i].order.attempt, 2);
        QCOMPARE(repeats[i].order.device.key(), stage.of(first)[i].order.device.key());
    }
    // The first attempts keep their states; what now has its file is not repeated.
    QCOMPARE(stage.count(State::NotStarted), 10);
    const auto failed = int(std::ranges::count(repeats, State::Failed, &Capture::state));
    QList<qint64> all;
    for (const auto& capture : repeats)
        all << capture.id;
    QCOMPARE(desk.planAgain(all, true, anyway).orders.size(), failed);
    // Nor when the first attempts are selected.
    const auto third = desk.planAgain(ids, true, anyway);
    QCOMPARE(third.orders.size(), failed);
    for (const auto& order : third.orders)
        QCOMPARE(order.attempt, 3);

    stage.quit();
    const auto record = stage.record();
    QCOMPARE(record.runs.last().id, second);
    QCOMPARE(record.runs.last().origin, first);
    QCOMPARE(record.runs.last().operatorName, QStringLiteral("Piotr"));
    QCOMPARE(record.captures.last().order.attempt, 2);
    QCOMPARE(record.captures.last().order.origin, ids.last());
}

CAPTUREDESK_SUITE(test_runs_choices, ChoicesTest)
#include "choices.moc"
