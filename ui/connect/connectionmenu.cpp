// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connect/connectionmenu.h"

#include "ui/common/text.h"
#include "ui/connect/color.h"

namespace ui {

using connections::Connection;

ConnectionMenu::ConnectionMenu(QWidget* parent)
    : QMenu(parent)
{
}

void ConnectionMenu::setConnections(const QList<Connection>& saved, const QList<Connection>& others,
                                    const Connection* shownNow)
{
    clear();
    const auto add = [this, shownNow](const Connection& connection, auto act) {
        auto* action = addAction(patch(colorOf(connection)), menuText(shown(connection.label(), 60)));
        if (shownNow && connection.id == shownNow->id && connection.label() == shownNow->label()) {
            auto font = action->font();
            font.setBold(true);
            action->setFont(font);
        }
        connect(action, &QAction::triggered, this, act);
    };
    for (const auto& connection : saved)
        add(connection, [this, id = connection.id] { Q_EMIT openSaved(id); });
    for (const auto& connection : others)
        add(connection, [this, connection] { Q_EMIT openOther(connection); });
    addAction(tr("Sandbox"), this, &ConnectionMenu::openSandbox);
    addSeparator();
    addAction(tr("Connect to an account…"), this, &ConnectionMenu::connectAccount);
    const bool isSaved = shownNow && !shownNow->id.isEmpty();
    if (!isSaved)
        return;
    const auto name = menuText(shown(shownNow->name, 40));
    addAction(tr("Edit “%1”…").arg(name), this, &ConnectionMenu::edit);
    addAction(tr("Remove “%1”…").arg(name), this, &ConnectionMenu::remove);
}

} // namespace ui
