// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A large fleet through the real window: lists that survive restarts, refreshes that keep the position under
// the mouse, tables written by other people.

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QDropEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "captures/presets.h"
#include "support/suite.h"
#include "hands.h"
#include "stage.h"
#include "support/eventually.h"
#include "exports/table.h"
#include "ui/common/text.h"
#include "ui/devices/deviceview.h"

using devices::Column;
using devices::Device;
using devices::Fleet;
using devices::View;

class FleetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listOf140();
    void refreshUnderTheHand();
    void refreshByReset();
    void import();
    void importFormat();
    void importOfLongTexts();
    void importOfStrangers();
    void dragged();
    void sortedByClicks();
    void columnsRemembered();
    void rememberedAtStart();
    void serviceSearched();
    void searchedAgain();
    void byHand();
    void machineOfSeveralUsers();
};

namespace {

/// An account whose URL nothing answers: the test plays the service.
connections::Connection nowhere()
{
    return {.kind = connections::Connection::Kind::Typed,
            .name = QStringLiteral("Contoso"),
            .endpoint = {.baseUrl = QUrl(QStringLiteral("http://127.0.0.1:1/client/v4")),
                         .accountId = QString(32, u'a'),
                         .credentials = api::BearerToken{QStringLiteral("token-for-a-test")}}};
}

Device device(int number, int revision = 0)
{
    return {.deviceId = QStringLiteral("id-%1").arg(number, 5, 10, QLatin1Char('0')),
            .registrationId = QStringLiteral("r-%1").arg(number),
            .email = QStringLiteral("user%1@example.com").arg(number % 40),
            .name = QStringLiteral("HOST-%1").arg((number * 37) % 5000, 4, 10, QLatin1Char('0')),
            .platform = number % 3 == 0 ? QStringLiteral("windows") : QStringLiteral("mac"),
            .status = revision % 2 ? QStringLiteral("disconnected") : QStringLiteral("connected"),
            .version = QStringLiteral("2025.%1.1.0").arg(number % 12),
            .lastSeen = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000 + number * 1000, Qt::UTC)};
}

QSet<devices::Key> tickedOf(Fleet& fleet)
{
    QSet<devices::Key> keys;
    for (const auto& one : fleet.ticked())
        keys.insert(one.key());
    return keys;
}

/// The index of a list in the side bar; invalid: no such list.
QModelIndex listNamed(Stage& stage, const QString& start)
{
    const auto* model = stage.find<QListWidget>("deviceLists")->model();
    const auto found = model->match(model->index(0, 0), Qt::DisplayRole, start, 1, Qt::MatchStartsWith);
    return found.value(0);
}

void saveTickedAs(Stage& stage, const QString& name)
{
    hands::press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(stage.dialog("nameDialog"));
    hands::type(name);
    hands::press(Qt::Key_Return);
    QVERIFY(stage.isClosed("nameDialog"));
}

} // namespace

/// 140 devices, selected over several searches and saved as a list: after a restart the same 140 are run.
void FleetTest::listOf140()
{
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("900"), QStringLiteral("--quota"),
                     QStringLiteral("1000"), QStringLiteral("--time-scale"), QStringLiteral("900")});
    QTemporaryDir folder;
    QSet<devices::Key> chosen;
    {
        Stage stage({1280, 800}, QStringLiteral("light"), folder.path());
        stage.window().open(sandbox.connection());
        auto& fleet = stage.window().desk()->fleet();
        EVENTUALLY_COMPARE(fleet.size(), 900);
        auto* table = stage.find<QTableView>("devices");
        // 28 from each search, by keyboard.
        for (const auto& word : {QStringLiteral("platform:windows ana"), QStringLiteral("bo example.com"),
                                 QStringLiteral("platform:mac"), QStringLiteral("version:2025.6"),
                                 QStringLiteral("-ws- connected"), QStringLiteral("example.org")}) {
            stage.search(word);
            EVENTUALLY(table->model()->rowCount() > 0);
            hands::press(Qt::Key_Down);
            hands::press(Qt::Key_Home, Qt::ControlModifier);
            for (int row = 0; row < table->model()->rowCount() && fleet.tickedCount() < 140; ++row) {
                QCOMPARE(table->currentIndex().row(), row);
                if (!fleet.isTickedAt(row) && fleet.viewAt(row).obstacle().isEmpty()) {
                    hands::press(Qt::Key_Space);
                    if (fleet.tickedCount() % 28 == 0)
                        break;
                }
                hands::press(Qt::Key_Down);
            }
        }
        QCOMPARE(fleet.tickedCount(), 140);
        chosen = tickedOf(fleet);
        saveTickedAs(stage, QStringLiteral("Monday"));
        EVENTUALLY(listNamed(stage, QStringLiteral("Monday  140/140")).isValid());
        stage.search({});
        hands::click(stage.find<QListWidget>("deviceLists"), listNamed(stage, QStringLiteral("Ticked")));
        QCOMPARE(table->model()->rowCount(), 140);
        stage.picture("40-ticked");
    }
    Stage stage({1280, 800}, QStringLiteral("dark"), folder.path());
    stage.window().open(sandbox.connection());
    auto* desk = stage.window().desk();
    auto& fleet = desk->fleet();
    EVENTUALLY(!desk->loader().isRunning());
    QCOMPARE(fleet.tickedCount(), 0);
    EVENTUALLY(listNamed(stage, QStringLiteral("Monday  140/140")).isValid());
    hands::click(stage.find<QListWidget>("deviceLists"), listNamed(stage, QStringLiteral("Monday")));
    QCOMPARE(fleet.viewSize(), 140);
    hands::press(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(tickedOf(fleet), chosen);
    stage.picture("41-list-loaded-dark");

    hands::pick(stage.find<QComboBox>("preset"), captures::presetDiagnosticsAlone);
    stage.typeTicket(QStringLiteral("INC0000140"));
    hands::press(Qt::Key_Return, Qt::ControlModifier);
    auto* review = stage.dialog("review");
    QVERIFY(
        review->findChild<QPushButton*>(QStringLiteral("back"))->hasFocus()); // Enter does not run this many
    // Some are not connected.  They wait unless the operator chooses to run them anyway.
    const auto* confirm = review->findChild<QPushButton*>(QStringLiteral("confirm"));
    QVERIFY2(confirm->text().contains(QStringLiteral("captures, wait for ")), qPrintable(confirm->text()));
    hands::pick(review->findChild<QComboBox*>(QStringLiteral("choiceOffline")), 1);
    QCOMPARE(confirm->text(), QStringLiteral("Run 140 captures"));
    QVERIFY(!review->findChild<QLabel*>(QStringLiteral("reviewLeftOut"))->isVisible());
    hands::press(Qt::Key_Return, Qt::ControlModifier);
    EVENTUALLY_COMPARE(desk->captures().size(), 140);
    EVENTUALLY_COMPARE(desk->unsent(), 0);
    QSet<devices::Key> run;
    for (const auto& capture : desk->captures())
        run.insert(capture.order.device.key());
    QCOMPARE(desk->captures().size(), 140);
    QCOMPARE(run, chosen);
    // The service's own list confirms it.
    EVENTUALLY_COMPARE(sandbox.created(), 140);

    // After the run the selected list stays selected; Ticked, which is empty then, would not.
    const auto* lists = stage.find<QListWidget>("deviceLists");
    QCOMPARE(lists->currentIndex(), listNamed(stage, QStringLiteral("Monday")));
    QCOMPARE(fleet.viewSize(), 140);
    stage.tickFirst(1);
    hands::click(stage.find<QListWidget>("deviceLists"), listNamed(stage, QStringLiteral("Ticked")));
    stage.typeTicket(QStringLiteral("INC0000141"));
    hands::press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(stage.dialog("review"));
    hands::press(Qt::Key_Return, Qt::ControlModifier);
    EVENTUALLY_COMPARE(lists->currentRow(), 0);
}

/// Devices appear, disappear and change while rows are ticked, highlighted, sorted and filtered.
void FleetTest::refreshUnderTheHand()
{
    Stage stage;
    stage.window().open(nowhere());
    auto* desk = stage.window().desk();
    desk->loader().cancel();
    auto& fleet = desk->fleet();
    auto* table = stage.find<QTableView>("devices");
    const QAbstractItemModelTester tester(table->model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QMap<int, Device> truth;
    for (int i = 0; i < 1200; ++i)
        truth.insert(i, device(i));
    fleet.merge(truth.values());
    stage.search(QStringLiteral("platform:mac host"));
    hands::click(table->horizontalHeader()->viewport(),
                 {.at = QPoint(table->columnViewportPosition(int(devices::Column::User)) + 10, 5)});
    QCOMPARE(fleet.view().order.first().column, devices::Column::User);

    QRandomGenerator random(11);
    const auto topOf = [table] { return table->rowAt(0); };
    table->verticalScrollBar()->setValue(table->verticalScrollBar()->maximum() / 2);
    QSet<devices::Key> ticked, highlighted;
    // Ticked through the model: a mouse click on a row outside the view would scroll to it.
    for (int i = 0; i < 20; ++i) {
        const devices::Range row{topOf() + i * 3, topOf() + i * 3};
        ticked.insert(fleet.viewAt(row.first).key());
        fleet.tickRows({&row, 1}, true);
    }
    for (int i = 2; i < 6; ++i)
        highlighted.insert(fleet.viewAt(topOf() + i).key());
    hands::click(table, table->model()->index(topOf() + 2, int(Column::Name)));
    hands::click(table, table->model()->index(topOf() + 5, int(Column::Name)), {.with = Qt::ShiftModifier});
    QCOMPARE(table->selectionModel()->selectedRows().size(), 4);
    const auto current = fleet.viewAt(table->currentIndex().row()).key();

    for (int round = 0; round < 5; ++round) {
        // The visible and the highlighted rows stay; all others are removed, inserted and changed.
        QSet<devices::Key> kept = highlighted;
        for (int row = topOf(); row < topOf() + 20; ++row)
            kept.insert(fleet.viewAt(row).key());
        const auto top = fleet.viewAt(topOf()).key();
        const auto at = table->rowViewportPosition(topOf());
        QMap<int, Device> next;
        for (auto one = truth.cbegin(); one != truth.cend(); ++one) {
            if (kept.contains(one->key()) || random.bounded(20) > 0)
                next.insert(one.key(), random.bounded(10) > 0 ? *one : device(one.key(), round));
        }
        for (int i = 0; i < 100; ++i) {
            const int number = 1200 + round * 100 + i;
            next.insert(number, device(number));
        }
        fleet.beginRefresh();
        const auto values = next.values();
        for (qsizetype from = 0; from < values.size(); from += 300) {
            fleet.merge(values.mid(from, 300));
            QCOMPARE(fleet.viewAt(topOf()).key(), top);
            QCOMPARE(table->rowViewportPosition(topOf()), at); // the view does not move by a single pixel
        }
        fleet.endRefresh(true);
        truth = next;
        QCOMPARE(fleet.viewAt(topOf()).key(), top);
        QCOMPARE(table->rowViewportPosition(topOf()), at);
        QCOMPARE(tickedOf(fleet), ticked);
        QSet<devices::Key> now;
        for (const auto& index : table->selectionModel()->selectedRows())
            now.insert(fleet.viewAt(index.row()).key());
        QCOMPARE(now, highlighted);
        QCOMPARE(fleet.viewAt(table->currentIndex().row()).key(), current);
        int expected = 0;
        for (const auto& one : std::as_const(truth))
            expected += one.platform == QLatin1StringView("mac");
        const auto gone = std::ranges::count_if(ticked, [&truth](const devices::Key& key) {
            return std::ranges::none_of(truth, [&key](const Device& one) { return one.key() == key; });
        });
        QCOMPARE(fleet.viewSize(), expected);
        QVERIFY(gone <= ticked.size());
        for (int row = 1; row < fleet.viewSize(); ++row)
            QVERIFY(fleet.viewAt(row - 1).email <= fleet.viewAt(row).email);
    }
    stage.picture("42-refreshed");
}

/// So many changes that the model is reset: the visible rows still stay in place.
void FleetTest::refreshByReset()
{
    Stage stage;
    stage.window().open(nowhere());
    stage.window().desk()->loader().cancel();
    auto& fleet = stage.window().desk()->fleet();
    auto* table = stage.find<QTableView>("devices");
    QList<Device> even, odd;
    for (int i = 0; i < 4000; ++i)
        (i % 2 ? odd : even) << device(i);
    fleet.merge(even);
    table->verticalScrollBar()->setValue(777);
    const auto row = table->rowAt(0);
    const auto top = fleet.viewAt(row).key();
    const auto at = table->rowViewportPosition(row);
    hands::click(table, table->model()->index(row + 3, int(Column::Name)));
    const auto highlighted = fleet.viewAt(row + 3).key();
    QSignalSpy resets(table->model(), &QAbstractItemModel::modelReset);
    fleet.merge(odd);
    QCOMPARE(resets.size(), 1);
    QCOMPARE(fleet.viewAt(table->rowAt(0)).key(), top);
    QCOMPARE(table->rowViewportPosition(table->rowAt(0)), at);
    QCOMPARE(fleet.viewAt(table->selectionModel()->selectedRows().first().row()).key(), highlighted);
}

/// Import of a spreadsheet: what each column is recognised as, what cannot be used, a name that matches two
/// devices.
void FleetTest::import()
{
    Stage stage;
    stage.window().open(nowhere());
    stage.window().desk()->loader().cancel();
    auto& fleet = stage.window().desk()->fleet();
    auto twin = device(4);
    twin.name = device(3).name;
    fleet.merge({device(1), device(2), device(3), twin});
    QFile file(stage.paths().data.path() + QStringLiteral("-sales.csv"));
    QVERIFY(QDir().mkpath(QFileInfo(file).path()) && file.open(QIODevice::WriteOnly));
    file.write("Nick;Owner;Where\r\n" + device(1).name.toLower().toUtf8() + ".corp.example;;Berlin\r\n" +
               device(3).name.toUtf8() + "$;;Rome\r\nGONE-1;;Oslo\r\nBAD;nobody;<b>x</b>\r\n" +
               device(1).name.toUtf8() + ";;again\r\n;nobody;<b>x</b>\r\n");
    file.close();
    hands::press(Qt::Key_O, Qt::ControlModifier);
    stage.answerFileDialog(QStringLiteral("Load"), file.fileName());
    auto* dialog = stage.dialog("importDialog");
    auto* summary = dialog->findChild<QLabel*>(QStringLiteral("importSummary"));
    QComboBox* first = nullptr;
    EVENTUALLY((first = dialog->findChild<QComboBox*>(QStringLiteral("importColumn0"))) &&
               first->isVisible());
    hands::pick(first, first->findText(QStringLiteral("Device name")));
    EVENTUALLY_COMPARE(summary->text(),
                       QStringLiteral("6 rows: 1 ready, 2 not seen in the last hour, 1 duplicate, 1 needs "
                                      "your choice, 1 cannot be used"));
    const auto bad = dialog->findChild<QPlainTextEdit*>(QStringLiteral("importBad"))->toPlainText();
    QVERIFY2(bad.startsWith(QStringLiteral("Line 7: ")), qPrintable(bad));
    // The device column is recognised by known devices; the user column has no e-mail address in it.
    QCOMPARE(dialog->findChild<QComboBox*>(QStringLiteral("importColumn1"))->currentIndex(), 0);
    QVERIFY(dialog->findChild<QLabel*>(QStringLiteral("importReason1"))
                ->text()
                .contains(QLatin1StringView("no e-mail addresses")));
    auto* save = dialog->findChild<QPushButton*>(QStringLiteral("importSave"));
    EVENTUALLY(save->isEnabled());
    auto* asking = dialog->findChild<QWidget*>(QStringLiteral("importAsking"))->findChild<QComboBox*>();
    QVERIFY(asking);
    QCOMPARE(asking->currentIndex(), 0); // nothing is preselected
    stage.picture("44-import", dialog);
    hands::pick(asking, 2);
    hands::click(save);
    EVENTUALLY_COMPARE(fleet.view().of, View::Of::List);
    QCOMPARE(fleet.view().list.size(), 4);
    QCOMPARE(fleet.viewSize(), 4);
    stage.picture("45-imported");
}

/// The format of the file can be changed, and Tab follows the visual order.
void FleetTest::importFormat()
{
    Stage stage;
    stage.window().open(nowhere());
    stage.window().desk()->loader().cancel();
    stage.window().desk()->fleet().merge({device(1)});
    QFile file(stage.paths().data.path() + QStringLiteral("-legacy.csv"));
    QVERIFY(QDir().mkpath(QFileInfo(file).path()) && file.open(QIODevice::WriteOnly));
    file.write("\"Name;User;Note\"\r\n\"\xC5\xF3\xF5;a@example.com;x\"\r\n\"" + device(1).name.toUtf8() +
               ";;y\"\r\n");
    file.close();
    hands::press(Qt::Key_O, Qt::ControlModifier);
    stage.answerFileDialog(QStringLiteral("Load"), file.fileName());
    auto* dialog = stage.dialog("importDialog");
    const auto child = [dialog]<class Widget>(const char* name, Widget*& found) {
        found = dialog->findChild<Widget*>(QLatin1StringView(name));
        return found && found->isVisible();
    };
    QCheckBox* lines = nullptr;
    EVENTUALLY(child("importQuotedLines", lines));
    QVERIFY(!lines->isChecked());
    QComboBox *encoding = nullptr, *third = nullptr;
    QVERIFY(child("importEncoding", encoding) && !child("importColumn2", third));
    hands::click(lines);
    EVENTUALLY(child("importColumn2", third));
    QLabel* samples = nullptr;
    for (const auto& [name, sample] : {std::pair("windows-1253", QStringLiteral("Εσυ")),
                                       std::pair("windows-1250", QStringLiteral("Ĺóő"))}) {
        hands::pick(encoding, encoding->findData(QByteArray(name)));
        EVENTUALLY(child("importSamples0", samples) && samples->text().startsWith(sample));
    }
    QVERIFY(lines->isChecked());
    auto* save = dialog->findChild<QPushButton*>(QStringLiteral("importSave"));
    EVENTUALLY(save->isEnabled());
    stage.picture("46-import-format", dialog);

    QStringList order;
    hands::click(encoding);
    hands::press(Qt::Key_Escape);
    for (int i = 0; i < 9; ++i) {
        order << dialog->focusWidget()->objectName();
        const auto* focus = dialog->focusWidget();
        QVERIFY(focus->mapTo(dialog, QPoint()).x() + focus->width() <= dialog->width());
        hands::press(Qt::Key_Tab);
    }
    QCOMPARE(order.mid(0, 8),
             (QStringList{QStringLiteral("importEncoding"), QStringLiteral("importSeparator"),
                          QStringLiteral("importQuotedLines"), QStringLiteral("importColumn0"),
                          QStringLiteral("importColumn1"), QStringLiteral("importColumn2"),
                          QStringLiteral("importName"), QStringLiteral("importSave")}));
    hands::press(Qt::Key_Escape);
    QVERIFY(stage.isClosed("importDialog"));
}

/// Long texts are elided, and complete in the tool tip.
void FleetTest::importOfLongTexts()
{
    Stage stage;
    stage.window().open(nowhere());
    stage.window().desk()->loader().cancel();
    stage.window().desk()->fleet().merge({device(1)});
    QFile file(stage.paths().data.path() + QStringLiteral("-long.csv"));
    QVERIFY(QDir().mkpath(QFileInfo(file).path()) && file.open(QIODevice::WriteOnly));
    const QByteArray long1(60, 'a'), long2(60, 'b'), heading(80, 'h');
    file.write("Device," + heading + ",short\r\n" + device(1).name.toUtf8() + ',' + long1 + ",x\r\n," +
               long2 + ",y\r\n," + long1 + ",\r\n");
    file.close();
    hands::press(Qt::Key_O, Qt::ControlModifier);
    stage.answerFileDialog(QStringLiteral("Load"), file.fileName());
    auto* dialog = stage.dialog("importDialog");
    const auto samples = [dialog](int column) {
        return dialog->findChild<QLabel*>(QStringLiteral("importSamples%1").arg(column));
    };
    EVENTUALLY(samples(2) && samples(2)->isVisible());
    stage.picture("47-import-long", dialog);
    for (const auto* label : {samples(1), samples(2)})
        QVERIFY(label->fontMetrics().horizontalAdvance(label->text()) <= label->width());
    QVERIFY2(samples(1)->text().endsWith(u'…'), qPrintable(samples(1)->text()));
    QCOMPARE(samples(2)->text(), QStringLiteral("x · y"));
    const auto tip = samples(1)->toolTip().remove(u'\u200B');
    QVERIFY2(tip.contains(QString::fromLatin1(long1)) && tip.contains(QString::fromLatin1(long2)),
             qPrintable(tip));
    hands::press(Qt::Key_Escape);
    QVERIFY(stage.isClosed("importDialog"));
}

/// Where no row is a device of the account, Enter does not save a list; the operator has to choose to.
void FleetTest::importOfStrangers()
{
    Stage stage;
    stage.window().open(nowhere());
    stage.window().desk()->loader().cancel();
    stage.window().desk()->fleet().merge({device(1)});
    QApplication::clipboard()->setText(
        QStringLiteral("Asset\tOwner\n100\tAna\n101\tBo\n102\tCy\n103\tDee\n"));
    hands::press(Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
    auto* dialog = stage.dialog("importDialog");
    auto* anyway = dialog->findChild<QCheckBox*>(QStringLiteral("importAnyway"));
    EVENTUALLY(anyway->isVisible());
    QVERIFY(dialog->findChild<QLabel*>(QStringLiteral("importWarning"))
                ->text()
                .contains(QLatin1StringView("None of these rows")));
    auto* save = dialog->findChild<QPushButton*>(QStringLiteral("importSave"));
    for (const auto with : {Qt::NoModifier, Qt::ControlModifier}) {
        hands::press(Qt::Key_Return, with);
        QVERIFY(!save->isEnabled() && dialog->isVisible());
    }
    stage.picture("47-import-of-strangers", dialog);
    hands::click(anyway);
    QVERIFY(save->isEnabled());
    hands::press(Qt::Key_Return);
    QVERIFY(stage.isClosed("importDialog"));
    QCOMPARE(stage.window().desk()->fleet().view().list.size(), 4);
}

/// Rows are dragged onto a list; another change goes through the menu, and is undone.
void FleetTest::dragged()
{
    Stage stage;
    stage.window().open(nowhere());
    stage.window().desk()->loader().cancel();
    auto& fleet = stage.window().desk()->fleet();
    fleet.merge({device(1), device(2), device(3)});
    stage.tick(device(1).key());
    saveTickedAs(stage, QStringLiteral("VIP"));
    auto* lists = stage.find<QListWidget>("deviceLists");
    auto* table = stage.find<QTableView>("devices");
    hands::click(table, table->model()->index(0, int(Column::Name)));
    hands::press(Qt::Key_A, Qt::ControlModifier);
    // The offscreen platform cannot drag; tests/ui/reader/dialogs.py does, with a mouse on a real X server.
    QVERIFY(table->currentIndex().flags() & Qt::ItemIsDragEnabled);
    QMimeData mime;
    mime.setData(QLatin1StringView(ui::deviceMime), "3");
    const auto at = lists->visualRect(listNamed(stage, QStringLiteral("VIP"))).center();
    QVERIFY(hands::drop(lists->viewport(), at, mime));
    EVENTUALLY(listNamed(stage, QStringLiteral("VIP  3/3")).isValid());
    hands::press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    EVENTUALLY(listNamed(stage, QStringLiteral("VIP  1/1")).isValid());
}

void FleetTest::sortedByClicks()
{
    Stage stage;
    stage.window().open(nowhere());
    stage.window().desk()->loader().cancel();
    auto& fleet = stage.window().desk()->fleet();
    QList<Device> rows;
    for (int i = 0; i < 60; ++i)
        rows << device(i);
    fleet.merge(rows);
    auto* table = stage.find<QTableView>("devices");
    const auto click = [table](devices::Column column, Qt::KeyboardModifiers with) {
        hands::click(table->horizontalHeader()->viewport(),
                     {.at = QPoint(table->columnViewportPosition(int(column)) + 10, 5), .with = with});
    };
    click(devices::Column::Platform, {});
    click(devices::Column::User, Qt::ShiftModifier);
    click(devices::Column::User, Qt::ShiftModifier);
    QCOMPARE(fleet.view().order, (QList<devices::SortBy>{{devices::Column::Platform},
                                                         {devices::Column::User, Qt::DescendingOrder}}));
    QCOMPARE(table->horizontalHeader()->sortIndicatorSection(), int(devices::Column::Platform));
    QCOMPARE(table->model()->headerData(int(devices::Column::User), Qt::Horizontal).toString(),
             QStringLiteral("User ▾2"));
    stage.search(QStringLiteral("user3 id-0000"));
    stage.picture("46-marked");
}

void FleetTest::columnsRemembered()
{
    QTemporaryDir folder;
    {
        Stage stage({1280, 800}, QStringLiteral("light"), folder.path());
        // The table is shown once there are devices.
        stage.window().open(nowhere());
        stage.window().desk()->loader().cancel();
        stage.window().desk()->fleet().merge({device(1)});
        auto* header = stage.find<QTableView>("devices")->horizontalHeader();
        const auto middle = [header](Column column) {
            return QPoint(header->sectionViewportPosition(int(column)) + header->sectionSize(int(column)) / 2,
                          header->height() / 2);
        };
        hands::drag(header->viewport(), middle(Column::Version), middle(Column::Name) - QPoint(20, 0));
        QCOMPARE(header->visualIndex(int(Column::Version)), 1);
        hands::click(header->viewport(), {.at = middle(Column::Seen), .button = Qt::RightButton});
        hands::choose(QStringLiteral("Seen"));
        QVERIFY(header->isSectionHidden(int(Column::Seen)));
        hands::press(Qt::Key_Q, Qt::ControlModifier);
        QVERIFY(!stage.window().isVisible());
    }
    Stage stage({1280, 800}, QStringLiteral("light"), folder.path());
    const auto* header = stage.find<QTableView>("devices")->horizontalHeader();
    QCOMPARE(header->visualIndex(int(devices::Column::Version)), 1);
    QVERIFY(header->isSectionHidden(int(devices::Column::Seen)));
}

/// The cached devices are shown before the service answers, marked as not confirmed.
void FleetTest::rememberedAtStart()
{
    QTemporaryDir folder;
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("300")});
    auto connection = sandbox.connection();
    {
        Stage stage({1280, 800}, QStringLiteral("light"), folder.path());
        stage.window().open(connection);
        EVENTUALLY_COMPARE(stage.window().desk()->fleet().size(), 300);
        EVENTUALLY(QFile::exists(
            stage.paths().data.filePath(QStringLiteral("devices-") + connection.endpoint.accountId)));
    }
    Stage stage({1280, 800}, QStringLiteral("light"), folder.path());
    const auto there = connection.endpoint.baseUrl;
    connection.endpoint.baseUrl = nowhere().endpoint.baseUrl;
    stage.window().open(connection);
    auto& fleet = stage.window().desk()->fleet();
    EVENTUALLY_COMPARE(fleet.size(), 300);
    QCOMPARE(fleet.remembered(), 300);
    auto* counts = stage.find<QLabel>("deviceCounts");
    EVENTUALLY2(counts->text().contains(QStringLiteral("300 of them as of ")), qPrintable(counts->text()));
    stage.picture("47-remembered");
    // The service decides: devices that it lists are confirmed, the others are removed.
    fleet.beginRefresh();
    auto first = fleet.viewAt(0);
    fleet.merge({first});
    fleet.endRefresh(true);
    QCOMPARE(fleet.size(), 1);
    QCOMPARE(fleet.remembered(), 0);
}

/// Loading was stopped: a search then also asks the service.
void FleetTest::serviceSearched()
{
    // Each reply is held until the test advances the time.
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("5000"), QStringLiteral("--latency-ms"),
                     QStringLiteral("30"), QStringLiteral("--clock"), QStringLiteral("manual")});
    Stage stage;
    stage.window().open(sandbox.connection());
    auto* desk = stage.window().desk();
    const auto isThere = [&](auto condition) {
        return support::eventually([&] {
            sandbox.pass(std::chrono::seconds(1));
            return condition();
        });
    };
    QVERIFY(isThere([desk] { return desk->fleet().size() > 0; }));
    QPushButton* stop = nullptr;
    for (auto* one : stage.window().findChildren<QPushButton*>()) {
        if (one->text() == QStringLiteral("Stop loading"))
            stop = one;
    }
    hands::click(stop);
    QVERIFY(!desk->loader().isRunning());
    const auto loaded = desk->fleet().size();
    QVERIFY(loaded < 4000);
    stage.search(QStringLiteral("zoe190"));
    QCOMPARE(desk->fleet().viewSize(), 0);
    QVERIFY(isThere([desk] { return desk->fleet().viewSize() > 0; }));
    QVERIFY(desk->fleet().size() > loaded);
    QVERIFY(desk->fleet().viewAt(0).email.startsWith(QStringLiteral("zoe190")));
}

/// A search without results hides the table.  Leaving the search field with Down or Enter works all the same,
/// and the search can be corrected.
void FleetTest::searchedAgain()
{
    for (const auto leave : {Qt::Key_Down, Qt::Key_Return, Qt::Key_Enter}) {
        Stage stage;
        stage.window().open(nowhere());
        stage.window().desk()->loader().cancel();
        stage.window().desk()->fleet().merge({device(1), device(2)});
        stage.search(QStringLiteral("zzzz"));
        const auto* search = stage.find<QLineEdit>("search");
        const auto* table = stage.find<QTableView>("devices");
        EVENTUALLY_COMPARE(table->model()->rowCount(), 0);
        hands::press(leave);
        hands::press(Qt::Key_A, Qt::ControlModifier);
        hands::type(QStringLiteral("user1 example"));
        QCOMPARE(search->text(), QStringLiteral("user1 example"));
        EVENTUALLY_COMPARE(table->model()->rowCount(), 1);
        QVERIFY(search->hasFocus());
        hands::press(leave);
        EVENTUALLY(table->hasFocus());
    }
}

/// A name or an ID is enough; each field reports its own error, and the form starts with the searched text.
void FleetTest::byHand()
{
    QTemporaryDir folder;
    const auto id = QStringLiteral("f174e90a-fafe-4643-bbbc-4a0ed4fc8415");
    {
        Stage stage({1280, 800}, QStringLiteral("light"), folder.path());
        stage.window().open(nowhere());
        auto* desk = stage.window().desk();
        desk->loader().cancel();
        desk->fleet().merge({device(1)});
        stage.search(QStringLiteral("AWAY-LT-7"));
        EVENTUALLY_COMPARE(desk->fleet().viewSize(), 0);
        hands::choose(QStringLiteral("Devices"), QStringLiteral("Add a device by hand"));
        auto* dialog = stage.dialog("handDialog");
        const auto note = [dialog](const char* name) {
            return dialog->findChild<QLabel*>(QLatin1StringView(name));
        };
        QCOMPARE(dialog->findChild<QLineEdit*>(QStringLiteral("handName"))->text(),
                 QStringLiteral("AWAY-LT-7"));
        QVERIFY(note("handNote")->text().contains(QStringLiteral("waits until")));
        hands::press(Qt::Key_Tab);
        hands::type(QStringLiteral("laptop"));
        QVERIFY(note("handIdNote")->isVisible());
        QVERIFY(note("handIdNote")->text().contains(QStringLiteral("this has 6")));
        hands::press(Qt::Key_Tab);
        hands::type(QStringLiteral("ana"));
        QVERIFY(note("handEmailNote")->isVisible());
        stage.picture("48-by-hand-wrong", dialog);
        hands::press(Qt::Key_Return);
        QVERIFY(!stage.isClosed("handDialog")); // it reports why, and the focus has not moved
        QVERIFY(dialog->findChild<QLineEdit*>(QStringLiteral("handId"))->hasFocus());
        hands::type(id);
        QVERIFY(!note("handIdNote")->isVisible());
        hands::press(Qt::Key_Tab);
        hands::type(QStringLiteral("ana@example.com"));
        QVERIFY(!note("handEmailNote")->isVisible());
        stage.picture("48-by-hand", dialog);
        hands::press(Qt::Key_Return);
        QVERIFY(stage.isClosed("handDialog"));
        QCOMPARE(desk->fleet().ticked().size(), 1);
        QCOMPARE(desk->fleet().ticked().first().deviceId, id);
        QCOMPARE(desk->fleet().ticked().first().email, QStringLiteral("ana@example.com"));

        // One device known by name alone, and one that the service lists after all.
        hands::choose(QStringLiteral("Devices"), QStringLiteral("Add a device by hand"));
        QVERIFY(stage.dialog("handDialog"));
        hands::press(Qt::Key_Return);
        QVERIFY(!stage.isClosed("handDialog"));
        hands::type(QStringLiteral("AWAY-LT-8"));
        hands::press(Qt::Key_Return);
        QVERIFY(stage.isClosed("handDialog"));
        QCOMPARE(desk->fleet().tickedCount(), 2);
        hands::choose(QStringLiteral("Devices"), QStringLiteral("Add a device by hand"));
        QVERIFY(stage.dialog("handDialog"));
        hands::type(device(1).name);
        hands::press(Qt::Key_Return);
        QVERIFY(stage.isClosed("handDialog"));
        QVERIFY(desk->fleet().isTicked(device(1).key()));

        // A search within the list does not claim that a listed device may be offline.
        auto* deviceLists = stage.find<QListWidget>("deviceLists");
        const auto* empty = stage.find<QLabel>("devicesEmpty");
        hands::click(deviceLists, listNamed(stage, QStringLiteral("Added by hand")));
        stage.search(device(1).name);
        EVENTUALLY2(empty->text().startsWith(QStringLiteral("No device of this list matches")),
                    qPrintable(empty->text()));
        hands::click(deviceLists, listNamed(stage, QStringLiteral("All")));
        EVENTUALLY_COMPARE(desk->fleet().viewSize(), 1);
        stage.search({});

        // A refresh that does not list them does not remove them.
        desk->fleet().beginRefresh();
        desk->fleet().endRefresh(true);
        QCOMPARE(desk->fleet().tickedCount(), 3);
        const auto plan = desk->plan({.pcap = api::PcapArgs{}, .diag = {}});
        QCOMPARE(plan.awaited.size(), 3);
        QCOMPARE(plan.leftOut.size(), 0);
        QCOMPARE(stage.find<QListWidget>("deviceLists")->count(), 3); // all, ticked, and added by hand
    }
    Stage stage({1280, 800}, QStringLiteral("light"), folder.path());
    stage.window().open(nowhere());
    auto* lists = stage.find<QListWidget>("deviceLists");
    QCOMPARE(lists->count(), 3);
    QVERIFY(lists->item(2)->text().startsWith(QStringLiteral("Added by hand")));
    hands::click(lists, lists->model()->index(2, 0));
    QCOMPARE(stage.window().desk()->fleet().viewSize(), 2);
}

/// A machine with several users is one row; the operator chooses the user.
void FleetTest::machineOfSeveralUsers()
{
    Stage stage;
    stage.window().open(nowhere());
    auto& fleet = stage.window().desk()->fleet();
    auto kiosk = device(1);
    kiosk.name = QStringLiteral("KIOSK-17");
    QList<Device> rows;
    for (const auto* user : {"front@example.com", "late@example.com", "night@example.com"}) {
        kiosk.registrationId = kiosk.email = QLatin1StringView(user);
        kiosk.lastSeen = kiosk.lastSeen->addSecs(10);
        rows << kiosk;
    }
    rows << device(2) << device(3);
    fleet.merge(rows);
    auto* table = stage.find<QTableView>("devices");
    const auto* counts = stage.find<QLabel>("deviceCounts");
    const auto at = [&](Column column) {
        return table->model()->index(fleet.viewRow(kiosk.key()), int(column));
    };
    QCOMPARE(table->model()->rowCount(), 3);
    QCOMPARE(at(Column::Name).data().toString(), QStringLiteral("KIOSK-17"));
    QCOMPARE(at(Column::User).data().toString(), QStringLiteral("3 users ▸"));
    QVERIFY(!at(Column::Tick).data(Qt::CheckStateRole).isValid());
    stage.picture("56-machine-closed");

    // Space expands the row and ticks no user; on one of the users it ticks that user.
    hands::click(table, at(Column::Name));
    hands::press(Qt::Key_Space);
    QCOMPARE(table->model()->rowCount(), 5);
    QCOMPARE(fleet.tickedCount(), 0);
    QVERIFY2(counts->text().contains(QLatin1StringView("several users")), qPrintable(counts->text()));
    QCOMPARE(at(Column::Name).data().toString(), QStringLiteral("KIOSK-17 · 3 users ▾"));
    hands::press(Qt::Key_Down);
    hands::press(Qt::Key_Space);
    QCOMPARE(fleet.ticked().size(), 1);
    QCOMPARE(fleet.ticked().first().email, QStringLiteral("late@example.com"));
    QVERIFY(!counts->text().contains(QLatin1StringView("several users")));
    stage.picture("57-machine-open");

    // A row with a ticked user does not collapse.
    hands::press(Qt::Key_Left);
    QCOMPARE(table->model()->rowCount(), 5);
    hands::press(Qt::Key_Space);
    hands::press(Qt::Key_Left);
    QCOMPARE(table->model()->rowCount(), 3);
    QCOMPARE(table->currentIndex().row(), at(Column::Name).row());
    hands::press(Qt::Key_Right);
    QCOMPARE(table->model()->rowCount(), 5);
    hands::press(Qt::Key_Left);

    // The mouse does the same: a click on the tick box expands, a double click on the name expands or
    // collapses.
    hands::click(table, at(Column::Tick));
    QCOMPARE(table->model()->rowCount(), 5);
    QCOMPARE(fleet.tickedCount(), 0);
    hands::doubleClick(table->viewport(), {.at = table->visualRect(at(Column::Name)).center()});
    QCOMPARE(table->model()->rowCount(), 3);

    // Copying the row copies all of its users.
    hands::click(table, at(Column::Name));
    hands::press(Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text().count(u'\n'), 2);

    // A search that matches one user shows that user alone, ready to be ticked.
    stage.search(QStringLiteral("night"));
    QCOMPARE(table->model()->rowCount(), 1);
    hands::click(table, table->model()->index(0, int(Column::Name)));
    hands::press(Qt::Key_Space);
    QCOMPARE(fleet.ticked().first().email, QStringLiteral("night@example.com"));
}

CAPTUREDESK_SUITE(test_ui_fleet, FleetTest)
#include "fleet.moc"
