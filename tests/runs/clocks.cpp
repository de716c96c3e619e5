// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Midnight, the operator's time zone, and a computer clock that is wrong or is set during a run.

#include <QSignalSpy>
#include <QTest>

#include "support/suite.h"
#include "sandbox/fleet.h"
#include "stage.h"
#include "support/eventually.h"
#include "support/zone.h"

using namespace runs;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

class Clocks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void midnight_data();
    void midnight();
    void wrong_data();
    void wrong();
    void setDuringARun_data();
    void setDuringARun();
    void setWhileWaiting();
    void setWhileClosed();
};

namespace {

QDateTime utc(const QString& iso)
{
    return QDateTime::fromString(iso, Qt::ISODate);
}

sandbox::Options accountAt(const QString& iso, int quota)
{
    auto options = account(100);
    options.quota = quota;
    options.clock = std::make_shared<sandbox::ManualClock>(utc(iso));
    return options;
}

bool isHeld(const Capture& capture)
{
    return capture.state == State::WaitingTurn && capture.heldUntil.has_value();
}

QString wordsOf(const Stage& stage)
{
    QStringList words;
    for (const auto& capture : stage.captures()) {
        if (isHeld(capture) && !words.contains(capture.problem))
            words << capture.problem;
    }
    return words.join(u'\n');
}

} // namespace

void Clocks::midnight_data()
{
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QString>("begins");
    QTest::addColumn<QString>("more");
    const auto row = [](const char* name, const char* zone, const char* begins, const char* more) {
        QTest::newRow(name) << QByteArray(zone) << QString::fromLatin1(begins) << QString::fromLatin1(more);
    };
    row("UTC", support::utcZone, "2026-03-10T23:50:00Z", "00:00");
    row("New York, in the evening of the day before", support::newYork, "2026-03-10T23:50:00Z", "20:00");
    row("Kolkata, in the morning", support::kolkata, "2026-03-10T23:50:00Z", "05:30");
    row("Berlin, as its summer begins", support::berlin, "2026-03-28T23:50:00Z", "01:00");
    row("Berlin, in summer", support::berlin, "2026-03-29T23:50:00Z", "02:00");
    row("Berlin, in the night in which it ends", support::berlin, "2026-10-24T23:50:00Z", "02:00");
    row("the last day of a year", support::utcZone, "2027-12-31T23:50:00Z", "00:00");
    row("a leap day", support::utcZone, "2028-02-28T23:50:00Z", "00:00");
}

/// A run that exceeds the daily quota continues exactly at midnight UTC; captures that run at that time end
/// as usual.
void Clocks::midnight()
{
    QFETCH(QByteArray, zone);
    QFETCH(QString, begins);
    QFETCH(QString, more);
    const support::Zone there(zone);
    Service service(accountAt(begins, 6));
    Stage stage(service);
    auto& desk = stage.desk();
    QVERIFY(stage.load());
    const auto midnight = utc(begins).addSecs(600);
    QCOMPARE(desk.quota()->reset, midnight);
    stage.pass(minutes(9));
    const auto plan = stage.plan(stage.connected(10), diagnostics);
    QCOMPARE(plan.later, 4);
    QVERIFY(stage.run(plan));
    EVENTUALLY_COMPARE(stage.count(isHeld), 4);
    QCOMPARE(service.created(), 6);
    QCOMPARE(wordsOf(stage),
             QStringLiteral("Today's captures are used up, by everyone together. More at %1.").arg(more));
    for (const auto& capture : stage.captures()) {
        if (isHeld(capture))
            QCOMPARE(*capture.heldUntil, midnight.addSecs(1));
    }

    stage.pass(minutes(1) - milliseconds(1));
    QVERIFY(stage.looks() && stage.looks());
    QCOMPARE(service.created(), 6);
    QCOMPARE(desk.left(), std::optional<qint64>(0));
    QCOMPARE(stage.count(State::OnDevice), 6);

    stage.pass(milliseconds(1));
    QVERIFY(!desk.quota() && !desk.left()); // the known quota is yesterday's
    desk.look();
    EVENTUALLY_COMPARE(service.created(), 10);
    EVENTUALLY_COMPARE(desk.left(), std::optional<qint64>(2));
    QCOMPARE(desk.quota()->reset, midnight.addDays(1));
    QVERIFY(stage.passUntil([&] { return stage.allFinal(); }));
    QCOMPARE(stage.count(State::Refused), 0);
    QCOMPARE(stage.count([](const Capture& capture) { return !capture.problem.isEmpty(); }), 0);
    QCOMPARE(eachOnce(stage.captures(), service), QString());
}

void Clocks::wrong_data()
{
    QTest::addColumn<minutes>("ahead");
    QTest::addColumn<QString>("more"); ///< the quota's reset, by the operator's clock
    QTest::newRow("right") << minutes(0) << QStringLiteral("00:00");
    QTest::newRow("an hour ahead, as by a wrong summer time") << minutes(60) << QStringLiteral("01:00");
    QTest::newRow("an hour behind") << minutes(-60) << QStringLiteral("23:00");
    QTest::newRow("a wrong zone, ahead") << minutes(5 * 60 + 30) << QStringLiteral("05:30");
    QTest::newRow("a wrong zone, behind") << minutes(-8 * 60) << QStringLiteral("16:00");
    QTest::newRow("days ahead") << minutes(50 * 60) << QStringLiteral("02:00");
    QTest::newRow("days behind") << minutes(-50 * 60) << QStringLiteral("22:00");
}

/// Whatever the operator's clock shows, each capture is started once and found again, and the run continues
/// at the service's midnight.
void Clocks::wrong()
{
    QFETCH(minutes, ahead);
    QFETCH(QString, more);
    auto options = accountAt(QStringLiteral("2026-03-10T23:50:00Z"), 6);
    options.faults = {QStringLiteral("lose-reply")};
    Service service(options);
    Stage stage(service);
    stage.setWrong(ahead);
    auto& desk = stage.desk();
    QVERIFY(stage.load());
    QCOMPARE(desk.left(), std::optional<qint64>(6));
    QVERIFY(stage.run(stage.plan(stage.connected(10), diagnostics)));
    QVERIFY(stage.passUntil([&] { return stage.count(isHeld) == 4; }));
    QCOMPARE(service.created(), 6);
    QCOMPARE(wordsOf(stage),
             QStringLiteral("Today's captures are used up, by everyone together. More at %1.").arg(more));
    const auto rest = stage.now().utc.msecsTo(desk.quota()->reset); // both by the operator's clock
    QVERIFY(rest > 0);
    stage.pass(milliseconds(rest));
    desk.look();
    EVENTUALLY_COMPARE(service.created(), 10);
    QVERIFY(stage.passUntil([&] { return stage.allFinal(); }));
    for (const auto& capture : stage.captures())
        QCOMPARE(capture.problem, QString()); // such as that the command may be somebody else's
    QCOMPARE(eachOnce(stage.captures(), service), QString());
}

void Clocks::setDuringARun_data()
{
    QTest::addColumn<hours>("by");
    QTest::addColumn<bool>("carriedOut");
    for (const int by : {-3, 3, -30, 30}) {
        for (const bool carriedOut : {true, false})
            QTest::addRow("%d hours, %s", by, carriedOut ? "carried out" : "lost") << hours(by) << carriedOut;
    }
}

/// The clock is set while the outcome of a request is being looked up: only the steady time counts.
void Clocks::setDuringARun()
{
    QFETCH(hours, by);
    QFETCH(bool, carriedOut);
    const auto isUnlucky = [](quint32 seed, quint64 number) { return sandbox::mix(seed, number) % 10 < 3; };
    auto options = account(100);
    options.faults = {carriedOut ? QStringLiteral("lose-reply") : QStringLiteral("lose-request")};
    while (!isUnlucky(options.seed, carriedOut ? 4 : 1)) // number of the command, or the request
        ++options.seed;
    Service service(options);
    Stage stage(service);
    QVERIFY(stage.load());
    const auto devices =
        stage.connected(4, [](const devices::Device& device) { return !device.isWindows(); });
    QSignalSpy resumed(&stage.desk(), &captures::Desk::resumed);
    QVERIFY(stage.run(stage.plan(devices, diagnostics)));
    // The clock is set as soon as the outcome is unknown.
    QObject context;
    connect(&stage.desk(), &captures::Desk::captureChanged, &context, [&] {
        if (stage.count(State::Checking) > 0)
            stage.setWrong(by);
    });
    QVERIFY(stage.passUntil([&] { return stage.allFinal(); }));
    QVERIFY(stage.now().utc != service.clock()->now().utc); // the clock was set
    QCOMPARE(service.posts(), 1);
    QCOMPARE(service.created(), carriedOut ? 4 : 0);
    QCOMPARE(stage.count(State::NotStarted), carriedOut ? 0 : 4);
    for (const auto& capture : stage.captures())
        QCOMPARE(capture.problem, QString());
    QVERIFY(resumed.isEmpty() && stage.desk().asking().isEmpty()); // nothing that looks like an absence
    QCOMPARE(eachOnce(stage.captures(), service), QString());
}

/// A capture held for a duration ignores the computer's clock; one that waits until a time of day follows it.
void Clocks::setWhileWaiting()
{
    Service service(accountAt(QStringLiteral("2026-03-10T23:50:00Z"), 6));
    Stage stage(service);
    auto& desk = stage.desk();
    QVERIFY(stage.load());
    QVERIFY(stage.run(stage.plan(stage.connected(10), diagnostics)));
    EVENTUALLY_COMPARE(stage.count(isHeld), 4);
    const devices::Device nowhere{.name = QStringLiteral("NOWHERE-1"),
                                  .standing = devices::Standing::NotSeen};
    QVERIFY(stage.run(stage.plan({nowhere}, diagnostics), {.waitUntil = stage.now().utc.addSecs(3600)}));
    stage.setWrong(-hours(3));
    stage.pass(minutes(10) + std::chrono::seconds(2));
    desk.look();
    EVENTUALLY_COMPARE(service.created(), 10);
    QVERIFY(stage.passUntil([&] {
        return stage.count(State::WaitingDevice) + stage.count([](const Capture& one) {
            return captures::isFinal(one.state);
        }) == 11;
    }));
    QVERIFY(desk.asking().isEmpty());
    for (int i = 0; i < 11; ++i) { // almost four hours, in steps too short for an absence
        stage.pass(minutes(20));
        QVERIFY(stage.looks());
    }
    QCOMPARE(stage.count(State::WaitingDevice), 1);
    stage.setWrong(hours(0));
    desk.look();
    EVENTUALLY_COMPARE(stage.count(State::Cancelled), 1);
    QCOMPARE(eachOnce(desk.captures(), service), QString());
}

/// How long the program was closed is then unknown, so the captures ask for confirmation.
void Clocks::setWhileClosed()
{
    for (const auto wrong : {-hours(3), hours(3)}) {
        Service service(accountAt(QStringLiteral("2026-03-10T23:50:00Z"), 2));
        Stage stage(service);
        QVERIFY(stage.load());
        QVERIFY(stage.run(stage.plan(stage.connected(4), diagnostics)));
        EVENTUALLY_COMPARE(stage.count(isHeld), 2);
        stage.quit();
        stage.pass(minutes(5));
        stage.setWrong(wrong);
        stage.open();
        EVENTUALLY_COMPARE(stage.desk().asking().size(), 2);
        stage.pass(minutes(10));
        QVERIFY(stage.looks() && stage.looks());
        QCOMPARE(service.created(), 2);
        stage.desk().agree(stage.desk().asking());
        QVERIFY(stage.passUntil([&] { return stage.allFinal(); }));
        QCOMPARE(service.created(), 4);
        QCOMPARE(eachOnce(stage.captures(), service), QString());
    }
}

CAPTUREDESK_SUITE(test_runs_clocks, Clocks)
#include "clocks.moc"
