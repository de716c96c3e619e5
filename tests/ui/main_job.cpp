// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The main job through the real window, against the sandbox program over a real socket: search, tick, set
// options, review, run, follow, save the list and load it again, export, and compare with what the service
// has.

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

#include "suite.h"
#include "stage.h"
#include "ui/devices/devicemodel.h"
#include "ui/devices/devicepane.h"
#include "ui/devices/deviceview.h"
#include "ui/devices/listbar.h"
#include "ui/results/resultspane.h"
#include "ui/window/topbar.h"

class MainJob : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mainJob();
    void keysAlone();
};

namespace {

/// Types into the search and ticks the first row with the keys.
void searchAndTick(Stage& stage, const QString& text)
{
    auto* search = stage.find<QLineEdit>("search");
    search->setFocus();
    search->selectAll();
    QTest::keyClicks(search, text);
    auto* table = stage.find<QTableView>("devices");
    QTRY_VERIFY(table->model()->rowCount() > 0);
    QTest::keyClick(search, Qt::Key_Down);
    QTRY_VERIFY(table->hasFocus());
    table->selectRow(0);
    QTest::keyClick(table, Qt::Key_Space);
}

QDialog* openDialog(Stage& stage, const char* name)
{
    return stage.window().findChild<QDialog*>(QLatin1StringView(name));
}

/// The six that the test ran, as the service lists them, by ID.
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
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("120"), QStringLiteral("--time-scale"),
                     QStringLiteral("900"), QStringLiteral("--seed"), QStringLiteral("3")});
    QSet<QString> before;
    for (const auto& command : sandbox.commands())
        before.insert(command[u"id"].toString());

    Stage stage;
    stage.picture("01-start");
    stage.window().open(sandbox.connection());
    auto* table = stage.find<QTableView>("devices");
    const QAbstractItemModelTester deviceTester(table->model());
    QTRY_COMPARE(stage.window().desk()->fleet().size(), 120);
    QVERIFY(stage.find<QLabel>("quota")->text().startsWith(QLatin1StringView("800 captures")));
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

    // Options: an invalid time limit says so beside its field, a valid one counts.
    auto* change = stage.find<QPushButton>("change");
    QTest::mouseClick(change, Qt::LeftButton);
    auto* limit = stage.find<QLineEdit>("timeLimit");
    QTRY_VERIFY(limit->isVisible());
    limit->selectAll();
    QTest::keyClicks(limit, QStringLiteral("0"));
    QCOMPARE(stage.find<QLabel>("timeLimitNote")->text(), QStringLiteral("At least 1."));
    stage.picture("04-mistake");
    limit->selectAll();
    QTest::keyClicks(limit, QStringLiteral("2"));
    QVERIFY(!stage.find<QLabel>("timeLimitNote")->isVisible());
    QTest::keyClicks(stage.find<QLineEdit>("ticket"), QStringLiteral("INC0012345"));
    stage.picture("05-options");

    // The list, saved by its dialog.
    QTest::mouseClick(stage.find<QPushButton>("saveTicked"), Qt::LeftButton);
    QTRY_VERIFY(openDialog(stage, "nameDialog"));
    auto* naming = openDialog(stage, "nameDialog");
    QTest::keyClicks(naming->findChild<QLineEdit*>(QStringLiteral("listName")),
                     QStringLiteral("Finance / floor 2"));
    stage.picture("06-save-list", naming);
    QTest::keyClick(naming, Qt::Key_Return);
    QTRY_VERIFY(!openDialog(stage, "nameDialog"));

    QTest::mouseClick(stage.find<QPushButton>("run"), Qt::LeftButton);
    QTRY_VERIFY(openDialog(stage, "review"));
    auto* review = openDialog(stage, "review");
    auto* confirm = review->findChild<QPushButton*>(QStringLiteral("confirm"));
    QCOMPARE(confirm->text(), QStringLiteral("Run 6 captures"));
    QVERIFY(confirm->isDefault());
    const auto facts = review->findChild<QLabel*>(QStringLiteral("reviewFacts"))->text();
    QVERIFY2(facts.contains(QLatin1StringView("Uses 6 captures, leaves 794")), qPrintable(facts));
    QVERIFY2(facts.contains(QLatin1StringView("2 wait their turn")),
             qPrintable(facts)); // the two Windows machines
    stage.picture("07-review", review);
    QTest::keyClick(confirm, Qt::Key_Return); // too early: an Enter of before must not run it
    QVERIFY(stage.window().desk()->captures().isEmpty());
    QTest::mouseClick(confirm, Qt::LeftButton);
    QTRY_COMPARE(stage.window().desk()->captures().size(), 6);
    QCOMPARE(fleet.tickedCount(), 0);
    QVERIFY(stage.find<QLineEdit>("ticket")->text().isEmpty());

    auto* results = stage.find<QTableView>("results");
    const QAbstractItemModelTester resultTester(results->model());
    QCOMPARE(results->model()->rowCount(), 6);
    const auto& captures = stage.window().desk()->captures();
    QTRY_VERIFY(std::ranges::any_of(captures,
                                    [](const auto& one) { return one.state == captures::State::OnDevice; }));
    stage.picture("08-running");
    QTRY_VERIFY_WITH_TIMEOUT(
        std::ranges::all_of(captures, [](const auto& one) { return captures::isFinal(one.state); }), 30'000);
    stage.window().resultsPane()->focusNewest();
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

    // The list again: the same three.
    auto* lists = stage.find<QListWidget>("deviceLists");
    QCOMPARE(lists->count(), 3);
    stage.window().topBar()->clearSearch();
    lists->setCurrentRow(2);
    QTRY_COMPARE(table->model()->rowCount(), 3);
    stage.picture("10-list");
    table->selectAll();
    QTest::keyClick(table, Qt::Key_Space);
    QSet<devices::Key> first, second;
    for (const auto& device : ticked)
        first.insert(device.key());
    for (const auto& device : fleet.ticked())
        second.insert(device.key());
    QCOMPARE(second, first);

    // Exports, read back and compared with what the service says.
    QTemporaryDir out;
    const auto json = out.filePath(QStringLiteral("results.json"));
    const auto csv = out.filePath(QStringLiteral("results.csv"));
    stage.window().resultsPane()->exportTo(json, exports::Format::Json);
    stage.window().resultsPane()->exportTo(csv, exports::Format::Csv);
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

    // A file, saved.
    const auto ready = std::ranges::find(captures, captures::State::Ready, &captures::Capture::state);
    QVERIFY(ready != captures.end());
    results->selectRow(int(captures.end() - ready) - 1);
    const auto zip = out.filePath(QStringLiteral("capture.zip"));
    stage.window().resultsPane()->saveCurrentTo(zip);
    QTRY_VERIFY(QFile::exists(zip));
    QFile saved(zip);
    QVERIFY(saved.open(QIODevice::ReadOnly));
    QCOMPARE(saved.read(2), QByteArray("PK"));
}

void MainJob::keysAlone()
{
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("60"), QStringLiteral("--time-scale"),
                     QStringLiteral("900")});
    Stage stage({1280, 800}, QStringLiteral("dark"));
    stage.window().open(sandbox.connection());
    auto* table = stage.find<QTableView>("devices");
    QTRY_COMPARE(stage.window().desk()->fleet().size(), 60);
    stage.picture("20-dark");
    auto* window = &stage.window();
    const auto focus = [] { return QApplication::focusWidget(); };

    QTest::keyClick(window, Qt::Key_F, Qt::ControlModifier);
    QCOMPARE(focus(), stage.find<QLineEdit>("search"));
    QTest::keyClicks(focus(), QStringLiteral("ana"));
    QTest::keyClick(focus(), Qt::Key_Down);
    QCOMPARE(focus(), table);
    QTest::keyClick(focus(), Qt::Key_Space);
    QTest::keyClick(focus(), Qt::Key_Escape); // never unticks
    QCOMPARE(window->desk()->fleet().tickedCount(), 1);
    QTest::keyClick(focus(), Qt::Key_T, Qt::ControlModifier);
    QCOMPARE(focus(), stage.find<QLineEdit>("ticket"));
    QTest::keyClicks(focus(), QStringLiteral("INC0012345"));
    QTest::keyClick(focus(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(openDialog(stage, "review"));
    auto* review = openDialog(stage, "review");
    QTest::keyClick(review, Qt::Key_Return, Qt::ControlModifier); // blind: too early
    QVERIFY(window->desk()->captures().isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            if (window->desk()->captures().isEmpty())
                QTest::keyClick(review, Qt::Key_Return, Qt::ControlModifier);
            return window->desk()->captures().size() == 2;
        }(),
        5000);
    QTRY_VERIFY_WITH_TIMEOUT(
        std::ranges::all_of(window->desk()->captures(),
                            [](const auto& one) { return captures::isFinal(one.state); }),
        30'000);
    window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window));
    QTest::keyClick(window, Qt::Key_2, Qt::ControlModifier);
    QTRY_COMPARE(focus(), stage.find<QTableView>("results"));
    stage.picture("21-dark-ended");
}

CAPTUREDESK_SUITE(test_ui_main_job, MainJob)
#include "main_job.moc"
