// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the window offers around a run: choices in the review, waiting, running again, the record, and one
// window for two starts.

#include <QComboBox>
#include <QDialog>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include "suite.h"
#include "stage.h"
#include "ui/results/resultspane.h"
#include "ui/results/trail.h"

using captures::State;

class Runs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void quotaTooSmall();
    void offlineDeviceIsWaitedFor();
    void runAgain();
    void recordOfRuns();
    void quitting();
    void oneWindow();
};

namespace {

/// Opens the account and ticks the first of its devices that can be.
captures::Desk* openWith(Stage& stage, const Sandbox& sandbox, int ticks)
{
    stage.window().open(sandbox.connection());
    auto* desk = stage.window().desk();
    [&] { QTRY_VERIFY_WITH_TIMEOUT(desk->loader().isWhole() && desk->quota(), 20'000); }();
    auto& fleet = desk->fleet();
    for (int row = 0; row < fleet.viewSize() && fleet.tickedCount() < ticks; ++row) {
        const auto& device = fleet.viewAt(row);
        if (device.obstacle().isEmpty() && device.isConnected()) {
            const auto key = device.key();
            fleet.setTicked({&key, 1}, true);
        }
    }
    return desk;
}

QDialog* review(Stage& stage)
{
    QTest::keyClick(&stage.window(), Qt::Key_Return, Qt::ControlModifier);
    QDialog* sheet = nullptr;
    [&] { QTRY_VERIFY((sheet = stage.window().findChild<QDialog*>(QStringLiteral("review")))); }();
    return sheet;
}

QPushButton* button(QWidget* of, const char* name)
{
    return of->findChild<QPushButton*>(QLatin1StringView(name));
}

} // namespace

void Runs::quotaTooSmall()
{
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("40"), QStringLiteral("--quota"),
                     QStringLiteral("5"), QStringLiteral("--time-scale"), QStringLiteral("900")});
    Stage stage;
    auto* desk = openWith(stage, sandbox, 4);
    stage.find<QLineEdit>("ticket")->setText(QStringLiteral("INC1"));
    auto* sheet = review(stage);
    auto* choice = sheet->findChild<QComboBox*>(QStringLiteral("choiceAmount"));
    QTRY_VERIFY(choice->isVisible());
    QCOMPARE(choice->count(), 4); // the rest later, either type alone, whole devices
    QVERIFY(sheet->findChild<QLabel*>(QStringLiteral("reviewFacts"))
                ->text()
                .contains(QLatin1StringView("5 may be started today")));
    stage.picture("40-quota-too-small", sheet);
    choice->setCurrentIndex(3);
    QCOMPARE(button(sheet, "confirm")->text(), QStringLiteral("Run 4 captures"));
    QVERIFY(sheet->findChild<QLabel*>(QStringLiteral("reviewLeftOut"))->isVisible());
    choice->setCurrentIndex(1);
    QCOMPARE(button(sheet, "confirm")->text(), QStringLiteral("Run 4 captures"));
    QVERIFY(!sheet->findChild<QLabel*>(QStringLiteral("reviewLeftOut"))->isVisible());
    QTest::mouseClick(button(sheet, "confirm"), Qt::LeftButton);
    QTRY_COMPARE(desk->captures().size(), 4);
    QTRY_COMPARE_WITH_TIMEOUT(sandbox.created(), 4, 20'000);
    for (const auto& capture : desk->captures())
        QCOMPARE(capture.order.type, captures::Type::Diag);
}

void Runs::offlineDeviceIsWaitedFor()
{
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("10")});
    Stage stage;
    auto* desk = openWith(stage, sandbox, 0);
    auto view = desk->fleet().view();
    view.of = devices::View::Of::List;
    view.list = {{.key = {}, .name = QStringLiteral("AWAY-LT-1")}};
    desk->fleet().setView(view);
    const devices::Range all{0, 0};
    desk->fleet().tickRows({&all, 1}, true);
    QCOMPARE(desk->fleet().tickedCount(), 1);
    stage.find<QLineEdit>("ticket")->setText(QStringLiteral("INC2"));
    auto* sheet = review(stage);
    QVERIFY(sheet->findChild<QComboBox*>(QStringLiteral("choiceOffline"))->isVisible());
    QVERIFY(sheet->findChild<QWidget*>(QStringLiteral("waitUntil"))->isVisible());
    QCOMPARE(button(sheet, "confirm")->text(), QStringLiteral("Wait for 1 device"));
    stage.picture("41-wait-for-device", sheet);
    QTest::mouseClick(button(sheet, "confirm"), Qt::LeftButton);
    QTRY_COMPARE(desk->captures().size(), 2);
    QCOMPARE(desk->captures().first().state, State::WaitingDevice);
    QVERIFY(desk->captures().first().waitUntil);
    stage.window().resultsPane()->focusNewest();
    stage.picture("42-waiting");
    desk->cancelUnsent();
    QCOMPARE(desk->captures().first().state, State::Cancelled);
    QCOMPARE(sandbox.created(), 0);
}

void Runs::runAgain()
{
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("10"), QStringLiteral("--time-scale"),
                     QStringLiteral("900")});
    Stage stage;
    auto* desk = openWith(stage, sandbox, 1);
    auto plan = desk->plan({.pcap = api::PcapArgs{}, .diag = {}});
    plan.orders[0].command.userEmail = QStringLiteral("nobody@example.com"); // refused
    desk->run(plan, {.ticket = QStringLiteral("INC3"), .operatorName = {}});
    QTRY_COMPARE(desk->captures().size(), 1);
    QTRY_COMPARE(desk->captures().first().state, State::Refused);
    stage.window().resultsPane()->focusNewest();
    auto* offer = stage.find<QPushButton>("offer");
    QTRY_VERIFY(offer->isVisible());
    QCOMPARE(offer->text(), QStringLiteral("Run again…"));
    stage.picture("43-refused");
    // What is ticked and typed meanwhile for another run stays.
    stage.find<QLineEdit>("ticket")->setText(QStringLiteral("INC4"));
    const auto other = desk->fleet().viewAt(desk->fleet().viewSize() - 1).key();
    desk->fleet().setTicked({&other, 1}, true);
    const auto ticked = desk->fleet().tickedCount();
    QTest::mouseClick(offer, Qt::LeftButton);
    QDialog* sheet = nullptr;
    QTRY_VERIFY((sheet = stage.window().findChild<QDialog*>(QStringLiteral("review"))));
    QVERIFY(button(sheet, "back")->isDefault()); // never blindly
    stage.picture("44-run-again", sheet);
    QTest::mouseClick(button(sheet, "confirm"), Qt::LeftButton);
    QTRY_COMPARE(desk->captures().size(), 2);
    QCOMPARE(desk->captures().last().order.attempt, 2);
    QCOMPARE(desk->captures().last().order.origin, desk->captures().first().id);
    QCOMPARE(desk->captures().last().ticket, QStringLiteral("INC3"));
    QCOMPARE(desk->fleet().tickedCount(), ticked);
    QCOMPARE(stage.find<QLineEdit>("ticket")->text(), QStringLiteral("INC4"));
}

void Runs::recordOfRuns()
{
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("10"), QStringLiteral("--time-scale"),
                     QStringLiteral("900")});
    Stage stage;
    auto* desk = openWith(stage, sandbox, 1);
    desk->setOperator(QStringLiteral("Marta"));
    desk->run(desk->plan({.pcap = {}, .diag = api::DiagArgs{}}),
              {.ticket = QStringLiteral("=INC5"), .operatorName = QStringLiteral("Marta")});
    QTRY_COMPARE(desk->captures().size(), 1);
    stage.window().showTrail();
    auto* trail = stage.find<ui::TrailDialog>("trail");
    auto* table = trail->findChild<QTableView*>(QStringLiteral("trailTable"));
    QTRY_COMPARE(table->model()->rowCount(), 1);
    const auto cell = [table](int column) { return table->model()->index(0, column).data().toString(); };
    QCOMPARE(cell(1), QStringLiteral("Marta"));
    QCOMPARE(cell(3), QStringLiteral("Contoso"));
    QCOMPARE(cell(4), QStringLiteral("=INC5"));
    QVERIFY(trail->findChild<QLabel*>(QStringLiteral("trailNote"))
                ->text()
                .startsWith(QLatin1StringView("Covers this computer")));
    stage.picture("45-record", trail);
    QTemporaryDir folder;
    trail->exportTo(folder.filePath(QStringLiteral("record.csv")));
    QFile file(folder.filePath(QStringLiteral("record.csv")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto text = file.readAll();
    QVERIFY2(text.contains("Marta") && text.contains("'=INC5"), text.constData());

    // Appended to a file as well: from then on, as it happens.
    auto* words = trail->findChild<QLabel*>(QStringLiteral("sharedWords"));
    auto* choose = trail->findChild<QPushButton*>(QStringLiteral("sharedChoose"));
    auto* stop = trail->findChild<QPushButton*>(QStringLiteral("sharedStop"));
    QCOMPARE(choose->text(), QStringLiteral("Append to a file…"));
    QVERIFY(!stop->isVisible());
    const auto shared = folder.filePath(QStringLiteral("team.csv"));
    QTest::mouseClick(choose, Qt::LeftButton);
    auto* dialog = trail->findChild<QFileDialog*>();
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected(shared);
    dialog->close();
    QTRY_COMPARE(words->text(), QStringLiteral("What is done here is also appended to %1.").arg(shared));
    QVERIFY(stop->isVisible());
    desk->note(captures::Deed::What::Save, QStringLiteral("@INC6"), QStringLiteral("a file"));
    const auto lines = [&shared] {
        QFile team(shared);
        return team.open(QIODevice::ReadOnly) ? team.readAll() : QByteArray();
    };
    QTRY_VERIFY(lines().contains(",'@INC6,Capture file saved,a file,HELP-1\r\n"));
    QVERIFY(!lines().contains("INC5"));
    QVERIFY(QFile::remove(shared));
    desk->note(captures::Deed::What::Save, QStringLiteral("INC7"), QStringLiteral("a file"));
    QTRY_VERIFY2(words->text().contains(QLatin1StringView("No such file or directory. Lines that wait: 1.")),
                 qPrintable(words->text()));
    stage.picture("45-record-waits", trail);
    QTest::mouseClick(stop, Qt::LeftButton);
    QTRY_VERIFY(!stop->isVisible());
}

void Runs::quitting()
{
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("10"), QStringLiteral("--fault"),
                     QStringLiteral("quota-used-up")});
    Stage stage;
    auto* desk = openWith(stage, sandbox, 3);
    desk->run(desk->plan({.pcap = {}, .diag = api::DiagArgs{}}),
              {.ticket = QStringLiteral("INC6"), .operatorName = {}});
    QTRY_COMPARE(desk->captures().size(), 3);
    stage.window().close();
    auto* box = stage.find<QDialog>("quitBox");
    QVERIFY(stage.window().isVisible());
    stage.picture("46-quit", box);
    QPushButton* cancel = nullptr;
    for (auto* one : box->findChildren<QPushButton*>()) {
        if (one->text() == QStringLiteral("Cancel the 3"))
            cancel = one;
    }
    QVERIFY(cancel);
    QTest::mouseClick(cancel, Qt::LeftButton);
    QTRY_VERIFY(!stage.window().isVisible());
    QVERIFY(desk->isSettled());
    for (const auto& capture : desk->captures())
        QCOMPARE(capture.state, State::Cancelled);
}

/// The program itself: a second start shows the first one's window, and ends.
void Runs::oneWindow()
{
    QTemporaryDir home;
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const auto* name : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"})
        environment.insert(QLatin1StringView(name), home.path());
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    const auto program = QCoreApplication::applicationDirPath() + QStringLiteral("/capturedesk");
    QProcess first, second;
    first.setProcessEnvironment(environment);
    second.setProcessEnvironment(environment);
    first.start(program, {QStringLiteral("--sandbox")});
    QVERIFY(first.waitForStarted());
    // It has read the devices: it has long been listening.
    const QDir data(home.filePath(QStringLiteral("capturedesk")));
    QTRY_VERIFY_WITH_TIMEOUT(!data.entryList({QStringLiteral("devices-*")}, QDir::Files).isEmpty(), 30'000);
    second.start(program, {});
    QVERIFY(second.waitForFinished(30'000));
    QVERIFY(second.readAllStandardOutput().contains("open already"));
    QCOMPARE(second.exitCode(), 0);
    QCOMPARE(first.state(), QProcess::Running);
    first.terminate(); // at once, whatever waits
    QVERIFY(first.waitForFinished(20'000));
    QCOMPARE(first.exitStatus(), QProcess::NormalExit);
}

CAPTUREDESK_SUITE(test_ui_runs, Runs)
#include "runs.moc"
