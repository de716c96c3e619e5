// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "support/suite.h"
#include "captures/plan.h"
#include "suites.h"

namespace {

devices::Device device(int number, bool windows)
{
    const auto id = QStringLiteral("d%1").arg(number);
    return {.deviceId = id,
            .registrationId = id,
            .email = id + QStringLiteral("@example.com"),
            .name = id,
            .platform = windows ? QStringLiteral("windows") : QStringLiteral("mac"),
            .status = QStringLiteral("connected"),
            .version = QStringLiteral("2026.2.410.0")};
}

const captures::Options both{.pcap = api::PcapArgs{}, .diag = api::DiagArgs{}};
const QDateTime planningTime(QDate(2026, 11, 23), QTime(14, 0), Qt::UTC);

} // namespace

void PlanTest::anyNumberOfDevices_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<bool>("windows");
    QTest::addColumn<int>("requests");
    QTest::addColumn<int>("waiting");
    QTest::newRow("none") << 0 << false << 0 << 0;
    QTest::newRow("one") << 1 << false << 1 << 0;
    QTest::newRow("ten") << 10 << false << 1 << 0;
    QTest::newRow("eleven") << 11 << false << 2 << 0;
    QTest::newRow("140") << 140 << false << 14 << 0;
    QTest::newRow("one, Windows") << 1 << true << 2 << 1;
    QTest::newRow("eleven, Windows") << 11 << true << 4 << 11;
    QTest::newRow("a thousand, Windows") << 1000 << true << 200 << 1000;
}

void PlanTest::anyNumberOfDevices()
{
    QFETCH(int, count);
    QFETCH(bool, windows);
    QList<devices::Device> devices;
    for (int i = 0; i < count; ++i)
        devices << device(i, windows);
    const auto plan = captures::planRun(devices, both, {.now = planningTime});
    QCOMPARE(plan.orders.size(), 2 * count);
    QTEST(int(plan.requests.size()), "requests");
    QTEST(plan.waiting, "waiting");
    QCOMPARE(plan.readyBy.has_value(), count > 0);
    QList<qsizetype> all;
    for (const auto& request : plan.requests) {
        QVERIFY(request.size() <= 20);
        QSet<QString> rows, onWindows;
        for (const auto index : request) {
            const auto& machine = plan.orders[index].device;
            rows.insert(machine.deviceId + machine.registrationId);
            if (machine.isWindows()) {
                QVERIFY(!onWindows.contains(machine.deviceId));
                onWindows.insert(machine.deviceId);
            }
        }
        QVERIFY(rows.size() <= 10);
        all << request;
    }
    std::ranges::sort(all);
    QCOMPARE(all.size(), plan.orders.size()); // each once
    QVERIFY(std::ranges::adjacent_find(all) == all.end());
}

void PlanTest::leftOut()
{
    auto old = device(1, true);
    old.eligible = false;
    old.version = QStringLiteral("2024.9.1.0");
    auto nobody = device(2, true);
    nobody.email.clear();
    const auto plan =
        captures::planRun({device(0, true), old, nobody, device(0, true)}, both, {.now = planningTime});
    QCOMPARE(plan.orders.size(), 2);
    QStringList reasons;
    for (const auto& one : plan.leftOut)
        reasons << one.reason;
    QCOMPARE(reasons, (QStringList{QStringLiteral("client too old"), QStringLiteral("no e-mail known"),
                                   QStringLiteral("named twice")}));
}

void PlanTest::dropped()
{
    const captures::Options inside{.pcap = api::PcapArgs{.interfaces = QList{api::Interface::Tunnel}},
                                   .diag = {}};
    QVERIFY(captures::planRun({device(0, true)}, inside, {.now = planningTime}).dropped.isEmpty());
    QCOMPARE(
        captures::planRun({device(0, true)}, inside, {.format = api::Format::Current, .now = planningTime})
            .dropped,
        QStringList{QStringLiteral("interfaces")});
}

CAPTUREDESK_SUITE(test_captures_plan, PlanTest)
