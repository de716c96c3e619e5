// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Connections in the window: entered, tested, saved, edited, removed; two customers side by side; a key with
// read-only permission.

#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include "captures/presets.h"
#include "support/suite.h"
#include "hands.h"
#include "stage.h"
#include "support/eventually.h"
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
    hands::click(stage.find<QPushButton>("connectAccount"));
    return stage.dialog("connectDialog");
}

void typeAccount(QDialog* dialog, const Sandbox& sandbox, const QString& name, const QString& token)
{
    const auto connection = sandbox.connection();
    hands::type(name); // the first field has the focus
    hands::fill(in<QLineEdit>(dialog, "accountId"), connection.endpoint.accountId);
    hands::fill(in<QLineEdit>(dialog, "token"), token);
    hands::click(in<QToolButton>(dialog, "advanced"));
    hands::fill(in<QLineEdit>(dialog, "baseUrl"), connection.endpoint.baseUrl.toString());
    QCOMPARE(in<QLineEdit>(dialog, "connectionName")->text(), name);
}

QString tokenOf(const Sandbox& sandbox)
{
    return std::get<api::BearerToken>(sandbox.connection().endpoint.credentials).token;
}

/// Runs a capture on the ticked devices.  \param preset index in the list of presets
void runTicked(Stage& stage, int preset, const QString& ticket)
{
    hands::pick(stage.find<QComboBox>("preset"), preset);
    stage.typeTicket(ticket);
    hands::press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(stage.dialog("review"));
    hands::press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(stage.isClosed("review"));
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
    const QStringList slow{QStringLiteral("--clock"), QStringLiteral("manual"),
                           QStringLiteral("--rate-limit"), QStringLiteral("0"), QStringLiteral("--seed")};
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
    auto* button = stage.find<QPushButton>("run");
    stage.window().open(contoso);
    auto* one = stage.window().desk();
    EVENTUALLY(one->loader().isWhole());
    const auto before = first.created();
    stage.tickFirst(3);
    runTicked(stage, captures::presetServiceDefaults, QStringLiteral("C-1"));
    EVENTUALLY_COMPARE(one->captures().size(), 6);
    stage.tickFirst(2);
    stage.typeTicket(QStringLiteral("C-2"));

    // The other customer: nothing of the first one is shown.
    stage.window().open(fabrikam);
    auto* other = stage.window().desk();
    QVERIFY(other != one);
    EVENTUALLY(other->loader().isWhole());
    QCOMPARE(stage.window().desk()->fleet().size(), 20);
    QCOMPARE(results->model()->rowCount(), 0);
    QCOMPARE(other->fleet().tickedCount(), 0);
    QVERIFY(ticket->text().isEmpty());
    QVERIFY(stage.window().windowTitle().contains(QLatin1StringView("Fabrikam")));
    stage.tickFirst(2);
    QVERIFY2(button->text().contains(QLatin1StringView("at Fabrikam")), qPrintable(button->text()));
    runTicked(stage, captures::presetDiagnosticsAlone, QStringLiteral("F-1"));
    EVENTUALLY_COMPARE(results->model()->rowCount(), 2);
    stage.picture("50-second-customer");

    // Back to the first: it is unchanged, and its run has continued.
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
    const auto bothEnded = [&] {
        first.pass(std::chrono::seconds(20));
        second.pass(std::chrono::seconds(20));
        return ended(*one) && ended(*other);
    };
    QVERIFY(support::eventually(bothEnded));
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
    QVERIFY(error("accountId").isEmpty()); // an empty field is not an error yet
    hands::fill(in<QLineEdit>(dialog, "accountId"), QStringLiteral("0123456789abcdef0123456789abcde"));
    QVERIFY2(error("accountId").contains(QLatin1StringView("this has 31")), qPrintable(error("accountId")));
    hands::type(QStringLiteral("f"));
    QVERIFY(error("accountId").isEmpty());
    auto* token = in<QLineEdit>(dialog, "token");
    hands::fill(token, QStringLiteral("0123456789abcdef 0123456789"));
    QVERIFY2(error("token").contains(QLatin1StringView("space or a line break")), qPrintable(error("token")));
    hands::fill(token, QStringLiteral("  0123456789abcdef0123456789 "));
    QVERIFY(error("token").isEmpty()); // spaces around the token are ignored
    stage.picture("51-connect", dialog);
    for (auto* radio : dialog->findChildren<QRadioButton*>()) {
        if (radio->text().contains(QLatin1StringView("Global")))
            hands::click(radio, {.at = QPoint(8, radio->height() / 2)});
    }
    hands::fill(in<QLineEdit>(dialog, "key"), QStringLiteral("0123456789abcdef"));
    hands::press(Qt::Key_Tab);
    QVERIFY2(error("email").contains(QLatin1StringView("e-mail")), qPrintable(error("email")));
    hands::click(in<QToolButton>(dialog, "advanced"));
    hands::fill(in<QLineEdit>(dialog, "baseUrl"), QStringLiteral("http://example.com/client/v4"));
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
    hands::click(in<QPushButton>(dialog, "test"));
    EVENTUALLY(outcome->isVisible());
    QVERIFY2(outcome->text().startsWith(QLatin1StringView("It works: 800 captures left today. It may start")),
             qPrintable(outcome->text()));
    QVERIFY(in<QPushButton>(dialog, "test")->hasFocus()); // not Cancel, which Enter would press
    QVERIFY(in<QPushButton>(dialog, "connect")->isDefault() || in<QPushButton>(dialog, "test")->isDefault());
    stage.picture("53-connection-works", dialog);
    hands::click(in<QPushButton>(dialog, "connect"));
    EVENTUALLY(stage.window().desk());
    QCOMPARE(sandbox.created(), 0);
    // There is no keychain here, and the window reports that.
    QVERIFY2(stage.find<QLabel>("bannerText")->text().contains(QLatin1StringView("stays in memory")),
             qPrintable(stage.find<QLabel>("bannerText")->text()));
    QCOMPARE(stage.store().all().size(), 1);
    const auto id = stage.store().all().first().id;

    hands::choose(QStringLiteral("File"), QStringLiteral("Edit this connection"));
    dialog = stage.dialog("connectDialog");
    QCOMPARE(in<QLineEdit>(dialog, "token")->text(), tokenOf(sandbox));
    hands::fill(in<QLineEdit>(dialog, "connectionName"), QStringLiteral("Fabrikam"));
    hands::click(in<QPushButton>(dialog, "connect"));
    EVENTUALLY_COMPARE(stage.store().all().first().name, QStringLiteral("Fabrikam"));
    QCOMPARE(stage.store().all().first().id, id);
    EVENTUALLY(stage.window().desk() &&
               stage.window().desk()->connection().name == QStringLiteral("Fabrikam"));

    hands::choose(QStringLiteral("File"), QStringLiteral("Remove this connection"));
    auto* box = stage.dialog("removeBox");
    stage.picture("54-remove", box);
    for (auto* one : box->findChildren<QPushButton*>()) {
        if (one->text() == QStringLiteral("Remove"))
            hands::click(one);
    }
    EVENTUALLY(stage.store().all().isEmpty());
    QVERIFY(!stage.window().desk());
    QVERIFY(stage.find<ui::StartPage>("startPage")->isVisible());
}

void Accounts::keyThatMayOnlyLook()
{
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("20")});
    Stage stage;
    auto* dialog = connectDialog(stage);
    typeAccount(dialog, sandbox, QStringLiteral("Contoso"), sandbox.readOnlyToken());
    hands::click(in<QPushButton>(dialog, "connect"));
    EVENTUALLY(stage.window().desk());
    auto* desk = stage.window().desk();
    EVENTUALLY(desk->loader().isWhole());
    QVERIFY(desk->isReadOnly());
    QCOMPARE(stage.window().desk()->fleet().size(), 20);
    QVERIFY(!stage.find<QPushButton>("run")->isEnabled());
    const auto why = stage.find<QLabel>("missing")->text();
    QVERIFY2(why.contains(QLatin1StringView("may only look")), qPrintable(why));
    stage.picture("55-only-look");
}

/// The number of captures reserved for colleagues: set for one customer, not for the other; kept over a
/// restart.
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
        hands::press(Qt::Key_C, Qt::AltModifier);
        for (const auto* action : QApplication::activePopupWidget()->actions()) {
            if (action->text().contains(QLatin1StringView("Keep captures for colleagues")))
                QVERIFY(!action->isEnabled()); // no connection is open
        }
        hands::press(Qt::Key_Escape);
        stage.window().open(fabrikam);
        auto* other = stage.window().desk();
        stage.window().open(contoso);
        auto* one = stage.window().desk();
        EVENTUALLY_COMPARE(one->left(), std::optional<qint64>(100));
        EVENTUALLY_COMPARE(other->left(), std::optional<qint64>(100));
        hands::choose(QStringLiteral("Captures"), QStringLiteral("Keep captures for colleagues"));
        const auto* dialog = stage.dialog("reserveDialog");
        const auto text = dialog->findChild<QLabel*>(QStringLiteral("reserveText"))->text();
        QVERIFY2(text.contains(QLatin1StringView("at Contoso")), qPrintable(text));
        const auto* captures = dialog->findChild<QSpinBox*>(QStringLiteral("reserve"));
        QCOMPARE(captures->value(), 0);
        hands::press(Qt::Key_A, Qt::ControlModifier);
        hands::paste(QStringLiteral("\u0663\u0660")); // in Arabic digits
        QCOMPARE(captures->text(), QStringLiteral("30"));
        hands::press(Qt::Key_Return);
        QVERIFY(stage.isClosed("reserveDialog"));
        QCOMPARE(one->left(), std::optional<qint64>(70));
        QCOMPARE(other->left(), std::optional<qint64>(100));
        EVENTUALLY(one->loader().isWhole());
        stage.tickFirst(1);
        stage.typeTicket(QStringLiteral("C-1"));
        hands::click(stage.find<QPushButton>("run"));
        auto* sheet = stage.dialog("review");
        const auto facts = in<QLabel>(sheet, "reviewFacts")->text();
        QVERIFY2(facts.contains(QLatin1StringView("30 are kept for colleagues.")), qPrintable(facts));
    }
    Stage stage({1280, 800}, QStringLiteral("light"), folder.path());
    stage.window().open(contoso);
    EVENTUALLY_COMPARE(stage.window().desk()->left(), std::optional<qint64>(70));
    stage.window().open(fabrikam);
    EVENTUALLY_COMPARE(stage.window().desk()->left(), std::optional<qint64>(100));
}

/// An account that accepts only the current field names: after a restart the first request already uses them.
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
        EVENTUALLY(desk->loader().isWhole());
        stage.tickFirst(1);
        runTicked(stage, captures::presetDiagnosticsAlone, QStringLiteral("C-1"));
        EVENTUALLY_COMPARE(sandbox.created(), 1);
        EVENTUALLY_COMPARE(desk->client().formats().known, std::optional(Format::Current));
    }
    {
        Stage stage({1280, 800}, QStringLiteral("light"), folder.path());
        QCOMPARE(next(stage, connection), Format::Current);
        auto moved = connection;
        moved.kind = connections::Connection::Kind::Typed;
        moved.endpoint.baseUrl = QUrl(QStringLiteral("http://127.0.0.1:9/client/v4"));
        QCOMPARE(next(stage, moved), Format::Documented);
        connection.format = api::FormatChoice::Documented; // the user's choice discards what was detected
        QCOMPARE(next(stage, connection), Format::Documented);
    }
    Stage stage({1280, 800}, QStringLiteral("light"), folder.path());
    connection.format = api::FormatChoice::Automatic;
    QCOMPARE(next(stage, connection), Format::Documented);
}

CAPTUREDESK_SUITE(test_ui_accounts, Accounts)
#include "accounts.moc"
