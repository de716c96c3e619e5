// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the window offers around a run: choices in the review, waiting, running again, the record, and one
// window for two starts.

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QNetworkAccessManager>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "support/suite.h"
#include "hands.h"
#include "stage.h"
#include "support/eventually.h"
#include "devices/fleet.h"
#include "ui/results/summary.h"
#include "ui/results/table.h"

using captures::State;

class Runs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void quotaTooSmall();
    void offlineDeviceIsWaitedFor();
    void notConnected();
    void warningsOfTheForm();
    void colleaguesCapture();
    void leftFromBefore();
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
    [&] { EVENTUALLY(desk->loader().isWhole() && desk->quota()); }();
    stage.tickFirst(ticks);
    return desk;
}

QDialog* review(Stage& stage)
{
    hands::press(Qt::Key_Return, Qt::ControlModifier);
    return stage.dialog("review");
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
    stage.typeTicket(QStringLiteral("INC1"));
    auto* sheet = review(stage);
    auto* choice = sheet->findChild<QComboBox*>(QStringLiteral("choiceAmount"));
    EVENTUALLY(choice->isVisible());
    QCOMPARE(choice->count(), 4); // the rest later, either type alone, whole devices
    QVERIFY(sheet->findChild<QLabel*>(QStringLiteral("reviewFacts"))
                ->text()
                .contains(QLatin1StringView("5 may be started today")));
    stage.picture("40-quota-too-small", sheet);
    hands::pick(choice, 3);
    QCOMPARE(button(sheet, "confirm")->text(), QStringLiteral("Run 4 captures"));
    QVERIFY(sheet->findChild<QLabel*>(QStringLiteral("reviewLeftOut"))->isVisible());
    hands::pick(choice, 1);
    QCOMPARE(button(sheet, "confirm")->text(), QStringLiteral("Run 4 captures"));
    QVERIFY(!sheet->findChild<QLabel*>(QStringLiteral("reviewLeftOut"))->isVisible());
    hands::click(button(sheet, "confirm"));
    EVENTUALLY_COMPARE(desk->captures().size(), 4);
    EVENTUALLY_COMPARE(sandbox.created(), 4);
    for (const auto& capture : desk->captures())
        QCOMPARE(capture.order.type, captures::Type::Diag);
}

void Runs::offlineDeviceIsWaitedFor()
{
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("10")});
    Stage stage;
    auto* desk = openWith(stage, sandbox, 0);
    // Somebody's list names it.
    QApplication::clipboard()->setText(QStringLiteral("name\nAWAY-LT-1\n"));
    hands::press(Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
    auto* import = stage.dialog("importDialog");
    EVENTUALLY(button(import, "importSave")->isEnabled());
    hands::press(Qt::Key_Return);
    QVERIFY(stage.isClosed("importDialog"));
    QCOMPARE(desk->fleet().view().of, devices::View::Of::List);
    stage.tick(0);
    QCOMPARE(desk->fleet().tickedCount(), 1);
    stage.typeTicket(QStringLiteral("INC2"));
    auto* sheet = review(stage);
    QVERIFY(sheet->findChild<QComboBox*>(QStringLiteral("choiceOffline"))->isVisible());
    QVERIFY(sheet->findChild<QWidget*>(QStringLiteral("waitUntil"))->isVisible());
    QCOMPARE(button(sheet, "confirm")->text(), QStringLiteral("Wait for 1 device"));
    stage.picture("41-wait-for-device", sheet);
    hands::click(button(sheet, "confirm"));
    EVENTUALLY_COMPARE(desk->captures().size(), 2);
    QCOMPARE(desk->captures().first().state, State::WaitingDevice);
    QVERIFY(desk->captures().first().waitUntil);
    hands::press(Qt::Key_2, Qt::ControlModifier);
    stage.picture("42-waiting");
    hands::press(Qt::Key_A, Qt::ControlModifier);
    hands::choose(QStringLiteral("Captures"), QStringLiteral("Cancel what is not sent"));
    for (const auto& capture : desk->captures())
        QCOMPARE(capture.state, State::Cancelled);
    QCOMPARE(sandbox.created(), 0);
}

/// One choice for all that is not connected; Enter never runs what would probably fail.
void Runs::notConnected()
{
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("60")});
    Stage stage;
    auto* desk = openWith(stage, sandbox, 0);
    const auto all = desk->fleet().all();
    const auto away = std::ranges::find_if(all, [desk](const devices::Device& device) {
        return device.obstacle().isEmpty() && !device.isConnected() &&
               desk->fleet().usersOn(device.deviceId) == 1;
    });
    QVERIFY(away != all.end());
    stage.tick(away->key());
    hands::pick(stage.find<QComboBox>("preset"), captures::presetDiagnosticsAlone);
    stage.typeTicket(QStringLiteral("INC7"));
    auto* sheet = review(stage);
    auto* choice = sheet->findChild<QComboBox*>(QStringLiteral("choiceOffline"));
    QVERIFY(choice->isVisible());
    QCOMPARE(choice->count(), 3);
    QVERIFY(sheet->findChild<QWidget*>(QStringLiteral("waitUntil"))->isVisible());
    QCOMPARE(button(sheet, "confirm")->text(), QStringLiteral("Wait for 1 device"));
    QVERIFY(button(sheet, "back")->hasFocus() && button(sheet, "back")->isDefault());
    const auto* danger = sheet->findChild<QLabel*>(QStringLiteral("reviewDanger"));
    QVERIFY(!danger->isVisible());
    stage.picture("49-not-connected", sheet);
    hands::pick(choice, 1);
    QCOMPARE(button(sheet, "confirm")->text(), QStringLiteral("Run 1 capture"));
    QVERIFY(danger->isVisible());
    QVERIFY(button(sheet, "back")->isDefault());
    QVERIFY(!sheet->findChild<QWidget*>(QStringLiteral("waitUntil"))->isVisible());
    hands::pick(choice, 2);
    QVERIFY(!button(sheet, "confirm")->isEnabled());
    hands::pick(choice, 0);
    hands::click(button(sheet, "confirm"));
    EVENTUALLY_COMPARE(desk->captures().size(), 1);
    QCOMPARE(desk->captures().first().state, State::WaitingDevice);
    EVENTUALLY_COMPARE(desk->captures().first().problem,
                       QStringLiteral("The device is there, but its client is disconnected."));
    QCOMPARE(sandbox.created(), 0);
}

/// What the form warns of the review does, too, and the focus is not on Run.
void Runs::warningsOfTheForm()
{
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("10")});
    Stage stage;
    openWith(stage, sandbox, 1);
    hands::click(stage.find<QPushButton>("change"));
    hands::fill(stage.find<QLineEdit>("timeLimit"), QStringLiteral("45"));
    stage.typeTicket(QStringLiteral("INC8"));
    auto* sheet = review(stage);
    const auto* danger = sheet->findChild<QLabel*>(QStringLiteral("reviewDanger"));
    QVERIFY(danger->isVisible());
    QVERIFY(danger->text().contains(QStringLiteral("documented limit is 10 min")));
    QVERIFY(danger->text().contains(QStringLiteral("Mbit/s")));
    QVERIFY(button(sheet, "back")->hasFocus() && button(sheet, "back")->isDefault());
    stage.picture("50-warnings", sheet);
    hands::press(Qt::Key_Escape);
    QVERIFY(stage.isClosed("review"));
    hands::fill(stage.find<QLineEdit>("timeLimit"), QStringLiteral("3"));
    sheet = review(stage);
    QVERIFY(!sheet->findChild<QLabel*>(QStringLiteral("reviewDanger"))->isVisible());
    QVERIFY(button(sheet, "confirm")->hasFocus());
}

/// It is followed, and described by its own options: the service does not list them.
void Runs::colleaguesCapture()
{
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("10"), QStringLiteral("--clock"),
                     QStringLiteral("manual")});
    Stage stage;
    auto* desk = openWith(stage, sandbox, 1);
    const auto device = desk->fleet().ticked().first();
    {
        QTemporaryDir elsewhere;
        QNetworkAccessManager network;
        captures::Journal journal(elsewhere.filePath(QStringLiteral("runs.sqlite")));
        captures::Desk colleague(sandbox.connection(), &network, &journal, captures::Pace{},
                                 captures::systemClock());
        QSignalSpy looked(&colleague, &captures::Desk::looked); // not before its journal is read
        colleague.refresh();
        EVENTUALLY(!looked.isEmpty() && colleague.loader().isWhole() && colleague.quota());
        const auto key = device.key();
        colleague.fleet().setTicked({&key, 1}, true);
        colleague.run(colleague.plan({.pcap = api::PcapArgs{.timeLimitMin = 10}, .diag = {}}),
                      {.ticket = QStringLiteral("theirs"), .operatorName = {}});
        EVENTUALLY_COMPARE(sandbox.created(), 1);
    }
    hands::press(Qt::Key_F5);
    EVENTUALLY_COMPARE(desk->running().size(), 1);
    auto* table = stage.find<QTableView>("devices");
    const auto row = desk->fleet().viewRow(device.key());
    EVENTUALLY(table->model()
                   ->index(row, int(devices::Column::Status))
                   .data()
                   .toString()
                   .endsWith(QStringLiteral("capturing")));
    stage.typeTicket(QStringLiteral("INC9"));
    auto* sheet = review(stage);
    auto* choice = sheet->findChild<QComboBox*>(QStringLiteral("choiceRunning"));
    EVENTUALLY(choice->isVisible());
    QVERIFY(choice->accessibleName().contains(device.name));
    QVERIFY(choice->accessibleName().contains(QStringLiteral("its end is not known")));
    hands::pick(choice, 1);
    stage.picture("51-follow", sheet);
    hands::click(button(sheet, "confirm"));
    EVENTUALLY(!desk->captures().isEmpty());
    const auto found = std::ranges::find_if(
        desk->captures(), [](const captures::Capture& capture) { return capture.followed.has_value(); });
    QVERIFY(found != desk->captures().end());
    const auto line = captures::statusLine(*found, QDateTime::currentDateTimeUtc());
    QVERIFY2(line.startsWith(QStringLiteral("Followed · started by a colleague at ")), qPrintable(line));
    QVERIFY(!line.contains(QStringLiteral("usually")));
    const auto summary = ui::summaryOf(*found, QStringLiteral("Contoso"));
    QVERIFY2(summary.startsWith(QStringLiteral("**Packet capture, time limit not known: ")),
             qPrintable(summary));
    QVERIFY(summary.contains(
        QStringLiteral("- Options not known: time limit, file size limit, bytes per packet")));
    const auto exported = ui::tableOf({*found});
    const auto cell = [&](const char* column) {
        return exported.rows.first()[exported.columns.indexOf(QLatin1StringView(column))];
    };
    QVERIFY(cell("followed") == exports::Cell(true));
    QVERIFY(cell("time_limit_min") == exports::Cell());
    hands::press(Qt::Key_2, Qt::ControlModifier);
    stage.picture("52-followed");
}

/// After a start one line says what still waits, and what can be done with it.
void Runs::leftFromBefore()
{
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("10"), QStringLiteral("--fault"),
                     QStringLiteral("quota-used-up")});
    QTemporaryDir folder;
    {
        Stage stage({1280, 800}, QStringLiteral("light"), folder.path());
        auto* desk = openWith(stage, sandbox, 3);
        desk->run(desk->plan({.pcap = {}, .diag = api::DiagArgs{}}),
                  {.ticket = QStringLiteral("INC6"), .operatorName = {}});
        EVENTUALLY_COMPARE(desk->captures().size(), 3);
        QVERIFY(!stage.find<QWidget>("askBar")->isVisible());
        EVENTUALLY(desk->isSettled());
    }
    Stage stage({1280, 800}, QStringLiteral("light"), folder.path());
    auto* desk = openWith(stage, sandbox, 0);
    auto* bar = stage.find<QWidget>("askBar");
    EVENTUALLY(bar->isVisible());
    QCOMPARE(
        stage.find<QLabel>("askText")->text(),
        QStringLiteral("3 captures of before are not sent yet: 3 wait their turn. They go by themselves."));
    stage.picture("53-left-from-before");
    hands::click(stage.find<QPushButton>("askStart"));
    EVENTUALLY(!bar->isVisible());
    QCOMPARE(desk->unsent(), 3);
}

void Runs::runAgain()
{
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("10"), QStringLiteral("--time-scale"),
                     QStringLiteral("900")});
    Stage stage;
    auto* desk = openWith(stage, sandbox, 1);
    auto plan = desk->plan({.pcap = captures::presets().first().options.pcap, .diag = {}});
    // The window knows no such user.
    plan.orders[0].command.userEmail = QStringLiteral("nobody@example.com"); // refused
    desk->run(plan, {.ticket = QStringLiteral("INC3"), .operatorName = {}});
    EVENTUALLY_COMPARE(desk->captures().size(), 1);
    EVENTUALLY_COMPARE(desk->captures().first().state, State::Refused);
    hands::press(Qt::Key_2, Qt::ControlModifier);
    auto* offer = stage.find<QPushButton>("offer");
    EVENTUALLY(offer->isVisible());
    QCOMPARE(offer->text(), QStringLiteral("Run again…"));
    stage.picture("43-refused");
    // What is ticked and typed meanwhile for another run stays.
    stage.typeTicket(QStringLiteral("INC4"));
    stage.tickFirst(2);
    const auto ticked = desk->fleet().tickedCount();
    hands::click(offer);
    auto* sheet = stage.dialog("review");
    // One capture, as it was: nothing is to be read first.
    QVERIFY(button(sheet, "confirm")->isDefault() && button(sheet, "confirm")->hasFocus());
    stage.picture("44-run-again", sheet);
    hands::click(button(sheet, "confirm"));
    EVENTUALLY_COMPARE(desk->captures().size(), 2);
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
    hands::choose(stage.find<QToolButton>("operator"), QStringLiteral("Somebody else"));
    QVERIFY(stage.dialog("operatorDialog"));
    hands::type(QStringLiteral("Marta"));
    hands::press(Qt::Key_Return);
    QVERIFY(stage.isClosed("operatorDialog"));
    hands::pick(stage.find<QComboBox>("preset"), captures::presetDiagnosticsAlone);
    stage.typeTicket(QStringLiteral("=INC5"));
    hands::press(Qt::Key_Return);
    QVERIFY(stage.dialog("review"));
    hands::press(Qt::Key_Return);
    EVENTUALLY_COMPARE(desk->captures().size(), 1);
    hands::choose(QStringLiteral("Captures"), QStringLiteral("Record of runs"));
    auto* trail = stage.dialog("trail");
    auto* table = trail->findChild<QTableView*>(QStringLiteral("trailTable"));
    EVENTUALLY_COMPARE(table->model()->rowCount(), 1);
    const auto cell = [table](int column) { return table->model()->index(0, column).data().toString(); };
    QCOMPARE(cell(1), QStringLiteral("Marta"));
    QCOMPARE(cell(3), QStringLiteral("Contoso"));
    QCOMPARE(cell(4), QStringLiteral("=INC5"));
    QVERIFY(trail->findChild<QLabel*>(QStringLiteral("trailNote"))
                ->text()
                .startsWith(QLatin1StringView("Covers this computer")));
    stage.picture("45-record", trail);
    QTemporaryDir folder;
    hands::click(button(trail, "trailExport"));
    stage.answerFileDialog(QStringLiteral("Export"), folder.filePath(QStringLiteral("record.csv")));
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
    hands::click(choose);
    stage.answerFileDialog(QStringLiteral("Append"), shared);
    EVENTUALLY_COMPARE(words->text(),
                       QStringLiteral("What is done here is also appended to %1.").arg(shared));
    QVERIFY(stop->isVisible());
    desk->note(captures::Deed::What::Save, QStringLiteral("@INC6"), QStringLiteral("a file"));
    const auto lines = [&shared] {
        QFile team(shared);
        return team.open(QIODevice::ReadOnly) ? team.readAll() : QByteArray();
    };
    EVENTUALLY(lines().contains(",'@INC6,save,a file,HELP-1\r\n"));
    QVERIFY(!lines().contains("INC5"));
    QVERIFY(QFile::remove(shared));
    desk->note(captures::Deed::What::Save, QStringLiteral("INC7"), QStringLiteral("a file"));
    EVENTUALLY2(words->text().contains(QLatin1StringView(
                    "the file is not there (No such file or directory). Lines that wait: 1.")),
                qPrintable(words->text()));
    stage.picture("45-record-waits", trail);
    hands::click(stop);
    EVENTUALLY(!stop->isVisible());
}

void Runs::quitting()
{
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("10"), QStringLiteral("--fault"),
                     QStringLiteral("quota-used-up")});
    Stage stage;
    auto* desk = openWith(stage, sandbox, 3);
    hands::pick(stage.find<QComboBox>("preset"), captures::presetDiagnosticsAlone);
    stage.typeTicket(QStringLiteral("INC6"));
    hands::press(Qt::Key_Return);
    QVERIFY(stage.dialog("review"));
    hands::press(Qt::Key_Return, Qt::ControlModifier);
    EVENTUALLY_COMPARE(desk->captures().size(), 3);
    hands::press(Qt::Key_Q, Qt::ControlModifier);
    auto* box = stage.dialog("quitBox");
    QVERIFY(stage.window().isVisible());
    stage.picture("46-quit", box);
    QPushButton* cancel = nullptr;
    for (auto* one : box->findChildren<QPushButton*>()) {
        if (one->text() == QStringLiteral("Cancel the 3"))
            cancel = one;
    }
    QVERIFY(cancel);
    hands::click(cancel);
    EVENTUALLY(!stage.window().isVisible());
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
    QVERIFY(first.waitForStarted(support::ceilingMs));
    // It has read the devices: it has long been listening.
    const QDir data(home.filePath(QStringLiteral("capturedesk")));
    EVENTUALLY(!data.entryList({QStringLiteral("devices-*")}, QDir::Files).isEmpty());
    second.start(program, {});
    QVERIFY(second.waitForFinished(support::ceilingMs));
    QVERIFY(second.readAllStandardOutput().contains("open already"));
    QCOMPARE(second.exitCode(), 0);
    QCOMPARE(first.state(), QProcess::Running);
    first.terminate(); // at once, whatever waits
    QVERIFY(first.waitForFinished(support::ceilingMs));
    QCOMPARE(first.exitStatus(), QProcess::NormalExit);
}

CAPTUREDESK_SUITE(test_ui_runs, Runs)
#include "runs.moc"
