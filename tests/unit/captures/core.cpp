// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The rules of runs, one event at a time: no network, no clock, no event loop.

#include <QTest>

#include "support/suite.h"
#include "captures/core.h"
#include "captures/plan.h"
#include "suites.h"
#include "support/language.h"

using captures::Core;
using captures::Listing;
using captures::State;

namespace {

const captures::Moment start{.utc = QDateTime(QDate(2026, 11, 23), QTime(14, 0), Qt::UTC),
                             .steady = std::chrono::hours(5)};

captures::Moment after(int seconds)
{
    return {.utc = start.utc.addSecs(seconds), .steady = start.steady + std::chrono::seconds(seconds)};
}

devices::Device device(const QString& id, const QString& platform = QStringLiteral("linux"))
{
    return {.deviceId = id,
            .registrationId = id + QStringLiteral("-r"),
            .email = id + QStringLiteral("@example.com"),
            .name = id.toUpper(),
            .platform = platform,
            .status = QStringLiteral("connected"),
            .version = QStringLiteral("2026.2.410.0")};
}

captures::Plan planFor(const QList<devices::Device>& devices, bool pcap = true, bool diag = false)
{
    captures::Options options;
    if (pcap)
        options.pcap = api::PcapArgs{};
    if (diag)
        options.diag = api::DiagArgs{};
    return captures::planRun(devices, options, {.now = start.utc});
}

QList<captures::Capture> waiting(const captures::Plan& plan, qint64 run = 1)
{
    QList<captures::Capture> result;
    for (const auto& order : plan.orders) {
        captures::Capture capture;
        capture.id = run * 100 + result.size();
        capture.run = run;
        capture.ticket = QStringLiteral("T");
        capture.order = order;
        capture.asked = start.utc;
        result << capture;
    }
    return result;
}

api::Command listed(const captures::Capture& capture, const QString& id, const char* status)
{
    return {.id = id,
            .deviceId = capture.order.device.deviceId,
            .registrationId = capture.order.device.registrationId,
            .userEmail = capture.order.device.email,
            .type = api::typeName(capture.order.command),
            .status = QString::fromLatin1(status),
            .created = start.utc,
            .completed = {},
            .filename = {}};
}

api::ServiceError refusal(int status, const QString& message, const QString& pointer = {})
{
    api::Notice notice{.code = 1001, .message = message};
    if (!pointer.isEmpty())
        notice.pointer = pointer;
    return {.status = status, .errors = {notice}, .retryAfter = {}};
}

const api::TransportError lost{
    .kind = api::TransportError::Kind::Lost, .message = QStringLiteral("lost"), .mayHaveSent = true};

} // namespace

void CoreTest::createdInOrder()
{
    Core core(std::chrono::seconds(60));
    core.add(waiting(planFor({device(QStringLiteral("a")), device(QStringLiteral("b"))}), 1));
    const auto batch = core.next(start);
    QCOMPARE(batch, (QList<qsizetype>{0, 1}));
    core.sending(batch, 1, {}, start);
    QVERIFY(core.next(start).isEmpty()); // one request at a time
    // The service may reply in any order.
    core.created(
        batch,
        {{.id = QStringLiteral("2"), .deviceId = QStringLiteral("b"), .type = QStringLiteral("pcap")},
         {.id = QStringLiteral("1"), .deviceId = QStringLiteral("a"), .type = QStringLiteral("pcap")}});
    QCOMPARE(core.captures()[0].commandId, QStringLiteral("1"));
    QCOMPARE(core.captures()[1].commandId, QStringLiteral("2"));
    QCOMPARE(core.captures()[0].state, State::OnDevice);
}

void CoreTest::whatAReplyNames_data()
{
    QTest::addColumn<QList<api::CreatedCommand>>("reply");
    QTest::addColumn<QStringList>("followed"); // IDs for a, b, and the packet capture and diagnostics of c
    using Rows = QList<api::CreatedCommand>;
    const auto named = [](const char* id, const char* device, const char* type = "") {
        api::CreatedCommand command{.id = QString::fromLatin1(id)};
        if (*device)
            command.deviceId = QString::fromLatin1(device);
        if (*type)
            command.type = QString::fromLatin1(type);
        return command;
    };
    const auto row = [](const char* name, const Rows& reply, const QStringList& followed) {
        QTest::newRow(name) << reply << followed;
    };
    const auto ids = [](const char* list) { return QString::fromLatin1(list).split(u','); };
    const auto a = named("1", "a", "pcap"), aDiag = named("2", "a", "warp-diag"), b = named("3", "b", "pcap"),
               bDiag = named("4", "b", "warp-diag");
    row("all, in order", {a, aDiag, b, bDiag}, ids("1,2,3,4"));
    row("all, in another order", {bDiag, a, b, aDiag}, ids("1,2,3,4"));
    row("by IDs alone", {named("1", ""), named("2", ""), named("3", ""), named("4", "")}, ids("1,2,3,4"));
    row("without types", {named("1", "a"), named("2", "a"), named("3", "b"), named("4", "b")},
        ids("1,2,3,4"));
    row("types of tomorrow",
        {named("1", "a", "packet-capture"), named("2", "a", "diag"), named("3", "b", "x"),
         named("4", "b", "y")},
        ids("1,2,3,4"));
    row("types in capitals",
        {named("2", "a", "WARP-DIAG"), named("1", "a", "PCAP"), named("3", "B", "Pcap"), bDiag},
        ids("1,2,3,4"));
    row("fewer", {bDiag, a}, ids("1,,,4"));
    row("fewer, by IDs alone", {named("1", ""), named("2", "")}, ids(",,,"));
    row("one of a device, its type unsaid", {named("9", "b"), a, aDiag}, ids("1,2,,"));
    row("more, of other devices", {named("7", "z", "pcap"), a, aDiag, b, bDiag}, ids("1,2,3,4"));
    row("more, of another type", {a, aDiag, named("7", "b", "speed-test"), b, bDiag}, ids("1,2,3,4"));
    row("more of the same", {a, aDiag, b, named("7", "b", "pcap"), bDiag}, ids("1,2,3,4"));
    row("only others", {named("7", "z", "pcap"), named("8", "a", "speed-test")}, ids(",,,"));
    row("what was there before", {named("old", "a", "pcap"), aDiag, b, bDiag}, ids(",2,3,4"));
}

void CoreTest::whatAReplyNames()
{
    QFETCH(QList<api::CreatedCommand>, reply);
    QFETCH(QStringList, followed);
    Core core(std::chrono::seconds(60));
    core.add(waiting(planFor({device(QStringLiteral("a")), device(QStringLiteral("b"))}, true, true), 1));
    const auto batch = core.next(start);
    QCOMPARE(batch.size(), 4);
    core.sending(batch, 1, {.ids = {QStringLiteral("old")}, .newest = {}}, start);
    core.created(batch, reply);
    for (qsizetype i = 0; i < 4; ++i) {
        const auto& capture = core.captures()[i];
        QCOMPARE(capture.commandId, followed[i]);
        QCOMPARE(capture.state, followed[i].isEmpty() ? State::Checking : State::OnDevice);
        // The advice says that the command is being looked up, and what not to do meanwhile.
        QCOMPARE(captures::advice(capture).contains(QStringLiteral("Do not start it")),
                 followed[i].isEmpty());
        QVERIFY(!captures::advice(capture).contains(QStringLiteral("connection broke")));
    }
    QVERIFY(core.next(after(60)).isEmpty()); // nothing is sent twice
    // The missing ones are in the account's list.
    QList<api::Command> list;
    for (qsizetype i = 0; i < 4; ++i) {
        const auto& capture = core.captures()[i];
        list << listed(capture, followed[i].isEmpty() ? QStringLiteral("late%1").arg(i) : followed[i],
                       "PENDING_EXEC");
    }
    (void)core.listed({.commands = list, .whole = true, .begun = after(1)}, after(1));
    for (qsizetype i = 0; i < 4; ++i) {
        QCOMPARE(core.captures()[i].state, State::OnDevice);
        QCOMPARE(core.captures()[i].commandId, list[i].id);
        QCOMPARE(core.captures()[i].problem, QString());
    }
}

void CoreTest::windowsOneAtATime()
{
    Core core(std::chrono::seconds(60));
    core.add(waiting(planFor({device(QStringLiteral("w"), QStringLiteral("windows"))}, true, true), 1));
    const auto first = core.next(start);
    QCOMPARE(first, QList<qsizetype>{0});
    QCOMPARE(core.captures()[0].order.type, captures::Type::Pcap); // the packet capture goes first
    core.sending(first, 1, {}, start);
    core.created(first, {{.id = QStringLiteral("1")}});
    for (const auto* status : {"PENDING_EXEC", "PENDING_UPLOAD", "A_STATUS_OF_TOMORROW"}) {
        (void)core.listed({.commands = {listed(core.captures()[0], QStringLiteral("1"), status)},
                           .whole = true,
                           .begun = start},
                          start);
        QVERIFY(core.next(start).isEmpty());
    }
    (void)core.listed({.commands = {listed(core.captures()[0], QStringLiteral("1"), "FAILED")},
                       .whole = true,
                       .begun = start},
                      start);
    QCOMPARE(core.captures()[0].state, State::Failed);
    QCOMPARE(core.next(start), QList<qsizetype>{1});
}

void CoreTest::refusalNamesTheCulprit()
{
    Core core(std::chrono::seconds(60));
    core.add(waiting(planFor({device(QStringLiteral("a")), device(QStringLiteral("b"))}), 1));
    const auto batch = core.next(start);
    core.sending(batch, 1, {}, start);
    core.failed(batch, refusal(400, QStringLiteral("not connected"), QStringLiteral("/commands/1/device_id")),
                QStringLiteral("words"), start);
    QCOMPARE(core.captures()[0].state, State::Refused);
    QCOMPARE(core.captures()[1].state, State::Refused);
    QVERIFY(core.captures()[1].problem.contains(QLatin1StringView("not connected")));
    QVERIFY(!core.captures()[0].problem.contains(QLatin1StringView("not connected")));
    QVERIFY(core.next(start).isEmpty());
    QCOMPARE(core.takeEnded(), QList<qint64>{1});
}

void CoreTest::unknownIsNeverSentAgain_data()
{
    QTest::addColumn<int>("kind");
    for (int i = 0; i < 6; ++i)
        QTest::newRow(qPrintable(QString::number(i))) << i;
}

void CoreTest::unknownIsNeverSentAgain()
{
    QFETCH(int, kind);
    const api::Error errors[] = {lost,
                                 api::HttpError{.status = 302},
                                 api::HttpError{.status = 403},
                                 refusal(408, {}),
                                 refusal(503, {}),
                                 api::DecodeError{.path = QStringLiteral("/result")}};
    Core core(std::chrono::seconds(60));
    core.add(waiting(planFor({device(QStringLiteral("a"))}), 1));
    const auto batch = core.next(start);
    core.sending(batch, 1, {.ids = {QStringLiteral("old")}, .newest = {}}, start);
    core.failed(batch, errors[kind], QStringLiteral("words"), start);
    QCOMPARE(core.captures()[0].state, State::Checking);
    QVERIFY(core.isFollowing(start));

    // A command older than the request is not ours, however similar.
    const auto old = listed(core.captures()[0], QStringLiteral("old"), "PENDING_EXEC");
    const auto look = [&](int seconds, const QList<api::Command>& commands) {
        (void)core.listed({.commands = commands, .whole = true, .begun = after(seconds)}, after(seconds));
    };
    look(1, {old});
    look(60, {old});
    QCOMPARE(core.captures()[0].state, State::Checking); // 59 seconds apart are not enough
    look(61, {old});
    QCOMPARE(core.captures()[0].state, State::NotStarted);
    QVERIFY(core.next(after(100)).isEmpty());
    // A command that appears late is still claimed.
    look(200, {listed(core.captures()[0], QStringLiteral("late"), "PENDING_EXEC"), old});
    QCOMPARE(core.captures()[0].state, State::OnDevice);
    QCOMPARE(core.captures()[0].commandId, QStringLiteral("late"));
}

void CoreTest::lookupClaimsEachOnce()
{
    Core core(std::chrono::seconds(60));
    // The same device in two runs, both of which lost their reply.
    for (int run = 1; run <= 2; ++run) {
        core.add(waiting(planFor({device(QStringLiteral("a"))}), run));
        const auto batch = core.next(start);
        core.sending(batch, 1, {}, start);
        core.failed(batch, lost, {}, start);
    }
    const auto one = listed(core.captures()[0], QStringLiteral("1"), "PENDING_EXEC");
    (void)core.listed({.commands = {one}, .whole = true, .begun = after(1)}, after(1));
    const bool first = core.captures()[0].state == State::OnDevice;
    const bool second = core.captures()[1].state == State::OnDevice;
    QVERIFY(first != second);
}

void CoreTest::notSentGoesAgain()
{
    Core core(std::chrono::seconds(60));
    core.add(waiting(planFor({device(QStringLiteral("a"))}), 1));
    const auto batch = core.next(start);
    core.sending(batch, 1, {}, start);
    auto slow = refusal(429, QStringLiteral("slow down"));
    slow.retryAfter = std::chrono::seconds(40);
    core.failed(batch, slow, QStringLiteral("words"), start);
    QCOMPARE(core.captures()[0].state, State::WaitingTurn);
    QVERIFY(core.next(after(39)).isEmpty());
    QCOMPARE(core.next(after(40)), batch);
    core.cancel(0);
    QCOMPARE(core.captures()[0].state, State::Cancelled);
    QVERIFY(core.next(after(40)).isEmpty());
}

void CoreTest::deletedByTheService()
{
    Core core(std::chrono::seconds(60));
    core.add(waiting(planFor({device(QStringLiteral("a"))}), 1));
    const auto batch = core.next(start);
    core.sending(batch, 1, {}, start);
    core.created(batch, {{.id = QStringLiteral("1")}});
    // A list may omit it temporarily.
    for (const int at : {1, 60, 61}) {
        QCOMPARE(core.captures()[0].state, State::OnDevice);
        (void)core.listed({.commands = {}, .whole = true, .begun = after(at)}, after(at));
    }
    QCOMPARE(core.captures()[0].state, State::Deleted);
    // When it is listed again, it is monitored again.
    (void)core.listed({.commands = {listed(core.captures()[0], QStringLiteral("1"), "PENDING_UPLOAD")},
                       .whole = true,
                       .begun = after(70)},
                      after(70));
    QCOMPARE(core.captures()[0].state, State::Uploading);
}

/// The device may go offline between the question and the confirmation.
void CoreTest::agreedTooLate()
{
    Core core(std::chrono::seconds(60));
    auto was = waiting(planFor({device(QStringLiteral("a"))}));
    was[0].state = State::WaitingDevice;
    was[0].waitUntil = start.utc.addDays(1);
    core.add(was);
    const auto& capture = core.captures()[0];
    const auto asks = [&] {
        return capture.state == State::WaitingTurn && capture.asks && core.next(start).isEmpty();
    };
    const auto waits = [&](const QString& why) {
        return capture.state == State::WaitingDevice && !capture.asks && capture.problem == why &&
               capture.waitUntil == was[0].waitUntil && core.next(start).isEmpty();
    };
    core.appeared(0, device(QStringLiteral("a")));
    QVERIFY(asks());
    core.agree(0);
    QVERIFY(waits(QString()) && capture.looking);
    QCOMPARE(captures::advice(capture), QStringLiteral("Looking whether the device is still there."));
    core.notSeen(0, true);
    QVERIFY(!capture.looking);
    QVERIFY(waits(QStringLiteral("The device is not there any more.")));
    // That confirmation has been used up.
    core.appeared(0, device(QStringLiteral("a")));
    QVERIFY(asks());
    core.agree(0);
    core.notSeen(0, false);
    QVERIFY(waits(QStringLiteral("It could not be seen whether the device is still there.")));
    core.appeared(0, device(QStringLiteral("a")));
    core.agree(0);
    core.stillWaits(0, QStringLiteral("disconnected"));
    core.notSeen(0, true);
    QVERIFY(waits(QStringLiteral("disconnected")));
    core.appeared(0, device(QStringLiteral("a")));
    core.agree(0);
    core.ask(0); // after the computer slept
    core.appeared(0, device(QStringLiteral("a")));
    QVERIFY(asks());
    // The device is still there: the capture is sent.
    core.agree(0);
    core.appeared(0, device(QStringLiteral("a")));
    QVERIFY(!capture.waitUntil && capture.problem.isEmpty());
    QCOMPARE(core.next(start), QList<qsizetype>{0});
    core.notSeen(0, true); // the end of the lookup that found it
    QCOMPARE(core.next(start), QList<qsizetype>{0});
}

/// The language of the window changes between the confirmation and the end of the lookup.
void CoreTest::agreedInAnotherLanguage()
{
    Core core(std::chrono::seconds(60));
    auto was = waiting(planFor({device(QStringLiteral("a"))}));
    was[0].state = State::WaitingDevice;
    was[0].waitUntil = start.utc.addDays(1);
    core.add(was);
    core.appeared(0, device(QStringLiteral("a")));
    core.agree(0);
    const support::MarkedLanguage language;
    core.notSeen(0, true);
    const auto& capture = core.captures()[0];
    QCOMPARE(capture.problem, language.marked(QStringLiteral("The device is not there any more.")));
    QVERIFY(!capture.looking && capture.state == State::WaitingDevice);
    core.expire({.utc = start.utc.addDays(2), .steady = start.steady});
    QCOMPARE(capture.state, State::Cancelled);
}

/// A former version left this text in the journal; the current language must not matter.
void CoreTest::formerlyLooking()
{
    auto was = waiting(planFor({device(QStringLiteral("a"))}));
    was[0].state = State::WaitingDevice;
    was[0].waitUntil = start.utc.addDays(1);
    was[0].problem = QStringLiteral("Looking whether the device is still there.");
    const support::MarkedLanguage language;
    Core core(std::chrono::seconds(60));
    core.add(was);
    QCOMPARE(core.captures()[0].problem, QString());
    core.appeared(0, device(QStringLiteral("a")));
    QCOMPARE(core.captures()[0].state, State::WaitingTurn);
}

void CoreTest::rowsThatCannotBeRead_data()
{
    QTest::addColumn<api::Remnant>("row");
    QTest::addColumn<bool>("doubtful"); ///< the row may be the command that is looked for
    const auto a = QStringLiteral("a");
    const auto b = QStringLiteral("b");
    const auto unknown = QStringLiteral("7");
    const auto long_ago = start.utc.addSecs(-3600);
    QTest::newRow("nothing") << api::Remnant{} << true;
    QTest::newRow("an ID") << api::Remnant{.id = unknown} << true;
    QTest::newRow("an ID that was there before") << api::Remnant{.id = QStringLiteral("old")} << false;
    QTest::newRow("an ID that is another capture's") << api::Remnant{.id = QStringLiteral("theirs")} << false;
    QTest::newRow("this device") << api::Remnant{.deviceId = a} << true;
    QTest::newRow("another device") << api::Remnant{.deviceId = b} << false;
    QTest::newRow("an ID, on another device") << api::Remnant{.id = unknown, .deviceId = b} << false;
    QTest::newRow("an ID, on this device") << api::Remnant{.id = unknown, .deviceId = a} << true;
    QTest::newRow("long before") << api::Remnant{.id = unknown, .created = long_ago} << false;
    QTest::newRow("long before, without an ID") << api::Remnant{.created = long_ago} << false;
    QTest::newRow("a little before, for clocks disagree")
        << api::Remnant{.id = unknown, .created = start.utc.addSecs(-300)} << true;
    QTest::newRow("after") << api::Remnant{.id = unknown, .created = start.utc.addSecs(5)} << true;
}

/// An unreadable row that may be the command keeps the outcome unknown; one that cannot be the command does
/// not.
void CoreTest::rowsThatCannotBeRead()
{
    QFETCH(api::Remnant, row);
    QFETCH(bool, doubtful);
    auto was = waiting(planFor({device(QStringLiteral("a")), device(QStringLiteral("b"))}));
    was[0].state = State::Sending;
    was[0].sent = start.utc;
    was[0].request = 3;
    was[1].state = State::Ready;
    was[1].commandId = QStringLiteral("theirs");
    Core core(std::chrono::seconds(60));
    core.add(was, {{3, {.ids = {QStringLiteral("old")}, .newest = start.utc}}});
    for (const int at : {1, 61, 121}) {
        Listing listing{.commands = {}, .whole = true, .begun = after(at)};
        if (row.id)
            listing.odd.insert(*row.id, row);
        else
            listing.nameless << row;
        (void)core.listed(listing, after(at));
    }
    QCOMPARE(core.captures()[0].state, doubtful ? State::Checking : State::NotStarted);
}

void CoreTest::restart()
{
    auto was = waiting(planFor({device(QStringLiteral("a")), device(QStringLiteral("b"))}));
    was[0].state = State::Sending;
    was[0].sent = start.utc;
    was[0].request = 3;
    Core core(std::chrono::seconds(60));
    core.add(was, {{3, {.ids = {QStringLiteral("old")}, .newest = {}}}});
    QCOMPARE(core.captures()[0].state, State::Checking); // the request may or may not have been sent
    QCOMPARE(core.next(start), QList<qsizetype>{1});
    (void)core.listed({.commands = {listed(was[0], QStringLiteral("mine"), "PENDING_EXEC"),
                                    listed(was[0], QStringLiteral("old"), "SUCCESS")},
                       .whole = true,
                       .begun = after(1)},
                      after(1));
    QCOMPARE(core.captures()[0].commandId, QStringLiteral("mine"));
    // After a restart, a command that belongs to a capture is not claimed by another one.
    Core next(std::chrono::seconds(60));
    auto twin = was[0];
    twin.id = 999;
    next.add({core.captures()[0], twin}, {});
    (void)next.listed({.commands = {listed(was[0], QStringLiteral("mine"), "PENDING_EXEC")},
                       .whole = true,
                       .begun = after(2)},
                      after(2));
    QCOMPARE(next.captures()[1].state, State::Checking);
}

void CoreTest::promisedToEarlierRuns_data()
{
    QTest::addColumn<int>("earlier"); ///< they wait and cannot be sent yet
    QTest::addColumn<bool>("asks");
    QTest::addColumn<qint64>("left");
    QTest::addColumn<qsizetype>("affordable"); ///< of the later run's three
    const auto row = [](const char* name, int earlier, bool asks, qint64 left, qsizetype affordable) {
        QTest::newRow(name) << earlier << asks << left << affordable;
    };
    row("none left", 0, false, 0, 0);
    row("one left", 0, false, 1, 1);
    row("just enough", 0, false, 3, 3);
    row("more than enough", 0, false, 4, 3);
    row("all that is left is promised", 2, false, 2, 0);
    row("less is left than was promised", 2, false, 1, 0);
    row("one more than was promised", 2, false, 3, 1);
    row("enough for both", 2, false, 5, 3);
    row("one too few for both", 2, false, 4, 2);
    row("also what waits for the operator's word", 2, true, 2, 0);
    row("also then one more", 2, true, 3, 1);
}

/// Quota for waiting captures of an earlier run is reserved, whether they can be sent now or not.
void CoreTest::promisedToEarlierRuns()
{
    QFETCH(int, earlier);
    QFETCH(bool, asks);
    QFETCH(qint64, left);
    Core core(std::chrono::minutes(1));
    // On one Windows machine, which another user keeps busy.
    QList<captures::Capture> first;
    for (int i = 0; i < earlier; ++i) {
        auto one = waiting(planFor({device(QStringLiteral("w"), QStringLiteral("windows"))})).first();
        one.id = i + 1;
        one.asks = asks;
        first << one;
    }
    (void)core.add(first);
    (void)core.add(waiting(
        planFor({device(QStringLiteral("a")), device(QStringLiteral("b")), device(QStringLiteral("c"))}), 2));
    const api::Command theirs{.id = QStringLiteral("theirs"),
                              .deviceId = QStringLiteral("w"),
                              .type = QStringLiteral("pcap"),
                              .status = QStringLiteral("PENDING_EXEC")};
    const auto batch = core.next(start, {theirs});
    QCOMPARE(batch.size(), 3);
    const auto some = core.affordable(batch, left);
    QTEST(some.size(), "affordable");
    QVERIFY(std::ranges::equal(some, batch.first(some.size())));
    // When the machine is free they are sent before all others.
    if (earlier > 0 && !asks && left > 0)
        QCOMPARE(core.affordable(core.next(start), left).first(), 0);
}

/// The later run waits for the next day; the earlier one is sent as soon as its device is free.
void CoreTest::earlierRunsAreNotHeld()
{
    Core core(std::chrono::minutes(1));
    (void)core.add(waiting(planFor({device(QStringLiteral("w"), QStringLiteral("windows"))})));
    (void)core.add(waiting(planFor({device(QStringLiteral("a"))}), 2));
    const api::Command theirs{.id = QStringLiteral("theirs"),
                              .deviceId = QStringLiteral("w"),
                              .type = QStringLiteral("pcap"),
                              .status = QStringLiteral("PENDING_EXEC")};
    const auto batch = core.next(start, {theirs});
    QCOMPARE(batch, QList<qsizetype>{1});
    QVERIFY(core.affordable(batch, 1).isEmpty());
    core.hold(std::chrono::minutes(15), QStringLiteral("promised"), {}, start, std::chrono::hours(3),
              batch.first());
    QVERIFY(core.captures()[0].problem.isEmpty());
    QCOMPARE(core.captures()[1].problem, QStringLiteral("promised"));
    QCOMPARE(core.captures()[1].heldUntil, std::optional(start.utc.addSecs(3 * 3600)));
    QCOMPARE(core.heldFor(start).count(), 0); // polling continues
    QVERIFY(core.next(start, {theirs}).isEmpty());
    QCOMPARE(core.next(after(60)), QList<qsizetype>{0});
    core.cancel(0);
    QCOMPARE(core.heldFor(after(60)), std::chrono::milliseconds(std::chrono::minutes(14)));
    QVERIFY(core.next(after(60)).isEmpty());
    QCOMPARE(core.next(after(900)), QList<qsizetype>{1});
}

/// A monitored command is described by its own options; options that the service does not list are unknown.
void CoreTest::followed()
{
    auto capture = waiting(planFor({device(QStringLiteral("a"))})).first(); // requested with five minutes
    capture.state = State::OnDevice;
    capture.created = start.utc;
    capture.asked = start.utc.addSecs(60);
    const auto line = [&](int seconds) { return captures::statusLine(capture, after(seconds).utc); };
    const auto clock = [](const QDateTime& time) {
        return time.toLocalTime().toString(QStringLiteral("HH:mm"));
    };
    const auto begun = QStringLiteral("Followed · started by a colleague at %1").arg(clock(start.utc));

    capture.followed = api::PcapArgs{};
    QCOMPARE(line(120), begun);
    QCOMPARE(captures::summary(capture), QStringLiteral("Packet capture, time limit not known"));
    QVERIFY(!captures::usuallyReady(capture));
    QVERIFY(captures::advice(capture).contains(QStringLiteral("not known")));

    capture.followed = api::PcapArgs{.timeLimitMin = 10};
    const auto ready = start.utc.addSecs(690);
    QCOMPARE(captures::usuallyReady(capture), std::optional(ready));
    QCOMPARE(line(690), begun + QStringLiteral(" · usually ready by %1").arg(clock(ready)));
    QCOMPARE(line(691), begun);
    QCOMPARE(captures::summary(capture), QStringLiteral("Packet capture 10 min"));
    QVERIFY(!captures::advice(capture).contains(QStringLiteral("not known")));

    capture.state = State::NothingUploaded;
    QCOMPARE(captures::advice(capture),
             QStringLiteral("Finished without a file, probably over its size limit."));
    capture.followed = api::PcapArgs{.maxFileSizeMb = 20};
    QCOMPARE(captures::advice(capture), QStringLiteral("Finished without a file, probably over 20 MB."));
}

CAPTUREDESK_SUITE(test_captures_core, CoreTest)
