// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Faults of reading requests: the operator is told what they mean for her work, existing data stays, nothing
// is started that could not be looked up, and the work continues when the fault is over.

#include <QSignalSpy>
#include <QTest>

#include "support/suite.h"
#include "helpdesk.h"
#include "support/eventually.h"
#include "words.h"

using namespace Qt::StringLiterals;
using namespace faults;
using captures::State;
using Doing = connections::Act;
using Where = Fault::Where;
using Then = Act::Then;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

struct Read {
    const char* name;
    Ask ask;
    Doing act;
    const char* consequence;
};

const QList<Read> readings{
    {"devices", Ask::Devices, Doing::ReadDevices, " The devices shown may be out of date."},
    {"quota", Ask::Quota, Doing::ReadQuota, " How many captures are left today is not known."},
    {"commands", Ask::Commands, Doing::Follow, " Captures go on; their state is not known for now."},
};

const auto noCapture = u" No capture was started."_s;

struct Misfortune {
    const char* name;
    Fault fault;
    QString sentence;
    bool heals;           ///< a retry can succeed
    bool refuses = false; ///< in the service's own words
};

const QList<Misfortune>& misfortunes()
{
    const auto before = [](const Change& change) { return Fault{.where = Where::Before, .change = change}; };
    const auto after = [](const Change& change) { return Fault{.where = Where::After, .change = change}; };
    static const QList<Misfortune> all{
        {"reset before", {.where = Where::Head, .change = nothing(Then::Reset)}, broke, true},
        {"reset after", after(nothing(Then::Reset)), broke, true},
        {"closed after", after(nothing(Then::Close)), broke, true},
        {"no reply", before(nothing(Then::Stay)), late, true},
        {"reply cut short", after(cutShort()), broke, true},
        {"invalid JSON", after(invalidJson()), unreadable, false},
        {"wrong types", after(wrongTypes()), unreadable, false},
        {"wrong content type", after(wrongContentType()), between, false},
        {"HTML page 200", before(page(200)), between, false},
        {"HTML page 403", before(page(403)), between, false},
        {"HTML page 500", before(page(500)), own, true},
        {"HTML page 502", before(page(502)), own, true},
        {"HTML page 503", before(page(503)), own, true},
        {"HTML page 504", before(page(504)), own, true},
        {"envelope 500", before(refusal(500, 10013, "Internal error")), own, true},
        {"envelope 502", before(refusal(502, 10013, "Internal error")), own, true},
        {"envelope 503", before(refusal(503, 10013, "Internal error")), own, true},
        {"envelope 504", before(refusal(504, 10013, "Internal error")), own, true},
        {"refused with 400", before(refusal(400, 1001, "no such page")),
         u"The service refused: “no such page”."_s, false, true},
        {"refused with 404", before(refusal(404, 7003, "Could not route")),
         u"The service knows no such account."_s, false, true},
    };
    return all;
}

} // namespace

class Reading : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lasting_data();
    void lasting();
    void redirected_data();
    void redirected();
    void once_data();
    void once();
    void slowed_data();
    void slowed();
    void healsByItself_data();
    void healsByItself();
    void aRefusalIsNotTriedAgain();
    void whileChecking_data();
    void whileChecking();
    void noConnection_data();
    void noConnection();

private:
    static void last(Helpdesk& helpdesk, const Read& reading, Fault fault, const QString& sentence,
                     bool refuses = false);
};

void Reading::lasting_data()
{
    QTest::addColumn<qsizetype>("reading");
    QTest::addColumn<qsizetype>("misfortune");
    for (qsizetype i = 0; i < readings.size(); ++i) {
        for (qsizetype k = 0; k < misfortunes().size(); ++k)
            QTest::addRow("%s, %s", readings[i].name, misfortunes()[k].name) << i << k;
    }
}

void Reading::lasting()
{
    QFETCH(qsizetype, reading);
    QFETCH(qsizetype, misfortune);
    Helpdesk helpdesk;
    const auto& [name, fault, sentence, heals, refuses] = misfortunes()[misfortune];
    last(helpdesk, readings[reading], fault, sentence, refuses);
    const auto asked = helpdesk.proxy.struck(readings[reading].ask);
    QVERIFY(asked >= (heals ? 3 : 1)); // before the operator is told
}

/// The fault starts after everything worked; a run is affected; then the fault ends.
void Reading::last(Helpdesk& helpdesk, const Read& reading, Fault fault, const QString& sentence,
                   bool refuses)
{
    QVERIFY(helpdesk.load());
    const auto devices = helpdesk.desk().fleet().size();
    const auto left = helpdesk.desk().left();
    const bool looks = reading.ask == Ask::Commands; // requested before each POST
    helpdesk.proxy.strike(reading.ask, fault);
    helpdesk.desk().refresh();
    const auto told = sentence + QLatin1StringView(reading.consequence);
    QVERIFY(until([&] { return !helpdesk.told().isEmpty() && !helpdesk.desk().loader().isRunning(); }));
    QCOMPARE(helpdesk.told(), QStringList{told});
    QCOMPARE(helpdesk.desk().fleet().size(), devices); // the known devices are still shown
    QCOMPARE(helpdesk.desk().left(), left);
    QCOMPARE(helpdesk.desk().loader().isWhole(), reading.ask != Ask::Devices);

    QStringList startedMeanwhile;
    QString line;
    helpdesk.whenHeld([&] {
        startedMeanwhile = helpdesk.started();
        line = captures::statusLine(helpdesk.desk().captures().first(), helpdesk.time.now().utc);
        helpdesk.proxy.lift();
        // A refused poll refuses no capture: it is retried later.
        helpdesk.time.pass(seconds(looks && refuses ? 125 : 20));
    });
    helpdesk.run();
    QVERIFY(helpdesk.settles());
    QStringList seen{waiting};
    if (looks)
        seen << waiting + u": "_s + sentence + noCapture << sending << onDevice;
    else
        seen << sending << onDevice;
    QCOMPARE(helpdesk.course(), seen);
    QVERIFY2(line.startsWith(u"Waiting its turn · waiting for the service, "_s) == looks, qPrintable(line));
    QVERIFY(startedMeanwhile.isEmpty());
    QCOMPARE(helpdesk.told(), looks ? (QStringList{told, sentence + noCapture}) : QStringList{told});

    helpdesk.proxy.lift();
    helpdesk.desk().refresh();
    QVERIFY(until([&] { return helpdesk.isHealed(reading.act); }));
    QCOMPARE(helpdesk.isHealed(Doing::Run), looks);
    QVERIFY(until([&] { return helpdesk.desk().loader().isWhole(); }));
    QVERIFY(until([&] { return helpdesk.desk().left() == *left - 4; }));
    QCOMPARE(helpdesk.desk().fleet().size(), devices);
    QCOMPARE(helpdesk.proxy.received(Ask::Create), 1);
    QCOMPARE(helpdesk.started(), helpdesk.wanted());
    QVERIFY(helpdesk.isEachItsOwn());
}

void Reading::redirected_data()
{
    QTest::addColumn<qsizetype>("reading");
    QTest::addColumn<int>("status");
    for (qsizetype i = 0; i < readings.size(); ++i) {
        for (const int status : {301, 302, 303, 307, 308})
            QTest::addRow("%s, redirect %d", readings[i].name, status) << i << status;
    }
}

void Reading::redirected()
{
    QFETCH(qsizetype, reading);
    QFETCH(int, status);
    Server other(Server::Kind::Http);
    Helpdesk helpdesk;
    last(helpdesk, readings[reading], {.where = Where::Before, .change = redirect(status, other.url())},
         u"The address answers with a redirect, which is not followed: it would carry the key elsewhere."_s);
    QCOMPARE(other.connections(), 0);
}

void Reading::once_data()
{
    QTest::addColumn<qsizetype>("reading");
    QTest::addColumn<qsizetype>("misfortune");
    for (qsizetype i = 0; i < readings.size(); ++i) {
        for (qsizetype k = 0; k < misfortunes().size(); ++k) {
            if (misfortunes()[k].heals)
                QTest::addRow("%s, once: %s", readings[i].name, misfortunes()[k].name) << i << k;
        }
    }
}

/// A single failure is not reported: the request is retried.
void Reading::once()
{
    QFETCH(qsizetype, reading);
    QFETCH(qsizetype, misfortune);
    Helpdesk helpdesk;
    const auto ask = readings[reading].ask;
    auto fault = misfortunes()[misfortune].fault;
    fault.times = 1;
    helpdesk.proxy.strike(ask, fault);
    QVERIFY(helpdesk.load());
    QCOMPARE(helpdesk.told(), QStringList());
    QCOMPARE(helpdesk.proxy.struck(ask), 1);
    QCOMPARE(helpdesk.desk().fleet().size(), 24);
    QVERIFY(helpdesk.desk().left().has_value());
}

void Reading::slowed_data()
{
    QTest::addColumn<QList<Ask>>("asks");
    QTest::addColumn<int>("retryAfter");
    QTest::addColumn<int>("told");
    for (const auto& reading : readings)
        QTest::addRow("%s, 429 with Retry-After", reading.name) << QList{reading.ask} << 1 << 1;
    QTest::newRow("devices, quota and commands, 429 without Retry-After")
        << QList{Ask::Devices, Ask::Quota, Ask::Commands} << -1 << 5;
}

/// "Too many requests. Continues by itself in 1 s; nothing is lost."
void Reading::slowed()
{
    QFETCH(QList<Ask>, asks);
    QFETCH(int, retryAfter);
    QFETCH(int, told);
    Helpdesk helpdesk;
    QSignalSpy slowed(&helpdesk.desk().client(), &api::Client::slowed);
    for (const auto ask : asks)
        helpdesk.proxy.strike(
            ask,
            {.where = Where::Before, .change = refusal(429, 971, "Please wait", retryAfter), .times = 1});
    // The duration is tested by `pacing`, with a clock of its own.
    QVERIFY(helpdesk.load());
    QVERIFY(!slowed.isEmpty());
    QCOMPARE(slowed.first().first().value<seconds>(), seconds(told));
    QVERIFY(until([&] { return slowed.last().first().value<seconds>() == seconds(0); }));
    QCOMPARE(helpdesk.told(), QStringList());
    for (const auto ask : asks)
        QCOMPARE(helpdesk.proxy.struck(ask), 1);
    QCOMPARE(helpdesk.desk().fleet().size(), 24);
}

void Reading::healsByItself_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("sentence");
    for (const int status : {500, 502, 503, 504, 520, 522, 524}) {
        QTest::addRow("%d in HTML", status) << page(status) << own;
        QTest::addRow("%d in JSON", status) << refusal(status, 10001, "internal error") << own;
        QTest::addRow("%d without a body", status) << Change([status](Act& act) {
            act.status = status;
            act.body.clear();
        }) << own;
    }
    QTest::newRow("hung up") << nothing(Then::Reset) << broke;
    QTest::newRow("no reply") << nothing(Then::Stay) << late;
}

/// The operator does nothing: a request that failed twice succeeds as soon as the service works again.
void Reading::healsByItself()
{
    QFETCH(Change, change);
    QFETCH(QString, sentence);
    Helpdesk helpdesk;
    helpdesk.close();
    helpdesk.setAgain(milliseconds(20));
    helpdesk.open();
    for (const auto& reading : readings)
        helpdesk.proxy.strike(reading.ask, {.where = Where::Before, .change = change, .times = 6});
    helpdesk.desk().refresh();
    for (const auto& reading : readings) {
        QVERIFY(until([&] { return helpdesk.isHealed(reading.act); }));
        QVERIFY(helpdesk.told().contains(sentence + QString::fromLatin1(reading.consequence)));
    }
    QCOMPARE(helpdesk.desk().fleet().size(), 24);
    QVERIFY(helpdesk.desk().quota());
    QVERIFY(!helpdesk.desk().isReadOnly());
}

/// A failure that waiting does not fix is not retried.
void Reading::aRefusalIsNotTriedAgain()
{
    Helpdesk helpdesk;
    helpdesk.close();
    helpdesk.setAgain(milliseconds(1));
    helpdesk.open();
    helpdesk.proxy.strike(Ask::Quota,
                          {.where = Where::Before, .change = refusal(403, 9109, "Invalid token")});
    helpdesk.desk().look();
    QVERIFY(until([&] { return !helpdesk.told().isEmpty(); }));
    support::letTimersRun(milliseconds(1), 50);
    QCOMPARE(helpdesk.proxy.struck(Ask::Quota), 1);
}

void Reading::whileChecking_data()
{
    QTest::addColumn<qsizetype>("misfortune");
    QTest::addColumn<bool>("carriedOut");
    for (qsizetype i = 0; i < misfortunes().size(); ++i) {
        QTest::addRow("create lost, carried out, then commands: %s", misfortunes()[i].name) << i << true;
        QTest::addRow("create lost, not carried out, then commands: %s", misfortunes()[i].name) << i << false;
    }
}

/// While a capture cannot be looked up, it counts neither as started nor as not started.
void Reading::whileChecking()
{
    QFETCH(qsizetype, misfortune);
    QFETCH(bool, carriedOut);
    Helpdesk helpdesk;
    QVERIFY(helpdesk.load());
    const auto& [name, fault, sentence, heals, refuses] = misfortunes()[misfortune];
    helpdesk.proxy.strike(
        Ask::Create,
        {.where = carriedOut ? Where::After : Where::Before, .change = nothing(Then::Reset), .times = 1});
    helpdesk.proxy.answering = [&](Ask ask) {
        if (ask != Ask::Create)
            return;
        helpdesk.proxy.strike(Ask::Commands, fault);
    };
    helpdesk.run();
    const auto asked = heals ? 9 : 3; // three polls
    QVERIFY(until([&] { return helpdesk.proxy.struck(Ask::Commands) > asked; }));
    const QStringList seen{waiting, sending, checking};
    QCOMPARE(helpdesk.course(), seen);
    QCOMPARE(helpdesk.told(),
             QStringList{sentence + u" Captures go on; their state is not known for now."_s});
    QCOMPARE(captures::advice(helpdesk.desk().captures().first()),
             u"The connection broke while sending. Checking what was started. Do not start it in the "
             "dashboard."_s);

    helpdesk.proxy.lift();
    QVERIFY(helpdesk.settles());
    QCOMPARE(helpdesk.course(), QStringList(seen) << (carriedOut ? onDevice : u"Not started"_s));
    QVERIFY(helpdesk.isHealed(Doing::Follow));
    QCOMPARE(helpdesk.proxy.received(Ask::Create), 1);
    QCOMPARE(helpdesk.started(), carriedOut ? helpdesk.wanted() : QStringList());
    QVERIFY(!carriedOut || helpdesk.isEachItsOwn());
}

void Reading::noConnection_data()
{
    QTest::addColumn<int>("way");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("all, connection refused") << 0 << u"Nobody answers at the service's address."_s;
    QTest::newRow("all, certificate of a stranger")
        << 1
        << u"The connection is not safe and was not used: 127.0.0.1 shows a certificate that it signed itself, as “stranger”."_s;
    QTest::newRow("all, name not found") << 2 << u"The service's name cannot be found."_s;
}

void Reading::noConnection()
{
    QFETCH(int, way);
    QFETCH(QString, sentence);
    Helpdesk helpdesk(Account::usual(), u"trusted"_s);
    helpdesk.proxy.setEndsEach(true);
    QVERIFY(helpdesk.load());
    const auto reads = helpdesk.proxy.received(Ask::Devices);
    if (way == 0) {
        helpdesk.proxy.refuse();
    } else if (way == 1) {
        helpdesk.proxy.distrust();
    } else {
        helpdesk.close();
        helpdesk.open(QUrl(u"https://nonexistent.invalid/client/v4"_s));
    }
    helpdesk.desk().refresh();
    QStringList told;
    for (const auto& reading : readings)
        told << sentence + QLatin1StringView(reading.consequence);
    told.sort();
    QVERIFY(until([&] { return helpdesk.told().size() == told.size(); }));
    auto got = helpdesk.told();
    got.sort();
    if (way == 1) {
        // Of several connections opened in parallel, only one reports whose certificate it is.
        const auto unsafe = u"The connection is not safe and was not used: "_s;
        for (const auto& reading : readings) {
            QVERIFY2(std::ranges::any_of(got,
                                         [&](const QString& one) {
                                             return one.startsWith(unsafe) &&
                                                    one.endsWith(QLatin1StringView(reading.consequence));
                                         }),
                     qPrintable(got.join(u'\n')));
        }
        QVERIFY(got.join(u'\n').contains(sentence));
    } else {
        QCOMPARE(got, told);
    }
    QCOMPARE(helpdesk.proxy.received(Ask::Devices), reads);
    QVERIFY(until([&] { return !helpdesk.desk().loader().isRunning(); }));

    if (way == 2) {
        helpdesk.close();
        helpdesk.open();
    }
    helpdesk.proxy.lift();
    // F5 until it works: a connection that was opened earlier may still fail a request.
    auto& desk = helpdesk.desk();
    QVERIFY(until([&] {
        const bool healed = std::ranges::all_of(
            readings, [&](const Read& reading) { return way == 2 || helpdesk.isHealed(reading.act); });
        if (healed && desk.loader().isWhole() && desk.quota())
            return true;
        if (!desk.loader().isRunning())
            desk.refresh();
        return false;
    }));
    QCOMPARE(helpdesk.desk().fleet().size(), 24);
}

CAPTUREDESK_SUITE(test_faults_reading, Reading)
#include "reading.moc"
