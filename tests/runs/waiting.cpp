// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Captures that are not sent yet: their device is not connected, they need confirmation, or the quota is used
// up.

#include <algorithm>

#include <QSignalSpy>
#include <QTest>

#include "support/suite.h"
#include "sandbox/fleet.h"
#include "stage.h"
#include "support/eventually.h"

using namespace runs;
using devices::Device;
using devices::Standing;
using std::chrono::hours;
using std::chrono::minutes;

class Waiting : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachAsItAppears();
    void goneAgain();
    void endsAtItsTime();
    void cancelled();
    void closed_data();
    void closed();
    void usedUp();
    void promised_data();
    void promised();
    void disconnected();
};

namespace {

constexpr int fleetSize = 300;

/// \param clock null: a new one
sandbox::Options lateAccount(const std::shared_ptr<sandbox::ManualClock>& clock = {})
{
    auto options = account(fleetSize);
    options.clock = clock;
    options.faults = {QStringLiteral("late-devices")};
    return options;
}

/// A machine that connects late, as a saved list names it.
Device lateOne(const std::function<bool(const sandbox::Device&)>& which)
{
    static const sandbox::Fleet fleet(sandbox::Options{}.seed, fleetSize);
    for (const auto& row : fleet.devices()) {
        if (row.late && fleet.rowsOf(row.deviceId).size() == 1 && which(row))
            return {.deviceId = row.deviceId,
                    .registrationId = row.registrationId,
                    .email = row.email,
                    .name = row.name,
                    .platform = row.platform,
                    .standing = Standing::NotSeen};
    }
    qFatal("no such device connects late");
}

bool isGood(const sandbox::Device& device)
{
    return device.connected && device.ineligibleReason.isEmpty();
}

Device lateWindows()
{
    return lateOne([](const sandbox::Device& device) { return isGood(device) && device.isWindows(); });
}

Device lateMac()
{
    return lateOne([](const sandbox::Device& device) {
        return isGood(device) && device.platform == QLatin1StringView("mac");
    });
}

/// A host known only by its name.
Device named(const QString& name)
{
    return {.name = name, .standing = Standing::NotSeen};
}

Device nowhere()
{
    return named(QStringLiteral("NOWHERE-1"));
}

/// After this time since the account's start the late machines connect.
constexpr minutes late{10};

const Capture& captureOf(Stage& stage, const Device& device, captures::Type type)
{
    const auto& all = stage.desk().captures();
    const auto found = std::ranges::find_if(all, [&](const Capture& capture) {
        return capture.order.type == type &&
               capture.order.device.name.compare(device.name, Qt::CaseInsensitive) == 0;
    });
    if (found == all.end())
        qFatal("there is no such capture");
    return *found;
}

} // namespace

void Waiting::eachAsItAppears()
{
    using enum captures::Type;
    Service service(lateAccount());
    Stage stage(service);
    auto& desk = stage.desk();
    QVERIFY(stage.load());

    const auto windows = lateWindows();
    const auto mac = lateMac();
    const auto other = lateOne([&windows](const sandbox::Device& device) {
        return isGood(device) && device.isWindows() && device.deviceId != windows.deviceId;
    });
    const auto apart = lateOne(
        [](const sandbox::Device& device) { return !device.connected && device.ineligibleReason.isEmpty(); });
    const auto old =
        lateOne([](const sandbox::Device& device) { return !device.ineligibleReason.isEmpty(); });
    const auto kiosk = named(QStringLiteral("kiosk-17"));
    const auto byName = named(other.name);
    const auto unknown = nowhere();
    for (const auto& device : {windows, mac, other, apart, old})
        QVERIFY(!desk.fleet().find(device.key()));

    const auto here = stage.connected(1).first();
    const auto plan = stage.plan({windows, mac, byName, apart, old, kiosk, unknown, here}, both);
    QCOMPARE(plan.offline(), 7);
    QCOMPARE(plan.awaited.size(), 14);
    QCOMPARE(plan.orders.size(), 2);
    const auto until = stage.now().utc.addDays(1);
    QVERIFY(stage.run(plan, {.ticket = QStringLiteral("INC1"), .operatorName = {}, .waitUntil = until}));
    QCOMPARE(desk.unsent(), 16);
    QCOMPARE(stage.count(State::WaitingDevice), 14);
    QCOMPARE(captureOf(stage, windows, Pcap).waitUntil, until);

    // Diagnostics are sent automatically when their devices appear; packet captures are not.
    stage.pass(late);
    for (const auto& device : {windows, mac, byName})
        EVENTUALLY(captureOf(stage, device, Diag).state == State::OnDevice);
    for (const auto& device : {windows, mac, byName}) {
        const auto& packet = captureOf(stage, device, Pcap);
        QCOMPARE(packet.state, State::WaitingTurn);
        QVERIFY(packet.asks && desk.asking().contains(packet.id));
        QVERIFY(!packet.sent && packet.commandId.isEmpty());
    }
    QCOMPARE(captureOf(stage, byName, Diag).order.device.deviceId, other.deviceId);
    QCOMPARE(captureOf(stage, byName, Diag).order.command.registrationId, other.registrationId);

    // Devices that appear but cannot run a capture, and a name that matches several devices, say so and keep
    // waiting.
    const auto waits = [&](const Device& device, const QString& why) {
        return std::ranges::all_of(std::array{Pcap, Diag}, [&](captures::Type type) {
            const auto& capture = captureOf(stage, device, type);
            return capture.state == State::WaitingDevice && capture.problem == why;
        });
    };
    const auto several = QStringLiteral("Several devices or users fit. Tick the right one, and run on it.");
    const auto tooOld = QStringLiteral("The device is there, but: client too old.");
    EVENTUALLY(waits(kiosk, several));
    EVENTUALLY(waits(apart, QStringLiteral("The device is there, but its client is disconnected.")));
    EVENTUALLY(waits(old, tooOld));
    QVERIFY(waits(unknown, {}));

    const auto isDone = [&](const Device& device, captures::Type type) {
        return captures::isFinal(captureOf(stage, device, type).state);
    };
    QVERIFY(stage.passUntil([&] {
        return isDone(here, Pcap) && isDone(here, Diag) && isDone(windows, Diag) && isDone(mac, Diag) &&
               isDone(byName, Diag);
    }));
    QCOMPARE(service.created(), 5);
    for (const auto& device : {windows, mac, byName})
        QCOMPARE(captureOf(stage, device, Pcap).state, State::WaitingTurn);
    desk.agree({captureOf(stage, windows, Pcap).id, captureOf(stage, mac, Pcap).id});
    QVERIFY(stage.passUntil([&] { return isDone(windows, Pcap) && isDone(mac, Pcap); }));
    QCOMPARE(service.created(), 7);

    // What was never confirmed and what never appeared ends with the waiting time, each with its reason.
    stage.pass(hours(25));
    desk.look();
    EVENTUALLY(stage.allFinal());
    const auto ended = [&](const Device& device, captures::Type type) {
        const auto& capture = captureOf(stage, device, type);
        return capture.state == State::Cancelled ? capture.problem : captures::stateText(capture.state);
    };
    QCOMPARE(ended(byName, Pcap), QStringLiteral("The waiting ended before you agreed."));
    QCOMPARE(ended(unknown, Diag), QStringLiteral("The waiting ended; the device was not connected."));
    QCOMPARE(ended(kiosk, Diag), QStringLiteral("The waiting ended. ") + several);
    QCOMPARE(ended(old, Pcap), QStringLiteral("The waiting ended. ") + tooOld);
    QCOMPARE(eachOnce(desk.captures(), service), QString());
    QCOMPARE(oneAtATime(desk.captures(), service), QString());
    QCOMPARE(service.created(), 7);
}

/// The operator confirms long after the device was seen, when it has gone again.
void Waiting::goneAgain()
{
    using enum captures::Type;
    Service before(lateAccount());
    Stage stage(before);
    QVERIFY(stage.load());
    const auto mac = lateMac();
    const auto asks = [&] {
        const auto& capture = captureOf(stage, mac, Pcap);
        return capture.state == State::WaitingTurn && capture.asks;
    };
    QVERIFY(stage.run(stage.plan({mac}, packets), {.waitUntil = stage.now().utc.addDays(1)}));
    stage.pass(late);
    EVENTUALLY(asks());
    stage.quit();

    Service after(lateAccount(before.clock())); // here the device has not connected yet
    QCOMPARE(after.connection().endpoint.accountId, before.connection().endpoint.accountId);
    stage.open(after);
    QVERIFY(stage.load());
    QVERIFY(asks());
    stage.desk().agree(stage.desk().asking());
    const auto capture = [&]() -> const Capture& { return captureOf(stage, mac, Pcap); };
    EVENTUALLY_COMPARE(capture().problem, QStringLiteral("The device is not there any more."));
    QCOMPARE(capture().state, State::WaitingDevice);
    QCOMPARE(after.posts(), 0);

    // It appears, and the capture asks; after the confirmation the device is looked up again.
    stage.pass(late);
    EVENTUALLY(asks());
    QCOMPARE(after.posts(), 0);
    stage.desk().agree(stage.desk().asking());
    QVERIFY(stage.passUntil([&] { return captures::isFinal(capture().state); }));
    QCOMPARE(after.created(), 1);
    QCOMPARE(before.created(), 0);
    QCOMPARE(eachOnce(stage.desk().captures(), after), QString());
}

void Waiting::endsAtItsTime()
{
    Service service(account(50));
    Stage stage(service);
    QVERIFY(stage.load());
    QSignalSpy ended(&stage.desk(), &captures::Desk::runEnded);
    const auto run = stage.run(stage.plan({nowhere()}, both), {.waitUntil = stage.now().utc.addSecs(600)});
    stage.pass(minutes(10) - std::chrono::milliseconds(1));
    QVERIFY(stage.looks() && stage.looks());
    QCOMPARE(stage.count(State::WaitingDevice), 2);
    stage.pass(std::chrono::milliseconds(1));
    stage.desk().look();
    EVENTUALLY_COMPARE(stage.count(State::Cancelled), 2);
    QCOMPARE(stage.desk().captures().first().problem,
             QStringLiteral("The waiting ended; the device was not connected."));
    QCOMPARE(ended.size(), 1);
    QCOMPARE(ended.first().first().toLongLong(), run);
    QCOMPARE(service.posts(), 0);
}

void Waiting::cancelled()
{
    Service service(account(50));
    Stage stage(service);
    auto& desk = stage.desk();
    QVERIFY(stage.load());
    const auto windows = stage.connected(1, &Device::isWindows);
    QVERIFY(stage.run(stage.plan(windows + QList{nowhere(), named(QStringLiteral("NOWHERE-2"))}, both),
                      {.waitUntil = stage.now().utc.addDays(1)}));
    QCOMPARE(desk.unsent(), 6);
    // Cancels one capture on each device; the others keep waiting, or are sent.
    desk.cancel({desk.captures()[1].id, desk.captures()[2].id, desk.captures()[4].id});
    QCOMPARE(stage.count(State::Cancelled), 3);
    QCOMPARE(stage.count(State::WaitingDevice), 2);
    QVERIFY(stage.passUntil([&] { return captures::isFinal(desk.captures()[0].state); }));
    QCOMPARE(stage.count(State::WaitingDevice), 2);
    desk.cancel({desk.captures()[0].id}); // too late, so it has no effect
    desk.cancelUnsent();
    QCOMPARE(stage.count(State::Cancelled), 5);
    QVERIFY(stage.allFinal());
    QCOMPARE(service.created(), 1);

    // A restart changes nothing.
    stage.quit();
    stage.open();
    QSignalSpy resumed(&stage.desk(), &captures::Desk::resumed);
    QVERIFY(stage.looks() && stage.looks());
    QCOMPARE(stage.count(State::Cancelled), 5);
    QVERIFY(resumed.isEmpty());
    QCOMPARE(service.created(), 1);
}

void Waiting::closed_data()
{
    QTest::addColumn<minutes>("time");
    QTest::addColumn<bool>("asks");
    QTest::newRow("29 minutes") << minutes(29) << false;
    QTest::newRow("31 minutes") << minutes(31) << true;
}

void Waiting::closed()
{
    using enum captures::Type;
    QFETCH(minutes, time);
    QFETCH(bool, asks);
    Service service(lateAccount());
    Stage stage(service);
    QVERIFY(stage.load());
    const auto mac = lateMac();
    const auto here = stage.connected(3, &Device::isWindows);
    const auto until = stage.now().utc.addDays(1);
    const captures::Options longer{.pcap = api::PcapArgs{.timeLimitMin = 4}, .diag = both.diag};
    QVERIFY(stage.run(stage.plan(here + QList{mac}, longer), {.waitUntil = until}));
    // Three packet captures were sent, three diagnostics wait for their turn, one device is waited for.
    EVENTUALLY_COMPARE(stage.count([](const Capture& capture) { return !capture.commandId.isEmpty(); }), 3);
    QCOMPARE(stage.desk().unsent(), 5);
    stage.quit();
    stage.pass(time);
    stage.open();
    QSignalSpy resumed(&stage.desk(), &captures::Desk::resumed);

    if (asks) {
        EVENTUALLY_COMPARE(resumed.size(), 1);
        QCOMPARE(resumed.first().first().value<std::chrono::seconds>(), time);
        QCOMPARE(stage.desk().asking().size(), 5);
        // Everything that can be sent now may be sent, since one device is free and the other has appeared;
        // but it asks first.
        const auto packet = [&]() -> const Capture& { return captureOf(stage, mac, Pcap); };
        EVENTUALLY_COMPARE(packet().state, State::WaitingTurn);
        EVENTUALLY_COMPARE(
            stage.count([](const Capture& capture) { return captures::isFinal(capture.state); }), 3);
        QVERIFY(stage.looks() && stage.looks());
        QCOMPARE(stage.desk().unsent(), 5);
        QCOMPARE(service.created(), 3);
        stage.desk().agree(stage.desk().asking());
    } else {
        // Sent automatically, except the packet capture, which asks as always.
        EVENTUALLY_COMPARE(service.created(), 7);
        QVERIFY(resumed.isEmpty());
        QCOMPARE(stage.desk().asking(), QList{captureOf(stage, mac, Pcap).id});
        stage.desk().agree(stage.desk().asking());
    }
    QVERIFY(stage.passUntil([&] { return stage.allFinal(); }));
    QCOMPARE(service.created(), 8);
    QCOMPARE(eachOnce(stage.desk().captures(), service), QString());
    QCOMPARE(oneAtATime(stage.desk().captures(), service), QString());
}

void Waiting::usedUp()
{
    auto options = account(100);
    options.quota = 14;
    options.clock = std::make_shared<sandbox::ManualClock>(
        QDateTime(QDate(2026, 3, 10), QTime(23, 50), Qt::UTC)); // a longer wait: captures would ask
    Service service(options);
    Stage stage(service);
    auto& desk = stage.desk();
    QVERIFY(stage.load());
    const auto plan = stage.plan(stage.connected(20), diagnostics);
    QCOMPARE(plan.later, 6);
    QVERIFY(stage.run(plan));

    const auto sentence = QStringLiteral("Today's captures are used up, by everyone together. More at ");
    const auto isHeld = [&sentence](const Capture& capture) {
        return capture.state == State::WaitingTurn && capture.problem.startsWith(sentence) &&
               capture.heldUntil;
    };
    EVENTUALLY_COMPARE(stage.count(isHeld), 6);
    for (const auto& capture : stage.captures()) {
        // The time of the reset, not of the next poll.
        if (isHeld(capture))
            QVERIFY(std::abs(capture.heldUntil->secsTo(desk.quota()->reset)) <= 1);
    }
    QCOMPARE(service.created(), 14);

    // The day is over: the next poll sees the new quota, and the waiting captures are sent.
    stage.pass(std::chrono::milliseconds(stage.now().utc.msecsTo(desk.quota()->reset)));
    desk.look();
    QVERIFY(stage.passUntil([&] { return stage.allFinal(); }));
    QCOMPARE(service.created(), 20);
    QCOMPARE(stage.count(State::Refused), 0);
    QCOMPARE(stage.count([](const Capture& capture) { return !capture.problem.isEmpty(); }), 0);
    QCOMPARE(eachOnce(desk.captures(), service), QString());
}

void Waiting::promised_data()
{
    QTest::addColumn<bool>("restarts");
    QTest::newRow("at once") << false;
    QTest::newRow("over a restart") << true;
}

/// Quota promised to waiting captures of an earlier run is not used by a later run, whichever could be sent
/// first.
void Waiting::promised()
{
    using enum captures::Type;
    QFETCH(bool, restarts);
    auto options = account(100);
    options.quota = 6;
    options.clock =
        std::make_shared<sandbox::ManualClock>(QDateTime(QDate(2026, 3, 10), QTime(23, 40), Qt::UTC));
    Service service(options);
    Stage stage(service);
    QVERIFY(stage.load());
    // Its packet capture keeps the machine busy: the diagnostics wait for their turn.
    const auto windows = stage.connected(1, &Device::isWindows);
    QVERIFY(stage.run(stage.plan(windows, both), {.ticket = QStringLiteral("INC3")}));
    EVENTUALLY_COMPARE(service.created(), 1);
    EVENTUALLY_COMPARE(stage.desk().left(), std::optional<qint64>(5));

    const auto others = stage.connected(
        10, [&](const Device& device) { return device.deviceId != windows.first().deviceId; });
    stage.tick(others);
    const auto plan = stage.desk().plan(diagnostics);
    QVERIFY(plan.today);
    QCOMPARE(plan.today->promised(), 1);
    QCOMPARE(plan.today->promisedTo, QStringList{QStringLiteral("INC3")});
    QCOMPARE(plan.today->free(), 4);
    QCOMPARE(plan.later, 6);
    QVERIFY(plan.readyBy && *plan.readyBy > plan.today->reset);
    QVERIFY(stage.run(plan, {.ticket = QStringLiteral("INC4")}));
    EVENTUALLY_COMPARE(service.created(), 5);
    const auto isHeld = [](const Capture& capture) {
        return capture.state == State::WaitingTurn && capture.heldUntil;
    };
    EVENTUALLY_COMPARE(stage.count(isHeld), 6);
    for (const auto& capture : stage.captures()) {
        if (!isHeld(capture))
            continue;
        QCOMPARE(capture.ticket, QStringLiteral("INC4"));
        QVERIFY2(capture.problem.contains(QStringLiteral("promised to what was started before: INC3")),
                 qPrintable(capture.problem));
        QVERIFY(std::abs(capture.heldUntil->secsTo(plan.today->reset)) <= 1);
    }
    if (restarts) {
        stage.quit();
        stage.open();
        QVERIFY(stage.load());
    }
    QVERIFY(stage.looks() && stage.looks());
    QCOMPARE(service.created(), 5);

    // The machine is free: the promised capture is sent, long before the reset.
    const auto& diag = captureOf(stage, windows.first(), Diag);
    QVERIFY(stage.passUntil([&] { return !diag.commandId.isEmpty(); }));
    QVERIFY(stage.now().utc < plan.today->reset);
    QCOMPARE(service.created(), 6);
    QVERIFY(stage.passUntil([&] { return stage.allFinal(); }));
    QCOMPARE(service.created(), 12);
    QCOMPARE(eachOnce(stage.captures(), service), QString());
}

/// A device listed as disconnected is waited for, also across a restart; its captures can be cancelled.
void Waiting::disconnected()
{
    Service service(account(100));
    Stage stage(service);
    QVERIFY(stage.load());
    stage.tick(stage.some(1, [](const Device& device) { return !device.isConnected(); }));
    const auto plan = stage.desk().plan(both);
    QVERIFY(plan.orders.isEmpty());
    QCOMPARE(plan.awaited.size(), 2);
    QVERIFY(stage.run(plan, {.waitUntil = stage.now().utc.addDays(1)}));
    const auto why = QStringLiteral("The device is there, but its client is disconnected.");
    const auto waits = [&](const Capture& capture) {
        return capture.state == State::WaitingDevice && capture.problem == why;
    };
    EVENTUALLY_COMPARE(stage.count(waits), 2);
    stage.quit();
    stage.open();
    QVERIFY(stage.load());
    EVENTUALLY_COMPARE(stage.desk().resumedUnsent().size(), 2);
    QVERIFY(stage.looks() && stage.looks());
    QCOMPARE(stage.count(State::WaitingDevice), 2);
    QCOMPARE(service.posts(), 0);
    stage.desk().cancelUnsent();
    QCOMPARE(stage.count(State::Cancelled), 2);
    QVERIFY(stage.desk().resumedUnsent().isEmpty());
    QCOMPARE(service.posts(), 0);
}

CAPTUREDESK_SUITE(test_runs_waiting, Waiting)
#include "waiting.moc"
