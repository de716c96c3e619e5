// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the window offers around a run: choices in the review, waiting, running again, the audit log, and one
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
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "captures/presets.h"
#include "support/suite.h"
#include "hands.h"
#include "stage.h"
#include "support/eventually.h"
#include "devices/fleet.h"
#include "ui/common/theme.h"
#include "ui/options/reviewtext.h"
#include "ui/results/resultmodel.h"
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
    void leftForDevices_data();
    void leftForDevices();
    void sentencesOfTheReview();
    void manyResults();
    void runAgain();
    void recordOfRuns();
    void quitting();
    void oneWindow();
};

namespace {

/// Opens the account and ticks its first `ticks` tickable devices.
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
    QCOMPARE(choice->count(), 4); // the rest later, packet captures, diagnostics, whole devices
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
    // A pasted list names it.
    QApplication::clipboard()->setText(QStringLiteral("name\nAWAY-LT-1\n"));
    hands::press(Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
    auto* import = stage.dialog("importDialog");
    EVENTUALLY(button(import, "importSave")->isEnabled());
    // Pasted text has no encoding that could be wrong.
    QVERIFY(!import->findChild<QWidget*>(QStringLiteral("importEncoding"))->isVisible());
    QVERIFY(import->findChild<QWidget*>(QStringLiteral("importSeparator"))->isVisible());
    stage.picture("64-pasted", import);
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

/// One choice for all devices that are not connected; Enter never runs what would probably fail.
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

/// The review repeats the form's warnings, and its focus is not on Run.
void Runs::warningsOfTheForm()
{
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("10")});
    Stage stage;
    openWith(stage, sandbox, 1);
    hands::click(stage.find<QPushButton>("change"));
    auto* fits = stage.find<QLabel>("fits");
    const auto isIn = [fits](ui::Tone tone) {
        return fits->palette().color(QPalette::WindowText) == ui::tone(tone);
    };
    QVERIFY(isIn(ui::Tone::Quiet));
    hands::fill(stage.find<QLineEdit>("timeLimit"), QStringLiteral("45"));
    QVERIFY(isIn(ui::Tone::Warning));
    stage.picture("50-form-warns");
    stage.typeTicket(QStringLiteral("INC8"));
    auto* sheet = review(stage);
    const auto* danger = sheet->findChild<QLabel*>(QStringLiteral("reviewDanger"));
    QVERIFY(danger->isVisible());
    QVERIFY(danger->text().contains(QStringLiteral("documented limit is 10 min")));
    QVERIFY(danger->text().contains(fits->text()));
    QVERIFY(fits->text().contains(QStringLiteral("Mbit/s, which is little.")));
    QCOMPARE(danger->palette().color(QPalette::WindowText), fits->palette().color(QPalette::WindowText));
    QVERIFY(button(sheet, "back")->hasFocus() && button(sheet, "back")->isDefault());
    stage.picture("50-warnings", sheet);
    hands::press(Qt::Key_Escape);
    QVERIFY(stage.isClosed("review"));
    hands::fill(stage.find<QLineEdit>("timeLimit"), QStringLiteral("3"));
    QVERIFY(isIn(ui::Tone::Quiet));
    sheet = review(stage);
    QVERIFY(!sheet->findChild<QLabel*>(QStringLiteral("reviewDanger"))->isVisible());
    QVERIFY(button(sheet, "confirm")->hasFocus());
}

/// The colleague's capture is monitored, and described by its own options, which the service does not list.
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
        QSignalSpy looked(&colleague, &captures::Desk::looked); // emitted once the journal is read
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

/// After a restart one line reports what still waits, and what can be done about it.
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

void Runs::leftForDevices_data()
{
    QTest::addColumn<bool>("pcap");
    QTest::addColumn<QString>("text");
    QTest::newRow("diagnostics") << false
                                 << QStringLiteral("1 capture of before is not sent yet: 1 waits for its "
                                                   "device. It goes by itself.");
    QTest::newRow("both") << true
                          << QStringLiteral(
                                 "2 captures of before are not sent yet: 2 wait for their devices. "
                                 "Before a packet capture starts on a device that was waited for, "
                                 "Capture Desk asks; what else waits goes by itself.");
}

/// When its device appears, a packet capture waits for confirmation, and the line does not claim otherwise.
void Runs::leftForDevices()
{
    QFETCH(const bool, pcap);
    QFETCH(const QString, text);
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("10")});
    QTemporaryDir folder;
    captures::Options options{.pcap = {}, .diag = api::DiagArgs{}};
    if (pcap)
        options.pcap = api::PcapArgs{};
    {
        Stage stage({1280, 800}, QStringLiteral("light"), folder.path());
        auto* desk = openWith(stage, sandbox, 0);
        devices::Device away;
        away.name = QStringLiteral("AWAY-LT-1");
        const auto plan = captures::planRun({away}, options, {.now = QDateTime::currentDateTimeUtc()});
        desk->run(plan, {.ticket = QStringLiteral("INC6"),
                         .operatorName = {},
                         .waitUntil = QDateTime::currentDateTimeUtc().addDays(1)});
        EVENTUALLY_COMPARE(desk->captures().size(), options.types());
        EVENTUALLY(desk->isSettled());
    }
    Stage stage({1280, 800}, QStringLiteral("light"), folder.path());
    openWith(stage, sandbox, 0);
    EVENTUALLY(stage.find<QWidget>("askBar")->isVisible());
    QCOMPARE(stage.find<QLabel>("askText")->text(), text);
    stage.picture("54-left-for-devices");
}

/// The review shows only the sentences that apply to this run.
void Runs::sentencesOfTheReview()
{
    const Stage stage; // installs the language
    const auto now = QDateTime::currentDateTimeUtc();
    const auto reset = QDateTime(now.date().addDays(1), QTime(0, 0), Qt::UTC);
    const auto device = [](int number, const char* platform, int user = 1) {
        const auto id = QStringLiteral("d%1").arg(number);
        return devices::Device{.deviceId = id,
                               .registrationId = QStringLiteral("%1-%2").arg(id).arg(user),
                               .email = QStringLiteral("u%1@example.com").arg(user),
                               .name = id,
                               .platform = QLatin1StringView(platform),
                               .status = QStringLiteral("connected")};
    };
    const captures::Options diagnostics{.pcap = {}, .diag = api::DiagArgs{}};
    const captures::Options both{.pcap = api::PcapArgs{}, .diag = api::DiagArgs{}};
    const auto says = [](const captures::Plan& plan, const QString& sentence) {
        return ui::factLines(plan).filter(sentence).size();
    };

    // How many days the run takes with the daily quota.
    QList<devices::Device> many;
    for (int i = 0; i < 48; ++i)
        many << device(i, "linux");
    const auto later = [&](qint64 perDay) {
        return captures::planRun(
            many, diagnostics,
            {.now = now, .today = captures::Allowance{.left = 3, .perDay = perDay, .reset = reset}});
    };
    const auto first = reset.toLocalTime(), third = first.addDays(2);
    QCOMPARE(says(later(45), QStringLiteral("3 may be started today. 45 go by themselves after %1.")
                                 .arg(first.toString(QStringLiteral("HH:mm")))),
             1);
    QCOMPARE(
        says(later(20), QStringLiteral("45 go by themselves on the days after, at most 20 a day; the last of "
                                       "them go after %1.")
                            .arg(third.toString(QStringLiteral("yyyy-MM-dd HH:mm")))),
        1);
    QCOMPARE(says(later(0), QStringLiteral("45 wait: no day has captures for them.")), 1);

    // The reasons why some wait for their turn.
    const auto plan = [&](const QList<devices::Device>& of, const QList<api::Command>& running = {}) {
        return captures::planRun(of, both, {.now = now, .running = running});
    };
    const auto windows = QStringLiteral("a Windows device runs one capture at a time");
    const auto users = QStringLiteral("two users of one device go one after the other");
    const auto busy = QStringLiteral("a capture is running on their device");
    const auto oneWindows = plan({device(1, "windows"), device(2, "linux")});
    QCOMPARE(says(oneWindows, QStringLiteral("1 waits its turn: %1.").arg(windows)), 1);
    QCOMPARE(says(plan({device(1, "linux", 1), device(1, "linux", 2)}),
                  QStringLiteral("2 wait their turn: %1.").arg(users)),
             1);
    QCOMPARE(says(plan({device(1, "windows"), device(2, "linux", 1), device(2, "linux", 2)}),
                  QStringLiteral("3 wait their turn: %1; %2.").arg(windows, users)),
             1);
    api::Command theirs;
    theirs.deviceId = QStringLiteral("d1");
    theirs.type = QStringLiteral("warp-diag");
    QCOMPARE(says(plan({device(1, "linux")}, {theirs}), QStringLiteral("1 waits its turn: %1.").arg(busy)),
             1);

    // The text of the button names what the captures wait for.
    devices::Device away, other;
    away.name = QStringLiteral("AWAY-1");
    other.name = QStringLiteral("AWAY-2");
    QCOMPARE(ui::runText(plan({device(1, "linux"), away})),
             QStringLiteral("Run 2 captures, wait for 1 device"));
    QCOMPARE(ui::runText(plan({device(1, "linux"), away, other})),
             QStringLiteral("Run 2 captures, wait for 2 devices"));
}

/// The table's columns fit beside its scroll bar.
void Runs::manyResults()
{
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("40"), QStringLiteral("--clock"),
                     QStringLiteral("manual")});
    Stage stage;
    auto* desk = openWith(stage, sandbox, 12);
    desk->run(desk->plan({.pcap = {}, .diag = api::DiagArgs{}}),
              {.ticket = QStringLiteral("INC0012345"), .operatorName = {}});
    const auto allAreThere = [desk] {
        return desk->captures().size() == 12 &&
               std::ranges::all_of(desk->captures(), [](const captures::Capture& capture) {
                   return capture.state == State::OnDevice;
               });
    };
    EVENTUALLY(allAreThere());
    auto* results = stage.find<QTableView>("results");
    EVENTUALLY(results->verticalScrollBar()->isVisible());
    stage.picture("55-many-results");
    QVERIFY(!results->horizontalScrollBar()->isVisible());
    // No cell is cut off.
    for (int row = 0; row < 5; ++row) {
        const auto index = results->model()->index(row, int(ui::ResultModel::Column::State));
        QVERIFY(results->fontMetrics().horizontalAdvance(index.data().toString()) + 6 <=
                results->columnWidth(index.column()));
    }
}

void Runs::runAgain()
{
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("10"), QStringLiteral("--time-scale"),
                     QStringLiteral("900")});
    Stage stage;
    auto* desk = openWith(stage, sandbox, 1);
    auto plan = desk->plan({.pcap = captures::presets().first().options.pcap, .diag = {}});
    // Bypasses the window, which has no such user.
    plan.orders[0].command.userEmail = QStringLiteral("nobody@example.com"); // will be refused
    desk->run(plan, {.ticket = QStringLiteral("INC3"), .operatorName = {}});
    EVENTUALLY_COMPARE(desk->captures().size(), 1);
    EVENTUALLY_COMPARE(desk->captures().first().state, State::Refused);
    hands::press(Qt::Key_2, Qt::ControlModifier);
    auto* offer = stage.find<QPushButton>("offer");
    EVENTUALLY(offer->isVisible());
    QCOMPARE(offer->text(), QStringLiteral("Run again…"));
    stage.picture("43-refused");
    // Ticks and the ticket for another run are kept.
    stage.typeTicket(QStringLiteral("INC4"));
    stage.tickFirst(2);
    const auto ticked = desk->fleet().tickedCount();
    hands::click(offer);
    auto* sheet = stage.dialog("review");
    // One unchanged capture: there is nothing to read first.
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
    hands::choose(QStringLiteral("Captures"), QStringLiteral("Audit log"));
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

    // Entries are also appended to a file, from this moment on.
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

/// The real program: a second start activates the first one's window, and exits.
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
    // It has saved the devices, so it has been listening for a while.
    const QDir data(home.filePath(QStringLiteral("capturedesk")));
    EVENTUALLY(!data.entryList({QStringLiteral("devices-*")}, QDir::Files).isEmpty());
    second.start(program, {});
    QVERIFY(second.waitForFinished(support::ceilingMs));
    QVERIFY(second.readAllStandardOutput().contains("open already"));
    QCOMPARE(second.exitCode(), 0);
    QCOMPARE(first.state(), QProcess::Running);
    first.terminate(); // ends at once, whatever is pending
    QVERIFY(first.waitForFinished(support::ceilingMs));
    QCOMPARE(first.exitStatus(), QProcess::NormalExit);
}

CAPTUREDESK_SUITE(test_ui_runs, Runs)
#include "runs.moc"
