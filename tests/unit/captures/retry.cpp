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

/// A run of five: what failed was repeated twice.
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

/// An attempt that the operator cancelled recorded nothing: the one before it counts.
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
