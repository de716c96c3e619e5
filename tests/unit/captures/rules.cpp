// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules that a change of one condition would break: what can be repeated and how, what the planner skips or
// delays, what blocks what, and which captures are open or have a file.

#include <QTest>

#include "captures/core.h"
#include "captures/occupied.h"
#include "captures/plan.h"
#include "captures/presets.h"
#include "captures/retry.h"
#include "captures/roll.h"
#include "support/suite.h"

using captures::Capture;
using captures::Choices;
using captures::State;

class RulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void repeatable();
    void repeatTexts();
    void firstOfAll();
    void repeatedOrder();
    void offline();
    void running();
    void requestsAreFull();
    void estimates();
    void blocking();
    void files();
    void openOnes();
    void heldOnesSayWhy();
    void commandWithoutTime();
    void howLongItWaits_data();
    void howLongItWaits();
    void endOfAHold();
    void unsentAndWaiting();
    void appearedTooLate();
    void whetherAListChanges();
    void howLongItIsSought();
    void found();
    void repeatThatIsOnItsWay();
    void afterARestart();
    void namedTwice();
    void pendingOnes();
};

namespace {

devices::Device ruleDevice(int number, bool windows)
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

const QDateTime ruleTime(QDate(2026, 11, 23), QTime(14, 0), Qt::UTC);
const captures::Options ruleBoth{.pcap = api::PcapArgs{}, .diag = api::DiagArgs{}};

/// A capture that ended after so many seconds.
Capture endedCapture(State state, bool windows, int seconds, std::variant<api::PcapArgs, api::DiagArgs> args)
{
    Capture capture;
    capture.id = 7;
    capture.state = state;
    capture.order = captures::orderFor(ruleDevice(1, windows), std::move(args));
    capture.created = ruleTime;
    capture.completed = ruleTime.addSecs(seconds);
    return capture;
}

api::Command commandOn(const devices::Device& device, const char* type)
{
    api::Command command;
    command.deviceId = device.deviceId;
    command.registrationId = device.registrationId;
    command.userEmail = device.email;
    command.type = QString::fromLatin1(type);
    return command;
}

captures::Moment ruleMoment(int seconds)
{
    return {.utc = ruleTime.addSecs(seconds),
            .steady = std::chrono::hours(5) + std::chrono::seconds(seconds)};
}

/// Packet captures of one run, each on its own device, numbered from 1.
QList<Capture> waitingCaptures(int count)
{
    QList<Capture> all;
    for (int i = 0; i < count; ++i) {
        Capture capture;
        capture.id = i + 1;
        capture.run = 1;
        capture.order = captures::orderFor(ruleDevice(i, false), api::PcapArgs{});
        all << capture;
    }
    return all;
}

} // namespace

void RulesTest::repeatable()
{
    for (const auto state :
         {State::NothingUploaded, State::Failed, State::Refused, State::NotStarted, State::Cancelled})
        QVERIFY(captures::canRepeat(state));
    for (const auto state : {State::WaitingDevice, State::WaitingTurn, State::Sending, State::Checking,
                             State::OnDevice, State::Uploading, State::Ready, State::Deleted})
        QVERIFY(!captures::canRepeat(state));
}

void RulesTest::repeatTexts()
{
    const auto text = [](State state, bool windows, int seconds,
                         std::variant<api::PcapArgs, api::DiagArgs> args) {
        return captures::repeatText(endedCapture(state, windows, seconds, std::move(args)));
    };
    const auto heavy = captures::presets().at(captures::presetHeavyTraffic);
    QCOMPARE(text(State::NotStarted, false, 600, api::PcapArgs{}), QStringLiteral("Send again…"));
    QCOMPARE(text(State::Failed, false, 600, api::PcapArgs{}), QStringLiteral("Wait for device…"));
    QCOMPARE(text(State::Refused, false, 600, api::PcapArgs{}), QStringLiteral("Run again…"));
    QCOMPARE(text(State::Failed, true, 5, api::PcapArgs{}), QStringLiteral("Run when free…"));
    QCOMPARE(text(State::Failed, false, 5, api::PcapArgs{}), QStringLiteral("Run again…"));
    QCOMPARE(text(State::Refused, true, 5, api::PcapArgs{}), QStringLiteral("Run again…"));
    QCOMPARE(text(State::NothingUploaded, false, 90, api::PcapArgs{}),
             QStringLiteral("Use “%1”…").arg(heavy.name));
    QCOMPARE(text(State::NothingUploaded, false, 90, *heavy.options.pcap), QStringLiteral("Run again…"));
    QCOMPARE(text(State::NothingUploaded, false, 90, api::DiagArgs{}), QStringLiteral("Run again…"));
    QCOMPARE(text(State::Cancelled, false, 90, api::PcapArgs{}), QStringLiteral("Run again…"));

    const auto better = [](State state, int seconds, std::variant<api::PcapArgs, api::DiagArgs> args) {
        return captures::improvement(endedCapture(state, false, seconds, std::move(args)));
    };
    QCOMPARE(better(State::Failed, 600, api::PcapArgs{}),
             QStringLiteral("Wait until the device is connected."));
    QVERIFY(better(State::Failed, 90, api::PcapArgs{}).isEmpty());
    QVERIFY(better(State::Cancelled, 90, api::PcapArgs{}).isEmpty());
    QVERIFY(better(State::NothingUploaded, 90, api::PcapArgs{}).contains(heavy.name));
    QVERIFY(better(State::NothingUploaded, 90, *heavy.options.pcap).isEmpty());
    QCOMPARE(better(State::NothingUploaded, 90, api::DiagArgs{}),
             QStringLiteral("Diagnostics without testing every route."));
    QCOMPARE(better(State::NothingUploaded, 90, api::DiagArgs{.testAllRoutes = true}),
             QStringLiteral("Diagnostics without testing every route."));
    QVERIFY(better(State::NothingUploaded, 90, api::DiagArgs{.testAllRoutes = false}).isEmpty());
}

/// Repeating the very first capture.
void RulesTest::firstOfAll()
{
    auto first = endedCapture(State::Failed, false, 90, api::PcapArgs{});
    first.id = 1;
    first.run = 1;
    auto second = first;
    second.id = 2;
    second.run = 2;
    second.order.origin = 1;
    second.state = State::Ready;
    const QList<Capture> all{first, second};
    QCOMPARE(captures::Attempts(all).latest(all[0]).id, 2);
    QVERIFY(captures::Attempts(all).repeatableOf(1).isEmpty());
}

/// The next attempt refers to the previous one; it differs only if the operator accepts the proposed change.
void RulesTest::repeatedOrder()
{
    const auto capture = endedCapture(State::NothingUploaded, false, 90, api::PcapArgs{});
    auto plain = captures::repeatOf(capture, false);
    QCOMPARE(plain.origin, 7);
    QCOMPARE(plain.attempt, 2);
    QVERIFY(plain.command == capture.order.command);
    const auto less = captures::repeatOf(capture, true);
    QVERIFY(std::get<api::PcapArgs>(less.command.args) ==
            *captures::presets().at(captures::presetHeavyTraffic).options.pcap);
    QCOMPARE(less.attempt, 2);
    const auto routes =
        captures::repeatOf(endedCapture(State::NothingUploaded, false, 90, api::DiagArgs{}), true);
    QCOMPARE(std::get<api::DiagArgs>(routes.command.args).testAllRoutes, std::optional(false));
    const auto away = endedCapture(State::Failed, false, 600, api::PcapArgs{});
    QCOMPARE(captures::repeatOf(away, true).device.standing, devices::Standing::NotSeen);
    QVERIFY(captures::repeatOf(away, true).command == away.order.command);
    QCOMPARE(captures::repeatOf(away, false).device.standing, away.order.device.standing);
    const auto other = endedCapture(State::Refused, false, 90, api::PcapArgs{});
    QVERIFY(captures::repeatOf(other, true).command == other.order.command);
}

/// A device that the service does not list is waited for, or skipped once, whatever the options.
void RulesTest::offline()
{
    auto away = ruleDevice(1, false);
    away.standing = devices::Standing::NotSeen;
    auto byName = ruleDevice(2, false);
    byName.deviceId.clear();
    byName.registrationId.clear();
    const QList<devices::Device> all{ruleDevice(0, false), away, byName};
    const auto waits =
        captures::planRun(all, ruleBoth, {.now = ruleTime}, {.offline = Choices::Offline::Wait});
    QCOMPARE(waits.offline(), 2);
    QCOMPARE(waits.orders.size(), 2);
    QCOMPARE(waits.awaited.size(), 4);
    QVERIFY(waits.leftOut.isEmpty());
    const auto without =
        captures::planRun(all, ruleBoth, {.now = ruleTime}, {.offline = Choices::Offline::LeaveOut});
    QCOMPARE(without.offline(), 2);
    QCOMPARE(without.orders.size(), 2);
    QVERIFY(without.awaited.isEmpty());
    QCOMPARE(without.leftOut.size(), 2);
    QCOMPARE(without.leftOut[0].reason, QStringLiteral("not seen in the last hour"));
    const auto none = captures::planRun({ruleDevice(0, false)}, ruleBoth, {.now = ruleTime});
    QCOMPARE(none.offline(), 0);
}

/// Another user's capture on a device: ours starts after it, monitors it if it is identical, or is skipped.
void RulesTest::running()
{
    const auto device = ruleDevice(1, false);
    const captures::Options packets{.pcap = api::PcapArgs{}, .diag = {}};
    const captures::Situation situation{.now = ruleTime, .running = {commandOn(device, "pcap")}};
    const auto after =
        captures::planRun({device}, packets, situation, {.running = Choices::Running::StartAfter});
    QCOMPARE(after.orders.size(), 1);
    QCOMPARE(after.waiting, 1);
    QCOMPARE(after.followable, 1);
    const auto follow =
        captures::planRun({device}, packets, situation, {.running = Choices::Running::Follow});
    QVERIFY(follow.orders.isEmpty());
    QCOMPARE(follow.followed.size(), 1);
    const auto without =
        captures::planRun({device}, packets, situation, {.running = Choices::Running::LeaveOut});
    QVERIFY(without.orders.isEmpty());
    QCOMPARE(without.leftOut.size(), 1);
    QCOMPARE(without.leftOut[0].reason, QStringLiteral("a capture is running on it"));

    // There is nothing to monitor if it has another user or, on Windows, another type.
    auto others = commandOn(device, "pcap");
    others.userEmail = QStringLiteral("other@example.com");
    const auto another = captures::planRun({device}, packets, {.now = ruleTime, .running = {others}},
                                           {.running = Choices::Running::Follow});
    QCOMPARE(another.followed.size(), 0);
    QCOMPARE(another.orders.size(), 1);
    const auto windows = ruleDevice(2, true);
    const auto diagnostics =
        captures::planRun({windows}, packets, {.now = ruleTime, .running = {commandOn(windows, "warp-diag")}},
                          {.running = Choices::Running::Follow});
    QCOMPARE(diagnostics.followed.size(), 0);
    QCOMPARE(diagnostics.orders.size(), 1);
    QCOMPARE(diagnostics.waiting, 1);
    // Our own capture blocks, and is not monitored a second time.
    const auto own =
        captures::planRun({device}, packets, {.now = ruleTime, .own = {commandOn(device, "pcap")}},
                          {.running = Choices::Running::Follow});
    QCOMPARE(own.followed.size(), 0);
    QCOMPARE(own.waiting, 1);
    auto unnamed = commandOn(device, "pcap"); // without an e-mail it may be anybody's
    unnamed.userEmail.reset();
    QCOMPARE(captures::planRun({device}, packets, {.now = ruleTime, .running = {unnamed}}).followable, 1);
    // E-mail addresses are compared without case.
    auto upper = commandOn(device, "pcap");
    upper.userEmail = device.email.toUpper();
    QCOMPARE(captures::planRun({device}, packets, {.now = ruleTime, .running = {upper}}).followable, 1);
}

/// A request has at most ten rows and twenty commands, and as many as fit.
void RulesTest::requestsAreFull()
{
    QList<captures::Order> orders;
    QList<qsizetype> open;
    for (int i = 0; i < 11; ++i) {
        orders << captures::orderFor(ruleDevice(i, false), api::PcapArgs{})
               << captures::orderFor(ruleDevice(i, false), api::DiagArgs{});
        open << orders.size() - 2 << orders.size() - 1;
    }
    QCOMPARE(captures::nextRequest(orders, open, {}).size(), 20);
    captures::Occupied busy;
    busy.add(commandOn(ruleDevice(0, false), "pcap"));
    const auto request = captures::nextRequest(orders, open, busy);
    QCOMPARE(request.size(), 20 - 1);
    QCOMPARE(request.first(), 1);
}

/// The time limit, or the service's default, plus a minute and a half for the upload; diagnostics take two or
/// three minutes.
void RulesTest::estimates()
{
    const auto seconds = [](const captures::Options& options) {
        return ruleTime.secsTo(
            *captures::planRun({ruleDevice(1, false)}, options, {.now = ruleTime}).readyBy);
    };
    QCOMPARE(seconds({.pcap = api::PcapArgs{.timeLimitMin = 2}, .diag = {}}), 2 * 60 + 90);
    QCOMPARE(seconds({.pcap = {}, .diag = api::DiagArgs{}}), 3 * 60 + 90);
    // On Windows one after the other; nothing of anybody else's is waited for.
    const captures::Options both{.pcap = api::PcapArgs{.timeLimitMin = 1},
                                 .diag = api::DiagArgs{.testAllRoutes = false}};
    const auto onWindows = captures::planRun({ruleDevice(1, true)}, both, {.now = ruleTime});
    QCOMPARE(ruleTime.secsTo(*onWindows.readyBy), 60 + 90 + 2 * 60 + 90);
    QCOMPARE(seconds({.pcap = {}, .diag = api::DiagArgs{.testAllRoutes = true}}), 3 * 60 + 90);
    QCOMPARE(seconds({.pcap = {}, .diag = api::DiagArgs{.testAllRoutes = false}}), 2 * 60 + 90);
    QCOMPARE(seconds({.pcap = api::PcapArgs{.timeLimitMin = 5}, .diag = api::DiagArgs{}}),
             5 * 60 + 90); // starts at once
}

void RulesTest::blocking()
{
    const auto windows = ruleDevice(1, true), mac = ruleDevice(2, false);
    captures::Occupied occupied;
    QVERIFY(!occupied.blocks(captures::orderFor(mac, api::PcapArgs{})));
    occupied.add(commandOn(windows, "pcap"));
    occupied.add(commandOn(mac, "pcap"));
    QVERIFY(occupied.blocks(captures::orderFor(windows, api::PcapArgs{})));
    QVERIFY(occupied.blocks(captures::orderFor(windows, api::DiagArgs{})));
    QVERIFY(occupied.blocks(captures::orderFor(mac, api::PcapArgs{})));
    QVERIFY(!occupied.blocks(captures::orderFor(mac, api::DiagArgs{})));
    auto second = mac; // another user of the same machine
    second.registrationId = QStringLiteral("r2");
    second.email = QStringLiteral("other@example.com");
    QVERIFY(occupied.blocks(captures::orderFor(second, api::DiagArgs{})));
    QVERIFY(!occupied.blocks(captures::orderFor(ruleDevice(3, true), api::PcapArgs{})));
    auto unnamed = commandOn(ruleDevice(4, false), "pcap"); // the service sometimes omits the user
    unnamed.registrationId.reset();
    occupied.add(unnamed);
    QVERIFY(!occupied.blocks(captures::orderFor(ruleDevice(4, false), api::DiagArgs{})));
    QVERIFY(occupied.blocks(captures::orderFor(ruleDevice(4, false), api::PcapArgs{})));
    captures::Occupied orders;
    orders.add(captures::orderFor(mac, api::DiagArgs{}));
    QVERIFY(orders.blocks(captures::orderFor(mac, api::DiagArgs{})));
    QVERIFY(!orders.blocks(captures::orderFor(mac, api::PcapArgs{})));
}

void RulesTest::files()
{
    captures::Roll roll;
    auto capture = endedCapture(State::Ready, false, 90, api::PcapArgs{});
    const auto ready = roll.append(capture);
    capture.state = State::Deleted;
    const auto neverHadOne = roll.append(capture);
    capture.filename = QStringLiteral("x.zip");
    const auto hadOne = roll.append(capture);
    capture.state = State::Failed;
    const auto failed = roll.append(capture);
    QCOMPARE(roll.files(), (std::set<qsizetype>{ready, hadOne}));
    roll.setState(ready, State::Deleted); // without a name there was no file
    roll.setState(failed, State::Ready);
    QCOMPARE(roll.files(), (std::set<qsizetype>{hadOne, failed}));
    QVERIFY(!roll.files().contains(neverHadOne));
}

void RulesTest::openOnes()
{
    captures::Roll roll;
    auto capture = endedCapture(State::OnDevice, false, 90, api::PcapArgs{});
    capture.run = 3;
    const auto first = roll.append(capture);
    capture.id = 8;
    const auto second = roll.append(capture);
    capture.run = 4;
    capture.state = State::Failed;
    (void)roll.append(capture);
    QCOMPARE(roll.open(), (std::set<qsizetype>{first, second}));
    QVERIFY(roll.takeChanged().isEmpty());
    roll.setState(first, State::OnDevice); // no change
    QVERIFY(roll.takeChanged().isEmpty());
    roll.setState(first, State::Ready);
    QCOMPARE(roll.takeChanged(), QList<qsizetype>{first});
    QVERIFY(roll.takeChanged().isEmpty());
    QVERIFY(roll.takeEnded().isEmpty());
    roll.setState(second, State::Failed);
    QCOMPARE(roll.open(), std::set<qsizetype>{});
    QCOMPARE(roll.takeEnded(), QList<qint64>{3});
    QVERIFY(roll.takeEnded().isEmpty());
}

/// A capture that waits for the service says so; one that waits for the operator's confirmation does not.
void RulesTest::heldOnesSayWhy()
{
    const captures::Moment now{.utc = ruleTime, .steady = std::chrono::hours(5)};
    captures::Core core(std::chrono::seconds(60));
    QList<Capture> all;
    for (int i = 0; i < 2; ++i) {
        Capture capture;
        capture.id = i + 1;
        capture.run = 1;
        capture.order = captures::orderFor(ruleDevice(i, false), api::PcapArgs{});
        capture.asks = i == 1;
        all << capture;
    }
    core.add(all);
    core.hold(std::chrono::seconds(40), QStringLiteral("slow down"), QStringLiteral("429"), now);
    QCOMPARE(core.captures()[0].problem, QStringLiteral("slow down"));
    QCOMPARE(core.captures()[0].heldUntil, std::optional(ruleTime.addSecs(40)));
    QVERIFY(core.captures()[1].problem.isEmpty());
    QVERIFY(!core.captures()[1].heldUntil);
}

/// A command without a time may be the requested one.
void RulesTest::commandWithoutTime()
{
    const captures::Moment now{.utc = ruleTime, .steady = std::chrono::hours(5)};
    captures::Core core(std::chrono::seconds(60));
    Capture capture;
    capture.id = 1;
    capture.run = 1;
    capture.order = captures::orderFor(ruleDevice(1, false), api::PcapArgs{});
    core.add({capture});
    const auto batch = core.next(now);
    QCOMPARE(batch.size(), 1);
    core.sending(batch, 1, {}, now);
    core.failed(
        batch,
        api::TransportError{.kind = api::TransportError::Kind::Lost, .message = {}, .mayHaveSent = true}, {},
        now);
    auto command = commandOn(ruleDevice(1, false), "pcap");
    command.id = QStringLiteral("c1");
    command.status = QStringLiteral("PENDING_EXEC");
    const captures::Moment later{.utc = ruleTime.addSecs(1), .steady = now.steady + std::chrono::seconds(1)};
    (void)core.listed({.commands = {command}, .whole = true, .begun = later}, later);
    QCOMPARE(core.captures()[0].commandId, QStringLiteral("c1"));
}

void RulesTest::howLongItWaits_data()
{
    QTest::addColumn<int>("status"); ///< 0: no reply
    QTest::addColumn<int>("advice"); ///< Retry-After in seconds; -1: none
    QTest::addColumn<int>("seconds");
    QTest::addColumn<bool>("released"); ///< by the operator
    const auto row = [](const char* name, int status, int advice, int seconds, bool released) {
        QTest::newRow(name) << status << advice << seconds << released;
    };
    row("no reply", 0, -1, 15, true);
    row("refused", 403, -1, 120, true);
    row("refused, with advice", 403, 7, 7, true);
    row("out of order", 503, -1, 15, true);
    row("too many requests", 429, 40, 40, false);
}

/// The poll before a request failed: how long all captures wait, and whether the operator can end that.
void RulesTest::howLongItWaits()
{
    QFETCH(int, status);
    QFETCH(int, advice);
    QFETCH(int, seconds);
    QFETCH(bool, released);
    api::Error error =
        api::TransportError{.kind = api::TransportError::Kind::Lost, .message = {}, .mayHaveSent = true};
    if (status > 0) {
        api::ServiceError refusal{.status = status, .errors = {}, .retryAfter = {}};
        if (advice >= 0)
            refusal.retryAfter = std::chrono::seconds(advice);
        error = refusal;
    }
    captures::Core core(std::chrono::seconds(60));
    core.add(waitingCaptures(1));
    core.notPrepared(error, QStringLiteral("words"), ruleMoment(0));
    QCOMPARE(core.heldFor(ruleMoment(0)), std::chrono::milliseconds(std::chrono::seconds(seconds)));
    QCOMPARE(core.captures()[0].heldUntil, std::optional(ruleTime.addSecs(seconds)));
    QVERIFY(core.next(ruleMoment(seconds - 1)).isEmpty());
    QCOMPARE(core.next(ruleMoment(seconds)).size(), 1);
    core.release();
    QCOMPARE(!core.next(ruleMoment(1)).isEmpty(), released);
}

/// The message about a hold disappears when the hold ends, and not before.
void RulesTest::endOfAHold()
{
    captures::Core core(std::chrono::seconds(60));
    core.add(waitingCaptures(2));
    core.endHold(ruleMoment(0)); // there is none
    core.hold(std::chrono::seconds(40), QStringLiteral("slow down"), QStringLiteral("429"), ruleMoment(0));
    (void)core.takeChanged();
    core.endHold(ruleMoment(39));
    QCOMPARE(core.captures()[0].problem, QStringLiteral("slow down"));
    QVERIFY(core.takeChanged().isEmpty());
    core.endHold(ruleMoment(40));
    for (const auto& capture : core.captures()) {
        QVERIFY(capture.problem.isEmpty());
        QVERIFY(capture.details.isEmpty());
        QVERIFY(!capture.heldUntil);
    }
    QCOMPARE(core.takeChanged(), (QList<qsizetype>{0, 1}));
}

/// Which captures are unsent, which of these wait for a device, and when the first waiting time ends.
void RulesTest::unsentAndWaiting()
{
    auto all = waitingCaptures(6);
    all[0].state = State::OnDevice;
    all[0].commandId = QStringLiteral("c0");
    all[0].waitUntil = ruleTime.addDays(1); // sent: it waits no longer
    all[1].state = State::WaitingDevice;
    all[1].waitUntil = ruleTime.addDays(3);
    all[2].state = State::WaitingDevice;
    all[2].waitUntil = ruleTime.addDays(2);
    all[3].waitUntil = ruleTime.addDays(4); // its device is there; it asks
    all[3].asks = true;
    all[5].state = State::Failed;
    captures::Core core(std::chrono::seconds(60));
    core.add(all);
    QCOMPARE(core.unsent(), (QList<qsizetype>{1, 2, 3, 4}));
    QCOMPARE(core.awaited(), (QList<qsizetype>{1, 2}));
    QCOMPARE(core.waitingEnds(), std::optional(ruleTime.addDays(2)));
    core.cancel(4);
    QVERIFY(!core.waits()); // 3 asks first
    core.agree(3);
    QVERIFY(!core.waits()); // and is looked up again
    QCOMPARE(core.awaited(), (QList<qsizetype>{1, 2, 3}));
    core.expire(ruleMoment(2 * 86'400 - 1));
    QCOMPARE(core.captures()[2].state, State::WaitingDevice);
    core.expire(ruleMoment(2 * 86'400));
    QCOMPARE(core.captures()[2].state, State::Cancelled);
    QCOMPARE(core.captures()[1].state, State::WaitingDevice);
    QCOMPARE(core.waitingEnds(), std::optional(ruleTime.addDays(3)));
}

/// A device appears after its capture was sent or cancelled.
void RulesTest::appearedTooLate()
{
    auto all = waitingCaptures(2);
    all[0].state = State::OnDevice;
    all[0].commandId = QStringLiteral("c0");
    all[1].state = State::Cancelled;
    captures::Core core(std::chrono::seconds(60));
    core.add(all);
    (void)core.takeChanged();
    core.appeared(0, ruleDevice(8, false));
    core.appeared(1, ruleDevice(9, false));
    QCOMPARE(core.captures()[0].state, State::OnDevice);
    QCOMPARE(core.captures()[1].state, State::Cancelled);
    QCOMPARE(core.captures()[0].order.device.deviceId, QStringLiteral("d0"));
    QCOMPARE(core.captures()[1].order.device.deviceId, QStringLiteral("d1"));
    QVERIFY(core.takeChanged().isEmpty());
}

/// A listing without news changes nothing, and reports that.
void RulesTest::whetherAListChanges()
{
    captures::Core core(std::chrono::seconds(60));
    auto all = waitingCaptures(1);
    all[0].state = State::OnDevice;
    all[0].commandId = QStringLiteral("c1");
    core.add(all);
    auto command = commandOn(ruleDevice(0, false), "pcap");
    command.id = QStringLiteral("c1");
    command.status = QStringLiteral("PENDING_EXEC");
    command.created = ruleTime;
    const auto look = [&core](int seconds, const QList<api::Command>& commands, bool whole = true) {
        return core.listed({.commands = commands, .whole = whole, .begun = ruleMoment(seconds)},
                           ruleMoment(seconds));
    };
    QVERIFY(look(1, {command}));
    QVERIFY(!look(2, {command}));
    command.status = QStringLiteral("PENDING_UPLOAD");
    QVERIFY(look(3, {command}, false));
    QVERIFY(!look(4, {command}, false));
    QVERIFY(!look(5, {}, false));
    QVERIFY(!look(100, {}, false));
    // With whole listings it takes two, far enough apart.
    QVERIFY(!look(200, {}));
    QVERIFY(!look(259, {}));
    QCOMPARE(core.captures()[0].state, State::Uploading);
    QVERIFY(look(260, {}));
    QCOMPARE(core.captures()[0].state, State::Deleted);
    QVERIFY(!look(400, {}));
}

/// A capture that was not started is looked up automatically for a quarter of an hour, and claimed for a day.
void RulesTest::howLongItIsSought()
{
    for (const int seconds : {86'399, 86'400}) {
        captures::Core core(std::chrono::seconds(60));
        core.add(waitingCaptures(1));
        core.sending(core.next(ruleMoment(0)), 1, {}, ruleMoment(0));
        core.failed(
            {0},
            api::TransportError{.kind = api::TransportError::Kind::Lost, .message = {}, .mayHaveSent = true},
            {}, ruleMoment(0));
        const auto look = [&core](int at, const QList<api::Command>& commands) {
            return core.listed({.commands = commands, .whole = true, .begun = ruleMoment(at)},
                               ruleMoment(at));
        };
        QVERIFY(core.wantsWhole(ruleMoment(0)));
        QVERIFY(!look(1, {}));
        QCOMPARE(core.captures()[0].state, State::Checking);
        QVERIFY(!core.wantsWhole(ruleMoment(60)));
        QVERIFY(core.wantsWhole(ruleMoment(61)));
        QVERIFY(look(61, {}));
        QCOMPARE(core.captures()[0].state, State::NotStarted);
        QVERIFY(!core.wantsWhole(ruleMoment(200)));
        QVERIFY(core.isFollowing(ruleMoment(899)));
        QVERIFY(!core.isFollowing(ruleMoment(900)));
        auto command = commandOn(ruleDevice(0, false), "pcap");
        command.id = QStringLiteral("c1");
        command.status = QStringLiteral("PENDING_EXEC");
        command.created = ruleTime;
        QCOMPARE(look(seconds, {command}), seconds < 86'400);
        QCOMPARE(core.captures()[0].state, seconds < 86'400 ? State::OnDevice : State::NotStarted);
        QVERIFY(!look(seconds + 1, {command}));
    }
}

/// 0 is not a valid capture ID.
void RulesTest::found()
{
    captures::Roll roll;
    auto all = waitingCaptures(3);
    all[2].id = 0;
    for (const auto& capture : all)
        (void)roll.append(capture);
    QCOMPARE(roll.find(1), std::optional<qsizetype>(0));
    QCOMPARE(roll.find(2), std::optional<qsizetype>(1));
    QVERIFY(!roll.find(0));
    QVERIFY(!roll.find(3));
}

/// The first attempt is found after all: only an unsent repeat is withdrawn.
void RulesTest::repeatThatIsOnItsWay()
{
    auto all = waitingCaptures(4);
    all[0].state = State::NotStarted;
    all[0].sent = ruleTime;
    for (int i = 1; i < 3; ++i) {
        all[i].run = 2;
        all[i].order = all[0].order;
        all[i].order.origin = 1;
    }
    all[1].state = State::OnDevice;
    all[1].commandId = QStringLiteral("second");
    captures::Core core(std::chrono::seconds(60));
    core.add(all);
    auto command = commandOn(ruleDevice(0, false), "pcap");
    command.id = QStringLiteral("first");
    command.status = QStringLiteral("PENDING_EXEC");
    command.created = ruleTime;
    auto second = command;
    second.id = QStringLiteral("second");
    QVERIFY(
        core.listed({.commands = {second, command}, .whole = true, .begun = ruleMoment(60)}, ruleMoment(60)));
    QCOMPARE(core.captures()[0].commandId, QStringLiteral("first"));
    QCOMPARE(core.captures()[1].state, State::OnDevice);
    QCOMPARE(core.captures()[2].state, State::Cancelled);
    QCOMPARE(core.captures()[3].state, State::WaitingTurn);
}

/// After a restart, a capture that waits for its device still shows why.
void RulesTest::afterARestart()
{
    auto all = waitingCaptures(2);
    all[0].state = State::WaitingDevice;
    all[0].waitUntil = ruleTime.addDays(1);
    all[0].problem = QStringLiteral("paused");
    captures::Core core(std::chrono::seconds(60));
    core.add(all);
    QCOMPARE(core.captures()[0].problem, QStringLiteral("paused"));
    core.appeared(0, ruleDevice(0, false));
    core.agree(0); // it is looked up again
    QVERIFY(core.captures()[0].looking);
    core.cancel(0);
    QVERIFY(!core.captures()[0].looking);
    QCOMPARE(core.captures()[0].state, State::Cancelled);
}

/// A list may contain one machine twice, by ID and by name: when it appears it is recorded once.
void RulesTest::namedTwice()
{
    for (const bool same : {true, false}) {
        auto all = waitingCaptures(2);
        all[1].state = State::WaitingDevice;
        all[1].waitUntil = ruleTime.addDays(1);
        all[1].order.device.deviceId.clear();
        captures::Core core(std::chrono::seconds(60));
        core.add(all);
        core.appeared(1, ruleDevice(same ? 0 : 5, false));
        QCOMPARE(core.captures()[1].state, same ? State::Cancelled : State::WaitingTurn);
        QCOMPARE(core.captures()[1].problem.isEmpty(), !same);
        QCOMPARE(core.captures()[0].state, State::WaitingTurn);
    }
}

/// The commands that have not ended; a listing does not reopen one that has.
void RulesTest::pendingOnes()
{
    auto all = waitingCaptures(4);
    const State states[] = {State::OnDevice, State::Uploading, State::Failed, State::Checking};
    for (int i = 0; i < 4; ++i) {
        all[i].state = states[i];
        if (i < 3)
            all[i].commandId = QStringLiteral("c%1").arg(i);
    }
    captures::Core core(std::chrono::seconds(60));
    core.add(all);
    QCOMPARE(core.pending(), (QSet<QString>{QStringLiteral("c0"), QStringLiteral("c1")}));
    auto command = commandOn(ruleDevice(2, false), "pcap");
    command.id = QStringLiteral("c2");
    command.status = QStringLiteral("PENDING_UPLOAD");
    command.created = ruleTime;
    QVERIFY(!core.listed({.commands = {command}, .whole = false, .begun = ruleMoment(1)}, ruleMoment(1)));
    QCOMPARE(core.captures()[2].state, State::Failed);
}

CAPTUREDESK_SUITE(test_captures_rules, RulesTest)
#include "rules.moc"
