// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "hands.h"

#include <algorithm>

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDropEvent>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QTest>
#include <QToolButton>
#include <QWindow>

#include "support/eventually.h"

namespace hands {

namespace {

void fail(const QString& words, const Here& here)
{
    QTest::qFail(qPrintable(words), here.file_name(), int(here.line()));
}

QString nameOf(const QWidget* widget)
{
    const auto* type = widget->metaObject()->className();
    return widget->objectName().isEmpty()
               ? QString::fromLatin1(type)
               : QStringLiteral("%1 “%2”").arg(QLatin1StringView(type), widget->objectName());
}

/// The topmost window: an open menu, a dialog or the main window.
QWidget* topWindow()
{
    if (auto* popup = QApplication::activePopupWidget())
        return popup;
    if (auto* dialog = QApplication::activeModalWidget())
        return dialog;
    const auto all = QApplication::topLevelWidgets();
    const auto found = std::ranges::find_if(
        all, [](const QWidget* one) { return one->isVisible() && qobject_cast<const QMainWindow*>(one); });
    return found == all.end() ? nullptr : *found;
}

/// The window that has the keyboard focus.  The offscreen platform has no window manager, which would move
/// the focus to the window below when one closes: this function does that.
QWindow* keyboardWindow()
{
    // Requested repeatedly: a window that closes may pass the focus on after the first request.
    QWindow* window = nullptr;
    const auto hasKeyboard = [&window] {
        auto* top = topWindow();
        window = top ? top->windowHandle() : nullptr;
        if (top && QGuiApplication::focusWindow() != window)
            top->activateWindow();
        return !top || QGuiApplication::focusWindow() == window;
    };
    return support::eventually(hasKeyboard) ? window : nullptr;
}

QWindow* windowForKeys(const Here& here)
{
    if (QTest::currentTestFailed())
        return nullptr;
    auto* window = keyboardWindow();
    if (!window)
        fail(QStringLiteral("No window has the keyboard."), here);
    else if (!QApplication::activePopupWidget() && !QApplication::focusWidget())
        fail(QStringLiteral("Nothing in “%1” has the focus.").arg(window->title()), here);
    else
        return window;
    return nullptr;
}

void layOut()
{
    // A changed widget may not be laid out yet.  A layout request of a parent causes one of the parent's
    // parent.
    for (int i = 0; i < 3; ++i)
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
}

/// Why a click at that position would not reach the widget; empty: it would.
QString obstacle(const QWidget* widget, QPoint at)
{
    if (!widget->isVisible())
        return QStringLiteral("It does not show.");
    if (!widget->isEnabled())
        return QStringLiteral("It is disabled.");
    const auto* window = widget->window();
    if (const auto* popup = QApplication::activePopupWidget(); popup && popup != window)
        return QStringLiteral("A menu is open: %1.").arg(nameOf(popup));
    if (const auto* dialog = QApplication::activeModalWidget();
        dialog && dialog != window && window->windowType() != Qt::Popup)
        return QStringLiteral("It is behind %1.").arg(nameOf(dialog));
    if (!widget->rect().contains(at))
        return QStringLiteral("The place is outside of it.");
    const auto* there = window->childAt(widget->mapTo(window, at));
    if (!there)
        there = window;
    if (there != widget && !widget->isAncestorOf(there))
        return QStringLiteral("At that place there is %1.").arg(nameOf(there));
    return {};
}

using MouseFunction = void (*)(QWindow*, Qt::MouseButton, Qt::KeyboardModifiers, QPoint, int);

void mouse(MouseFunction act, QWidget* widget, const Click& how, const Here& here)
{
    if (QTest::currentTestFailed())
        return;
    if (!widget) {
        fail(QStringLiteral("There is no such widget."), here);
        return;
    }
    (void)keyboardWindow();
    layOut();
    const auto at = how.at.isNull() ? widget->rect().center() : how.at;
    if (const auto why = obstacle(widget, at); !why.isEmpty()) {
        fail(QStringLiteral("%1 cannot be clicked. %2").arg(nameOf(widget), why), here);
        return;
    }
    act(widget->window()->windowHandle(), how.button, how.with, widget->mapTo(widget->window(), at), -1);
}

QString withoutMnemonics(const QString& text)
{
    return QString(text).remove(u'&').section(u'\t', 0, 0);
}

QAction* actionOf(const QWidget* menu, const QString& text)
{
    const auto actions = menu->actions();
    const auto found = std::ranges::find_if(actions, [&text](const QAction* action) {
        return action->isVisible() && withoutMnemonics(action->text()).startsWith(withoutMnemonics(text));
    });
    return found == actions.end() ? nullptr : *found;
}

} // namespace

void press(Qt::Key key, Qt::KeyboardModifiers with, Here here)
{
    if (auto* window = windowForKeys(here))
        QTest::keyClick(window, key, with);
}

void hold(Qt::Key key, Qt::KeyboardModifiers with, int repeats, Here here)
{
    // Each event goes to the window that has the keyboard focus at that time.
    if (auto* window = windowForKeys(here))
        QTest::keyPress(window, key, with);
    for (int i = 0; i < repeats; ++i) {
        if (auto* window = windowForKeys(here)) {
            QTest::simulateEvent(window, false, key, with, {}, true);
            QTest::simulateEvent(window, true, key, with, {}, true);
        }
    }
    if (auto* window = windowForKeys(here))
        QTest::keyRelease(window, key, with);
}

void type(const QString& text, Here here)
{
    for (const auto letter : text) {
        auto* window = windowForKeys(here);
        if (!window)
            return;
        const auto key = letter.unicode() < 128 ? Qt::Key(letter.toUpper().unicode()) : Qt::Key_unknown;
        const auto with = letter.isUpper() ? Qt::KeyboardModifiers(Qt::ShiftModifier) : Qt::NoModifier;
        QTest::simulateEvent(window, true, key, with, letter, false);
        QTest::simulateEvent(window, false, key, with, letter, false);
    }
}

void paste(const QString& text, Here here)
{
    QGuiApplication::clipboard()->setText(text);
    press(Qt::Key_V, Qt::ControlModifier, here);
}

void fill(QLineEdit* field, const QString& text, Here here)
{
    click(field, {}, here);
    press(Qt::Key_A, Qt::ControlModifier, here);
    press(Qt::Key_Delete, {}, here);
    const bool typed =
        std::ranges::all_of(text, [](QChar c) { return c.unicode() >= 32 && c.unicode() < 127; });
    if (typed && text.size() < 200)
        type(text, here);
    else
        paste(text, here);
}

void click(QWidget* widget, const Click& how, Here here)
{
    mouse(&QTest::mouseClick, widget, how, here);
}

void doubleClick(QWidget* widget, const Click& how, Here here)
{
    mouse(&QTest::mouseDClick, widget, how, here);
}

void drag(QWidget* widget, QPoint from, QPoint to, Here here)
{
    mouse(&QTest::mousePress, widget, {.at = from}, here);
    if (QTest::currentTestFailed())
        return;
    auto* window = widget->window()->windowHandle();
    const auto place = [widget](QPoint at) { return widget->mapTo(widget->window(), at); };
    // Through the middle: a drag starts only after the mouse has moved some pixels.
    QTest::mouseMove(window, place((from + to) / 2));
    QTest::mouseMove(window, place(to));
    QTest::mouseRelease(window, Qt::LeftButton, {}, place(to));
}

void click(QAbstractItemView* view, const QModelIndex& index, const Click& how, Here here)
{
    if (QTest::currentTestFailed())
        return;
    if (!index.isValid()) {
        fail(QStringLiteral("%1 has no such row.").arg(nameOf(view)), here);
        return;
    }
    view->scrollTo(index);
    auto there = how;
    if (there.at.isNull())
        there.at = (view->visualRect(index) & view->viewport()->rect()).center();
    mouse(&QTest::mouseClick, view->viewport(), there, here);
}

void pick(QComboBox* box, int index, Here here)
{
    click(box, {}, here);
    press(Qt::Key_Home, {}, here);
    for (int i = 0; i < index; ++i)
        press(Qt::Key_Down, {}, here);
    press(Qt::Key_Return, {}, here);
    if (!QTest::currentTestFailed() && box->currentIndex() != index)
        fail(QStringLiteral("%1 shows entry %2 instead of %3.")
                 .arg(nameOf(box))
                 .arg(box->currentIndex())
                 .arg(index),
             here);
}

void choose(const QString& text, Here here)
{
    if (QTest::currentTestFailed())
        return;
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    auto* action = menu ? actionOf(menu, text) : nullptr;
    if (!action)
        fail(QStringLiteral("No open menu has “%1”.").arg(text), here);
    else if (!action->isEnabled())
        fail(QStringLiteral("“%1” is disabled.").arg(text), here);
    else
        click(menu, {.at = menu->actionGeometry(action).center()}, here);
}

void choose(QToolButton* button, const QString& text, Here here)
{
    (void)keyboardWindow(); // waits for the focus, so that no queued event arrives before the click
    // The button's menu runs its own event loop, in which the click below stays until the menu closes.
    QMetaObject::invokeMethod(
        qApp,
        [text, here] {
            choose(text, here);
            if (auto* menu = QApplication::activePopupWidget())
                menu->close();
        },
        Qt::QueuedConnection);
    click(button, {}, here);
}

void choose(const QString& menu, const QString& text, Here here)
{
    if (QTest::currentTestFailed())
        return;
    auto* window = qobject_cast<QMainWindow*>(topWindow());
    auto* bar = window ? window->menuBar() : nullptr;
    auto* title = bar ? actionOf(bar, menu) : nullptr;
    if (!title) {
        fail(QStringLiteral("No menu “%1” can be opened.").arg(menu), here);
        return;
    }
    click(bar, {.at = bar->actionGeometry(title).center()}, here);
    choose(text, here);
}

bool drop(QWidget* on, QPoint at, QMimeData& mime, Here here)
{
    if (QTest::currentTestFailed())
        return false;
    layOut();
    if (const auto why = obstacle(on, at); !why.isEmpty()) {
        fail(QStringLiteral("Nothing can be dropped on %1. %2").arg(nameOf(on), why), here);
        return false;
    }
    auto* window = on->window()->windowHandle();
    const auto place = on->mapTo(on->window(), at);
    QDragEnterEvent enter(place, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(window, &enter);
    QDragMoveEvent move(place, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    move.setAccepted(enter.isAccepted()); // as Qt does for whoever handles the entering alone
    QCoreApplication::sendEvent(window, &move);
    if (!move.isAccepted()) {
        QDragLeaveEvent leave;
        QCoreApplication::sendEvent(window, &leave);
        return false;
    }
    QDropEvent dropped(place, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(window, &dropped);
    return dropped.isAccepted();
}

} // namespace hands
