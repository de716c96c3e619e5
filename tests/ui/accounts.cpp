// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Connections in the window: typed in, tried, kept, edited, removed; two customers side by side; a key that
// may only look.

#include <QDialog>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include "suite.h"
#include "stage.h"
#include "ui/connect/startpage.h"

class Accounts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void twoCustomers();
    void mistakesAreToldAtTheField();
    void keptEditedRemoved();
    void keyThatMayOnlyLook();
    void eachKeepsItsOwnBack();
    void formatThatWorkedIsRemembered();
};

namespace {

template<class Widget>
Widget* in(QWidget* of, const char* name)
{
    auto* widget = of->findChild<Widget*>(QLatin1StringView(name));
    if (!widget)
        qFatal("there is no %s", name);
    return widget;
}

QDialog* connectDialog(Stage& stage)
{
    stage.window().connectAccount();
    return stage.find<QDialog>("connectDialog");
}

void typeAccount(QDialog* dialog, const Sandbox& sandbox, const QString& name, const QString& token)
{
    const auto connection = sandbox.connection();
    in<QLineEdit>(dialog, "connectionName")->setText(name);
    in<QLineEdit>(dialog, "accountId")->setText(connection.endpoint.accountId);
    in<QLineEdit>(dialog, "token")->setText(token);
    in<QToolButton>(dialog, "advanced")->setChecked(true);
    in<QLineEdit>(dialog, "baseUrl")->setText(connection.endpoint.baseUrl.toString());
}

QString tokenOf(const Sandbox& sandbox)
{
    return std::get<api::BearerToken>(sandbox.connection().endpoint.credentials).token;
}

void tickFirst(captures::Desk& desk, int count)
{
    auto& fleet = desk.fleet();
    for (int row = 0; row < fleet.viewSize() && fleet.tickedCount() < count; ++row) {
        const auto& device = fleet.viewAt(row);
        if (device.obstacle().isEmpty() && device.isConnected()) {
            const auto key = device.key();
            fleet.setTicked({&key, 1}, true);
        }
    }
}

QSet<QString> devicesOf(const QJsonArray& commands)
{
    QSet<QString> result;
    for (const auto& command : commands)
        result.insert(command[u"device_id"].toString());
    return result;
}

} // namespace

void Accounts::twoCustomers()
{
    const QStringList slow{QStringLiteral("--time-scale"), QStringLiteral("60"), QStringLiteral("--seed")};
    Sandbox first(QStringList{QStringLiteral("--devices"), QStringLiteral("30")} + slow +
                  QStringList{QStringLiteral("3")});
    Sandbox second(QStringList{QStringLiteral("--devices"), QStringLiteral("20")} + slow +
                   QStringList{QStringLiteral("9")});
    auto contoso = first.connection();
    auto fabrikam = second.connection();
    fabrikam.name = QStringLiteral("Fabrikam");
    QVERIFY(contoso.endpoint.accountId != fabrikam.endpoint.accountId);

    Stage stage;
    auto* results = stage.find<QTableView>("results");
    auto* ticket = stage.find<QLineEdit>("ticket");
    auto* run = stage.find<QPushButton>("run");
    stage.window().open(contoso);
    auto* one = stage.window().desk();
    QTRY_VERIFY(one->loader().isWhole());
    const auto before = first.created();
    tickFirst(*one, 3);
    one->run(one->plan({.pcap = api::PcapArgs{}, .diag = api::DiagArgs{}}),
             {.ticket = QStringLiteral("C-1"), .operatorName = {}});
    QTRY_COMPARE(one->captures().size(), 6);
    tickFirst(*one, 2);
    ticket->setText(QStringLiteral("C-2"));

    // The other customer: nothing of the first one is there.
    stage.window().open(fabrikam);
    auto* other = stage.window().desk();
    QVERIFY(other != one);
    QTRY_VERIFY(other->loader().isWhole());
    QCOMPARE(stage.window().desk()->fleet().size(), 20);
    QCOMPARE(results->model()->rowCount(), 0);
    QCOMPARE(other->fleet().tickedCount(), 0);
    QVERIFY(ticket->text().isEmpty());
    QVERIFY(stage.window().windowTitle().contains(QLatin1StringView("Fabrikam")));
    tickFirst(*other, 2);
    QVERIFY2(run->text().contains(QLatin1StringView("at Fabrikam")), qPrintable(run->text()));
    other->run(other->plan({.pcap = {}, .diag = api::DiagArgs{}}),
               {.ticket = QStringLiteral("F-1"), .operatorName = {}});
    QTRY_COMPARE(results->model()->rowCount(), 2);
    stage.picture("50-second-customer");

    // And back: as it was left, and its run went on.
    stage.window().open(contoso);
    QCOMPARE(stage.window().desk(), one);
    QCOMPARE(stage.window().desk()->fleet().size(), 30);
    QCOMPARE(results->model()->rowCount(), 6);
    QCOMPARE(one->fleet().tickedCount(), 2);
    QCOMPARE(ticket->text(), QStringLiteral("C-2"));
    const auto ended = [](const captures::Desk& desk) {
        return std::ranges::all_of(desk.captures(),
                                   [](const auto& capture) { return captures::isFinal(capture.state); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(ended(*one) && ended(*other), 90'000);
    QCOMPARE(first.created() - before, 6);
    QCOMPARE(second.created(), 2);
    for (const auto& capture : one->captures())
        QVERIFY(devicesOf(first.commands()).contains(capture.order.device.deviceId));
    for (const auto& capture : other->captures())
        QVERIFY(devicesOf(second.commands()).contains(capture.order.device.deviceId));
}

void Accounts::mistakesAreToldAtTheField()
{
    Stage stage;
    auto* dialog = connectDialog(stage);
    const auto error = [dialog](const char* field) {
        auto* label = in<QLabel>(dialog, (QByteArray(field) + "Error").constData());
        return label->isVisibleTo(dialog) ? label->text() : QString();
    };
    auto* account = in<QLineEdit>(dialog, "accountId");
    QVERIFY(error("accountId").isEmpty()); // nothing typed is no mistake yet
    QTest::keyClicks(account, QStringLiteral("0123456789abcdef0123456789abcde"));
    QVERIFY2(error("accountId").contains(QLatin1StringView("this has 31")), qPrintable(error("accountId")));
    QTest::keyClicks(account, QStringLiteral("f"));
    QVERIFY(error("accountId").isEmpty());
    auto* token = in<QLineEdit>(dialog, "token");
    token->setText(QStringLiteral("0123456789abcdef 0123456789"));
    QVERIFY2(error("token").contains(QLatin1StringView("space or a line break")), qPrintable(error("token")));
    token->setText(QStringLiteral("  0123456789abcdef0123456789 "));
    QVERIFY(error("token").isEmpty()); // around it they do not count
    stage.picture("51-connect", dialog);
    for (auto* radio : dialog->findChildren<QRadioButton*>()) {
        if (radio->text().contains(QLatin1StringView("Global")))
            radio->setChecked(true);
    }
    QTest::keyClicks(in<QLineEdit>(dialog, "key"), QStringLiteral("0123456789abcdef"));
    QTest::keyClick(in<QLineEdit>(dialog, "key"), Qt::Key_Tab);
    QVERIFY2(error("email").contains(QLatin1StringView("e-mail")), qPrintable(error("email")));
    in<QToolButton>(dialog, "advanced")->setChecked(true);
    in<QLineEdit>(dialog, "baseUrl")->setText(QStringLiteral("http://example.com/client/v4"));
    QVERIFY(!error("baseUrl").isEmpty());
    stage.picture("52-connect-mistakes", dialog);
}

void Accounts::keptEditedRemoved()
{
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("20")});
    Stage stage;
    auto* dialog = connectDialog(stage);
    typeAccount(dialog, sandbox, QStringLiteral("Contoso & Sons"), tokenOf(sandbox));
    auto* outcome = in<QLabel>(dialog, "connectFailure");
    QTest::mouseClick(in<QPushButton>(dialog, "test"), Qt::LeftButton);
    QTRY_VERIFY(outcome->isVisible());
    QVERIFY2(outcome->text().startsWith(QLatin1StringView("It works: 800 captures left today. It may start")),
             qPrintable(outcome->text()));
    QVERIFY(in<QPushButton>(dialog, "test")->hasFocus()); // not Cancel, which Enter would press
    QVERIFY(in<QPushButton>(dialog, "connect")->isDefault() || in<QPushButton>(dialog, "test")->isDefault());
    stage.picture("53-connection-works", dialog);
    QTest::mouseClick(in<QPushButton>(dialog, "connect"), Qt::LeftButton);
    QTRY_VERIFY(stage.window().desk());
    QCOMPARE(sandbox.created(), 0);
    // There is no keychain here, and the window says so.
    QVERIFY2(stage.find<QLabel>("bannerText")->text().contains(QLatin1StringView("stays in memory")),
             qPrintable(stage.find<QLabel>("bannerText")->text()));
    QCOMPARE(stage.store().all().size(), 1);
    const auto id = stage.store().all().first().id;

    stage.window().editConnection();
    dialog = stage.find<QDialog>("connectDialog");
    QCOMPARE(in<QLineEdit>(dialog, "token")->text(), tokenOf(sandbox));
    in<QLineEdit>(dialog, "connectionName")->setText(QStringLiteral("Fabrikam"));
    QTest::mouseClick(in<QPushButton>(dialog, "connect"), Qt::LeftButton);
    QTRY_COMPARE(stage.store().all().first().name, QStringLiteral("Fabrikam"));
    QCOMPARE(stage.store().all().first().id, id);
    QTRY_VERIFY(stage.window().desk() &&
                stage.window().desk()->connection().name == QStringLiteral("Fabrikam"));

    stage.window().removeConnection();
    auto* box = stage.find<QDialog>("removeBox");
    stage.picture("54-remove", box);
    for (auto* one : box->findChildren<QPushButton*>()) {
        if (one->text() == QStringLiteral("Remove"))
            QTest::mouseClick(one, Qt::LeftButton);
    }
    QTRY_VERIFY(stage.store().all().isEmpty());
    QVERIFY(!stage.window().desk());
    QVERIFY(stage.find<ui::StartPage>("startPage")->isVisible());
}

void Accounts::keyThatMayOnlyLook()
{
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("20")});
    Stage stage;
    auto* dialog = connectDialog(stage);
    typeAccount(dialog, sandbox, QStringLiteral("Contoso"), sandbox.readOnlyToken());
    QTest::mouseClick(in<QPushButton>(dialog, "connect"), Qt::LeftButton);
    QTRY_VERIFY(stage.window().desk());
    auto* desk = stage.window().desk();
    QTRY_VERIFY(desk->loader().isWhole());
    QVERIFY(desk->isReadOnly());
    QCOMPARE(stage.window().desk()->fleet().size(), 20);
    QVERIFY(!stage.find<QPushButton>("run")->isEnabled());
    const auto why = stage.find<QLabel>("missing")->text();
    QVERIFY2(why.contains(QLatin1StringView("may only look")), qPrintable(why));
    stage.picture("55-only-look");
}

/// Captures that are left to colleagues: at one customer, and not at the other; also after a restart.
void Accounts::eachKeepsItsOwnBack()
{
    const QStringList few{QStringLiteral("--devices"), QStringLiteral("20"), QStringLiteral("--quota"),
                          QStringLiteral("100"), QStringLiteral("--seed")};
    Sandbox first(few + QStringList{QStringLiteral("3")});
    Sandbox second(few + QStringList{QStringLiteral("9")});
    auto contoso = first.connection();
    auto fabrikam = second.connection();
    contoso.name = QStringLiteral("Contoso");
    fabrikam.name = QStringLiteral("Fabrikam");
    const QTemporaryDir folder;
    {
        Stage stage({1280, 800}, QStringLiteral("light"), folder.path());
        stage.window().chooseReserve(); // of nobody
        QVERIFY(!stage.window().findChild<QDialog*>(QStringLiteral("reserveDialog")));
        stage.window().open(fabrikam);
        auto* other = stage.window().desk();
        stage.window().open(contoso);
        auto* one = stage.window().desk();
        QTRY_COMPARE(one->left(), std::optional<qint64>(100));
        QTRY_COMPARE(other->left(), std::optional<qint64>(100));
        stage.window().chooseReserve();
        auto* dialog = stage.find<QInputDialog>("reserveDialog");
        QVERIFY2(dialog->labelText().contains(QLatin1StringView("at Contoso")),
                 qPrintable(dialog->labelText()));
        QCOMPARE(dialog->intValue(), 0);
        dialog->setIntValue(30);
        dialog->accept();
        QCOMPARE(one->left(), std::optional<qint64>(70));
        QCOMPARE(other->left(), std::optional<qint64>(100));
        QTRY_VERIFY(one->loader().isWhole());
        tickFirst(*one, 1);
        stage.find<QLineEdit>("ticket")->setText(QStringLiteral("C-1"));
        stage.find<QPushButton>("run")->click();
        auto* sheet = stage.find<QDialog>("review");
        const auto facts = in<QLabel>(sheet, "reviewFacts")->text();
        QVERIFY2(facts.contains(QLatin1StringView("Kept for colleagues: 30.")), qPrintable(facts));
    }
    Stage stage({1280, 800}, QStringLiteral("light"), folder.path());
    stage.window().open(contoso);
    QTRY_COMPARE(stage.window().desk()->left(), std::optional<qint64>(70));
    stage.window().open(fabrikam);
    QTRY_COMPARE(stage.window().desk()->left(), std::optional<qint64>(100));
}

/// An account that takes the current field names only: after a restart the first request is right at once.
void Accounts::formatThatWorkedIsRemembered()
{
    using api::Format;
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("20"), QStringLiteral("--schema"),
                     QStringLiteral("current")});
    const QTemporaryDir folder;
    auto connection = sandbox.connection();
    const auto next = [&](Stage& stage, const connections::Connection& opened) {
        stage.window().open(opened);
        return stage.window().desk()->client().formats().next();
    };
    {
        Stage stage({1280, 800}, QStringLiteral("light"), folder.path());
        QCOMPARE(next(stage, connection), Format::Documented);
        auto* desk = stage.window().desk();
        QTRY_VERIFY(desk->loader().isWhole());
        tickFirst(*desk, 1);
        desk->run(desk->plan({.pcap = {}, .diag = api::DiagArgs{}}),
                  {.ticket = QStringLiteral("C-1"), .operatorName = {}});
        QTRY_COMPARE(sandbox.created(), 1);
        QTRY_COMPARE(desk->client().formats().known, std::optional(Format::Current));
    }
    {
        Stage stage({1280, 800}, QStringLiteral("light"), folder.path());
        QCOMPARE(next(stage, connection), Format::Current);
        auto moved = connection;
        moved.kind = connections::Connection::Kind::Typed;
        moved.endpoint.baseUrl = QUrl(QStringLiteral("http://127.0.0.1:9/client/v4"));
        QCOMPARE(next(stage, moved), Format::Documented);
        connection.format = api::FormatChoice::Documented; // chosen, and what was found out is void
        QCOMPARE(next(stage, connection), Format::Documented);
    }
    Stage stage({1280, 800}, QStringLiteral("light"), folder.path());
    connection.format = api::FormatChoice::Automatic;
    QCOMPARE(next(stage, connection), Format::Documented);
}

CAPTUREDESK_SUITE(test_ui_accounts, Accounts)
#include "accounts.moc"
