// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/menus.h"

#include <vector>

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>

#include "captures/desk.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/devices/devicepane.h"
#include "ui/devices/devicetable.h"
#include "ui/devices/listpanel.h"
#include "ui/options/optionspanel.h"
#include "ui/results/resultspane.h"
#include "ui/window/mainwindow.h"

namespace ui {

using namespace Qt::StringLiterals;

Menus::Menus(const Places& places)
    : QObject(places.window)
    , m_places(places)
    , m_needOpen(new QActionGroup(this))
    , m_appearances(new QActionGroup(this))
{
    m_needOpen->setExclusionPolicy(QActionGroup::ExclusionPolicy::None);
    makeFile();
    makeDevices();
    makeCaptures();
    makeView();
    makeHelp();
}

void Menus::setOpen(bool open)
{
    m_needOpen->setEnabled(open);
}

void Menus::setAppearance(Appearance appearance)
{
    for (auto* action : m_appearances->actions()) {
        if (action->data().toInt() == int(appearance))
            action->setChecked(true);
    }
}

void Menus::makeFile()
{
    auto* window = m_places.window;
    auto* menu = window->menuBar()->addMenu(tr("&File"));
    menu->addAction(icon("connect"_L1), tr("&Connect to an account…"), QKeySequence(Qt::CTRL | Qt::Key_O),
                    window, &MainWindow::connectToAccount);
    auto* accounts = menu->addMenu(icon("account"_L1), tr("&Switch connection"));
    connect(accounts, &QMenu::aboutToShow, this,
            [this, accounts] { m_places.window->fillAccounts(accounts); });
    menu->addSeparator();
    menu->addAction(m_places.lists->importAction());
    menu->addSeparator();
    menu->addActions(m_places.results->exportActions());
    menu->addSeparator();
    auto* quit = menu->addAction(icon("quit"_L1), tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), window,
                                 [window] { window->close(); });
    quit->setMenuRole(QAction::QuitRole);
}

void Menus::makeDevices()
{
    auto* window = m_places.window;
    auto* table = m_places.devices->table();
    auto* menu = window->menuBar()->addMenu(tr("&Devices"));
    m_refresh = menu->addAction(icon("refresh"_L1), tr("&Refresh"), QKeySequence(Qt::Key_F5), window,
                                &MainWindow::refresh);
    m_needOpen->addAction(menu->addAction(icon("search"_L1), tr("&Find"), QKeySequence(Qt::CTRL | Qt::Key_F),
                                          window, &MainWindow::focusSearch));
    menu->addSeparator();

    m_tickHighlighted = menu->addAction(icon("ticked"_L1), tr("&Tick or untick highlighted"), table,
                                        &DeviceTable::tickHighlighted);
    // In the table only: Space is a letter everywhere else.
    m_tickHighlighted->setShortcut(QKeySequence(Qt::Key_Space));
    m_tickHighlighted->setShortcutContext(Qt::WidgetShortcut);
    table->addAction(m_tickHighlighted);
    m_tickShown = menu->addAction(tr("Tick all &shown"), this, [this] {
        auto& fleet = m_places.window->desk()->fleet();
        std::vector<devices::Key> keys;
        keys.reserve(std::size_t(fleet.viewSize()));
        for (int row = 0; row < fleet.viewSize(); ++row)
            keys.push_back(fleet.viewAt(row).key());
        fleet.setTicked(keys, true);
    });
    m_untick =
        menu->addAction(tr("&Untick all"), this, [this] { m_places.window->desk()->fleet().clearTicks(); });
    m_again = menu->addAction(tr("Tick the same &again"), this,
                              [this] { m_places.window->desk()->tickLastAgain(); });
    menu->addSeparator();
    menu->addAction(m_places.lists->saveTickedAction());
    for (auto* action : {m_refresh, m_tickHighlighted, m_tickShown, m_untick, m_again})
        m_needOpen->addAction(action);
    connect(menu, &QMenu::aboutToShow, this, &Menus::rewordDevices);
}

/// Only the words: an entry that was switched off here would take its key with it until the menu opens again.
void Menus::rewordDevices()
{
    const auto* desk = m_places.window->desk();
    const auto again = desk ? desk->lastRunSize() : 0;
    m_again->setText(again == 0
                         ? tr("Tick the same &again")
                         : counted(again, tr("Tick the same device &again"), tr("Tick the same %1 &again")));
}

void Menus::makeCaptures()
{
    auto* menu = m_places.window->menuBar()->addMenu(tr("&Captures"));
    auto* review =
        menu->addAction(icon("run"_L1), tr("Review and &run…"), m_places.options, &OptionsPanel::review);
    review->setObjectName(u"reviewAction"_s);
    review->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    auto* ticket = menu->addAction(icon("ticket"_L1), tr("&Ticket"), QKeySequence(Qt::CTRL | Qt::Key_T),
                                   m_places.options, &OptionsPanel::focusTicket);
    menu->addSeparator();
    auto* newest = menu->addAction(tr("&Newest result"), QKeySequence(Qt::CTRL | Qt::Key_2), m_places.results,
                                   &ResultsPane::focusNewest);
    menu->addActions(m_places.results->captureActions());
    for (auto* action : {review, ticket, newest})
        m_needOpen->addAction(action);
}

void Menus::makeView()
{
    auto* window = m_places.window;
    auto* menu = window->menuBar()->addMenu(tr("&View"));
    auto* appearance = menu->addMenu(tr("&Appearance"));
    const std::pair<Appearance, QString> choices[] = {{Appearance::System, tr("As the &desktop")},
                                                      {Appearance::Light, tr("&Light")},
                                                      {Appearance::Dark, tr("Da&rk")}};
    for (const auto& [choice, text] : choices) {
        auto* action = appearance->addAction(text);
        action->setCheckable(true);
        action->setData(int(choice));
        m_appearances->addAction(action);
        connect(action, &QAction::triggered, window,
                [window, wanted = choice] { window->setAppearance(wanted); });
    }
    auto* columns = menu->addMenu(tr("&Columns shown"));
    connect(columns, &QMenu::aboutToShow, this, [this, columns] {
        columns->clear();
        m_places.devices->table()->fillColumnsMenu(columns);
    });
}

void Menus::makeHelp()
{
    auto* window = m_places.window;
    auto* menu = window->menuBar()->addMenu(tr("&Help"));
    menu->addAction(tr("&Where data lives"), window, &MainWindow::showPlaces);
    menu->addAction(icon("info"_L1), tr("&About Capture Desk"), window, &MainWindow::showAbout)
        ->setMenuRole(QAction::AboutRole);
}

} // namespace ui
