// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The window while a keychain prompts, refuses, does not answer, or exits: the operator can always continue.

#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStatusBar>
#include <QTest>
#include <QToolButton>

#include "support/suite.h"
#include "desktop.h"
#include "hands.h"
#include "mocksecrets.h"
#include "mockwallet.h"
#include "stage.h"
#include "support/eventually.h"
#include "ui/common/theme.h"

class KeychainWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void newKeyring();
    void answeredWhileTheDialogWaits();
    void dismissedAndKeptLater();
    void askedOnceMoreWhileItWaits();
    void otherAccountMeanwhile();
    void silent();
    void endsWhileItAsks();
    void walletAlone();
    void startWithALockedOne();
    void typedInsteadOfUnlocked();
    void cannotBeEdited();
    void mayOnlyLook();
};

namespace {

/// With a limit on prompts this short, any answer of the operator would be late.
constexpr storage::SecretDeadlines impatient{.service = std::chrono::milliseconds(support::ceilingMs),
                                             .question = std::chrono::milliseconds(1),
                                             .call = std::chrono::milliseconds(support::ceilingMs)};

/// A session bus with a keychain, and the window.
struct Session {
    explicit Session(const storage::SecretDeadlines& deadlines = impatient)
    {
        if (!desktop.startBus())
            qFatal("there is no session bus");
        qputenv("DBUS_SESSION_BUS_ADDRESS", desktop.address().toLatin1());
        mock = std::make_unique<MockSecrets>(desktop.address());
        restart(deadlines);
    }

    void restart(const storage::SecretDeadlines& deadlines = impatient)
    {
        stage.reset();
        stage = std::make_unique<Stage>(QSize(1280, 800), QStringLiteral("light"), folder.path(),
                                        std::make_unique<storage::Keychain>(nullptr, deadlines));
    }

    void lock() { mock->collections[mock->defaultCollection].locked = true; }

    [[nodiscard]] QString token() const
    {
        return std::get<api::BearerToken>(sandbox.connection().endpoint.credentials).token;
    }

    /// Enters the account of the sandbox and presses Connect.
    QDialog* connectAccount()
    {
        hands::click(stage->find<QPushButton>("connectAccount"));
        auto* dialog = stage->dialog("connectDialog");
        const auto connection = sandbox.connection();
        const auto field = [dialog](const char* name) {
            return dialog->findChild<QLineEdit*>(QLatin1StringView(name));
        };
        hands::type(QStringLiteral("Contoso"));
        hands::fill(field("accountId"), connection.endpoint.accountId);
        hands::fill(field("token"), token());
        hands::click(dialog->findChild<QToolButton*>(QStringLiteral("advanced")));
        hands::fill(field("baseUrl"), connection.endpoint.baseUrl.toString());
        if (button(dialog, "goOn")->isVisible() || button(dialog, "askAgain")->isVisible())
            qFatal("nothing is waited for yet");
        hands::click(button(dialog, "connect"));
        return dialog;
    }

    static QPushButton* button(QDialog* dialog, const char* name)
    {
        return dialog->findChild<QPushButton*>(QLatin1StringView(name));
    }

    QString bannerText()
    {
        auto* text = stage->find<QLabel>("bannerText");
        return text->isVisible() ? text->text() : QString();
    }
    bool bannerHas(const char* words) { return bannerText().contains(QLatin1StringView(words)); }
    bool statusHas(const char* words)
    {
        return stage->window().statusBar()->currentMessage().contains(QLatin1StringView(words));
    }
    bool isWaiting(QDialog* dialog)
    {
        return button(dialog, "connect")->text() == QStringLiteral("Waiting for the keychain…") &&
               button(dialog, "goOn")->isVisible();
    }
    /// Answers the prompt, which is about to open.
    void answer(bool accepts)
    {
        EVENTUALLY_COMPARE(mock->openPrompts(), 1);
        mock->answer(accepts);
    }
    /// Connects with the keychain's prompt open, and continues without an answer.
    void goOnWithoutAnswer()
    {
        mock->theOperator = MockSecrets::Operator::IsAway;
        auto* dialog = connectAccount();
        EVENTUALLY(isWaiting(dialog));
        hands::click(button(dialog, "goOn"));
        EVENTUALLY(stage->window().desk());
        EVENTUALLY(bannerHas("waits for its password"));
    }

    Sandbox sandbox{{QStringLiteral("--devices"), QStringLiteral("20")}};
    QTemporaryDir folder;
    Desktop desktop;
    std::unique_ptr<MockSecrets> mock;
    std::unique_ptr<Stage> stage;
};

} // namespace

/// No keyring yet: creating one needs the operator's answer, which comes late.
void KeychainWords::newKeyring()
{
    Session session;
    session.mock->collections.clear();
    session.mock->defaultCollection.clear();
    session.mock->theOperator = MockSecrets::Operator::IsAway;
    QVERIFY(session.mock->start());
    auto* dialog = session.connectAccount();
    EVENTUALLY(session.isWaiting(dialog));
    EVENTUALLY_COMPARE(session.mock->openPrompts(), 1);
    session.stage->picture("60-waits-for-the-keychain", dialog);
    hands::click(Session::button(dialog, "goOn"));
    EVENTUALLY(session.stage->window().desk());
    EVENTUALLY(session.stage->isClosed("connectDialog"));
    EVENTUALLY(session.bannerHas("waits for its password"));
    QCOMPARE(session.stage->find<QPushButton>("bannerOffer")->text(), QStringLiteral("Keep it now"));
    EVENTUALLY(session.stage->window().desk()->loader().isWhole()); // the connection is usable
    session.stage->picture("61-key-in-memory");
    QVERIFY(session.mock->secrets().isEmpty());
    QVERIFY(session.bannerHas("waits for its password")); // the deadline has not counted
    session.answer(true);
    EVENTUALLY(session.bannerText().isEmpty());
    QVERIFY(session.statusHas("in the keychain now"));
    QCOMPARE(session.mock->secrets(), QStringList{session.token()});
}

void KeychainWords::answeredWhileTheDialogWaits()
{
    Session session;
    session.lock();
    session.mock->theOperator = MockSecrets::Operator::IsAway;
    QVERIFY(session.mock->start());
    auto* dialog = session.connectAccount();
    EVENTUALLY(session.isWaiting(dialog));
    session.answer(true);
    EVENTUALLY(session.stage->window().desk());
    QVERIFY(session.stage->isClosed("connectDialog"));
    QCOMPARE(session.bannerText(), QString());
    QCOMPARE(session.mock->secrets(), QStringList{session.token()});
}

void KeychainWords::dismissedAndKeptLater()
{
    Session session;
    session.lock();
    session.mock->theOperator = MockSecrets::Operator::Dismisses;
    QVERIFY(session.mock->start());
    (void)session.connectAccount();
    EVENTUALLY(session.stage->window().desk());
    EVENTUALLY(session.bannerHas("was not unlocked: the key stays in memory"));
    auto* keep = session.stage->find<QPushButton>("bannerOffer");
    hands::click(keep);
    EVENTUALLY_COMPARE(session.mock->promptsShown, 2);
    EVENTUALLY(session.bannerHas("was not unlocked: the key stays in memory"));
    session.mock->theOperator = MockSecrets::Operator::Accepts;
    hands::click(keep);
    EVENTUALLY(session.bannerText().isEmpty());
    QCOMPARE(session.mock->secrets(), QStringList{session.token()});
}

/// A prompt that is no longer visible is replaced by a new one.
void KeychainWords::askedOnceMoreWhileItWaits()
{
    Session session;
    session.lock();
    QVERIFY(session.mock->start());
    session.goOnWithoutAnswer();
    hands::click(session.stage->find<QPushButton>("bannerOffer"));
    EVENTUALLY_COMPARE(session.mock->promptsShown, 2);
    EVENTUALLY_COMPARE(session.mock->openPrompts(), 1);
    EVENTUALLY(session.bannerHas("waits for its password"));
    session.answer(true);
    EVENTUALLY(session.bannerText().isEmpty());
    QCOMPARE(session.mock->secrets(), QStringList{session.token()});
}

/// The message belongs to its connection and is not shown for another one.
void KeychainWords::otherAccountMeanwhile()
{
    Session session;
    Sandbox second(
        {QStringLiteral("--devices"), QStringLiteral("20"), QStringLiteral("--seed"), QStringLiteral("9")});
    session.lock();
    QVERIFY(session.mock->start());
    session.goOnWithoutAnswer();
    const auto first = session.stage->window().desk()->connection();
    auto other = second.connection();
    other.name = QStringLiteral("Fabrikam");
    session.stage->window().open(other);
    EVENTUALLY(session.stage->window().desk()->loader().isWhole());
    QCOMPARE(session.bannerText(), QString());
    session.stage->window().open(first);
    QVERIFY(session.bannerHas("waits for its password"));
    session.stage->window().open(other);
    session.answer(true);
    EVENTUALLY_COMPARE(session.mock->secrets(), QStringList{session.token()});
    session.stage->window().open(first);
    EVENTUALLY(session.bannerText().isEmpty());
}

/// Reported after the deadline; the window stays responsive until then.
void KeychainWords::silent()
{
    auto deadlines = impatient;
    deadlines.call = std::chrono::milliseconds(300);
    Session session(deadlines);
    session.mock->silent << QStringLiteral("*");
    QVERIFY(session.mock->start());
    (void)session.connectAccount();
    EVENTUALLY(session.stage->window().desk());
    EVENTUALLY(session.bannerHas("(the session bus or its keychain does not answer): the key stays in "
                                 "memory"));
}

void KeychainWords::endsWhileItAsks()
{
    Session session;
    session.lock();
    QVERIFY(session.mock->start());
    session.goOnWithoutAnswer();
    session.mock->stop();
    EVENTUALLY(session.bannerHas("the key stays in memory and is gone when"));
    session.mock->theOperator = MockSecrets::Operator::Accepts;
    QVERIFY(session.mock->start());
    hands::click(session.stage->find<QPushButton>("bannerOffer"));
    EVENTUALLY(session.bannerText().isEmpty());
    QCOMPARE(session.mock->secrets(), QStringList{session.token()});
}

void KeychainWords::walletAlone()
{
    Session session;
    MockWallet wallet(session.desktop.address(), QStringLiteral("org.kde.kwalletd6"));
    QVERIFY(wallet.start());
    (void)session.connectAccount();
    EVENTUALLY(session.stage->window().desk());
    QCOMPARE(session.bannerText(), QString());
    QCOMPARE(wallet.entries.values(), QStringList{session.token()});
}

/// After a restart the keychain has to be unlocked first; after a refusal the operator can try again.
void KeychainWords::startWithALockedOne()
{
    Session session;
    QVERIFY(session.mock->start());
    (void)session.connectAccount();
    EVENTUALLY(session.stage->window().desk());
    const auto id = session.stage->store().all().first().id;
    session.lock();
    session.restart();
    session.mock->theOperator = MockSecrets::Operator::IsAway;
    session.stage->window().openSaved(id);
    EVENTUALLY(session.statusHas("opens when it is unlocked"));
    session.stage->picture("62-start-waits-for-the-keychain");
    support::letTimersRun(std::chrono::milliseconds(1), 20);
    QVERIFY(session.stage->isClosed("connectDialog"));
    session.answer(false);
    auto* dialog = session.stage->dialog("connectDialog");
    QVERIFY(dialog->findChild<QLabel*>(QStringLiteral("connectFailure"))
                ->text()
                .contains(QLatin1StringView("locked and was not unlocked. Ask again")));
    session.stage->picture("63-keychain-refused", dialog);
    QVERIFY(!Session::button(dialog, "goOn")->isVisible());
    session.mock->theOperator = MockSecrets::Operator::Dismisses;
    hands::click(Session::button(dialog, "askAgain"));
    EVENTUALLY_COMPARE(session.mock->promptsShown, 2);
    dialog = session.stage->dialog("connectDialog");
    session.mock->theOperator = MockSecrets::Operator::Accepts;
    hands::click(Session::button(dialog, "askAgain"));
    EVENTUALLY(session.stage->window().desk());
    EVENTUALLY(session.stage->window().desk()->loader().isWhole());
    QVERIFY(session.stage->isClosed("connectDialog"));
    QVERIFY(session.stage->window().statusBar()->currentMessage().isEmpty());
}

/// The keychain's prompt is not visible: a second click on the connection opens its form.
void KeychainWords::typedInsteadOfUnlocked()
{
    Session session;
    QVERIFY(session.mock->start());
    (void)session.connectAccount();
    EVENTUALLY(session.stage->window().desk());
    session.lock();
    session.restart();
    session.mock->theOperator = MockSecrets::Operator::IsAway;
    auto* saved = session.stage->find<QPushButton>("saved");
    hands::click(saved);
    EVENTUALLY(session.statusHas("Waiting for the keychain"));
    hands::click(saved);
    auto* dialog = session.stage->dialog("connectDialog");
    EVENTUALLY_COMPARE(session.mock->openPrompts(), 0);
    hands::fill(dialog->findChild<QLineEdit*>(QStringLiteral("token")), session.token());
    hands::click(Session::button(dialog, "connect"));
    EVENTUALLY(session.isWaiting(dialog));
    hands::click(Session::button(dialog, "goOn"));
    EVENTUALLY(session.stage->window().desk());
}

void KeychainWords::cannotBeEdited()
{
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("20")});
    Stage stage;
    const auto entries = [&stage] {
        QList<QAction*> found;
        for (auto* action : stage.window().findChildren<QAction*>()) {
            if (action->text().contains(QLatin1StringView("this connection")))
                found << action;
        }
        return found;
    };
    QCOMPARE(entries().size(), 2);
    const auto say = [&entries](const char* reason) {
        return std::ranges::all_of(entries(), [reason](const QAction* one) {
            return !one->isEnabled() && one->toolTip().contains(QLatin1StringView(reason)) &&
                   one->statusTip() == one->toolTip();
        });
    };
    QVERIFY(say("No connection is open"));
    auto environment = sandbox.connection();
    environment.kind = connections::Connection::Kind::Environment;
    environment.name = QStringLiteral("Environment");
    stage.window().open(environment);
    QVERIFY(say("comes from environment variables"));
    environment.kind = connections::Connection::Kind::Sandbox;
    stage.window().open(environment);
    QVERIFY(say("The sandbox is part of"));
    auto saved = sandbox.connection();
    saved.id = QStringLiteral("c1");
    stage.window().open(saved);
    for (const auto* one : entries())
        QVERIFY(one->isEnabled() && one->statusTip().isEmpty());
}

/// The key works, but may only read: the result is neither green nor red.
void KeychainWords::mayOnlyLook()
{
    Session session;
    QVERIFY(session.mock->start());
    hands::click(session.stage->find<QPushButton>("connectAccount"));
    auto* dialog = session.stage->dialog("connectDialog");
    auto* outcome = dialog->findChild<QLabel*>(QStringLiteral("connectFailure"));
    const auto connection = session.sandbox.connection();
    hands::type(QStringLiteral("Contoso"));
    hands::fill(dialog->findChild<QLineEdit*>(QStringLiteral("accountId")), connection.endpoint.accountId);
    hands::click(dialog->findChild<QToolButton*>(QStringLiteral("advanced")));
    hands::fill(dialog->findChild<QLineEdit*>(QStringLiteral("baseUrl")),
                connection.endpoint.baseUrl.toString());
    const auto colorAfter = [&](const QString& token) {
        hands::fill(dialog->findChild<QLineEdit*>(QStringLiteral("token")), token);
        hands::click(Session::button(dialog, "test"));
        if (!support::eventually([&] { return outcome->isVisible(); }))
            qFatal("the test does not end");
        return outcome->palette().color(QPalette::WindowText);
    };
    QCOMPARE(colorAfter(session.sandbox.readOnlyToken()), ui::tone(ui::Tone::Warning));
    QVERIFY2(outcome->text().contains(QLatin1StringView("may only look, and not start captures")),
             qPrintable(outcome->text()));
    session.stage->picture("64-may-only-look", dialog);
    QCOMPARE(colorAfter(session.token()), ui::tone(ui::Tone::Good));
}

CAPTUREDESK_SUITE(test_ui_keychain, KeychainWords)

#include "keychain.moc"
