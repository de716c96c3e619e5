// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The appearance of the window and what a screen reader gets: changes of the appearance, selected and
// highlighted rows, rows that cannot be ticked, devices without a name, menus by keyboard.

#include <algorithm>
#include <cmath>

#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QStatusBar>
#include <QTableView>
#include <QTest>
#include <QPushButton>

#include "desktop.h"
#include "devices/loader.h"
#include "hands.h"
#include "mockportal.h"
#include "stage.h"
#include "support/eventually.h"
#include "support/suite.h"
#include "ui/common/desktoplook.h"
#include "ui/common/theme.h"

using devices::Column;
using devices::Device;

class LookTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void changedWhileRunning_data();
    void changedWhileRunning();
    void dialogChangedWhileOpen();
    void selectedRows_data();
    void selectedRows();
    void markedText();
    void withoutName();
    void cannotBeTicked();
    void menusByKeyboard();
    void statusLine_data();
    void statusLine();
    void followsTheDesktop();
};

namespace {

constexpr double readable = 4.5; ///< contrast of texts, as WCAG 2 requires
constexpr double visible = 3;    ///< contrast of symbols

Device lookDevice(int number)
{
    return {.deviceId = QStringLiteral("look-%1").arg(number),
            .registrationId = QStringLiteral("r-%1").arg(number),
            .email = QStringLiteral("somebody.with.a.long.name%1@example.com").arg(number),
            .name = QStringLiteral("LOOK-%1").arg(number),
            .platform = QStringLiteral("windows"),
            .status = number % 3 == 0 ? QStringLiteral("disconnected") : QStringLiteral("connected"),
            .version = QStringLiteral("2026.1.1.0"),
            .lastSeen = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC)};
}

Device ineligible(int number, const QString& reason)
{
    auto device = lookDevice(number);
    device.platform = QStringLiteral("ios");
    device.eligible = false;
    device.ineligibleReason = reason;
    return device;
}

/// Opens an account whose URL nothing answers, with these devices.
devices::Fleet& openWithDevices(Stage& stage, const QList<Device>& rows)
{
    stage.window().open({.kind = connections::Connection::Kind::Typed,
                         .name = QStringLiteral("Contoso"),
                         .endpoint = {.baseUrl = QUrl(QStringLiteral("http://127.0.0.1:1/client/v4")),
                                      .accountId = QString(32, u'a'),
                                      .credentials = api::BearerToken{QStringLiteral("token-for-a-test")}}});
    auto& desk = *stage.window().desk();
    desk.loader().cancel();
    desk.fleet().merge(rows);
    return desk.fleet();
}

double luminance(const QColor& color)
{
    const auto linear = [](double part) {
        return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)}); // by value
    return (lighter + 0.05) / (darker + 0.05);
}

/// The strongest contrast between any pixel of a picture and a colour.
double strongest(const QImage& picture, const QColor& to)
{
    double most = 0;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x)
            most = std::max(most, contrast(picture.pixelColor(x, y), to));
    }
    return most;
}

QImage cellOf(const QTableView* table, int row, Column column)
{
    return table->viewport()->grab(table->visualRect(table->model()->index(row, int(column)))).toImage();
}

/// A picture of the window showing something of each colour.
QImage everyColor(Stage& stage, const QString& change)
{
    auto incomplete = lookDevice(5);
    incomplete.status.clear();
    openWithDevices(stage, {lookDevice(1), lookDevice(2), lookDevice(3), lookDevice(4), incomplete,
                            ineligible(6, QStringLiteral("platform"))});
    auto* table = stage.find<QTableView>("devices");
    hands::click(table, table->model()->index(0, int(Column::Name)));
    hands::press(Qt::Key_Down, Qt::ShiftModifier);
    hands::press(Qt::Key_Space);
    hands::click(stage.find<QPushButton>("change"));
    hands::fill(stage.find<QLineEdit>("timeLimit"), QStringLiteral("45"));
    hands::fill(stage.find<QLineEdit>("packetSize"), QStringLiteral("1,5"));
    if (!change.isEmpty())
        hands::choose(QStringLiteral("View"), change);
    stage.window().statusBar()->clearMessage();
    hands::click(table, table->model()->index(1, int(Column::Name)));
    hands::press(Qt::Key_Up, Qt::ShiftModifier);
    table->scrollToTop();
    // The counts are updated with a delay.
    [&] { EVENTUALLY(stage.find<QListWidget>("deviceLists")->item(1)->text().endsWith(u'2')); }();
    // Network messages arrive at any time: this one is the last, so only its layout has to be awaited.
    stage.window().tell(QStringLiteral("The service cannot be reached."));
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    return stage.window().grab().toImage();
}

} // namespace

void LookTest::initTestCase()
{
    QApplication::setCursorFlashTime(0);
}

void LookTest::changedWhileRunning_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("change");
    QTest::newRow("to dark") << QStringLiteral("light") << QStringLiteral("Dark");
    QTest::newRow("to light") << QStringLiteral("dark") << QStringLiteral("Light");
}

/// After a change of the appearance, each pixel is the same as in a window that started with it.
void LookTest::changedWhileRunning()
{
    QFETCH(QString, before);
    QFETCH(QString, change);
    QImage changed, begun;
    {
        Stage stage({1280, 800}, before);
        changed = everyColor(stage, change);
        stage.picture(qPrintable(QStringLiteral("58-changed-to-%1").arg(change.toLower())));
    }
    {
        Stage stage({1280, 800}, change.toLower());
        begun = everyColor(stage, {});
    }
    QVERIFY(!changed.isNull());
    QCOMPARE(changed.size(), begun.size());
    QStringList different;
    for (int y = 0; y < begun.height() && different.size() < 10; ++y) {
        for (int x = 0; x < begun.width() && different.size() < 10; ++x) {
            if (changed.pixel(x, y) != begun.pixel(x, y))
                different << QStringLiteral("%1,%2: %3, not %4")
                                 .arg(x)
                                 .arg(y)
                                 .arg(changed.pixelColor(x, y).name(), begun.pixelColor(x, y).name());
        }
    }
    QVERIFY2(different.isEmpty(), qPrintable(different.join(u'\n')));
}

void LookTest::dialogChangedWhileOpen()
{
    Stage stage;
    openWithDevices(stage, {lookDevice(1)});
    // A banner that is already shown.
    EVENTUALLY(stage.find<QLabel>("bannerText")->isVisible());
    const auto* sign = stage.find<QLabel>("bannerIcon");
    const auto asLight = sign->pixmap().toImage();
    stage.window().setAppearance(QStringLiteral("dark"));
    EVENTUALLY(sign->pixmap().toImage() != asLight);
    stage.window().setAppearance(QStringLiteral("light"));
    EVENTUALLY_COMPARE(sign->pixmap().toImage(), asLight);

    hands::choose(QStringLiteral("File"), QStringLiteral("Connect to an account"));
    auto* dialog = stage.dialog("connectDialog");
    QVERIFY(dialog);
    const auto tones = [dialog] {
        QSet<QRgb> seen;
        for (const auto* label : dialog->findChildren<QLabel*>()) {
            const auto color = label->palette().color(QPalette::WindowText);
            seen.insert(color.rgb());
            if (contrast(color, dialog->palette().color(QPalette::Window)) < readable)
                return QStringLiteral("%1 is not readable").arg(label->objectName());
        }
        if (seen.contains(ui::tone(ui::Tone::Bad).rgb()))
            return QString();
        QStringList names;
        for (const auto color : std::as_const(seen))
            names << QColor(color).name();
        return QStringLiteral("no error has its colour, but ") + names.join(u' ');
    };
    QCOMPARE(tones(), QString());
    for (const auto* appearance : {"dark", "light"}) {
        stage.window().setAppearance(QLatin1StringView(appearance));
        EVENTUALLY_COMPARE(tones(), QString());
    }
}

void LookTest::selectedRows_data()
{
    QTest::addColumn<QString>("appearance");
    QTest::newRow("light") << QStringLiteral("light");
    QTest::newRow("dark") << QStringLiteral("dark");
}

/// Tick boxes, ticked and not, and texts are visible on the background of several selected rows.
void LookTest::selectedRows()
{
    QFETCH(QString, appearance);
    Stage stage({1280, 800}, appearance);
    openWithDevices(stage, {lookDevice(1), lookDevice(2), lookDevice(3), lookDevice(4)});
    auto* table = stage.find<QTableView>("devices");
    for (const int row : {0, 2})
        stage.tick(row);
    hands::click(table, table->model()->index(0, int(Column::Name)));
    for (int i = 0; i < 3; ++i)
        hands::press(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(table->selectionModel()->selectedRows().size(), 4);
    stage.picture(qPrintable(QStringLiteral("59-selected-%1").arg(appearance)));

    const auto palette = table->palette();
    const auto band = palette.color(QPalette::Highlight);
    QVERIFY(contrast(palette.color(QPalette::HighlightedText), band) >= readable);
    QVERIFY(contrast(band, palette.color(QPalette::Base)) >= 1.2); // is visible
    QVERIFY(contrast(band, palette.color(QPalette::Base)) <= 2);   // and is not too strong
    const auto ticked = cellOf(table, 2, Column::Tick);
    const auto unticked = cellOf(table, 1, Column::Tick);
    QCOMPARE(ticked.pixelColor(1, 2), band);
    QCOMPARE(unticked.pixelColor(1, 2), band);
    QVERIFY2(strongest(ticked, band) >= visible, qPrintable(QString::number(strongest(ticked, band))));
    QVERIFY2(strongest(unticked, band) >= visible, qPrintable(QString::number(strongest(unticked, band))));
    // A ticked box is filled: its centre differs from that of an empty box, and its check mark is visible on
    // the fill.
    const auto fill = QApplication::palette().color(QPalette::Highlight);
    QVERIFY(strongest(ticked, fill) >= visible);
    QVERIFY(contrast(fill, palette.color(QPalette::Base)) >= visible);
    QVERIFY(ticked != unticked);
}

/// Highlighted letters are wider than others: the text is measured as it is drawn, and is elided without
/// cutting a letter.
void LookTest::markedText()
{
    Stage stage;
    openWithDevices(stage, {lookDevice(6880)});
    auto* table = stage.find<QTableView>("devices");
    stage.search(QStringLiteral("somebody.with.a.long.name6880@exa"));
    EVENTUALLY_COMPARE(table->model()->rowCount(), 1);
    const auto index = table->model()->index(0, int(Column::User));
    // Where the text is cut there is an ellipsis: pixels at the base line, and none above.
    const auto metrics = table->fontMetrics();
    const int dots = metrics.horizontalAdvance(u'…');
    for (int width = 60; width < 300; width += 3) {
        table->setColumnWidth(int(Column::User), width);
        const auto cell = cellOf(table, 0, Column::User);
        const auto end = cell.width() - 4; // without the cell's margin
        const auto background = cell.pixel(cell.width() - 1, 1);
        const int foot = (cell.height() + metrics.ascent() - metrics.descent()) / 2 - 3;
        const auto ink = [&](const QRect& area) {
            for (int y = area.top(); y <= area.bottom(); ++y) {
                for (int x = area.left(); x <= area.right(); ++x) {
                    if (cell.pixel(x, y) != background)
                        return true;
                }
            }
            return false;
        };
        const QRect last(end - dots + 3, 0, dots, cell.height());
        QVERIFY2(!ink({last.left(), 0, last.width(), foot}),
                 qPrintable(QStringLiteral("cut at %1").arg(width)));
        QVERIFY2(ink(last.adjusted(-dots, foot, 0, 0)),
                 qPrintable(QStringLiteral("no dots at %1").arg(width)));
    }
    stage.picture("60-marked");
    // A column that was resized to its contents shows the whole text.
    table->resizeColumnToContents(int(Column::User));
    const auto fitted = cellOf(table, 0, Column::User);
    table->setColumnWidth(int(Column::User), table->columnWidth(int(Column::User)) + 60);
    const auto wide = cellOf(table, 0, Column::User).copy(fitted.rect());
    QCOMPARE(fitted.copy(fitted.rect().adjusted(0, 0, -4, 0)), wide.copy(wide.rect().adjusted(0, 0, -4, 0)));
    QVERIFY(index.isValid());
}

/// The accessible name of a device without a name consists of its other properties.
void LookTest::withoutName()
{
    Stage stage;
    auto nameless = lookDevice(1);
    nameless.name.clear();
    auto blank = lookDevice(2);
    blank.name = QStringLiteral(" \u00a0 ");
    auto phone = ineligible(3, QStringLiteral("platform"));
    phone.name.clear();
    auto& fleet = openWithDevices(stage, {nameless, blank, phone});
    const auto* table = stage.find<QTableView>("devices");
    const auto spoken = [&](const Device& device, Column column) {
        return table->model()
            ->index(fleet.viewRow(device.key()), int(column))
            .data(Qt::AccessibleTextRole)
            .toString();
    };
    QCOMPARE(spoken(nameless, Column::Tick), QStringLiteral("look-1 not ticked"));
    QCOMPARE(spoken(nameless, Column::Name), QStringLiteral("look-1"));
    QCOMPARE(spoken(blank, Column::Tick), QStringLiteral("look-2 not ticked"));
    QCOMPARE(spoken(blank, Column::Name), QStringLiteral("look-2"));
    QCOMPARE(spoken(phone, Column::Tick), QStringLiteral("look-3 cannot be ticked: platform not supported"));
    stage.tick(nameless.key());
    QCOMPARE(spoken(nameless, Column::Tick), QStringLiteral("look-1 ticked"));
}

/// Space and a click that have no effect explain why, on the screen and to a screen reader.
void LookTest::cannotBeTicked()
{
    Stage stage;
    auto& fleet = openWithDevices(stage, {lookDevice(1), ineligible(2, QStringLiteral("platform")),
                                          ineligible(3, QStringLiteral("the client version"))});
    auto* table = stage.find<QTableView>("devices");
    const auto* bar = stage.window().statusBar();
    const auto says = [&](const QString& sentence) {
        QCOMPARE(bar->currentMessage(), sentence);
        auto* spoken = QAccessible::queryAccessibleInterface(stage.window().statusBar());
        QCOMPARE(spoken->text(QAccessible::Name), sentence);
        QCOMPARE(fleet.tickedCount(), 0);
        stage.window().statusBar()->clearMessage();
    };
    const auto row = [&](int number) {
        return table->model()->index(fleet.viewRow(lookDevice(number).key()), int(Column::Name));
    };
    const auto phone = QStringLiteral("LOOK-2 cannot be ticked: platform not supported.");
    hands::click(table, row(2));
    QVERIFY(bar->currentMessage().isEmpty());
    hands::press(Qt::Key_Space);
    says(phone);
    hands::click(table, row(2).siblingAtColumn(int(Column::Tick)));
    says(phone);
    hands::click(table, row(3));
    hands::press(Qt::Key_Space);
    says(QStringLiteral("LOOK-3 cannot be ticked: client too old."));
    hands::click(table, row(2));
    hands::press(Qt::Key_Down, Qt::ShiftModifier);
    hands::press(Qt::Key_Space);
    says(QStringLiteral("2 devices cannot be ticked. ") + phone);
    // No row is highlighted.
    hands::press(Qt::Key_Home, Qt::ControlModifier);
    table->clearSelection();
    hands::press(Qt::Key_Space);
    says(QStringLiteral("Highlight a device first: the arrow keys go to it."));
    // Among tickable rows, those that cannot be ticked are named; unticking needs no explanation.
    hands::press(Qt::Key_A, Qt::ControlModifier);
    hands::press(Qt::Key_Space);
    QCOMPARE(fleet.tickedCount(), 1);
    QCOMPARE(bar->currentMessage(), QStringLiteral("2 devices cannot be ticked. ") + phone);
    stage.window().statusBar()->clearMessage();
    hands::press(Qt::Key_Space);
    QCOMPARE(fleet.tickedCount(), 0);
    QCOMPARE(bar->currentMessage(), QString());
}

/// Shift+F10 opens the same menu as the right mouse button.
void LookTest::menusByKeyboard()
{
    Stage stage;
    openWithDevices(stage, {lookDevice(1), lookDevice(2)});
    auto* table = stage.find<QTableView>("devices");
    const auto opens = [](const QString& entry) {
        hands::press(Qt::Key_F10, Qt::ShiftModifier);
        const auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu);
        const auto actions = menu->actions();
        QVERIFY(std::ranges::any_of(
            actions, [&](const QAction* action) { return action->text().remove(u'&').startsWith(entry); }));
        hands::press(Qt::Key_Escape);
        QVERIFY(!QApplication::activePopupWidget());
    };
    hands::click(table, table->model()->index(0, int(Column::Name)));
    opens(QStringLiteral("Tick or untick"));
    hands::click(stage.find<QListWidget>("deviceLists"));
    opens(QStringLiteral("Folder of the lists"));
    hands::click(stage.find<QLineEdit>("search"));
    opens(QStringLiteral("Undo"));
    // Entries of the menu File that do not apply to an unsaved account are disabled.
    const auto menus = stage.window().menuBar()->findChildren<QMenu*>();
    for (auto* menu : menus) {
        const auto actions = menu->actions();
        for (const auto* action : actions) {
            if (action->text().contains(QStringLiteral("this connection"))) {
                Q_EMIT menu->aboutToShow();
                QVERIFY2(!action->isEnabled(), qPrintable(action->text()));
            }
        }
    }
    // Shift+F10 with further modifiers opens no menu.
    hands::press(Qt::Key_F10, Qt::ShiftModifier | Qt::ControlModifier);
    QVERIFY(!QApplication::activePopupWidget());
}

void LookTest::statusLine_data()
{
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::newRow("left to right") << Qt::LeftToRight;
    QTest::newRow("right to left") << Qt::RightToLeft;
}

/// The message keeps the window's margin on both sides, and is elided where it is too long.
void LookTest::statusLine()
{
    QFETCH(const Qt::LayoutDirection, direction);
    Stage stage;
    stage.window().setLayoutDirection(direction);
    openWithDevices(stage, {lookDevice(1)});
    auto* bar = stage.window().statusBar();
    bar->showMessage(QString(2000, u'W'));
    auto* slowed = stage.find<QLabel>("slowed");
    for (const bool atEnd : {false, true}) {
        slowed->setText(QStringLiteral("WWW"));
        slowed->setVisible(atEnd);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        const auto picture = bar->grab().toImage();
        const auto isEmpty = [&](int x) {
            for (int y = 3; y < picture.height() - 1; ++y) {
                if (contrast(picture.pixelColor(x, y), bar->palette().color(QPalette::Window)) > visible)
                    return false;
            }
            return true;
        };
        int first = 0, last = picture.width() - 1;
        while (first < last && isEmpty(first))
            ++first;
        while (first < last && isEmpty(last))
            --last;
        constexpr int margin = 10;
        QVERIFY2(first >= margin && last < picture.width() - margin,
                 qPrintable(QStringLiteral("%1 to %2 of %3").arg(first).arg(last).arg(picture.width())));
    }
    stage.picture(direction == Qt::LeftToRight ? "65-status" : "66-status-rtl");
}

/// The window follows the desktop's settings portal, at the start and later; the operator's own choice has
/// priority.
void LookTest::followsTheDesktop()
{
    Desktop session;
    QVERIFY(session.startBus());
    MockPortal portal(session.address());
    const auto bus = QDBusConnection::connectToBus(session.address(), QStringLiteral("look"));
    const auto isDark = [] { return QApplication::palette().color(QPalette::Window).lightness() < 128; };
    portal.scheme = 1;
    QVERIFY(portal.start());
    ui::DesktopLook desktop(bus);
    EVENTUALLY_COMPARE(desktop.isDark(), std::optional(true));
    Stage stage({1280, 800}, QStringLiteral("system"), {}, {}, &desktop);
    QVERIFY(isDark());
    portal.change(2);
    EVENTUALLY(!isDark());
    portal.change(1);
    EVENTUALLY(isDark());
    stage.picture("67-desktop-is-dark");
    portal.change(0); // no preference: the palette decides
    EVENTUALLY(!isDark());
    hands::choose(QStringLiteral("View"), QStringLiteral("Dark"));
    QVERIFY(isDark());
    portal.change(2);
    EVENTUALLY_COMPARE(desktop.isDark(), std::optional(false));
    QVERIFY(isDark());
    hands::choose(QStringLiteral("View"), QStringLiteral("Appearance of the system"));
    QVERIFY(!isDark());
    // Also a portal that starts later.
    portal.stop();
    portal.scheme = 1;
    QVERIFY(portal.start());
    portal.change(1);
    EVENTUALLY(isDark());
    QDBusConnection::disconnectFromBus(QStringLiteral("look"));
}

CAPTUREDESK_SUITE(test_ui_look, LookTest)
#include "look.moc"
