// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <csignal>
#include <cstdio>

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

#include "desktop.h"
#include "storage/secrets.h"
#include "support/eventually.h"

using namespace Qt::StringLiterals;

namespace {

const auto secret = u"s3cret/of+the=connection-äöü"_s;
const auto other = u"another-secret-0123456789"_s;
const auto noAnswer = u"the session bus or its keychain does not answer"_s;

QString nameOf(storage::SecretProblem::Kind kind)
{
    using Kind = storage::SecretProblem::Kind;
    switch (kind) {
    case Kind::NoService: return u"NoService"_s;
    case Kind::Locked: return u"Locked"_s;
    case Kind::NotFound: return u"NotFound"_s;
    case Kind::Other: return u"Other"_s;
    }
    Q_UNREACHABLE();
}

/// The program under test, in a process of its own: makes all its calls at once, and writes a line as each
/// finishes.  The secret to write comes from its standard input.
int subject(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const auto patience = [](const char* name) {
        bool isGiven = false;
        const int ms = qEnvironmentVariableIntValue(name, &isGiven);
        return std::chrono::milliseconds(isGiven ? ms : support::ceilingMs);
    };
    const storage::SecretDeadlines deadlines{
        .service = patience("SERVICE_MS"), .question = patience("QUESTION_MS"), .call = patience("CALL_MS")};
    storage::Keychain keychain(nullptr, deadlines);
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return 1;
    const auto typed = QString::fromUtf8(input.readAll());
    int open = 0;
    const auto calls = QCoreApplication::arguments().sliced(2);
    for (const auto& words : calls) {
        const auto verb = words.section(u' ', 0, 0);
        const auto key = words.section(u' ', 1);
        auto* call = verb == u"read"_s     ? keychain.read(key)
                     : verb == u"write"_s  ? keychain.write(key, typed)
                     : verb == u"remove"_s ? keychain.remove(key)
                                           : keychain.check();
        ++open;
        QObject::connect(call, &storage::SecretCall::finished, &app, [call] {
            QJsonObject line;
            if (const auto& result = call->result()) {
                line.insert(u"secret"_s, *result);
            } else {
                line.insert(u"problem"_s, nameOf(result.error().kind));
                line.insert(u"message"_s, result.error().message);
            }
            std::puts(QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
            std::fflush(stdout);
        });
        QObject::connect(call, &QObject::destroyed, &app, [&open] {
            if (--open == 0)
                QCoreApplication::quit();
        });
    }
    return QCoreApplication::exec();
}

} // namespace

class KeychainTest : public QObject {
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

void KeychainTest::withoutKeychain_data()
{
    QTest::addColumn<QString>("address");
    QTest::addRow("no session bus") << QString();
    QTest::addRow("one that would be started by asking") << u"autolaunch:"_s;
    QTest::addRow("one that has gone") << u"unix:path=/nonexistent/bus"_s;
    QTest::addRow("one on which nobody keeps secrets") << u"own"_s;
}

void KeychainTest::withoutKeychain()
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
        QVERIFY(answer[u"message"_s].toString() != noAnswer); // nobody was waited for
    }
    QVERIFY(!desktop.holds(secret));
}

void KeychainTest::silence_data()
{
    QTest::addColumn<bool>("theBus");
    QTest::addRow("the bus does not answer") << true;
    QTest::addRow("the keychain does not answer") << false;
}

void KeychainTest::silence()
{
    QFETCH(const bool, theBus);
    Desktop desktop;
    QVERIFY(desktop.startBus());
    QVERIFY(desktop.startKeyring());
    // Only this ends it: what is stopped here goes on when the subject has said its all, and not before.  So
    // asking must hold nobody up, either.
    desktop.environment.insert(u"SERVICE_MS"_s, u"500"_s);
    ::kill(pid_t((theBus ? desktop.bus : desktop.keyring).processId()), SIGSTOP);
    const auto answers = desktop.ask({u"read a"_s, u"write a"_s}, secret);
    QCOMPARE(answers.size(), 2);
    for (const auto& answer : answers) {
        QCOMPARE(answer[u"problem"_s].toString(), u"NoService"_s);
        QCOMPARE(answer[u"message"_s].toString(), noAnswer);
    }
}

void KeychainTest::keeps()
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
    QVERIFY(desktop.askOne(u"remove c1"_s).contains(u"secret"_s));          // there is nothing: as asked
    QVERIFY(desktop.askOne(u"write c1/proxy"_s, {}).contains(u"secret"_s)); // an empty one is none
    QCOMPARE(desktop.askOne(u"read c1/proxy"_s)[u"problem"_s].toString(), u"NotFound"_s);
    QVERIFY(!desktop.holds(secret));
    QVERIFY(!desktop.holds(other));
}

void KeychainTest::inOrder()
{
    Desktop desktop;
    QVERIFY(desktop.startBus());
    QVERIFY(desktop.startKeyring());
    // One line a call: each finishes once.
    const auto answers = desktop.ask(
        {u"check"_s, u"write a"_s, u"read a"_s, u"remove a"_s, u"write b"_s, u"read b"_s}, secret);
    QCOMPARE(answers.size(), 6);
    for (const auto& answer : answers)
        QVERIFY2(!answer.contains(u"problem"_s), qPrintable(answer[u"message"_s].toString()));
    QCOMPARE(desktop.askOne(u"read a"_s)[u"problem"_s].toString(), u"NotFound"_s);
    QCOMPARE(desktop.askOne(u"read b"_s)[u"secret"_s].toString(), secret);
}

void KeychainTest::locked()
{
    Desktop desktop;
    QVERIFY(desktop.startBus());
    QVERIFY(desktop.startKeyring());
    QVERIFY(desktop.askOne(u"write c1"_s, secret).contains(u"secret"_s));
    QVERIFY(desktop.lock());
    // Nobody opens it: that it holds nothing, or holds nothing any more, would be a guess.
    for (const auto& call : {u"check"_s, u"read c1"_s, u"write c1"_s, u"remove c1"_s, u"read c2"_s})
        QCOMPARE(std::pair(call, desktop.askOne(call, other)[u"problem"_s].toString()),
                 std::pair(call, u"Locked"_s));
    // Signing in again opens it.
    desktop.stopKeyring();
    QVERIFY(desktop.startKeyring());
    QCOMPARE(desktop.askOne(u"read c1"_s)[u"secret"_s].toString(), secret);
}

void KeychainTest::nobodyAnswers()
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

int main(int argc, char** argv)
{
    if (argc > 1 && qstrcmp(argv[1], "--subject") == 0)
        return subject(argc, argv);
    QCoreApplication app(argc, argv);
    KeychainTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "keychain.moc"
