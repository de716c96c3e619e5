// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// GNOME's real keychain with a password, and desktops without a keychain.

#include <csignal>

#include <QTest>

#include "support/suite.h"
#include "desktop.h"

using namespace Qt::StringLiterals;

namespace {

const auto secret = u"s3cret/of+the=connection-äöü"_s;
const auto other = u"another-secret-0123456789"_s;
const auto noAnswer = u"the session bus or its keychain does not answer"_s;

} // namespace

class RealKeychain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutKeychain_data();
    void withoutKeychain();
    void silence_data();
    void silence();
    void keeps();
    void inOrder();
    void locked();
    void nobodyAnswers();
};

void RealKeychain::withoutKeychain_data()
{
    QTest::addColumn<QString>("address");
    QTest::addRow("no session bus") << QString();
    QTest::addRow("one that would be started by asking") << u"autolaunch:"_s;
    QTest::addRow("one that has gone") << u"unix:path=/nonexistent/bus"_s;
    QTest::addRow("one on which nobody keeps secrets") << u"own"_s;
}

void RealKeychain::withoutKeychain()
{
    QFETCH(const QString, address);
    Desktop desktop;
    if (address == u"own"_s)
        QVERIFY(desktop.startBus());
    else if (!address.isEmpty())
        desktop.environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, address);
    const auto answers = desktop.ask({u"check"_s, u"read a"_s, u"write a"_s, u"remove a"_s}, secret);
    QCOMPARE(answers.size(), 4);
    for (const auto& answer : answers) {
        QCOMPARE(answer[u"problem"_s].toString(), u"NoService"_s);
        QVERIFY(!answer[u"message"_s].toString().isEmpty());
        QVERIFY(answer[u"message"_s].toString() != noAnswer); // it did not wait for anything
    }
    QVERIFY(!desktop.holds(secret));
}

void RealKeychain::silence_data()
{
    QTest::addColumn<bool>("theBus");
    QTest::addRow("the bus does not answer") << true;
    QTest::addRow("the keychain does not answer") << false;
}

void RealKeychain::silence()
{
    QFETCH(const bool, theBus);
    Desktop desktop;
    QVERIFY(desktop.startBus());
    QVERIFY(desktop.startKeyring());
    // Only this timeout ends the calls: a stopped service continues only after the subject's last answer.  So
    // making the calls must not block, either.
    desktop.environment.insert(u"SERVICE_MS"_s, u"500"_s);
    ::kill(pid_t((theBus ? desktop.bus : desktop.keyring).processId()), SIGSTOP);
    const auto answers = desktop.ask({u"read a"_s, u"write a"_s}, secret);
    QCOMPARE(answers.size(), 2);
    for (const auto& answer : answers) {
        QCOMPARE(answer[u"problem"_s].toString(), u"NoService"_s);
        QCOMPARE(answer[u"message"_s].toString(), noAnswer);
    }
}

void RealKeychain::keeps()
{
    Desktop desktop;
    QVERIFY(desktop.startBus());
    QVERIFY(desktop.startKeyring());
    QVERIFY(desktop.askOne(u"check"_s).contains(u"secret"_s));
    QCOMPARE(desktop.askOne(u"read c1"_s)[u"problem"_s].toString(), u"NotFound"_s);
    QVERIFY(desktop.askOne(u"write c1"_s, secret).contains(u"secret"_s));
    QVERIFY(desktop.askOne(u"write c1/proxy"_s, other).contains(u"secret"_s));
    QCOMPARE(desktop.askOne(u"read c1"_s)[u"secret"_s].toString(), secret);
    QVERIFY(!desktop.holds(secret));

    // The next session of the same user.
    desktop.stopKeyring();
    QVERIFY(desktop.startKeyring());
    QCOMPARE(desktop.askOne(u"read c1"_s)[u"secret"_s].toString(), secret);
    QCOMPARE(desktop.askOne(u"read c1/proxy"_s)[u"secret"_s].toString(), other);

    QVERIFY(desktop.askOne(u"write c1"_s, other).contains(u"secret"_s));
    QCOMPARE(desktop.askOne(u"read c1"_s)[u"secret"_s].toString(), other);
    QVERIFY(desktop.askOne(u"remove c1"_s).contains(u"secret"_s));
    QCOMPARE(desktop.askOne(u"read c1"_s)[u"problem"_s].toString(), u"NotFound"_s);
    QVERIFY(desktop.askOne(u"remove c1"_s).contains(u"secret"_s));          // no entry: not an error
    QVERIFY(desktop.askOne(u"write c1/proxy"_s, {}).contains(u"secret"_s)); // empty: removes the entry
    QCOMPARE(desktop.askOne(u"read c1/proxy"_s)[u"problem"_s].toString(), u"NotFound"_s);
    QVERIFY(!desktop.holds(secret));
    QVERIFY(!desktop.holds(other));
}

void RealKeychain::inOrder()
{
    Desktop desktop;
    QVERIFY(desktop.startBus());
    QVERIFY(desktop.startKeyring());
    // One line for each call: each finishes exactly once.
    const auto answers = desktop.ask(
        {u"check"_s, u"write a"_s, u"read a"_s, u"remove a"_s, u"write b"_s, u"read b"_s}, secret);
    QCOMPARE(answers.size(), 6);
    for (const auto& answer : answers)
        QVERIFY2(!answer.contains(u"problem"_s), qPrintable(answer[u"message"_s].toString()));
    QCOMPARE(desktop.askOne(u"read a"_s)[u"problem"_s].toString(), u"NotFound"_s);
    QCOMPARE(desktop.askOne(u"read b"_s)[u"secret"_s].toString(), secret);
}

void RealKeychain::locked()
{
    Desktop desktop;
    QVERIFY(desktop.startBus());
    QVERIFY(desktop.startKeyring());
    QVERIFY(desktop.askOne(u"write c1"_s, secret).contains(u"secret"_s));
    QVERIFY(desktop.lock());
    // Nobody unlocks it: whether it has entries is then unknown, and must not be guessed.
    for (const auto& call : {u"check"_s, u"read c1"_s, u"write c1"_s, u"remove c1"_s, u"read c2"_s})
        QCOMPARE(std::pair(call, desktop.askOne(call, other)[u"problem"_s].toString()),
                 std::pair(call, u"Locked"_s));
    // Signing in again unlocks it.
    desktop.stopKeyring();
    QVERIFY(desktop.startKeyring());
    QCOMPARE(desktop.askOne(u"read c1"_s)[u"secret"_s].toString(), secret);
}

void RealKeychain::nobodyAnswers()
{
    Desktop desktop;
    QVERIFY(desktop.startBus());
    QVERIFY(desktop.startKeyring());
    QVERIFY(desktop.askOne(u"write c1"_s, secret).contains(u"secret"_s));
    QVERIFY(desktop.lock());
    QVERIFY(desktop.ignoreQuestions());
    desktop.environment.insert(u"QUESTION_MS"_s, u"2000"_s);
    for (const auto& answer : desktop.ask({u"read c1"_s, u"write c1"_s}, other)) {
        QCOMPARE(answer[u"problem"_s].toString(), u"Locked"_s);
        QVERIFY(answer[u"message"_s].toString().contains(u"no answer"_s));
    }
}

CAPTUREDESK_SUITE(test_keychain_real, RealKeychain)

#include "real.moc"
