// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "captures/retry.h"
#include "suites.h"
#include "support/suite.h"

using captures::Attempts;
using captures::Capture;
using captures::State;

namespace {

Capture attempt(qint64 id, qint64 run, State state, qint64 origin = 0)
{
    Capture result;
    result.id = id;
    result.run = run;
    result.state = state;
    result.order.origin = origin;
    return result;
}

using Ids = QList<qint64>;

} // namespace

void RetryTest::whatCanBeRepeated_data()
{
    QTest::addColumn<State>("state");
    QTest::addColumn<bool>("can");
    for (const auto state :
         {State::NothingUploaded, State::Failed, State::Refused, State::NotStarted, State::Cancelled})
        QTest::newRow(qPrintable(captures::stateText(state))) << state << true;
    for (const auto state : {State::WaitingDevice, State::WaitingTurn, State::Sending, State::Checking,
                             State::OnDevice, State::Uploading, State::Ready, State::Deleted})
        QTest::newRow(qPrintable(captures::stateText(state))) << state << false;
}

void RetryTest::whatCanBeRepeated()
{
    QFETCH(State, state);
    QTEST(captures::canRepeat(state), "can");
    const QList<Capture> all{attempt(1, 1, state)};
    QTEST(!Attempts(all).repeatable({1}).isEmpty(), "can");
}

void RetryTest::whatChanges_data()
{
    QTest::addColumn<bool>("windows");
    QTest::addColumn<State>("state");
    QTest::addColumn<int>("seconds"); ///< from its start to its end
    QTest::addColumn<bool>("waits");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, bool windows, State state, int seconds, bool waits,
                        const char* text) {
        QTest::newRow(name) << windows << state << seconds << waits << QString::fromUtf8(text);
    };
    row("at once, on Windows", true, State::Failed, 0, false, "Run when free…");
    row("after 59 s, on Windows", true, State::Failed, 59, false, "Run when free…");
    row("after a minute, on Windows", true, State::Failed, 60, false, "Run again…");
    row("at once, elsewhere", false, State::Failed, 0, false, "Run again…");
    row("a second before nine and a half minutes", false, State::Failed, 569, false, "Run again…");
    row("after nine and a half minutes", false, State::Failed, 570, true, "Wait for device…");
    row("ten minutes, and not failed", false, State::Refused, 600, false, "Run again…");
    row("no trace", false, State::NotStarted, 600, false, "Send again…");
}

void RetryTest::whatChanges()
{
    QFETCH(bool, windows);
    QFETCH(State, state);
    QFETCH(int, seconds);
    QFETCH(bool, waits);
    auto capture = attempt(1, 1, state);
    capture.order.device.platform = windows ? QStringLiteral("windows") : QStringLiteral("linux");
    capture.created = QDateTime(QDate(2026, 3, 10), QTime(12, 0), Qt::UTC);
    capture.completed = capture.created->addSecs(seconds);
    QCOMPARE(!captures::improvement(capture).isEmpty(), waits);
    QTEST(captures::repeatText(capture), "text");
    const auto again = captures::repeatOf(capture, true);
    QCOMPARE(again.device.standing == devices::Standing::NotSeen, waits);
    QCOMPARE(again.origin, 1);
    QCOMPARE(again.attempt, 2);
    QVERIFY(captures::repeatOf(capture, false).device.standing == capture.order.device.standing);
}

/// A run of five: the failed captures were repeated twice.
void RetryTest::onlyWhatStillFails()
{
    QList<Capture> all{attempt(1, 1, State::Ready), attempt(2, 1, State::Failed),
                       attempt(3, 1, State::Failed), attempt(4, 1, State::NothingUploaded),
                       attempt(5, 1, State::Cancelled)};
    QCOMPARE(Attempts(all).repeatableOf(1), (Ids{2, 3, 4}));
    QCOMPARE(Attempts(all).repeatable({1, 2, 5, 99}), (Ids{2, 5}));

    all << attempt(6, 2, State::Ready, 2) << attempt(7, 2, State::Failed, 3)
        << attempt(8, 2, State::OnDevice, 4);
    QCOMPARE(Attempts(all).repeatableOf(1), (Ids{7}));
    QCOMPARE(Attempts(all).repeatableOf(2), (Ids{7}));
    QCOMPARE(Attempts(all).repeatable({2, 3, 4, 6, 7}), (Ids{7}));
    QCOMPARE(Attempts(all).latest(all[1]).id, 6);
    QCOMPARE(Attempts(all).latest(all[2]).id, 7);
    QCOMPARE(Attempts(all).latest(all[0]).id, 1);

    all << attempt(9, 3, State::Ready, 7);
    QCOMPARE(Attempts(all).latest(all[2]).id, 9);
    QVERIFY(Attempts(all).repeatableOf(1).isEmpty());
    QVERIFY(Attempts(all).repeatableOf(2).isEmpty());
}

/// An attempt that the operator cancelled has no result: the one before it counts.
void RetryTest::cancelledAttempts()
{
    const QList<Capture> all{attempt(1, 1, State::Failed), attempt(2, 2, State::Cancelled, 1),
                             attempt(3, 1, State::Refused), attempt(4, 2, State::Ready, 3),
                             attempt(5, 3, State::Cancelled, 3)};
    QCOMPARE(Attempts(all).latest(all[0]).id, 1);
    QCOMPARE(Attempts(all).latest(all[2]).id, 4);
    QCOMPARE(Attempts(all).repeatableOf(1), (Ids{1}));
    QVERIFY(Attempts(all).repeatableOf(2).isEmpty());
    QCOMPARE(Attempts(all).repeatable({2}), (Ids{2}));
}

CAPTUREDESK_SUITE(test_captures_retry, RetryTest)
