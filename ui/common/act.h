// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAction>
#include <QApplication>

namespace ui {

/// Does something when the action is triggered; not again while a key is held, and not while a dialog is
/// open: a shortcut still comes to the window for a moment after one has been opened, and a second Ctrl+Enter
/// would open a second review.
template<class Act>
void onTriggered(QAction* action, QObject* context, Act act)
{
    action->setAutoRepeat(false);
    QObject::connect(action, &QAction::triggered, context, [act] {
        if (!QApplication::activeModalWidget())
            act();
    });
}

} // namespace ui
