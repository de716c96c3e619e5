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

/// Wraps the variant as a column of test data: QMetaType would require an order of the variant.
struct TheirArgs {
    std::optional<api::Args> args = {};
};

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
    QCOMPARE(plan.later, 0); // no daily limit
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

void PlanTest::notConnected_data()
{
    QTest::addColumn<QString>("status");
    QTest::addColumn<bool>("seen");
    QTest::addColumn<QString>("absence");
    QTest::newRow("connected") << QStringLiteral("connected") << true << QString();
    QTest::newRow("connected, in capitals") << QStringLiteral("Connected") << true << QString();
    QTest::newRow("the service does not say") << QString() << true << QString();
    QTest::newRow("disconnected") << QStringLiteral("DISCONNECTED") << true << QStringLiteral("disconnected");
    QTest::newRow("paused") << QStringLiteral("Paused") << true << QStringLiteral("paused");
    QTest::newRow("a word of tomorrow") << QStringLiteral("Asleep") << true << QStringLiteral("asleep");
    QTest::newRow("not seen") << QStringLiteral("connected") << false
                              << QStringLiteral("not seen in the last hour");
}

/// One choice for all devices that are not connected; the counts follow it.
void PlanTest::notConnected()
{
    using Offline = captures::Choices::Offline;
    QFETCH(QString, status);
    QFETCH(bool, seen);
    QFETCH(QString, absence);
    auto away = device(1, false);
    away.status = status;
    away.standing = seen ? devices::Standing::Listed : devices::Standing::NotSeen;
    QCOMPARE(captures::absence(away), absence);
    const bool isAway = !absence.isEmpty();
    for (const auto choice : {Offline::Wait, Offline::RunAnyway, Offline::LeaveOut}) {
        const auto plan =
            captures::planRun({device(0, false), away}, both, {.now = planningTime}, {.offline = choice});
        QCOMPARE(plan.offline(), isAway ? 1 : 0);
        QCOMPARE(plan.askable, isAway ? 1 : 0);
        QCOMPARE(plan.absences.value(absence), isAway ? 1 : 0);
        const bool runs = !isAway || choice == Offline::RunAnyway;
        QCOMPARE(plan.orders.size(), runs ? 4 : 2);
        QCOMPARE(plan.awaited.size(), isAway && choice == Offline::Wait ? 2 : 0);
        QCOMPARE(plan.leftOut.size(), isAway && choice == Offline::LeaveOut ? 1 : 0);
        if (!plan.leftOut.isEmpty())
            QCOMPARE(plan.leftOut.first().reason, absence);
    }
}

/// A device without an ID or a user can only be waited for.
void PlanTest::withoutAnId()
{
    using Offline = captures::Choices::Offline;
    const devices::Device named{.name = QStringLiteral("AWAY-1"), .standing = devices::Standing::NotSeen};
    const devices::Device byId{.deviceId = QStringLiteral("d9"), .standing = devices::Standing::NotSeen};
    const auto wait = captures::planRun({named, byId}, both, {.now = planningTime});
    QCOMPARE(wait.awaited.size(), 4);
    QCOMPARE(wait.offline(), 2);
    QCOMPARE(wait.askable, 0);
    const auto anyway =
        captures::planRun({named, byId}, both, {.now = planningTime}, {.offline = Offline::RunAnyway});
    QVERIFY(anyway.orders.isEmpty() && anyway.awaited.isEmpty());
    QCOMPARE(anyway.leftOut.size(), 2);
    QCOMPARE(anyway.leftOut[0].reason, QStringLiteral("not seen in the last hour, and its ID is not known"));
    QCOMPARE(anyway.leftOut[1].reason,
             QStringLiteral("not seen in the last hour, and its user is not known"));
}

void PlanTest::enoughForToday_data()
{
    QTest::addColumn<qint64>("left");
    QTest::addColumn<qint64>("kept");
    QTest::addColumn<qint64>("queued");
    QTest::addColumn<qint64>("promised");
    QTest::addColumn<qint64>("free");
    QTest::addColumn<qsizetype>("later"); ///< of ten
    const auto row = [](const char* name, qint64 left, qint64 kept, qint64 queued, qint64 promised,
                        qint64 free, qsizetype later) {
        QTest::newRow(name) << left << kept << queued << promised << free << later;
    };
    row("more than enough", 100, 0, 0, 0, 100, 0);
    row("just enough", 10, 0, 0, 0, 10, 0);
    row("one too few", 9, 0, 0, 0, 9, 1);
    row("none", 0, 0, 0, 0, 0, 10);
    row("one is promised", 4, 0, 1, 1, 3, 7);
    row("all are promised", 4, 0, 4, 4, 0, 10);
    row("more wait than are left", 4, 0, 9, 4, 0, 10);
    row("some are kept", 12, 2, 0, 0, 10, 0);
    row("some are kept, one too few", 11, 2, 0, 0, 9, 1);
    row("all are kept", 5, 5, 0, 0, 0, 10);
    row("more are kept than are left", 5, 7, 3, 0, 0, 10);
    row("kept and promised", 12, 2, 3, 3, 7, 3);
}

/// Remaining, reserved, promised and free captures are consistent.
void PlanTest::enoughForToday()
{
    QFETCH(qint64, left);
    QFETCH(qint64, kept);
    QFETCH(qint64, queued);
    const captures::Allowance today{
        .left = left, .kept = kept, .queued = queued, .perDay = 100, .reset = planningTime.addSecs(36'000)};
    QTEST(today.promised(), "promised");
    QTEST(today.free(), "free");
    QList<devices::Device> devices;
    for (int i = 0; i < 5; ++i)
        devices << device(i, false);
    const auto plan = captures::planRun(devices, both, {.now = planningTime, .today = today});
    QCOMPARE(plan.orders.size(), 10);
    QTEST(plan.later, "later");
    QVERIFY(plan.today == today);
}

void PlanTest::wholeDevices_data()
{
    QTest::addColumn<qint64>("left");
    QTest::addColumn<qsizetype>("orders");
    QTest::addColumn<qsizetype>("leftOut");
    for (qint64 left = 0; left <= 7; ++left)
        QTest::addRow("%lld left", left) << left << qsizetype(std::min<qint64>(left / 2 * 2, 6))
                                         << qsizetype(3 - std::min<qint64>(left / 2, 3));
}

void PlanTest::wholeDevices()
{
    QFETCH(qint64, left);
    const captures::Allowance today{.left = left, .perDay = 100, .reset = planningTime.addSecs(3600)};
    const auto plan = captures::planRun({device(0, false), device(1, false), device(2, false)}, both,
                                        {.now = planningTime, .today = today},
                                        {.amount = captures::Choices::Amount::Devices});
    QTEST(plan.orders.size(), "orders");
    QTEST(plan.leftOut.size(), "leftOut");
    QCOMPARE(plan.later, 0);
}

void PlanTest::readyAfterTheReset_data()
{
    QTest::addColumn<qint64>("left");
    QTest::addColumn<qint64>("queued");
    QTest::addColumn<qint64>("perDay");
    QTest::addColumn<qint64>("days"); ///< resets before the last one is sent; -1: never
    const auto row = [](const char* name, qint64 left, qint64 queued, qint64 perDay, qint64 days) {
        QTest::newRow(name) << left << queued << perDay << days;
    };
    row("all today", 10, 0, 10, 0);
    row("one tomorrow", 9, 0, 10, 1);
    row("all tomorrow", 0, 0, 10, 1);
    row("none left, one too few tomorrow", 0, 0, 9, 2);
    row("five days", 0, 0, 2, 5);
    row("one a day", 0, 0, 1, 10);
    row("earlier runs go first tomorrow, too", 0, 5, 10, 2);
    row("and just fit", 0, 5, 15, 1);
    row("earlier runs go today", 5, 5, 10, 1);
    row("no captures at all", 0, 0, 0, -1);
}

void PlanTest::readyAfterTheReset()
{
    QFETCH(qint64, left);
    QFETCH(qint64, queued);
    QFETCH(qint64, perDay);
    QFETCH(qint64, days);
    const auto reset = planningTime.addSecs(36'000);
    QList<devices::Device> devices;
    for (int i = 0; i < 10; ++i)
        devices << device(i, false);
    const captures::Options diagnostics{.pcap = {}, .diag = api::DiagArgs{.testAllRoutes = false}};
    const captures::Allowance today{.left = left, .queued = queued, .perDay = perDay, .reset = reset};
    const auto plan = captures::planRun(devices, diagnostics, {.now = planningTime, .today = today});
    constexpr qint64 one = 210; // seconds
    QCOMPARE(plan.readyBy.has_value(), days >= 0);
    if (days == 0)
        QCOMPARE(*plan.readyBy, planningTime.addSecs(one));
    else if (days > 0)
        QCOMPARE(*plan.readyBy, reset.addDays(days - 1).addSecs(one));
    QCOMPARE(plan.lastDay, days > 0 ? std::optional(reset.addDays(days - 1)) : std::nullopt);
    qsizetype sent = 0;
    for (const auto& request : plan.requests)
        sent += request.size();
    QCOMPARE(sent, 10);
}

void PlanTest::whatRunsAlready_data()
{
    QTest::addColumn<TheirArgs>("args");
    QTest::addColumn<qint64>("until"); ///< seconds after its start; -1: unknown
    QTest::addColumn<qint64>("ready"); ///< seconds from now
    using Args = TheirArgs;
    // It was started two minutes ago; what starts after it takes 390 s.
    QTest::newRow("ten minutes") << Args{api::Args(api::PcapArgs{.timeLimitMin = 10})} << qint64(690)
                                 << qint64(570 + 390);
    QTest::newRow("one minute, over")
        << Args{api::Args(api::PcapArgs{.timeLimitMin = 0.5})} << qint64(120) << qint64(390);
    QTest::newRow("its time limit is not listed")
        << Args{api::Args(api::PcapArgs{.maxFileSizeMb = 5})} << qint64(-1) << qint64(570 + 390);
    QTest::newRow("nothing is listed") << Args{} << qint64(-1) << qint64(570 + 390);
}

/// Which captures run already, since when and until when: by their own options, never by ours.
void PlanTest::whatRunsAlready()
{
    QFETCH(TheirArgs, args);
    QFETCH(qint64, until);
    QFETCH(qint64, ready);
    const auto begun = planningTime.addSecs(-120);
    const api::Command theirs{.id = QStringLiteral("c1"),
                              .deviceId = device(1, true).deviceId,
                              .userEmail = device(1, true).email,
                              .type = QStringLiteral("pcap"),
                              .status = QStringLiteral("PENDING_EXEC"),
                              .created = begun,
                              .args = args.args};
    const captures::Options packets{.pcap = api::PcapArgs{.timeLimitMin = 5}, .diag = {}};
    const captures::Situation situation{.now = planningTime, .running = {theirs}};
    const auto plan = captures::planRun({device(1, true)}, packets, situation);
    QCOMPARE(plan.busy.size(), 1);
    QCOMPARE(plan.busy.first().command.id, theirs.id);
    QCOMPARE(plan.busy.first().until,
             until < 0 ? std::optional<QDateTime>() : std::optional(begun.addSecs(until)));
    QCOMPARE(plan.readyBy, std::optional(planningTime.addSecs(ready)));
    QCOMPARE(plan.followable, 1);
    const auto followed = captures::planRun({device(1, true)}, packets, situation,
                                            {.running = captures::Choices::Running::Follow});
    QVERIFY(followed.orders.isEmpty());
    QCOMPARE(followed.followed.size(), 1);
    QVERIFY(followed.followed.first().command.args == args.args);
    // A capture of another user, or of another type, is not identical.
    auto other = device(1, true);
    other.email = QStringLiteral("other@example.com");
    QCOMPARE(captures::planRun({other}, packets, situation).followable, 0);
    const captures::Options diagnostics{.pcap = {}, .diag = api::DiagArgs{}};
    QCOMPARE(captures::planRun({device(1, true)}, diagnostics, situation).followable, 0);
}

CAPTUREDESK_SUITE(test_captures_plan, PlanTest)
