// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Times in the operator's time zone, on the days on which clocks change; and a clock that is wrong.

#include <QTest>

#include "support/suite.h"
#include "captures/core.h"
#include "suites.h"
#include "support/zone.h"

using captures::Capture;
using captures::Core;
using captures::Listing;
using captures::Moment;
using captures::State;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using support::Zone;

namespace {

QDateTime iso(const char* text)
{
    return QDateTime::fromString(QLatin1StringView(text), Qt::ISODateWithMs);
}

void zoneAnd(const char* what)
{
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QDateTime>(what);
    QTest::addColumn<QDateTime>("now");
    QTest::addColumn<QString>("line");
}

void zoneRow(const char* name, const char* zone, const char* time, const char* now, const char* line)
{
    QTest::newRow(name) << QByteArray(zone) << iso(time) << iso(now) << QString::fromUtf8(line);
}

Capture pcap(State state)
{
    Capture capture;
    capture.id = 1;
    capture.run = 1;
    capture.order.command.args = api::PcapArgs{.timeLimitMin = 5};
    capture.order.command.deviceId = QStringLiteral("a");
    capture.order.device.deviceId = QStringLiteral("a");
    capture.state = state;
    return capture;
}

} // namespace

void TimesTest::waitsUntil_data()
{
    zoneAnd("until");
    const auto* spring = "2026-03-28T12:00:00Z";
    zoneRow("UTC", support::utcZone, "2026-03-29T00:00:00Z", spring, "Waiting for device · until Sun 00:00");
    zoneRow("Berlin, before the hour that there is not", support::berlin, "2026-03-29T00:59:00Z", spring,
            "Waiting for device · until Sun 01:59");
    zoneRow("Berlin, after it", support::berlin, "2026-03-29T01:00:00Z", spring,
            "Waiting for device · until Sun 03:00");
    const auto* autumn = "2026-10-24T12:00:00Z";
    zoneRow("Berlin, the hour that comes twice", support::berlin, "2026-10-25T00:30:00Z", autumn,
            "Waiting for device · until Sun 02:30");
    zoneRow("Berlin, and again", support::berlin, "2026-10-25T01:30:00Z", autumn,
            "Waiting for device · until Sun 02:30");
    zoneRow("Berlin, after it came twice", support::berlin, "2026-10-25T02:00:00Z", autumn,
            "Waiting for device · until Sun 03:00");
    zoneRow("New York, the day before", support::newYork, "2026-03-29T00:00:00Z", spring,
            "Waiting for device · until Sat 20:00");
    zoneRow("Kolkata", support::kolkata, "2026-03-28T18:30:00Z", spring,
            "Waiting for device · until Sun 00:00");
    zoneRow("Lord Howe, half an hour of summer", support::lordHowe, "2026-04-04T15:00:00Z",
            "2026-04-04T00:00:00Z", "Waiting for device · until Sun 01:30");
}

void TimesTest::waitsUntil()
{
    QFETCH(QByteArray, zone);
    QFETCH(QDateTime, until);
    QFETCH(QDateTime, now);
    const Zone there(zone);
    auto capture = pcap(State::WaitingDevice);
    capture.waitUntil = until;
    QTEST(captures::statusLine(capture, now), "line");
}

void TimesTest::held_data()
{
    zoneAnd("until");
    zoneRow("UTC, midnight", support::utcZone, "2026-03-29T00:00:00Z", "2026-03-28T23:50:00Z",
            "Waiting its turn · more at 00:00");
    zoneRow("UTC, midnight, soon", support::utcZone, "2026-03-29T00:00:00Z", "2026-03-28T23:59:00Z",
            "Waiting its turn · waiting for the service, 61 s");
    zoneRow("New York", support::newYork, "2026-03-29T00:00:00Z", "2026-03-28T23:50:00Z",
            "Waiting its turn · more at 20:00");
    zoneRow("Berlin, over the hour that there is not", support::berlin, "2026-03-29T01:10:00Z",
            "2026-03-29T00:50:00Z", "Waiting its turn · more at 03:10");
    zoneRow("Berlin, over it, soon", support::berlin, "2026-03-29T01:01:00Z", "2026-03-29T00:59:00Z",
            "Waiting its turn · waiting for the service, 121 s");
    zoneRow("Berlin, into the hour that comes twice", support::berlin, "2026-10-25T01:10:00Z",
            "2026-10-25T00:50:00Z", "Waiting its turn · more at 02:10");
    zoneRow("Berlin, into it, soon", support::berlin, "2026-10-25T01:01:00Z", "2026-10-25T00:59:00Z",
            "Waiting its turn · waiting for the service, 121 s");
    zoneRow("over", support::berlin, "2026-10-25T01:01:00Z", "2026-10-25T01:01:00Z", "Waiting its turn");
}

void TimesTest::held()
{
    QFETCH(QByteArray, zone);
    QFETCH(QDateTime, until);
    QFETCH(QDateTime, now);
    const Zone there(zone);
    auto capture = pcap(State::WaitingTurn);
    capture.heldUntil = until;
    QTEST(captures::statusLine(capture, now), "line");
}

void TimesTest::slowed_data()
{
    QTest::addColumn<int>("slowed"); // seconds from now; negative: not slowed down
    QTest::addColumn<int>("held");
    QTest::addColumn<bool>("asks");
    QTest::addColumn<QString>("line");
    const auto row = [](const char* name, int slowedFor, int heldFor, bool asks, const char* line) {
        QTest::newRow(name) << slowedFor << heldFor << asks << QString::fromUtf8(line);
    };
    row("not sent yet", 40, -1, false, "Waiting its turn · continues in 40 s");
    row("refused for it", 40, 40, false, "Waiting its turn · continues in 40 s");
    row("refused for it, a moment later", 40, 41, false, "Waiting its turn · continues in 40 s");
    row("for the day's captures", 40, 3600, false, "Waiting its turn · more at 13:00");
    row("for the operator's word", 40, -1, true, "Waiting its turn · needs your confirmation");
    row("over", 0, -1, false, "Waiting its turn");
    row("not slowed", -1, -1, false, "Waiting its turn");
}

/// The row, the strip below and the status bar count the same seconds.
void TimesTest::slowed()
{
    QFETCH(int, slowed);
    QFETCH(int, held);
    QFETCH(bool, asks);
    const Zone there(support::utcZone);
    const QDateTime now(QDate(2026, 3, 28), QTime(12, 0), Qt::UTC);
    auto capture = pcap(State::WaitingTurn);
    capture.asks = asks;
    if (held >= 0)
        capture.heldUntil = now.addSecs(held);
    const auto until = slowed < 0 ? std::nullopt : std::optional(now.addSecs(slowed));
    QTEST(captures::statusLine(capture, now, until), "line");
    QCOMPARE(captures::slowedText(until, now),
             slowed > 0 ? QStringLiteral("Too many requests. Continues by itself in 40 s; nothing is lost.")
                        : QString());
    if (slowed > 0) {
        // Counts down, rounded up: never "0 s" while it waits.
        QVERIFY(captures::slowedText(until, now.addMSecs(39'001)).contains(QStringLiteral(" 1 s;")));
        QCOMPARE(captures::slowedText(until, now.addMSecs(40'000)), QString());
    }
}

void TimesTest::readyBy_data()
{
    zoneAnd("sent");
    zoneRow("UTC, over midnight", support::utcZone, "2026-03-28T23:57:00Z", "2026-03-28T23:57:10Z",
            "On the device · usually ready by 00:03");
    zoneRow("Berlin, over the hour that there is not", support::berlin, "2026-03-29T00:58:00Z",
            "2026-03-29T01:00:00Z", "On the device, 2 min · usually ready by 03:04");
    zoneRow("Berlin, over the hour that comes twice", support::berlin, "2026-10-25T00:58:00Z",
            "2026-10-25T01:00:00Z", "On the device, 2 min · usually ready by 02:04");
    zoneRow("Berlin, longer than usual all the same", support::berlin, "2026-10-25T00:58:00Z",
            "2026-10-25T01:08:00Z", "On the device, 10 min · longer than usual");
    zoneRow("the clock was set back", support::utcZone, "2026-03-28T23:57:00Z", "2026-03-28T20:00:00Z",
            "On the device · usually ready by 00:03");
}

void TimesTest::readyBy()
{
    QFETCH(QByteArray, zone);
    QFETCH(QDateTime, sent);
    QFETCH(QDateTime, now);
    const Zone there(zone);
    auto capture = pcap(State::OnDevice);
    capture.sent = sent;
    QTEST(captures::statusLine(capture, now), "line");
}

void TimesTest::keptFor_data()
{
    zoneAnd("completed");
    zoneRow("UTC, the last second of a day", support::utcZone, "2026-03-20T12:00:00Z", "2026-03-26T23:59:59Z",
            "Ready · 1 d left");
    zoneRow("UTC, its day", support::utcZone, "2026-03-20T12:00:00Z", "2026-03-27T00:00:00Z",
            "Ready · deleted today");
    zoneRow("UTC, just made", support::utcZone, "2026-03-20T12:00:00Z", "2026-03-20T12:00:00Z",
            "Ready · 7 d left");
    zoneRow("New York, today although it is tomorrow in UTC", support::newYork, "2026-03-22T00:30:00Z",
            "2026-03-28T22:00:00Z", "Ready · deleted today");
    zoneRow("Kolkata, tomorrow although it is today in UTC", support::kolkata, "2026-03-21T20:00:00Z",
            "2026-03-28T10:00:00Z", "Ready · 1 d left");
    zoneRow("Berlin, over the day of 23 hours", support::berlin, "2026-03-22T22:30:00Z",
            "2026-03-28T23:30:00Z", "Ready · 1 d left");
    zoneRow("Berlin, and then", support::berlin, "2026-03-22T22:30:00Z", "2026-03-29T22:00:00Z",
            "Ready · deleted today");
    zoneRow("Berlin, over the day of 25 hours", support::berlin, "2026-10-18T22:30:00Z",
            "2026-10-25T22:30:00Z", "Ready · deleted today");
}

void TimesTest::keptFor()
{
    QFETCH(QByteArray, zone);
    QFETCH(QDateTime, completed);
    QFETCH(QDateTime, now);
    const Zone there(zone);
    auto capture = pcap(State::Ready);
    capture.completed = completed;
    QTEST(captures::statusLine(capture, now), "line");
}

void TimesTest::wrongClock_data()
{
    QTest::addColumn<milliseconds>("theirs"); ///< the service's clock minus ours
    QTest::addColumn<milliseconds>("ahead");
    QTest::newRow("right") << milliseconds(0) << milliseconds(0);
    QTest::newRow("the network took its time") << milliseconds(seconds(-20)) << milliseconds(0);
    QTest::newRow("minutes") << milliseconds(minutes(-10)) << milliseconds(minutes(-10));
    QTest::newRow("an hour, as by a wrong summer time") << milliseconds(hours(1)) << milliseconds(hours(1));
    QTest::newRow("days") << milliseconds(hours(-50)) << milliseconds(hours(-50));
}

void TimesTest::wrongClock()
{
    QFETCH(milliseconds, theirs);
    const Moment now{.utc = iso("2026-03-29T00:59:00Z"), .steady = hours(1)};
    QTEST(captures::aheadOf(now, now.utc.addMSecs(theirs.count())), "ahead");
    QCOMPARE(captures::aheadOf(now, {}), milliseconds(0));
}

void TimesTest::clockSetDuringALookup_data()
{
    QTest::addColumn<milliseconds>("wrong"); ///< how far our clock is ahead when the request is sent,
    QTest::addColumn<milliseconds>("then");  ///< and when its command is found
    QTest::addColumn<bool>("isTold");        ///< the service's clock is known then
    QTest::addColumn<minutes>("later");      ///< between the request and the creation of the command
    QTest::addColumn<bool>("isNear");
    const milliseconds none{0}, some = hours(5);
    QTest::newRow("right") << none << none << true << minutes(1) << true;
    QTest::newRow("right, and not told") << none << none << false << minutes(1) << true;
    QTest::newRow("right, much later") << none << none << true << minutes(40) << false;
    QTest::newRow("ahead") << some << some << true << minutes(1) << true;
    QTest::newRow("ahead, much later") << some << some << true << minutes(40) << false;
    QTest::newRow("behind") << -some << -some << true << minutes(1) << true;
    QTest::newRow("behind, and not told") << -some << -some << false << minutes(1) << false;
    QTest::newRow("right, then set wrong") << none << some << true << minutes(1) << true;
}

/// A command belongs to the request if it was created at that time, by either clock; otherwise the operator
/// is told.
void TimesTest::clockSetDuringALookup()
{
    QFETCH(milliseconds, wrong);
    QFETCH(milliseconds, then);
    QFETCH(bool, isTold);
    QFETCH(minutes, later);
    QFETCH(bool, isNear);
    const auto noon = iso("2026-03-10T12:00:00Z");
    auto was = pcap(State::WaitingTurn);
    Core core(seconds(60));
    core.add({was});
    const Moment sent{.utc = noon.addMSecs(wrong.count()), .steady = hours(2)};
    core.sending({0}, 1, {}, sent);
    core.failed({0}, api::TransportError{.kind = api::TransportError::Kind::Lost, .mayHaveSent = true}, {},
                sent);
    QCOMPARE(core.captures()[0].state, State::Checking);

    // The steady time is not affected.
    const auto real = noon.addSecs(seconds(later).count() + 30);
    const Moment now{.utc = real.addMSecs(then.count()), .steady = sent.steady + later + seconds(30)};
    const api::Command command{.id = QStringLiteral("mine"),
                               .deviceId = QStringLiteral("a"),
                               .registrationId = {},
                               .userEmail = {},
                               .type = QStringLiteral("pcap"),
                               .status = QStringLiteral("PENDING_EXEC"),
                               .created = noon.addSecs(seconds(later).count()),
                               .completed = {},
                               .filename = {}};
    const auto ahead = isTold ? captures::aheadOf(now, real) : milliseconds(0);
    QVERIFY(core.listed({.commands = {command}, .whole = true, .begun = now, .ahead = ahead}, now));
    QCOMPARE(core.captures()[0].commandId, QStringLiteral("mine"));
    QCOMPARE(core.captures()[0].problem,
             isNear ? QString()
                    : QStringLiteral("It was started long after it was sent; it may be somebody else's."));
}

CAPTUREDESK_SUITE(test_captures_times, TimesTest)
