// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The main job through the real window, against the sandbox program over a real socket: search, tick, set
// options, review, run, monitor, save the list and load it again, export, and compare with the state of the
// service.

#include <QAbstractItemModelTester>
#include <QDialog>
#include <QFile>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTableView>
#include <QTest>

#include "support/suite.h"
#include "hands.h"
#include "stage.h"
#include "support/eventually.h"

class MainJob : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mainJob();
    void keysAlone();
};

namespace {

/// Types into the search and ticks the first row by keyboard.
void searchAndTick(Stage& stage, const QString& text)
{
    stage.search(text);
    auto* table = stage.find<QTableView>("devices");
    EVENTUALLY(table->model()->rowCount() > 0);
    hands::press(Qt::Key_Down);
    QVERIFY(table->hasFocus());
    QCOMPARE(table->currentIndex().row(), 0);
    hands::press(Qt::Key_Space);
}

/// Advances the account's time until all captures have ended.
bool everyIsFinal(const QList<captures::Capture>& captures, const Sandbox& sandbox)
{
    using namespace std::chrono_literals;
    sandbox.pass(20s);
    return std::ranges::all_of(captures,
                               [](const auto& capture) { return captures::isFinal(capture.state); });
}

/// The commands with these IDs, as the service lists them, by ID.
QMap<QString, QJsonObject> byId(const QJsonArray& commands, const QSet<QString>& ids)
{
    QMap<QString, QJsonObject> result;
    for (const auto& command : commands) {
        const auto id = command[u"id"].toString();
        if (ids.contains(id))
            result.insert(id, command.toObject());
    }
    return result;
}

} // namespace

void MainJob::mainJob()
{
    const Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("120"), QStringLiteral("--clock"),
                           QStringLiteral("manual"), QStringLiteral("--rate-limit"), QStringLiteral("0"),
                           QStringLiteral("--seed"), QStringLiteral("3")});
    QSet<QString> before;
    for (const auto& command : sandbox.commands())
        before.insert(command[u"id"].toString());

    Stage stage;
    stage.picture("01-start");
    stage.window().open(sandbox.connection());
    auto* table = stage.find<QTableView>("devices");
    const QAbstractItemModelTester deviceTester(table->model());
    EVENTUALLY_COMPARE(stage.window().desk()->fleet().size(), 120);
    EVENTUALLY(stage.find<QLabel>("quota")->text().startsWith(QLatin1StringView("800 captures")));
    stage.picture("02-devices");

    searchAndTick(stage, QStringLiteral("ana-lt"));
    searchAndTick(stage, QStringLiteral("build-mac"));
    searchAndTick(stage, QStringLiteral("kiosk night"));
    stage.picture("03-ticked");
    auto& fleet = stage.window().desk()->fleet();
    QCOMPARE(fleet.tickedCount(), 3);
    QCOMPARE(fleet.tickedNotShown(), 2);
    QCOMPARE(stage.find<QLabel>("deviceCounts")->text().section(u'·', 0, 0).trimmed(),
             QStringLiteral("3 ticked, 2 not shown"));
    const auto ticked = fleet.ticked();

    // Options: an invalid time limit is reported beside its field, a valid one is used.
    hands::click(stage.find<QPushButton>("change"));
    auto* limit = stage.find<QLineEdit>("timeLimit");
    hands::fill(limit, QStringLiteral("0"));
    QCOMPARE(stage.find<QLabel>("timeLimitNote")->text(), QStringLiteral("At least 1."));
    stage.picture("04-mistake");
    hands::fill(limit, QStringLiteral("2"));
    QVERIFY(!stage.find<QLabel>("timeLimitNote")->isVisible());
    stage.typeTicket(QStringLiteral("INC0012345"));
    stage.picture("05-options");

    // The list is saved with its dialog.
    hands::click(stage.find<QPushButton>("saveTicked"));
    auto* naming = stage.dialog("nameDialog");
    hands::type(QStringLiteral("Finance / floor 2"));
    stage.picture("06-save-list", naming);
    hands::press(Qt::Key_Return);
    QVERIFY(stage.isClosed("nameDialog"));

    // An Enter meant for the window must not run it; neither must auto-repeat.
    stage.clock().stop();
    hands::click(stage.find<QPushButton>("run"));
    auto* review = stage.newDialog("review");
    auto* confirm = review->findChild<QPushButton*>(QStringLiteral("confirm"));
    QCOMPARE(confirm->text(), QStringLiteral("Run 6 captures"));
    QVERIFY(confirm->isDefault());
    QVERIFY(confirm->hasFocus());
    const auto facts = review->findChild<QLabel*>(QStringLiteral("reviewFacts"))->text();
    QVERIFY2(facts.contains(QLatin1StringView("Uses 6 captures, leaves 794")), qPrintable(facts));
    QVERIFY2(facts.contains(QLatin1StringView("2 wait their turn")),
             qPrintable(facts)); // the two Windows machines
    stage.picture("07-review", review);
    using namespace std::chrono_literals;
    hands::hold(Qt::Key_Return, {}, 30);
    hands::press(Qt::Key_Space);
    stage.clock().pass(ui::DialogKeys::guardTime - 1ms);
    hands::press(Qt::Key_Return);
    QVERIFY(stage.window().desk()->captures().isEmpty());
    QVERIFY(!stage.isClosed("review"));
    stage.clock().pass(1ms);
    hands::press(Qt::Key_Return);
    QVERIFY(stage.isClosed("review"));
    stage.clock().go();
    EVENTUALLY_COMPARE(stage.window().desk()->captures().size(), 6);
    QCOMPARE(fleet.tickedCount(), 0);
    QVERIFY(stage.find<QLineEdit>("ticket")->text().isEmpty());

    auto* results = stage.find<QTableView>("results");
    const QAbstractItemModelTester resultTester(results->model());
    QCOMPARE(results->model()->rowCount(), 6);
    const auto& captures = stage.window().desk()->captures();
    // One capture on each device: on Windows the second waits for the first.
    EVENTUALLY(std::ranges::count(captures, captures::State::OnDevice, &captures::Capture::state) == 4);
    QCOMPARE(std::ranges::count(captures, captures::State::WaitingTurn, &captures::Capture::state), 2);
    stage.picture("08-running");
    EVENTUALLY(everyIsFinal(captures, sandbox));
    hands::press(Qt::Key_2, Qt::ControlModifier);
    stage.picture("09-ended");

    // The service has exactly these six more.
    QSet<QString> ours;
    for (const auto& capture : captures)
        ours.insert(capture.commandId);
    QSet<QString> now;
    for (const auto& command : sandbox.commands())
        now.insert(command[u"id"].toString());
    QCOMPARE(now - before, ours);
    QCOMPARE(ours.size(), 6);

    // Load the list again: the same three devices.
    auto* lists = stage.find<QListWidget>("deviceLists");
    QCOMPARE(lists->count(), 3);
    stage.search({});
    hands::click(lists, lists->model()->index(2, 0));
    EVENTUALLY_COMPARE(table->model()->rowCount(), 3);
    stage.picture("10-list");
    hands::press(Qt::Key_F, Qt::ControlModifier);
    hands::press(Qt::Key_Down);
    hands::press(Qt::Key_A, Qt::ControlModifier);
    hands::press(Qt::Key_Space);
    QSet<devices::Key> first, second;
    for (const auto& device : ticked)
        first.insert(device.key());
    for (const auto& device : fleet.ticked())
        second.insert(device.key());
    QCOMPARE(second, first);

    // Exports are read back and compared with the service's data.
    QTemporaryDir out;
    const auto json = out.filePath(QStringLiteral("results.json"));
    const auto csv = out.filePath(QStringLiteral("results.csv"));
    hands::choose(QStringLiteral("File"), QStringLiteral("Export results as JSON"));
    stage.answerFileDialog(QStringLiteral("Export"), json);
    hands::choose(QStringLiteral("File"), QStringLiteral("Export results as CSV"));
    stage.answerFileDialog(QStringLiteral("Export"), csv);
    const auto served = byId(sandbox.commands(), ours);
    QFile file(json);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto rows = QJsonDocument::fromJson(file.readAll()).array();
    QCOMPARE(rows.size(), 6);
    QFile plain(csv);
    QVERIFY(plain.open(QIODevice::ReadOnly));
    auto lines = QString::fromUtf8(plain.readAll())
                     .remove(QChar(0xFEFF))
                     .split(QStringLiteral("\r\n"), Qt::SkipEmptyParts);
    const auto columns = lines.takeFirst().split(u',');
    QCOMPARE(lines.size(), 6);
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const auto row = rows[i].toObject();
        const auto& truth = served[row[u"command_id"].toString()];
        QCOMPARE(row[u"device_id"], truth[u"device_id"]);
        QCOMPARE(row[u"registration_id"], truth[u"registration_id"]);
        QCOMPARE(row[u"user_email"], truth[u"user_email"]);
        QCOMPARE(row[u"type"], truth[u"type"]);
        QCOMPARE(row[u"service_status"], truth[u"status"]);
        const auto name = truth[u"filename"].toString().section(u'/', -1);
        QCOMPARE(row[u"filename"].toString(), name);
        const auto created = QDateTime::fromString(truth[u"created_date"].toString(), Qt::ISODateWithMs);
        QCOMPARE(QDateTime::fromString(row[u"created"].toString(), Qt::ISODateWithMs), created);
        if (row[u"type"] == QLatin1StringView("pcap"))
            QCOMPARE(row[u"time_limit_min"].toDouble(), 2.0);
        const auto cells = lines[i].split(u',');
        QCOMPARE(cells[columns.indexOf(QStringLiteral("command_id"))], row[u"command_id"].toString());
        QCOMPARE(cells[columns.indexOf(QStringLiteral("service_status"))], row[u"service_status"].toString());
    }

    // Save one file.
    const auto ready = std::ranges::find(captures, captures::State::Ready, &captures::Capture::state);
    QVERIFY(ready != captures.end());
    hands::click(results, results->model()->index(int(captures.end() - ready) - 1, 1));
    const auto zip = out.filePath(QStringLiteral("capture.zip"));
    hands::press(Qt::Key_S, Qt::ControlModifier);
    stage.answerFileDialog(QStringLiteral("Save"), zip);
    EVENTUALLY(QFile::exists(zip));
    QFile saved(zip);
    QVERIFY(saved.open(QIODevice::ReadOnly));
    QCOMPARE(saved.read(2), QByteArray("PK"));
}

void MainJob::keysAlone()
{
    const Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("60"), QStringLiteral("--clock"),
                           QStringLiteral("manual"), QStringLiteral("--rate-limit"), QStringLiteral("0")});
    Stage stage({1280, 800}, QStringLiteral("dark"));
    stage.window().open(sandbox.connection());
    auto* table = stage.find<QTableView>("devices");
    auto* desk = stage.window().desk();
    EVENTUALLY(desk->fleet().size() == 60 && !desk->loader().isRunning());
    stage.picture("20-dark");
    const auto focus = [] { return QApplication::focusWidget(); };

    hands::press(Qt::Key_F, Qt::ControlModifier);
    QCOMPARE(focus(), stage.find<QLineEdit>("search"));
    hands::type(QStringLiteral("ana"));
    hands::press(Qt::Key_Down);
    QCOMPARE(focus(), table);
    hands::press(Qt::Key_Space);
    hands::press(Qt::Key_Escape); // never clears a tick
    QCOMPARE(desk->fleet().tickedCount(), 1);
    hands::press(Qt::Key_T, Qt::ControlModifier);
    QCOMPARE(focus(), stage.find<QLineEdit>("ticket"));
    hands::type(QStringLiteral("INC0012345"));
    // When held too long it opens the review and does not run it.
    stage.clock().stop();
    hands::hold(Qt::Key_Return, Qt::ControlModifier, 30);
    QVERIFY(stage.newDialog("review")->isVisible());
    hands::press(Qt::Key_Return, Qt::ControlModifier);
    stage.clock().pass(ui::DialogKeys::guardTime);
    hands::hold(Qt::Key_Escape, {}, 0);
    QVERIFY(stage.isClosed("review"));
    QVERIFY(desk->captures().isEmpty());
    QCOMPARE(desk->fleet().tickedCount(), 1);
    hands::press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(stage.dialog("review"));
    hands::press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(stage.isClosed("review"));
    stage.clock().go();
    EVENTUALLY_COMPARE(desk->captures().size(), 2);
    EVENTUALLY(everyIsFinal(desk->captures(), sandbox));
    hands::press(Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(focus(), stage.find<QTableView>("results"));
    stage.picture("21-dark-ended");
}

CAPTUREDESK_SUITE(test_ui_main_job, MainJob)
#include "main_job.moc"
