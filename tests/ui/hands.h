// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <source_location>

#include <QPoint>
#include <QString>

class QAbstractItemView;
class QComboBox;
class QLineEdit;
class QMenu;
class QMimeData;
class QModelIndex;
class QToolButton;
class QWidget;

/// \brief Keyboard and mouse as an operator has them: a key goes to the window that has the keyboard, and
/// from there where Qt sends it; a click goes to what is at that place.
///
/// A test never chooses the widget that gets an event.  A key fails the test where nothing has the focus; a
/// click fails it where the widget is hidden, disabled, covered, or behind a menu or a dialog.  The failure
/// names the caller's line, and what follows it does nothing.
namespace hands {

using Here = std::source_location;

void press(Qt::Key key, Qt::KeyboardModifiers with = {}, Here here = Here::current());
/// Pressed, repeated so often as a keyboard does with a held key, and released.
void hold(Qt::Key key, Qt::KeyboardModifiers with, int repeats, Here here = Here::current());
void type(const QString& text, Here here = Here::current());
/// From the clipboard, for texts that no keyboard has.
void paste(const QString& text, Here here = Here::current());
/// Clicks into a field and replaces what is in it.
void fill(QLineEdit* field, const QString& text, Here here = Here::current());

/// \param at in the widget; null: its middle
struct Click {
    QPoint at = {};
    Qt::KeyboardModifiers with = {};
    Qt::MouseButton button = Qt::LeftButton;
};
void click(QWidget* widget, const Click& how = {}, Here here = Here::current());
void doubleClick(QWidget* widget, const Click& how = {}, Here here = Here::current());
/// Presses at one place of a widget and releases at another.
void drag(QWidget* widget, QPoint from, QPoint to, Here here = Here::current());
/// Scrolls to a cell and clicks it.
void click(QAbstractItemView* view, const QModelIndex& index, const Click& how = {},
           Here here = Here::current());
/// Opens a combo box and picks with the keys.
void pick(QComboBox* box, int index, Here here = Here::current());
/// Clicks an entry of the open menu.  \param text as it is shown, or its start
void choose(const QString& text, Here here = Here::current());
/// Clicks a button that opens a menu, and an entry of that.
void choose(QToolButton* button, const QString& text, Here here = Here::current());
/// Opens a menu of the active window's menu bar and clicks an entry.
void choose(const QString& menu, const QString& text, Here here = Here::current());

/// Moves something that is dragged over a window, and drops it.  The events go to the window, which finds the
/// widget that takes them; where the drag begins is not part of it: the offscreen platform cannot drag.
/// \returns whether something takes it
bool drop(QWidget* on, QPoint at, QMimeData& mime, Here here = Here::current());

} // namespace hands
