// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/dialogkeys.h"

#include <QApplication>
#include <QCheckBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QPushButton>
#include <QRadioButton>
#include <QWindow>

namespace ui {

namespace {

QAbstractButton* acceptingButton(const QDialog* dialog)
{
    const auto boxes = dialog->findChildren<QDialogButtonBox*>();
    for (const auto* box : boxes) {
        if (box->window() != dialog)
            continue; // the box belongs to a dialog that this one opened
        const auto buttons = box->buttons();
        for (auto* button : buttons) {
            if (box->buttonRole(button) == QDialogButtonBox::AcceptRole)
                return button;
        }
    }
    return nullptr;
}

/// Returns the focused button, if Enter shall press it: not a check box or a radio button.
QAbstractButton* focusedButton(const QDialog* dialog)
{
    auto* button = qobject_cast<QAbstractButton*>(dialog->focusWidget());
    return qobject_cast<QCheckBox*>(button) || qobject_cast<QRadioButton*>(button) ? nullptr : button;
}

/// Qt 6.4 makes the first button the focus proxy of its button box.  If the box itself comes between two of
/// its buttons in the tab order, Tab turns back there and never reaches the rest.
void letTabPass(const QDialog* dialog)
{
    const auto boxes = dialog->findChildren<QDialogButtonBox*>();
    for (auto* box : boxes) {
        if (box->window() == dialog)
            box->setFocusProxy(nullptr);
    }
}

} // namespace

DialogKeys::DialogKeys(captures::Clock clock, QWidget* window)
    : QObject(window)
    , m_clock(std::move(clock))
    , m_window(window)
{
    // Key events of the window system reach a QWindow first.  A filter there runs before the focused widget,
    // whichever widget that is; a dialog's own keyPressEvent runs after it, too late.
    qApp->installEventFilter(this);
}

QDialog* DialogKeys::dialogOf(const QObject* window) const
{
    const auto widgets = QApplication::topLevelWidgets();
    for (auto* widget : widgets) {
        if (widget->windowHandle() != window)
            continue;
        auto* dialog = qobject_cast<QDialog*>(widget);
        for (const QWidget* above = dialog; above; above = above->parentWidget()) {
            if (above == m_window)
                return dialog;
        }
        return nullptr;
    }
    return nullptr;
}

bool DialogKeys::eventFilter(QObject* watched, QEvent* event)
{
    const auto type = event->type();
    if (type == QEvent::WindowActivate || type == QEvent::Paint || type == QEvent::Hide) {
        if (const auto* dialog = qobject_cast<QDialog*>(watched))
            note(dialog, type);
        return false;
    }
    // An open menu or combo box handles its keys itself.
    if (type != QEvent::KeyPress || !watched->isWindowType() || QApplication::activePopupWidget())
        return false;
    auto* dialog = dialogOf(watched);
    return dialog && press(dialog, *static_cast<QKeyEvent*>(event));
}

/// The guard time starts when the dialog is active and painted: on a busy computer, keys are still queued
/// before that.
void DialogKeys::note(const QDialog* dialog, QEvent::Type type)
{
    if (type == QEvent::Hide) {
        m_painted.remove(dialog);
        m_since.remove(dialog);
        return;
    }
    if (type == QEvent::Paint)
        m_painted.insert(dialog);
    else
        letTabPass(dialog);
    if (dialog->isActiveWindow() && m_painted.contains(dialog) && !m_since.contains(dialog))
        m_since.insert(dialog, m_clock().steady);
}

bool DialogKeys::isGuarded(const QDialog* dialog)
{
    if (!m_painted.contains(dialog))
        return true;
    const auto now = m_clock().steady;
    // If the window manager activated nothing, the guard time starts with the first key.
    const auto since = m_since.constFind(dialog);
    return now - (since == m_since.cend() ? *m_since.insert(dialog, now) : *since) < guardTime;
}

/// \returns whether the key is handled, so that the dialog does not see it
bool DialogKeys::press(QDialog* dialog, const QKeyEvent& key)
{
    if (key.key() == Qt::Key_Escape)
        return key.isAutoRepeat();
    if (key.key() == Qt::Key_Space)
        return qobject_cast<QAbstractButton*>(dialog->focusWidget()) &&
               (key.isAutoRepeat() || isGuarded(dialog));
    if (key.key() != Qt::Key_Return && key.key() != Qt::Key_Enter)
        return false;
    if (key.isAutoRepeat() || isGuarded(dialog))
        return true;
    const auto modifiers = key.modifiers() & ~Qt::KeypadModifier;
    auto* focused = focusedButton(dialog);
    if (modifiers == Qt::NoModifier && !focused)
        return false; // Qt presses the default button
    auto* button = modifiers == Qt::NoModifier        ? focused
                   : modifiers == Qt::ControlModifier ? acceptingButton(dialog)
                                                      : nullptr;
    if (button && button->isVisible() && button->isEnabled())
        button->click();
    return true;
}

} // namespace ui
