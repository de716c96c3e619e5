// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Position and size of the window at the start of the program.

#include <QLineEdit>
#include <QScreen>
#include <QTest>

#include "support/suite.h"
#include "hands.h"
#include "stage.h"
#include "support/eventually.h"
#include "ui/common/placement.h"
#include "ui/devices/listbar.h"
#include "ui/options/optionspanel.h"

class Placement : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whole_data();
    void whole();
    void firstStart();
    void screenThatIsGone();
    void smallScreens_data();
    void smallScreens();
};

void Placement::whole_data()
{
    QTest::addColumn<QRect>("window");
    QTest::addColumn<QList<QRect>>("screens");
    QTest::addColumn<QRect>("expected");
    const QRect left(0, 0, 1280, 800), right(1280, 0, 1920, 1080), above(0, -1080, 1920, 1080);
    QTest::newRow("it is whole") << QRect(10, 20, 1000, 700) << QList{left} << QRect(10, 20, 1000, 700);
    QTest::newRow("as large as the screen") << left << QList{left} << left;
    QTest::newRow("on a screen that is gone")
        << QRect(1400, 100, 1200, 700) << QList{left} << QRect(80, 100, 1200, 700);
    QTest::newRow("on one above that is gone")
        << QRect(100, -900, 1200, 700) << QList{left} << QRect(80, 0, 1200, 700);
    QTest::newRow("larger than what is there")
        << QRect(1300, 0, 1900, 1000) << QList{left} << QRect(0, 0, 1280, 800);
    QTest::newRow("over two screens")
        << QRect(1200, 100, 1000, 700) << QList{left, right} << QRect(1280, 100, 1000, 700);
    QTest::newRow("partly outside") << QRect(-500, 700, 1000, 700) << QList{left} << QRect(0, 100, 1000, 700);
    QTest::newRow("on the second screen")
        << QRect(1300, 50, 1200, 900) << QList{left, right} << QRect(1300, 50, 1200, 900);
    QTest::newRow("far away: on the first")
        << QRect(9000, 9000, 800, 600) << QList{right, left} << QRect(2400, 480, 800, 600);
    QTest::newRow("screens above each other")
        << QRect(100, -600, 1000, 700) << QList{left, above} << QRect(100, -700, 1000, 700);
    QTest::newRow("under a panel") << QRect(0, 0, 1280, 800) << QList{QRect(0, 28, 1280, 772)}
                                   << QRect(0, 28, 1280, 772);
    QTest::newRow("no screen at all") << left << QList<QRect>{} << left;
}

void Placement::whole()
{
    QFETCH(const QRect, window);
    QFETCH(const QList<QRect>, screens);
    QTEST(ui::wholeOnScreen(window, screens), "expected");
}

/// The window's default size, on a screen that is smaller.
void Placement::firstStart()
{
    Stage stage;
    ui::MainWindow window(stage.window().surroundings());
    const auto screen = window.screen()->availableGeometry();
    QVERIFY2(screen.width() < 1280, "the platform's screen is as large as the window");
    QVERIFY(screen.contains(window.geometry()));
}

void Placement::screenThatIsGone()
{
    Stage stage;
    const auto screen = stage.window().screen()->availableGeometry();
    stage.window().setGeometry(screen.right() + 300, screen.bottom() + 200, 700, 600);
    stage.settings().set(storage::setting::windowGeometry, stage.window().saveGeometry());
    const ui::MainWindow window(stage.window().surroundings());
    QVERIFY(screen.contains(window.geometry()));
}

void Placement::smallScreens_data()
{
    QTest::addColumn<QSize>("screen");
    QTest::addColumn<bool>("isWhole");
    // 1280x800 pixels, minus the title bar and the frame.
    QTest::newRow("100 %") << QSize(1280 - 4, 800 - 24) << true;
    QTest::newRow("150 %") << QSize(853 - 4, 533 - 24) << true;
    QTest::newRow("200 %") << QSize(640 - 4, 400 - 24) << false;
}

/// The window shrinks to the screen; a widget outside the visible area is scrolled into view when it gets the
/// focus.
void Placement::smallScreens()
{
    QFETCH(const QSize, screen);
    QFETCH(const bool, isWhole);
    Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("20")});
    Stage stage(screen);
    auto& window = stage.window();
    window.open(sandbox.connection());
    EVENTUALLY(window.desk()->loader().isWhole());
    QCOMPARE(window.size(), screen);
    const auto inSight = [&window](const QWidget* widget) {
        const QRect place(widget->mapTo(&window, QPoint()), widget->size());
        return window.rect().contains(place) && widget->visibleRegion().boundingRect() == widget->rect();
    };
    if (isWhole) {
        EVENTUALLY(inSight(window.optionsPanel()) && inSight(window.listBar()));
        window.tell(QStringLiteral("A message above it, of some length. ").repeated(3));
        EVENTUALLY(inSight(window.optionsPanel()) && inSight(window.listBar()));
    }
    stage.picture(screen.width() > 1000 ? "65-at-100-percent"
                  : isWhole             ? "66-at-150-percent"
                                        : "67-at-200-percent");
    hands::press(Qt::Key_T, Qt::ControlModifier);
    EVENTUALLY(inSight(stage.find<QLineEdit>("ticket")));
    if (!isWhole)
        stage.picture("68-at-200-percent-ticket");
    hands::press(Qt::Key_F, Qt::ControlModifier);
    EVENTUALLY(inSight(stage.find<QLineEdit>("search")));
}

CAPTUREDESK_SUITE(test_ui_placement, Placement)

#include "placement.moc"
