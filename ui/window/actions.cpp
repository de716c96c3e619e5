// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/actions.h"

#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>

#include "ui/common/act.h"
#include "ui/common/numbers.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/devices/devicepane.h"
#include "ui/devices/deviceview.h"
#include "ui/devices/listbar.h"
#include "ui/options/optionspanel.h"
#include "ui/results/resultspane.h"
#include "ui/window/diagnostics.h"
#include "ui/window/mainwindow.h"
#include "ui/window/topbar.h"

namespace ui {

namespace {

template<class Act>
QAction* add(QMenu* menu, const QString& text, const QKeySequence& keys, Act act)
{
    auto* action = menu->addAction(text);
    action->setShortcut(keys);
    onTriggered(action, menu, act);
    return action;
}

void addAppearance(QMenu* menu, MainWindow* window)
{
    auto* group = new QActionGroup(menu);
    const auto chosen = window->surroundings().settings->get(storage::setting::appearance);
    for (const auto& [name, text] :
         {std::pair("system", MainWindow::tr("Appearance of the system")),
          std::pair("light", MainWindow::tr("Light")), std::pair("dark", MainWindow::tr("Dark"))}) {
        const auto id = QString::fromLatin1(name);
        auto* action = add(menu, text, {}, [window, id] { window->setAppearance(id); });
        action->setCheckable(true);
        action->setChecked(chosen == id);
        group->addAction(action);
    }
}

} // namespace

void addMenus(MainWindow* window)
{
    auto* bar = window->menuBar();

    auto* file = bar->addMenu(MainWindow::tr("&File"));
    add(file, MainWindow::tr("&Connect to an account…"), {}, [window] { window->connectAccount(); });
    file->setToolTipsVisible(true); // the tool tips say why an entry is disabled
    for (auto* action :
         {add(file, MainWindow::tr("&Edit this connection…"), {}, [window] { window->editConnection(); }),
          add(file, MainWindow::tr("Re&move this connection…"), {},
              [window] { window->removeConnection(); })})
        QObject::connect(window, &MainWindow::connectionsChanged, action, [window, action] {
            const auto obstacle = window->obstacleToEditing();
            action->setEnabled(obstacle.isEmpty());
            action->setToolTip(obstacle);
            action->setStatusTip(obstacle);
        });
    add(file, MainWindow::tr("Open the &sandbox"), {}, [window] { window->openSandbox(); });
    file->addSeparator();
    add(file, MainWindow::tr("&Load a device list…"), QKeySequence::Open,
        [window] { window->listBar()->importFile(); });
    add(file, MainWindow::tr("&Paste rows as a device list…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V),
        [window] { window->listBar()->paste(); });
    add(file, MainWindow::tr("&Folder of the device lists…"), {},
        [window] { window->listBar()->chooseFolder(); });
    file->addActions(window->resultsPane()->exportActions());
    file->addSeparator();
    add(file, MainWindow::tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), [window] { window->close(); });

    auto* devices = bar->addMenu(MainWindow::tr("&Devices"));
    add(devices, MainWindow::tr("&Refresh"), QKeySequence(Qt::Key_F5), [window] { window->refresh(); });
    add(devices, MainWindow::tr("&Find"), QKeySequence(Qt::CTRL | Qt::Key_F), [window] { window->find(); });
    devices->addSeparator();
    add(devices, MainWindow::tr("&Tick or untick what is highlighted"), {},
        [window] { window->devicePane()->view()->tickHighlighted(); });
    add(devices, MainWindow::tr("Tick &all shown"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A),
        [window] { window->devicePane()->tickShown(); });
    add(devices, MainWindow::tr("&Untick all"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_U), [window] {
        if (window->desk())
            window->desk()->fleet().clearTicks();
    });
    add(devices, MainWindow::tr("Add a device by &hand…"), {},
        [window] { window->devicePane()->addByHand(); });
    auto* again = add(devices, MainWindow::tr("Tick the same again"), {}, [window] {
        if (window->desk())
            window->desk()->tickLastAgain();
    });
    QObject::connect(devices, &QMenu::aboutToShow, again, [window, again] {
        const auto ticked = window->desk() ? window->desk()->lastRunSize() : 0;
        again->setEnabled(ticked > 0);
        again->setText(ticked > 0 ? MainWindow::tr("Tick the same %1 again").arg(count(ticked))
                                  : MainWindow::tr("Tick the same again"));
    });
    devices->addSeparator();
    add(devices, MainWindow::tr("&Save ticked as a list…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S),
        [window] { window->listBar()->saveTicked(); });

    auto* undo = add(devices, MainWindow::tr("U&ndo"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z),
                     [window] { window->listBar()->undo(); });
    QObject::connect(devices, &QMenu::aboutToShow, undo, [window, undo] {
        const auto what = window->listBar()->undoText();
        undo->setText(what.isEmpty() ? MainWindow::tr("U&ndo")
                                     : MainWindow::tr("U&ndo %1").arg(menuText(shown(what))));
    });

    auto* captures = bar->addMenu(MainWindow::tr("&Captures"));
    auto* run =
        add(captures, MainWindow::tr("Review and &run…"), {}, [window] { window->optionsPanel()->review(); });
    run->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    add(captures, MainWindow::tr("&Ticket"), QKeySequence(Qt::CTRL | Qt::Key_T),
        [window] { window->optionsPanel()->focusTicket(); });
    add(captures, MainWindow::tr("&Newest result"), QKeySequence(Qt::CTRL | Qt::Key_2),
        [window] { window->resultsPane()->focusNewest(); });
    captures->addSeparator();
    captures->addActions(window->resultsPane()->captureActions());
    captures->addSeparator();
    add(captures, MainWindow::tr("Audit lo&g…"), {}, [window] { window->showTrail(); });
    auto* keep = add(captures, MainWindow::tr("&Keep captures for colleagues…"), {},
                     [window] { window->chooseReserve(); });
    QObject::connect(captures, &QMenu::aboutToShow, keep,
                     [window, keep] { keep->setEnabled(window->desk() != nullptr); });

    auto* view = bar->addMenu(MainWindow::tr("&View"));
    addAppearance(view, window);

    auto* help = bar->addMenu(MainWindow::tr("&Help"));
    add(help, MainWindow::tr("&Copy diagnostics"), {}, [window] { copyDiagnostics(window); });
    add(help, MainWindow::tr("&About Capture Desk"), {}, [window] { window->about(); });
}

} // namespace ui
