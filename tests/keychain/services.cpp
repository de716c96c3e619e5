// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Differences and faults of Secret Services and of KDE's wallet.

#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QSignalSpy>
#include <QTest>

#include "support/suite.h"
#include "desktop.h"
#include "mocksecrets.h"
#include "mockwallet.h"
#include "storage/secrets.h"
#include "support/eventually.h"

using namespace Qt::StringLiterals;
using storage::Keychain;
using storage::SecretCall;
using Kind = storage::SecretProblem::Kind;
using Answer = std::expected<QString, storage::SecretProblem>;

namespace {

const auto token = u"tok-0123456789-äöü"_s;
const auto newToken = u"tok-9876543210"_s;
const auto clientWords = u"the session bus or its keychain does not answer"_s;

/// A session bus with the mock, and the client.
struct Session {
    /// \param wallet arguments of a wallet that the bus starts; empty: no wallet
    explicit Session(const QStringList& wallet = {})
    {
        if (!wallet.isEmpty() && !desktop.offer(wallet.first(), u"keychain_plasma"_s, wallet))
            qFatal("the wallet is not offered");
        if (!desktop.startBus())
            qFatal("there is no session bus");
        qputenv("DBUS_SESSION_BUS_ADDRESS", desktop.address().toLatin1());
        mock = std::make_unique<MockSecrets>(desktop.address());
        keychain = std::make_unique<Keychain>(nullptr, deadlines);
    }

    /// \param again called when the client has opened a prompt
    Answer wait(SecretCall* call, const std::function<void()>& again = {})
    {
        Answer answer = std::unexpected(storage::SecretProblem());
        bool finished = false;
        QObject::connect(call, &SecretCall::finished, call, [&] {
            answer = call->result();
            finished = true;
        });
        QObject::connect(call, &SecretCall::asking, call, [&] {
            ++asked;
            if (again)
                again();
        });
        if (!support::eventually([&] { return finished; }))
            qFatal("the keychain does not answer");
        return answer;
    }

    static constexpr std::chrono::milliseconds ceiling{support::ceilingMs};
    static constexpr storage::SecretDeadlines unlimited{
        .service = ceiling, .question = ceiling, .call = ceiling};
    storage::SecretDeadlines deadlines = unlimited;
    Desktop desktop;
    std::unique_ptr<MockSecrets> mock;
    std::unique_ptr<Keychain> keychain;
    int asked = 0; ///< how often the client reported an open prompt
};

Kind kindOf(const Answer& answer)
{
    return answer ? Kind(-1) : answer.error().kind;
}

/// All calls.
const QStringList verbs{u"read"_s, u"write"_s, u"remove"_s};

SecretCall* call(Session& session, const QString& verb)
{
    auto& keychain = *session.keychain;
    return verb == u"read"_s    ? keychain.read(u"c1"_s)
           : verb == u"write"_s ? keychain.write(u"c1"_s, newToken)
                                : keychain.remove(u"c1"_s);
}

/// The secrets that a call leaves in a keychain that contained `token`.
QStringList leftBy(const QString& verb)
{
    return verb == u"read"_s    ? QStringList{token}
           : verb == u"write"_s ? QStringList{newToken}
                                : QStringList{};
}

/// Starts a call and returns it when it waits for nothing but the operator.
SecretCall* askedAndWaiting(Session& session)
{
    auto* writing = session.keychain->write(u"c1"_s, token);
    writing->allowAnyTime();
    if (!support::eventually([&] { return session.mock->openPrompts() == 1; }))
        qFatal("there is no prompt");
    (void)session.wait(session.keychain->check()); // now the method Prompt has replied, too
    return writing;
}

void eachVerb()
{
    QTest::addColumn<QString>("verb");
    for (const auto& verb : verbs)
        QTest::newRow(qPrintable(verb)) << verb;
}

} // namespace

class Services : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sessions_data();
    void sessions();
    void unlocked_data();
    void unlocked();
    void dismissed_data();
    void dismissed();
    void answeredLate();
    void abandoned();
    void oneQuestionAfterTheOther();
    void whereANewSecretGoes_data();
    void whereANewSecretGoes();
    void staysWhereItLies();
    void newCollectionIsRefused();
    void collectionDeletedInBetween();
    void silent_data();
    void silent();
    void endsInTheMiddle_data();
    void endsInTheMiddle();
    void endsWhileItAsks();
    void busEndsWhileItAsks();
    void restarted();
    void errors_data();
    void errors();
    void wallet_data();
    void wallet();
    void walletIsStarted_data();
    void walletIsStarted();
    void walletIsAsked();
    void walletIsOff();
    void checkDoesNotWait();
    void endsWithAQuestionOpen();
};

void Services::sessions_data()
{
    QTest::addColumn<bool>("dh");
    QTest::addColumn<bool>("plain");
    QTest::newRow("both") << true << true;
    QTest::newRow("encrypted only") << true << false;
    QTest::newRow("plain only") << false << true;
    QTest::newRow("none") << false << false;
}

void Services::sessions()
{
    QFETCH(const bool, dh);
    QFETCH(const bool, plain);
    Session session;
    session.mock->knowsDh = dh;
    session.mock->knowsPlain = plain;
    QVERIFY(session.mock->start());
    const auto written = session.wait(session.keychain->write(u"c1"_s, token));
    if (!dh && !plain) {
        QCOMPARE(kindOf(written), Kind::Other);
        QVERIFY(!written.error().message.isEmpty());
        QVERIFY(session.mock->secrets().isEmpty());
        return;
    }
    QVERIFY(written);
    QCOMPARE(session.mock->secrets(), QStringList{token});
    const auto read = session.wait(session.keychain->read(u"c1"_s));
    QCOMPARE(read.value_or(QString()), token);
    // Transferred as plain text only if there is no alternative.
    QCOMPARE(session.mock->transferred.size(), 2);
    for (const auto& value : session.mock->transferred)
        QCOMPARE(value == token.toUtf8(), !dh);
    QVERIFY(session.wait(session.keychain->write(u"c1"_s, newToken)));
    QCOMPARE(session.mock->secrets(), QStringList{newToken});
}

void Services::unlocked_data()
{
    QTest::addColumn<QString>("verb");
    QTest::addColumn<bool>("findsLocked");
    for (const auto& verb : verbs) {
        QTest::addRow("%s, finds what is locked", qPrintable(verb)) << verb << true;
        QTest::addRow("%s, finds nothing that is locked", qPrintable(verb)) << verb << false;
    }
}

/// The keychain's own prompt unlocks it before the operator gets any message.
void Services::unlocked()
{
    QFETCH(const QString, verb);
    QFETCH(const bool, findsLocked);
    Session session;
    auto& mock = *session.mock;
    mock.findsLocked = findsLocked;
    mock.put(u"login"_s, u"c1"_s, token);
    mock.collections[mock.defaultCollection].locked = true;
    QVERIFY(mock.start());
    const auto answer = session.wait(call(session, verb));
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    QCOMPARE(*answer, verb == u"read"_s ? token : QString());
    QCOMPARE(session.asked, 1);
    QCOMPARE(mock.promptsShown, 1);
    QCOMPARE(mock.secrets(), leftBy(verb));
}

void Services::dismissed_data()
{
    eachVerb();
}

void Services::dismissed()
{
    QFETCH(const QString, verb);
    Session session;
    auto& mock = *session.mock;
    mock.put(u"login"_s, u"c1"_s, token);
    mock.collections[mock.defaultCollection].locked = true;
    mock.theOperator = MockSecrets::Operator::Dismisses;
    QVERIFY(mock.start());
    QCOMPARE(kindOf(session.wait(call(session, verb))), Kind::Locked);
    QCOMPARE(mock.promptsShown, 1);
    QCOMPARE(mock.secrets(), QStringList{token});
    // Each call prompts again, as often as the operator likes.
    QCOMPARE(kindOf(session.wait(call(session, verb))), Kind::Locked);
    mock.theOperator = MockSecrets::Operator::Accepts;
    QVERIFY(session.wait(call(session, verb)));
    QCOMPARE(mock.promptsShown, 3);
    QCOMPARE(mock.secrets(), leftBy(verb));
}

/// With `allowAnyTime`, the deadline for prompts, which would have passed at once, does not apply.
void Services::answeredLate()
{
    Session session;
    session.deadlines.question = std::chrono::milliseconds(1);
    session.keychain = std::make_unique<Keychain>(nullptr, session.deadlines);
    auto& mock = *session.mock;
    mock.collections[mock.defaultCollection].locked = true;
    mock.theOperator = MockSecrets::Operator::IsAway;
    QVERIFY(mock.start());
    QCOMPARE(kindOf(session.wait(session.keychain->write(u"c1"_s, token))), Kind::Locked);
    EVENTUALLY_COMPARE(mock.openPrompts(), 0); // the prompt does not stay on the screen
    auto* writing = session.keychain->write(u"c1"_s, token);
    writing->allowAnyTime();
    QSignalSpy finished(writing, &SecretCall::finished);
    EVENTUALLY_COMPARE(mock.openPrompts(), 1);
    support::letTimersRun(std::chrono::milliseconds(1), 50);
    QVERIFY(finished.isEmpty());
    mock.answer(true);
    QVERIFY(session.wait(writing));
    QCOMPARE(mock.secrets(), QStringList{token});
}

void Services::abandoned()
{
    Session session;
    auto& mock = *session.mock;
    mock.collections[mock.defaultCollection].locked = true;
    mock.theOperator = MockSecrets::Operator::IsAway;
    QVERIFY(mock.start());
    auto* writing = session.keychain->write(u"c1"_s, token);
    QCOMPARE(kindOf(session.wait(writing, [&] { writing->abandon(); })), Kind::Locked);
    EVENTUALLY_COMPARE(mock.openPrompts(), 0);
    // GNOME's keyring crashes with an assertion on a call of Dismiss.
    QVERIFY(!mock.calls.contains(u"Dismiss"_s));
    mock.theOperator = MockSecrets::Operator::Accepts;
    QVERIFY(session.wait(session.keychain->write(u"c1"_s, newToken)));
    QCOMPARE(mock.secrets(), QStringList{newToken});
}

void Services::oneQuestionAfterTheOther()
{
    Session session;
    auto& mock = *session.mock;
    mock.collections[mock.defaultCollection].locked = true;
    mock.theOperator = MockSecrets::Operator::IsAway;
    QVERIFY(mock.start());
    auto* first = session.keychain->write(u"c1"_s, token);
    auto* second = session.keychain->read(u"c1"_s);
    Answer read;
    QSignalSpy finished(second, &SecretCall::finished);
    QObject::connect(second, &SecretCall::finished, second, [&] { read = second->result(); });
    EVENTUALLY_COMPARE(mock.openPrompts(), 1);
    mock.answer(true);
    QVERIFY(session.wait(first));
    EVENTUALLY_COMPARE(finished.size(), 1);
    QCOMPARE(read.value_or(QString()), token);
    QCOMPARE(mock.promptsShown, 1); // the first one unlocked it
}

void Services::whereANewSecretGoes_data()
{
    QTest::addColumn<QStringList>("collections");
    QTest::addColumn<QString>("alias");
    QTest::addColumn<QString>("expected");
    QTest::newRow("the default") << QStringList{u"a"_s, u"login"_s, u"b"_s} << u"b"_s << u"b"_s;
    QTest::newRow("no default: login") << QStringList{u"a"_s, u"login"_s} << QString() << u"login"_s;
    QTest::newRow("no default: the only one") << QStringList{u"a"_s, u"session"_s} << QString() << u"a"_s;
    QTest::newRow("a default that was deleted") << QStringList{u"a"_s} << u"gone"_s << u"a"_s;
    QTest::newRow("several, none of them meant: a new one")
        << QStringList{u"a"_s, u"b"_s} << QString() << u"made"_s;
    QTest::newRow("none at all: a new one") << QStringList{} << QString() << u"made"_s;
    QTest::newRow("the session's alone: a new one") << QStringList{u"session"_s} << QString() << u"made"_s;
}

void Services::whereANewSecretGoes()
{
    QFETCH(const QStringList, collections);
    QFETCH(const QString, alias);
    QFETCH(const QString, expected);
    for (const bool locked : {false, true}) {
        Session session;
        auto& mock = *session.mock;
        mock.collections.clear();
        for (const auto& name : collections)
            mock.collections.insert(MockSecrets::pathOf(name), {.locked = locked, .items = {}});
        mock.defaultCollection = alias.isEmpty() ? QString() : MockSecrets::pathOf(alias);
        QVERIFY(mock.start());
        QVERIFY(session.wait(session.keychain->write(u"c1"_s, token)));
        QCOMPARE(mock.collections[MockSecrets::pathOf(expected)].items.size(), 1);
        QCOMPARE(mock.secrets(), QStringList{token});
        QCOMPARE(mock.promptsShown, locked || expected == u"made"_s ? 1 : 0);
        QCOMPARE(session.wait(session.keychain->read(u"c1"_s)).value_or(QString()), token);
        QVERIFY(session.wait(session.keychain->remove(u"c1"_s)));
        QVERIFY(mock.secrets().isEmpty());
    }
}

/// A key in a collection other than the default is replaced there: there are never two.
void Services::staysWhereItLies()
{
    for (const bool locked : {false, true}) {
        Session session;
        auto& mock = *session.mock;
        mock.collections.insert(MockSecrets::pathOf(u"work"_s), {});
        mock.put(u"work"_s, u"c1"_s, token);
        mock.put(u"work"_s, u"c2"_s, u"another"_s);
        mock.collections[MockSecrets::pathOf(u"work"_s)].locked = locked;
        QVERIFY(mock.start());
        QCOMPARE(session.wait(session.keychain->read(u"c1"_s)).value_or(QString()), token);
        QVERIFY(session.wait(session.keychain->write(u"c1"_s, newToken)));
        QCOMPARE(mock.secrets(), (QStringList{u"another"_s, newToken}));
        QVERIFY(session.wait(session.keychain->remove(u"c1"_s)));
        QCOMPARE(mock.secrets(), (QStringList{u"another"_s}));
        QCOMPARE(mock.promptsShown, locked ? 1 : 0);
    }
}

void Services::newCollectionIsRefused()
{
    Session session;
    auto& mock = *session.mock;
    mock.collections.clear();
    mock.defaultCollection.clear();
    mock.theOperator = MockSecrets::Operator::Dismisses;
    QVERIFY(mock.start());
    QCOMPARE(kindOf(session.wait(session.keychain->read(u"c1"_s))), Kind::NotFound); // without a prompt
    QCOMPARE(mock.promptsShown, 0);
    QCOMPARE(kindOf(session.wait(session.keychain->write(u"c1"_s, token))), Kind::Locked);
    QVERIFY(mock.collections.isEmpty());
}

void Services::collectionDeletedInBetween()
{
    Session session;
    auto& mock = *session.mock;
    mock.collections.insert(MockSecrets::pathOf(u"work"_s), {});
    mock.defaultCollection = MockSecrets::pathOf(u"work"_s);
    mock.before = [&](const QString& method) {
        if (method == u"CreateItem"_s)
            mock.collections.remove(MockSecrets::pathOf(u"work"_s));
    };
    QVERIFY(mock.start());
    QVERIFY(session.wait(session.keychain->write(u"c1"_s, token)));
    QCOMPARE(mock.collections[MockSecrets::pathOf(u"login"_s)].items.size(), 1);
    // The collections are gone with their content: there is no key, and this is reported.
    mock.collections.clear();
    QCOMPARE(kindOf(session.wait(session.keychain->read(u"c1"_s))), Kind::NotFound);
    QVERIFY(session.wait(session.keychain->remove(u"c1"_s)));
}

void Services::silent_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<bool>("callEndsFirst");
    for (const auto& method : {u"*"_s, u"SearchItems"_s, u"OpenSession"_s, u"ReadAlias"_s, u"CreateItem"_s}) {
        QTest::addRow("%s: the call ends first", qPrintable(method)) << method << true;
        QTest::addRow("%s: the request ends first", qPrintable(method)) << method << false;
    }
}

/// Reported with a message after the deadline; the thread of the window, which is this one, is not blocked.
void Services::silent()
{
    QFETCH(const QString, method);
    QFETCH(const bool, callEndsFirst);
    Session session;
    (callEndsFirst ? session.deadlines.call : session.deadlines.service) = std::chrono::milliseconds(100);
    if (!callEndsFirst)
        session.deadlines.call = std::chrono::milliseconds(500);
    session.keychain = std::make_unique<Keychain>(nullptr, session.deadlines);
    session.mock->silent << method;
    QVERIFY(session.mock->start());
    const auto answer = session.wait(session.keychain->write(u"c1"_s, token));
    QCOMPARE(kindOf(answer), Kind::NoService);
    QCOMPARE(answer.error().message, clientWords);
    // The service recovers.
    session.mock->silent.clear();
    session.keychain = std::make_unique<Keychain>(nullptr, Session::unlimited);
    QVERIFY(session.wait(session.keychain->write(u"c1"_s, token)));
    QCOMPARE(session.mock->secrets(), QStringList{token});
}

void Services::endsInTheMiddle_data()
{
    QTest::addColumn<QString>("method");
    for (const auto& method : {u"SearchItems"_s, u"OpenSession"_s, u"CreateItem"_s, u"ReadAlias"_s})
        QTest::newRow(qPrintable(method)) << method;
}

void Services::endsInTheMiddle()
{
    QFETCH(const QString, method);
    Session session;
    session.mock->deadly << method;
    QVERIFY(session.mock->start());
    const auto answer = session.wait(session.keychain->write(u"c1"_s, token));
    QCOMPARE(kindOf(answer), Kind::NoService);
    QVERIFY(!answer.error().message.isEmpty());
    QVERIFY(session.mock->start());
    QVERIFY(session.wait(session.keychain->write(u"c1"_s, token)));
    QCOMPARE(session.mock->secrets(), QStringList{token});
}

void Services::endsWhileItAsks()
{
    Session session;
    auto& mock = *session.mock;
    mock.collections[mock.defaultCollection].locked = true;
    mock.theOperator = MockSecrets::Operator::IsAway;
    QVERIFY(mock.start());
    auto* writing = askedAndWaiting(session);
    mock.stop();
    const auto answer = session.wait(writing);
    QCOMPARE(kindOf(answer), Kind::NoService);
    QVERIFY(!answer.error().message.isEmpty());
}

/// The program continues when the bus ends during a prompt.
void Services::busEndsWhileItAsks()
{
    Session session;
    auto& mock = *session.mock;
    mock.collections[mock.defaultCollection].locked = true;
    mock.theOperator = MockSecrets::Operator::IsAway;
    QVERIFY(mock.start());
    auto* writing = askedAndWaiting(session);
    session.desktop.bus.kill();
    const auto answer = session.wait(writing);
    QCOMPARE(kindOf(answer), Kind::NoService);
    QCOMPARE(kindOf(session.wait(session.keychain->write(u"c1"_s, token))), Kind::NoService);
}

void Services::restarted()
{
    Session session;
    QVERIFY(session.mock->start());
    QVERIFY(session.wait(session.keychain->write(u"c1"_s, token)));
    session.mock->stop(); // and its sessions end
    QVERIFY(session.mock->start());
    QCOMPARE(session.wait(session.keychain->read(u"c1"_s)).value_or(QString()), token);
}

void Services::errors_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("error");
    QTest::addColumn<int>("kind");
    const auto failed = u"org.freedesktop.DBus.Error.Failed"_s;
    for (const auto& method : {u"SearchItems"_s, u"CreateItem"_s, u"OpenSession"_s})
        QTest::newRow(qPrintable(method)) << method << failed << int(Kind::Other);
    QTest::newRow("not allowed") << u"SearchItems"_s << u"org.freedesktop.DBus.Error.AccessDenied"_s
                                 << int(Kind::Locked);
    QTest::newRow("stays locked") << u"CreateItem"_s << u"org.freedesktop.Secret.Error.IsLocked"_s
                                  << int(Kind::Locked);
    QTest::newRow("no memory") << u"CreateItem"_s << u"org.freedesktop.DBus.Error.NoMemory"_s
                               << int(Kind::Other);
    QTest::newRow("no aliases at all") << u"ReadAlias"_s << failed << -1;
}

void Services::errors()
{
    QFETCH(const QString, method);
    QFETCH(const QString, error);
    QFETCH(const int, kind);
    Session session;
    session.mock->errors.insert(method, error);
    QVERIFY(session.mock->start());
    const auto answer = session.wait(session.keychain->write(u"c1"_s, token));
    QCOMPARE(int(kindOf(answer)), kind);
    if (!answer)
        QCOMPARE(answer.error().message, u"as the test wants it"_s); // the service's own message
    QCOMPARE(session.mock->secrets().size(), answer ? 1 : 0);
}

void Services::wallet_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("Plasma 6") << u"org.kde.kwalletd6"_s;
    QTest::newRow("Plasma 5") << u"org.kde.kwalletd5"_s;
}

/// A wallet without the Secret Service interface.
void Services::wallet()
{
    QFETCH(const QString, name);
    Session session;
    MockWallet wallet(session.desktop.address(), name);
    QVERIFY(wallet.start());
    QCOMPARE(kindOf(session.wait(session.keychain->check())), Kind::Locked);
    QVERIFY(!wallet.calls.contains(u"open"_s)); // without a prompt
    QCOMPARE(kindOf(session.wait(session.keychain->read(u"c1"_s))), Kind::NotFound);
    QVERIFY(session.wait(session.keychain->check()));
    QVERIFY(session.wait(session.keychain->write(u"c1"_s, token)));
    QCOMPARE(wallet.entries, (QMap<QString, QString>{{u"Capture Desk/c1"_s, token}}));
    QCOMPARE(session.wait(session.keychain->read(u"c1"_s)).value_or(QString()), token);
    QVERIFY(session.wait(session.keychain->remove(u"c1"_s)));
    QVERIFY(session.wait(session.keychain->remove(u"c1"_s))); // no entry: not an error
    QVERIFY(wallet.entries.isEmpty());
}

void Services::walletIsStarted_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("offersSecrets");
    for (const auto& name : {u"org.kde.kwalletd6"_s, u"org.kde.kwalletd5"_s}) {
        QTest::addRow("%s with the Secret Service", qPrintable(name)) << name << true;
        QTest::addRow("%s alone", qPrintable(name)) << name << false;
    }
}

/// The wallet is not running yet; the bus can only start it by its own name.
void Services::walletIsStarted()
{
    QFETCH(const QString, name);
    QFETCH(const bool, offersSecrets);
    Session session(offersSecrets ? QStringList{name, u"secrets"_s} : QStringList{name});
    QVERIFY(session.wait(session.keychain->write(u"c1"_s, token)));
    QCOMPARE(session.wait(session.keychain->read(u"c1"_s)).value_or(QString()), token);
    // Which interface was used: if it is the Secret Service, the wallet's mock has no folder.
    auto bus = QDBusConnection::connectToBus(session.desktop.address(), u"who"_s);
    QCOMPARE(bus.interface()->isServiceRegistered(u"org.freedesktop.secrets"_s).value(), offersSecrets);
    auto question = QDBusMessage::createMethodCall(name, u"/modules/"_s + name.section(u'.', -1),
                                                   u"org.kde.KWallet"_s, u"hasEntry"_s);
    question << 7 << u"Capture Desk"_s << u"c1"_s << u"test"_s;
    QCOMPARE(bus.call(question).arguments().value(0).toBool(), !offersSecrets);
    QDBusConnection::disconnectFromBus(u"who"_s);
}

void Services::walletIsAsked()
{
    Session session;
    MockWallet wallet(session.desktop.address(), u"org.kde.kwalletd6"_s);
    wallet.theOperator = MockWallet::Operator::Refuses;
    QVERIFY(wallet.start());
    QCOMPARE(kindOf(session.wait(session.keychain->write(u"c1"_s, token))), Kind::Locked);
    wallet.theOperator = MockWallet::Operator::IsAway;
    auto* writing = session.keychain->write(u"c1"_s, token);
    QSignalSpy finished(writing, &SecretCall::finished);
    EVENTUALLY(wallet.isAsking());
    QVERIFY(finished.isEmpty());
    wallet.answer(true);
    QVERIFY(session.wait(writing));
    QCOMPARE(wallet.entries.size(), 1);
}

void Services::walletIsOff()
{
    Session session;
    MockWallet wallet(session.desktop.address(), u"org.kde.kwalletd6"_s);
    wallet.isEnabled = false;
    QVERIFY(wallet.start());
    const auto answer = session.wait(session.keychain->write(u"c1"_s, token));
    QCOMPARE(kindOf(answer), Kind::NoService);
    QVERIFY2(answer.error().message.contains(u"switched off"_s), qPrintable(answer.error().message));
    // The Secret Service is preferred if it is available.
    QVERIFY(session.mock->start());
    QVERIFY(session.wait(session.keychain->write(u"c1"_s, token)));
    QCOMPARE(session.mock->secrets(), QStringList{token});
}

void Services::checkDoesNotWait()
{
    Session session;
    auto& mock = *session.mock;
    mock.collections[mock.defaultCollection].locked = true;
    mock.theOperator = MockSecrets::Operator::IsAway;
    QVERIFY(mock.start());
    auto* writing = session.keychain->write(u"c1"_s, token);
    EVENTUALLY_COMPARE(mock.openPrompts(), 1);
    QCOMPARE(kindOf(session.wait(session.keychain->check())), Kind::Locked);
    QCOMPARE(mock.openPrompts(), 1);
    mock.answer(true);
    QVERIFY(session.wait(writing));
}

/// The program can exit while a prompt is open.
void Services::endsWithAQuestionOpen()
{
    Session session;
    auto& mock = *session.mock;
    mock.collections[mock.defaultCollection].locked = true;
    mock.theOperator = MockSecrets::Operator::IsAway;
    QVERIFY(mock.start());
    (void)session.keychain->write(u"c1"_s, token);
    (void)session.keychain->write(u"c2"_s, token);
    EVENTUALLY_COMPARE(mock.openPrompts(), 1);
    session.keychain.reset();
    EVENTUALLY_COMPARE(mock.openPrompts(), 0);
    QVERIFY(mock.secrets().isEmpty());
}

CAPTUREDESK_SUITE(test_keychain_services, Services)

#include "services.moc"
