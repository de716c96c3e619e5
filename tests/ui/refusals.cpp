// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Each refusal is shown in the window as a sentence that an operator can act on.

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QStatusBar>
#include <QTableView>
#include <QTest>

#include "support/suite.h"
#include "changes.h"
#include "hands.h"
#include "helpdesk.h"
#include "proxy.h"
#include "stage.h"
#include "support/eventually.h"
#include "devices/fleet.h"

class Refusals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void quotaUsedUp();
    void connecting_data();
    void connecting();
    void running_data();
    void running();
    void serverGone();
    void slowed();
};

void Refusals::connecting_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("account");
    QTest::addColumn<QString>("expected");
    QTest::newRow("wrong-token") << QStringLiteral("sandbox-0000000000000000") << QString()
                                 << QStringLiteral("The key is not valid for this account");
    QTest::newRow("wrong-account") << QString() << QStringLiteral("0123456789abcdef0123456789abcdef")
                                   << QStringLiteral("The service knows no such account.");
}

void Refusals::connecting()
{
    QFETCH(QString, token);
    QFETCH(QString, account);
    QFETCH(QString, expected);
    Sandbox sandbox({});
    auto connection = sandbox.connection();
    if (!token.isEmpty())
        connection.endpoint.credentials = api::BearerToken{token};
    if (!account.isEmpty())
        connection.endpoint.accountId = account;
    Stage stage;
    stage.window().open(connection);
    auto* text = stage.find<QLabel>("bannerText");
    EVENTUALLY(text->isVisible());
    QVERIFY2(text->text().startsWith(expected), qPrintable(text->text()));
    stage.picture((QByteArray("30-") + QTest::currentDataTag()).constData());
}

void Refusals::running_data()
{
    QTest::addColumn<bool>("readOnly");
    QTest::addColumn<QString>("expected");
    QTest::newRow("read-only-token") << true << QStringLiteral("This key may not start captures");
    QTest::newRow("malformed-device") << false << QStringLiteral("The service refused: “device not found");
}

void Refusals::running()
{
    QFETCH(bool, readOnly);
    QFETCH(QString, expected);
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("40")});
    auto connection = sandbox.connection();
    if (readOnly)
        connection.endpoint.credentials = api::BearerToken{sandbox.readOnlyToken()};
    Stage stage;
    stage.window().open(connection);
    auto* desk = stage.window().desk();
    EVENTUALLY_COMPARE(stage.window().desk()->fleet().size(), 40);
    EVENTUALLY(!desk->loader().isRunning());
    stage.search(QStringLiteral("ana-lt"));
    hands::press(Qt::Key_Down);
    hands::press(Qt::Key_Space);
    QCOMPARE(desk->fleet().tickedCount(), 1);
    auto plan = desk->plan({.pcap = api::PcapArgs{}, .diag = {}});
    if (!readOnly) {
        // A device that the service does not know, as from a list that is a month old.
        plan.orders[0].command.deviceId = QStringLiteral("no-such-device");
    }
    // Bypasses the window, which would not send to an unknown device or with a key that is known to be
    // insufficient.
    desk->run(plan, {.ticket = QStringLiteral("INC0012345"), .operatorName = {}});
    EVENTUALLY_COMPARE(desk->captures().size(), 1);
    EVENTUALLY_COMPARE(desk->captures().first().state, captures::State::Refused);
    hands::press(Qt::Key_2, Qt::ControlModifier);
    QVERIFY2(desk->captures().first().problem.startsWith(expected),
             qPrintable(desk->captures().first().problem));
    QVERIFY(stage.find<QLabel>("advice")->text().startsWith(expected));
    stage.picture((QByteArray("31-") + QTest::currentDataTag()).constData());
}

void Refusals::quotaUsedUp()
{
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("40"), QStringLiteral("--fault"),
                     QStringLiteral("quota-used-up")});
    Stage stage;
    stage.window().open(sandbox.connection());
    auto* desk = stage.window().desk();
    EVENTUALLY(desk->quota() && desk->quota()->left() == 0);
    EVENTUALLY_COMPARE(stage.window().desk()->fleet().size(), 40);
    EVENTUALLY(!desk->loader().isRunning());
    stage.search(QStringLiteral("ana-lt"));
    hands::press(Qt::Key_Down);
    hands::press(Qt::Key_Space);
    QCOMPARE(desk->fleet().tickedCount(), 1);
    QVERIFY(
        stage.find<QLabel>("missing")->text().startsWith(QLatin1StringView("Today's captures are used up")));
    // The capture waits until the quota is reset.
    stage.typeTicket(QStringLiteral("INC0012345"));
    hands::press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(stage.dialog("review"));
    hands::press(Qt::Key_Return, Qt::ControlModifier);
    EVENTUALLY_COMPARE(desk->captures().size(), 2);
    EVENTUALLY(
        desk->captures().first().problem.startsWith(QLatin1StringView("Today's captures are used up")));
    QCOMPARE(desk->captures().first().state, captures::State::WaitingTurn);
    QCOMPARE(sandbox.created(), 0);
    hands::press(Qt::Key_2, Qt::ControlModifier);
    stage.picture("33-quota-used-up");
}

void Refusals::serverGone()
{
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("40")});
    Stage stage;
    stage.window().open(sandbox.connection());
    EVENTUALLY_COMPARE(stage.window().desk()->fleet().size(), 40);
    EVENTUALLY(!stage.window().desk()->loader().isRunning());
    sandbox.kill();
    hands::press(Qt::Key_F5);
    auto* text = stage.find<QLabel>("bannerText");
    EVENTUALLY(text->isVisible());
    QVERIFY2(text->text().startsWith(QLatin1StringView("Nobody answers at the service's address.")),
             qPrintable(text->text()));
    QCOMPARE(stage.window().desk()->fleet().size(), 40); // the known devices stay
    stage.picture("32-server-gone");
}

/// Row, strip and status bar count down together, and other events do not hide the countdown.
void Refusals::slowed()
{
    const faults::Account account;
    faults::Proxy proxy(account.url());
    Stage stage;
    stage.window().open(account.connection(proxy.url()));
    auto* desk = stage.window().desk();
    EVENTUALLY_COMPARE(desk->fleet().size(), 24);
    EVENTUALLY(!desk->loader().isRunning() && desk->quota());
    auto* label = stage.find<QLabel>("slowed");
    QVERIFY(!label->isVisible());
    stage.tickFirst(1);
    stage.typeTicket(QStringLiteral("INC0012345"));
    hands::press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(stage.dialog("review"));
    proxy.strike(faults::Ask::Quota, {.where = faults::Fault::Where::Before,
                                      .change = faults::refusal(429, 971, "Please wait", 250)});
    hands::press(Qt::Key_Return, Qt::ControlModifier);
    EVENTUALLY(!desk->captures().isEmpty());
    EVENTUALLY(label->isVisible());
    QVERIFY(
        stage.window().statusBar()->currentMessage().startsWith(QLatin1StringView("The run is recorded")));
    hands::press(Qt::Key_2, Qt::ControlModifier);
    const auto secondsIn = [](const QString& text) {
        static const QRegularExpression number(QStringLiteral("([0-9]+) s\\b"));
        return number.match(text).captured(1).toInt();
    };
    auto* table = stage.find<QTableView>("results");
    const auto row = [table] { return table->model()->index(0, 0).data().toString(); };
    auto* advice = stage.find<QLabel>("advice");
    EVENTUALLY(row().startsWith(QStringLiteral("Waiting its turn · continues in ")));
    const auto agree = [&] {
        const auto now = secondsIn(label->text());
        return now > 0 && secondsIn(row()) == now && secondsIn(advice->text()) == now;
    };
    EVENTUALLY(agree());
    QVERIFY(label->text().startsWith(QLatin1StringView("Too many requests. Continues by itself in ")));
    stage.picture("34-slowed");
    const auto before = secondsIn(label->text());
    EVENTUALLY(agree() && secondsIn(label->text()) < before); // the countdown is live
    QCOMPARE(account.created(), 0);
}

CAPTUREDESK_SUITE(test_ui_refusals, Refusals)
#include "refusals.moc"
