// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QSignalSpy>
#include <QTest>

#include "support/suite.h"
#include "api/gate.h"
#include "api/pacer.h"
#include "support/eventually.h"

using namespace api;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr milliseconds none{0};
constexpr auto policy = R"("default";q=1200;w=300)";

struct Time {
    milliseconds now{1'000'000};
    int looks = 0; ///< how often the clock was read
    Clock clock()
    {
        return [this] {
            ++looks;
            return now;
        };
    }
};

QByteArray limit(int remaining, int secondsLeft)
{
    return R"("default";r=)" + QByteArray::number(remaining) + ";t=" + QByteArray::number(secondsLeft);
}

/// One complete request, as a client makes it.
void exchange(Pacer& pacer, Pacer::Kind kind, int status, const QByteArray& rateLimit,
              std::optional<seconds> retryAfter = {})
{
    pacer.left(kind);
    pacer.heard(status, rateLimit, policy, retryAfter);
    pacer.ended();
}

} // namespace

class Pacing : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void freeWhileNothingIsKnown()
    {
        Time time;
        Pacer pacer(time.clock());
        for (int i = 0; i < 100; ++i) {
            QCOMPARE(pacer.waitFor(Pacer::Kind::Get), none);
            exchange(pacer, Pacer::Kind::Get, 200, {});
        }
    }

    void fewerThan200InAnySecond()
    {
        Time time;
        Pacer pacer(time.clock());
        QList<milliseconds> left;
        while (left.size() < 1'000) {
            const auto wait = pacer.waitFor(Pacer::Kind::Get);
            time.now += wait;
            QCOMPARE(pacer.waitFor(Pacer::Kind::Get), none);
            exchange(pacer, Pacer::Kind::Get, 200, {});
            left << time.now;
            if (left.size() % 7 == 0)
                time.now += milliseconds(1);
        }
        for (qsizetype i = 199; i < left.size(); ++i)
            QVERIFY(left[i] - left[i - 199] >= seconds(1));
        // And it is not slower than necessary.
        QVERIFY(left.last() - left.first() <= seconds(6));
    }

    void oneLimiterForAll()
    {
        Time time;
        const auto throttle = std::make_shared<Throttle>();
        Pacer first(time.clock(), throttle);
        Pacer second(time.clock(), throttle);
        for (std::size_t i = 0; i < Throttle::perSecond; ++i)
            exchange(i % 2 ? first : second, Pacer::Kind::Get, 200, {});
        QVERIFY(first.waitFor(Pacer::Kind::Post) > none);
        QVERIFY(second.waitFor(Pacer::Kind::Get) > none);
        time.now += seconds(1);
        QCOMPARE(first.waitFor(Pacer::Kind::Post), none);
    }

    void plentyLeft()
    {
        Time time;
        Pacer pacer(time.clock());
        exchange(pacer, Pacer::Kind::Get, 200, limit(121, 300));
        QCOMPARE(pacer.waitFor(Pacer::Kind::Get), none);
    }

    void theLastTenthIsSpread()
    {
        Time time;
        Pacer pacer(time.clock());
        exchange(pacer, Pacer::Kind::Get, 200, limit(50, 30));
        // 24 of 1,200 are reserved for POSTs: 26 GETs in 30 seconds.
        QCOMPARE(pacer.waitFor(Pacer::Kind::Get), milliseconds(30'000 / 26));
        QCOMPARE(pacer.waitFor(Pacer::Kind::Post), none);
        int gets = 0;
        const auto end = time.now + seconds(30);
        while (true) {
            const auto wait = pacer.waitFor(Pacer::Kind::Get);
            if (time.now + wait >= end)
                break;
            time.now += wait;
            pacer.left(Pacer::Kind::Get); // no reply reports a new limit
            ++gets;
        }
        QVERIFY2(gets >= 24 && gets <= 27, qPrintable(QString::number(gets)));
        // In the next window requests pass again.
        time.now = end;
        QCOMPARE(pacer.waitFor(Pacer::Kind::Get), none);
    }

    void theReserveIsForPosts()
    {
        Time time;
        Pacer pacer(time.clock());
        exchange(pacer, Pacer::Kind::Get, 200, limit(24, 60));
        QCOMPARE(pacer.waitFor(Pacer::Kind::Get), milliseconds(60'000));
        QCOMPARE(pacer.waitFor(Pacer::Kind::Post), none);
        for (int i = 0; i < 24; ++i) {
            QCOMPARE(pacer.waitFor(Pacer::Kind::Post), none);
            pacer.left(Pacer::Kind::Post);
        }
        QCOMPARE(pacer.waitFor(Pacer::Kind::Post), milliseconds(60'000));
    }

    void whatIsOnItsWayCounts()
    {
        Time time;
        Pacer pacer(time.clock());
        for (int i = 0; i < 5; ++i)
            pacer.left(Pacer::Kind::Get);
        pacer.heard(200, limit(28, 60), policy, {}); // 24 once the other four have arrived
        pacer.ended();
        QCOMPARE(pacer.waitFor(Pacer::Kind::Get), milliseconds(60'000));
    }

    void a429_data()
    {
        QTest::addColumn<int>("retryAfter"); // -1: none
        QTest::addColumn<int>("expected");
        QTest::newRow("7 s") << 7 << 7;
        QTest::newRow("none") << -1 << 5;
        QTest::newRow("0 s") << 0 << 0;
        QTest::newRow("a day") << 86'400 << 300;
    }
    void a429()
    {
        QFETCH(int, retryAfter);
        QFETCH(int, expected);
        Time time;
        Pacer pacer(time.clock());
        exchange(pacer, Pacer::Kind::Get, 429, {},
                 retryAfter < 0 ? std::nullopt : std::optional(seconds(retryAfter)));
        for (const auto kind : {Pacer::Kind::Get, Pacer::Kind::Post})
            QCOMPARE(pacer.waitFor(kind), milliseconds(seconds(expected)));
        // A reply to an earlier request may still succeed; the block stays.
        exchange(pacer, Pacer::Kind::Get, 200, limit(1'000, 300));
        QCOMPARE(pacer.waitFor(Pacer::Kind::Post), milliseconds(seconds(expected)));
        time.now += seconds(expected);
        QCOMPARE(pacer.waitFor(Pacer::Kind::Get), none);
    }

    void nonsenseFromTheService_data()
    {
        QTest::addColumn<QByteArray>("rateLimit");
        QTest::addColumn<QByteArray>("limits");
        QTest::newRow("empty") << QByteArray() << QByteArray();
        QTest::newRow("words") << QByteArray("r=many;t=soon") << QByteArray("q=lots");
        QTest::newRow("no time") << QByteArray("\"d\";r=0") << QByteArray(policy);
        QTest::newRow("huge") << QByteArray("\"d\";r=99999999999999999999;t=1")
                              << QByteArray("\"d\";q=0;w=0");
        QTest::newRow("over") << QByteArray("\"d\";r=0;t=0") << QByteArray(policy);
    }
    void nonsenseFromTheService()
    {
        QFETCH(QByteArray, rateLimit);
        QFETCH(QByteArray, limits);
        Time time;
        Pacer pacer(time.clock());
        pacer.left(Pacer::Kind::Get);
        pacer.heard(200, rateLimit, limits, {});
        pacer.ended();
        QCOMPARE(pacer.waitFor(Pacer::Kind::Get), none);
        QCOMPARE(pacer.waitFor(Pacer::Kind::Post), none);
    }

    void aWindowNeverLastsLongerThanTheServices()
    {
        Time time;
        Pacer pacer(time.clock());
        exchange(pacer, Pacer::Kind::Get, 200, R"("default";r=0;t=999999999999)");
        QCOMPARE(pacer.waitFor(Pacer::Kind::Post), milliseconds(300'000));
    }

    void atMost6AtOncePostsFirst()
    {
        Gate gate(std::make_shared<Pacer>());
        QStringList order;
        std::vector<std::unique_ptr<Turn>> turns;
        const auto enter = [&](Turn::Kind kind, const QString& name) {
            turns.push_back(gate.enter(kind));
            connect(turns.back().get(), &Turn::come, this, [&order, name] { order << name; });
        };
        for (int i = 0; i < 5; ++i)
            enter(Turn::Kind::Download, QStringLiteral("download"));
        for (int i = 0; i < 5; ++i)
            enter(Turn::Kind::Get, QStringLiteral("get"));
        enter(Turn::Kind::Post, QStringLiteral("post"));
        QVERIFY(order.isEmpty()); // from the event loop only
        EVENTUALLY_COMPARE(order.size(), 6);
        QCOMPARE(order.first(), QStringLiteral("post"));
        QCOMPARE(order.count(QStringLiteral("download")), 3);
        QCoreApplication::processEvents();
        QCOMPARE(order.size(), 6);
        turns.pop_back(); // the POST has ended
        EVENTUALLY_COMPARE(order.size(), 7);
        QCOMPARE(order.last(), QStringLiteral("get"));
        turns.erase(turns.begin()); // a download has ended
        EVENTUALLY_COMPARE(order.size(), 8);
        turns.clear(); // waiting requests leave the queue
        enter(Turn::Kind::Get, QStringLiteral("last"));
        EVENTUALLY_COMPARE(order.last(), QStringLiteral("last"));
        QCOMPARE(order.size(), 9);
    }

    void slownessIsToldAndItsEnd()
    {
        Time time;
        const auto pacer = std::make_shared<Pacer>(time.clock());
        Gate gate(pacer);
        QSignalSpy slowed(&gate, &Gate::slowed);
        exchange(*pacer, Pacer::Kind::Get, 429, {}, seconds(7));
        auto turn = gate.enter(Turn::Kind::Get);
        QSignalSpy come(turn.get(), &Turn::come);
        EVENTUALLY_COMPARE(slowed.size(), 1);
        QCOMPARE(slowed.last().first().value<seconds>(), seconds(7));
        time.now += seconds(7) - milliseconds(1);
        const auto looks = time.looks;
        const auto early = gate.enter(Turn::Kind::Get); // makes it read the clock
        EVENTUALLY(time.looks > looks);
        QVERIFY(come.isEmpty());
        time.now += milliseconds(1);
        const auto wakes = gate.enter(Turn::Kind::Get); // the clock is stopped here, the gate's timer is not
        EVENTUALLY_COMPARE(come.size(), 1);
        EVENTUALLY_COMPARE(slowed.size(), 2);
        QCOMPARE(slowed.last().first().value<seconds>(), seconds(0));
    }
};

CAPTUREDESK_SUITE(test_api_pacing, Pacing)
#include "pacing.moc"
