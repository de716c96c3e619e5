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

/// \brief Simulates keyboard and mouse as an operator uses them: a key goes to the window with the keyboard
/// focus and then wherever Qt sends it; a click goes to the widget at that position.
///
/// A test never chooses the widget that gets an event.  A key fails the test where no widget has the focus; a
/// click fails it where the widget is hidden, disabled, covered, or behind a menu or a dialog.  The failure
/// names the caller's line; later calls do nothing.
namespace hands {

using Here = std::source_location;

void press(Qt::Key key, Qt::KeyboardModifiers with = {}, Here here = Here::current());
/// Presses the key, repeats it as often as a held key would, and releases it.
void hold(Qt::Key key, Qt::KeyboardModifiers with, int repeats, Here here = Here::current());
void type(const QString& text, Here here = Here::current());
/// Pastes from the clipboard, for texts that no keyboard can type.
void paste(const QString& text, Here here = Here::current());
/// Clicks into a field and replaces its text.
void fill(QLineEdit* field, const QString& text, Here here = Here::current());

/// \param at position in the widget; null: its centre
struct Click {
    QPoint at = {};
    Qt::KeyboardModifiers with = {};
    Qt::MouseButton button = Qt::LeftButton;
};
void click(QWidget* widget, const Click& how = {}, Here here = Here::current());
void doubleClick(QWidget* widget, const Click& how = {}, Here here = Here::current());
/// Presses at one position of a widget and releases at another.
void drag(QWidget* widget, QPoint from, QPoint to, Here here = Here::current());
/// Scrolls to a cell and clicks it.
void click(QAbstractItemView* view, const QModelIndex& index, const Click& how = {},
           Here here = Here::current());
/// Opens a combo box and chooses an entry by keyboard.
void pick(QComboBox* box, int index, Here here = Here::current());
/// Clicks an entry of the open menu.  \param text the visible text, or its start
void choose(const QString& text, Here here = Here::current());
/// Clicks a button that opens a menu, then an entry of that menu.
void choose(QToolButton* button, const QString& text, Here here = Here::current());
/// Opens a menu of the active window's menu bar and clicks an entry.
void choose(const QString& menu, const QString& text, Here here = Here::current());

/// Drags `mime` over a window and drops it.  The events go to the window, which finds the widget that accepts
/// them. The start of the drag is not simulated: the offscreen platform cannot drag.
/// \returns whether a widget accepts it
bool drop(QWidget* on, QPoint at, QMimeData& mime, Here here = Here::current());

} // namespace hands
