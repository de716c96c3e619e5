// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAction>
#include <QApplication>

namespace ui {

/// Calls `act` when `action` is triggered, except on auto-repeat and while a modal dialog is open.  A
/// shortcut still reaches the window for a moment after a dialog was opened, so without this check a second
/// Ctrl+Enter would open a second review.
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
