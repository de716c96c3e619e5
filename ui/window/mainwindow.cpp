// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/mainwindow.h"

#include <algorithm>

#include <QApplication>
#include <QCloseEvent>
#include <QCryptographicHash>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QNetworkAccessManager>
#include <QPointer>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/common/lines.h"
#include "ui/common/text.h"
#include "ui/connect/accounts.h"
#include "ui/connect/connectdialog.h"
#include "ui/connect/firstpage.h"
#include "ui/devices/devicepane.h"
#include "ui/devices/devicetable.h"
#include "ui/devices/listpanel.h"
#include "ui/devices/savedlists.h"
#include "ui/options/optionspanel.h"
#include "ui/results/resultspane.h"
#include "ui/window/about.h"
#include "ui/window/banner.h"
#include "ui/window/menus.h"
#include "ui/window/topbar.h"
#include "ui/window/troubles.h"

namespace ui {

using namespace Qt::StringLiterals;
using captures::Desk;
using connections::Connection;

MainWindow::MainWindow(Needs needs, QWidget* parent)
    : QMainWindow(parent)
    , m_needs(std::move(needs))
    , m_preferences(m_needs.settings)
    , m_pages(new QStackedWidget(this))
    , m_work(new QWidget(this))
    , m_accountMenu(new QMenu(this))
    , m_top(new TopBar(m_accountMenu, m_work))
    , m_banner(new Banner(m_work))
    , m_lists(new ListPanel(m_work))
    , m_devices(new DevicePane(m_needs.clock, m_work))
    , m_results(new ResultsPane(m_needs.settings, m_work))
    , m_options(new OptionsPanel(m_work))
    , m_sides(new ThinSplitter(Qt::Horizontal, m_work))
    , m_halves(new ThinSplitter(Qt::Vertical, m_work))
    , m_asOf(new QLabel(this))
{
    setObjectName(u"mainWindow"_s);
    setWindowTitle(tr("Capture Desk"));
    setAcceptDrops(true);
    setContextMenuPolicy(Qt::NoContextMenu);
    makePlaces();
    m_menus = new Menus({this, m_lists, m_devices, m_options, m_results});
    m_menus->setAppearance(m_preferences.appearance());
    m_menus->setOpen(false);
    m_top->refreshButton()->setDefaultAction(m_menus->refreshAction());
    connectPlaces();
    if (!restoreGeometry(m_preferences.geometry()))
        resize(1280, 800);
}

MainWindow::~MainWindow()
{
    // The places let go of the desks before these go.
    m_results->setDesk(nullptr);
    m_options->setDesk(nullptr);
    m_devices->setDesk(nullptr);
    m_lists->setSource(nullptr, nullptr);
    m_banner->setTroubles(nullptr);
}

void MainWindow::makePlaces()
{
    auto* upper = new QWidget(m_halves);
    auto* column = new QVBoxLayout(upper);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banner);
    column->addWidget(m_devices, 1);
    m_halves->addWidget(upper);
    m_halves->addWidget(m_results);
    m_halves->setStretchFactor(0, 3);
    m_halves->setStretchFactor(1, 1);

    m_sides->addWidget(m_lists);
    m_sides->addWidget(m_halves);
    m_sides->addWidget(m_options);
    m_sides->setStretchFactor(0, 0);
    m_sides->setStretchFactor(1, 1);
    m_sides->setStretchFactor(2, 0);
    m_lists->setMinimumWidth(140);
    m_options->setMinimumWidth(280);
    sharePlaces();

    auto* work = new QVBoxLayout(m_work);
    work->setContentsMargins(0, 0, 0, 0);
    work->setSpacing(0);
    work->addWidget(m_top);
    work->addWidget(new Hairline(m_work));
    work->addWidget(m_sides, 1);
    work->addWidget(new Hairline(m_work));
    m_pages->addWidget(m_work);
    setCentralWidget(m_pages);

    statusBar()->setSizeGripEnabled(false);
    m_asOf->setObjectName(u"asOf"_s);
    m_asOf->setTextFormat(Qt::PlainText);
    m_asOf->setContentsMargins(0, 0, 8, 0);
    statusBar()->addPermanentWidget(m_asOf);
    m_devices->table()->setColumns(m_preferences.deviceColumns());
}

/// Fourteen devices and five results in a window of 1280 x 800; as it was left, another day.
void MainWindow::sharePlaces()
{
    if (!m_sides->restoreState(m_preferences.sides()))
        m_sides->setSizes({165, 815, 300});
    if (!m_halves->restoreState(m_preferences.halves()))
        m_halves->setSizes({460, 220});
}

void MainWindow::connectPlaces()
{
    auto* search = m_top->search();
    connect(m_accountMenu, &QMenu::aboutToShow, this, [this] { fillAccounts(m_accountMenu); });
    connect(search, &QLineEdit::textChanged, this, &MainWindow::search);
    connect(search, &SearchField::toTable, m_devices->table(), &DeviceTable::enter);
    connect(m_banner, &Banner::tryAgain, this, &MainWindow::refresh);
    connect(m_devices, &DevicePane::clearSearch, this, [this] {
        m_top->search()->clear();
        focusSearch();
    });
    connect(m_devices, &DevicePane::showTicked, m_lists, &ListPanel::showTicked);
    connect(m_devices->table(), &DeviceTable::columnsChanged, this,
            [this] { m_preferences.setDeviceColumns(m_devices->table()->columns()); });
    connect(m_lists, &ListPanel::listShown, m_devices, &DevicePane::setList);
    connect(m_lists, &ListPanel::problem, this, &MainWindow::tell);
    connect(m_lists, &ListPanel::message, this,
            [this](const QString& text) { statusBar()->showMessage(text, 8'000); });
    connect(m_results, &ResultsPane::message, this,
            [this](const QString& text) { statusBar()->showMessage(text, 8'000); });
}

Desk* MainWindow::desk() const
{
    return m_shown ? m_shown->desk.get() : nullptr;
}

QDir MainWindow::listFolder(const Connection& connection) const
{
    auto name = connection.name;
    if (connection.kind == Connection::Kind::Environment)
        name += u' ' + connection.endpoint.accountId; // another customer's tomorrow, perhaps
    auto folder = QString::fromLatin1(QUrl::toPercentEncoding(name, " "));
    if (folder.size() > 100) // a file name has an end
        folder =
            QString::fromLatin1(QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256).toHex());
    return QDir(m_needs.data.filePath(u"lists/"_s + folder));
}

MainWindow::Opened* MainWindow::make(const Connection& connection)
{
    auto opened = std::make_unique<Opened>();
    opened->network = m_needs.makeNetwork();
    opened->desk = m_needs.makeDesk(connection, opened->network.get());
    opened->lists = std::make_unique<SavedLists>(listFolder(connection));
    opened->troubles = std::make_unique<Troubles>(opened->desk.get());
    auto* raw = opened.get();
    connect(raw->desk.get(), &Desk::quotaChanged, this, &MainWindow::rewordQuota);
    connect(raw->desk.get(), &Desk::runEnded, this, [this, raw](qint64 run) { followed(raw, run); });
    connect(&raw->desk->loader(), &devices::Loader::finished, this,
            [this, raw](const std::optional<api::Error>& error) { readEnded(raw, !error); });
    m_opened.push_back(std::move(opened));
    return raw;
}

void MainWindow::open(const Connection& connection)
{
    const auto found = std::ranges::find_if(
        m_opened, [&connection](const auto& opened) { return opened->desk->connection() == connection; });
    const bool isNew = found == m_opened.end();
    auto* opened = isNew ? make(connection) : found->get();
    bringUp(opened);
    m_preferences.setLastConnection(connection.name);
    if (isNew) {
        opened->lists->reload();
        refresh();
    }
}

void MainWindow::openSandbox()
{
    if (const auto sandbox = m_needs.accounts->sandbox())
        open(*sandbox);
    else if (m_shown)
        tell(sandbox.error());
    else
        showFirstPage(sandbox.error());
}

void MainWindow::bringUp(Opened* opened)
{
    if (m_shown)
        m_shown->search = m_top->search()->text();
    m_shown = opened;
    auto* desk = opened->desk.get();
    const auto label = shown(desk->connection().label(), 120);
    setWindowTitle(tr("Capture Desk: %1").arg(label));
    m_top->setAccount(label);
    m_banner->setTroubles(opened->troubles.get());
    m_devices->setDesk(desk);
    m_lists->setSource(&desk->fleet(), opened->lists.get());
    m_options->setDesk(desk);
    m_results->setDesk(desk);
    m_top->search()->setText(opened->search);
    m_menus->setOpen(true);
    m_asOf->clear();
    rewordQuota();
    m_pages->setCurrentWidget(m_work);
    focusSearch();
}

void MainWindow::showFirstPage(const QString& problem)
{
    if (!m_first) {
        m_first = new FirstPage(m_needs.accounts->hasSandbox(), m_pages);
        connect(m_first, &FirstPage::sandboxChosen, this, &MainWindow::openSandbox);
        connect(m_first, &FirstPage::connectChosen, this, &MainWindow::connectToAccount);
        m_pages->addWidget(m_first);
    }
    m_first->setProblem(problem);
    m_pages->setCurrentWidget(m_first);
    m_first->setFocus();
}

void MainWindow::tell(const QString& problem)
{
    if (m_shown)
        m_shown->troubles->tell(problem);
    else
        showFirstPage(problem);
}

void MainWindow::refresh()
{
    if (m_shown) {
        m_shown->desk->refresh();
        m_devices->table()->update();
        statusBar()->clearMessage();
    }
}

void MainWindow::focusSearch()
{
    m_top->search()->setFocus(Qt::ShortcutFocusReason);
    m_top->search()->selectAll();
}

void MainWindow::search(const QString& text)
{
    if (!m_shown)
        return;
    auto& fleet = m_shown->desk->fleet();
    auto view = fleet.view();
    view.filter = text;
    if (!(view == fleet.view()))
        fleet.setView(view);
}

void MainWindow::rewordQuota()
{
    if (m_shown)
        m_top->setQuota(m_shown->desk->quota(), m_needs.clock());
}

void MainWindow::readEnded(const Opened* opened, bool complete)
{
    if (opened == m_shown && complete)
        m_asOf->setText(tr("Devices as of %1").arg(clockTime(m_needs.clock(), m_needs.clock())));
}

void MainWindow::followed(const Opened* opened, qint64 run)
{
    int ready = 0;
    int others = 0;
    for (const auto& capture : opened->desk->captures()) {
        if (capture.run == run)
            ++(capture.state == captures::State::Ready ? ready : others);
    }
    // Where it is shown, the rows say it; the ticket and the customer stay out of what others may see.
    QApplication::alert(this);
    const QString text =
        others == 0 ? tr("%1 ready").arg(ready) : tr("%1 ready, %2 not").arg(ready).arg(others);
    statusBar()->showMessage(
        opened == m_shown
            ? tr("A run has ended: %1.").arg(text)
            : tr("A run at %1 has ended: %2.").arg(shown(opened->desk->connection().name, 60), text),
        15'000);
}

void MainWindow::fillAccounts(QMenu* menu)
{
    menu->clear();
    const auto* current = desk();
    const auto add = [this, menu, current](const QString& label, QLatin1StringView sign, bool isShown,
                                           auto act) {
        auto text = shown(label, 80);
        auto* action = menu->addAction(icon(sign), text.replace(u'&', u"&&"_s), this, act);
        action->setCheckable(true);
        action->setChecked(current && isShown);
    };
    const auto isShown = [current](const Connection& other) {
        return current && current->connection() == other;
    };
    if (m_needs.accounts->hasSandbox())
        add(sandboxName, "sandbox"_L1, current && current->connection().kind == Connection::Kind::Sandbox,
            [this] { openSandbox(); });
    if (const auto& environment = m_needs.accounts->environment())
        add(environment->label(), "account"_L1, isShown(*environment),
            [this, connection = *environment] { open(connection); });
    for (const auto& typed : m_needs.accounts->typed())
        add(typed.label(), "account"_L1, isShown(typed), [this, typed] { open(typed); });
    menu->addSeparator();
    menu->addAction(icon("connect"_L1), tr("Connect to an account…"), this, &MainWindow::connectToAccount);
}

void MainWindow::connectToAccount()
{
    auto* dialog = new ConnectDialog(
        m_needs.makeNetwork, [this](const QString& name) { return m_needs.accounts->hasName(name); }, this);
    connect(dialog, &ConnectDialog::tried, this, [this](const Connection& connection) {
        m_needs.accounts->add(connection);
        open(connection);
    });
    dialog->open();
}

void MainWindow::setAppearance(Appearance appearance)
{
    m_preferences.setAppearance(appearance);
    m_menus->setAppearance(appearance);
    applyAppearance(*qApp, appearance);
}

void MainWindow::showAbout()
{
    openAbout(this);
}

void MainWindow::showPlaces()
{
    openPlaces(this, m_needs.data);
}

int MainWindow::unsent() const
{
    int sum = 0;
    for (const auto& opened : m_opened)
        sum += opened->desk->unsent();
    return sum;
}

void MainWindow::askToQuit(int unsent)
{
    int onTheirWay = 0;
    for (const auto& opened : m_opened) {
        onTheirWay +=
            int(std::ranges::count_if(opened->desk->captures(), [](const captures::Capture& capture) {
                return !captures::isFinal(capture.state) && capture.state != captures::State::WaitingTurn;
            }));
    }
    openQuitQuestion(this, unsent, onTheirWay, [this] {
        m_leaving = true;
        close();
    });
}

void MainWindow::remember()
{
    m_preferences.setGeometry(saveGeometry());
    m_preferences.setSides(m_sides->saveState());
    m_preferences.setHalves(m_halves->saveState());
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (const int waiting = m_leaving ? 0 : unsent(); waiting > 0) {
        event->ignore();
        askToQuit(waiting);
        return;
    }
    remember();
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const auto urls = event->mimeData()->urls();
    if (m_shown && urls.size() == 1 && urls.first().isLocalFile())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const auto urls = event->mimeData()->urls();
    if (!m_shown || urls.size() != 1)
        return;
    event->acceptProposedAction();
    m_lists->importFile(urls.first().toLocalFile());
}

} // namespace ui
