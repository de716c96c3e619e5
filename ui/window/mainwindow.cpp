// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/mainwindow.h"

#include <algorithm>

#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QInputDialog>
#include <QLoggingCategory>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QNetworkAccessManager>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolButton>
#include <QVBoxLayout>

#include "connections/explain.h"
#include "ui/common/banner.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/connect/connectdialog.h"
#include "ui/connect/embedded.h"
#include "ui/connect/startpage.h"
#include "ui/devices/devicepane.h"
#include "ui/devices/deviceview.h"
#include "ui/devices/listbar.h"
#include "ui/options/optionspanel.h"
#include "ui/results/resultspane.h"
#include "ui/results/trail.h"
#include "ui/window/actions.h"
#include "ui/window/topbar.h"

namespace ui {

using connections::Act;
using connections::Connection;

namespace {

Q_LOGGING_CATEGORY(windowLog, "capturedesk.window", QtInfoMsg)

constexpr int messageMs = 8000;

/// Every text that must not reach a log.
QStringList secretsOf(const Connection& connection)
{
    if (const auto* bearer = std::get_if<api::BearerToken>(&connection.endpoint.credentials))
        return {bearer->token};
    return {std::get<api::EmailAndKey>(connection.endpoint.credentials).key};
}

} // namespace

MainWindow::MainWindow(Surroundings surroundings)
    : m_surroundings(std::move(surroundings))
    , m_pages(new QStackedWidget(this))
    , m_start(new StartPage(this))
    , m_top(new TopBar(this))
    , m_banner(new Banner(this))
    , m_devices(new DevicePane(m_surroundings.settings, this))
    , m_lists(new ListBar(m_devices->view(), m_surroundings.settings, this))
    , m_results(new ResultsPane(m_surroundings.settings, this))
    , m_options(new OptionsPanel(m_surroundings.settings, this))
    , m_split(new QSplitter(Qt::Vertical, this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(QStringLiteral("Capture Desk"));
    setWindowIcon(QIcon(QStringLiteral(":/capturedesk/icons/capturedesk.svg")));
    setAcceptDrops(true);
    layOut();
    addMenus(this);
    wire();
    connectionMenu();
    m_lists->setDesk(nullptr, {});
    m_options->setDesk(nullptr);
}

MainWindow::~MainWindow()
{
    letGo();
}

/// The panes leave a desk before it ends.
void MainWindow::letGo()
{
    m_devices->setDesk(nullptr);
    m_lists->setDesk(nullptr, {});
    m_options->setDesk(nullptr);
    m_results->setDesk(nullptr);
    m_current = nullptr;
}

void MainWindow::layOut()
{
    m_lists->setFixedWidth(160);
    m_options->setFixedWidth(300);
    m_split->addWidget(m_devices);
    m_split->addWidget(m_results);
    m_split->setChildrenCollapsible(false);
    m_split->setStretchFactor(0, 5);
    m_split->setStretchFactor(1, 2);
    m_split->setSizes({470, 200});

    auto* middle = new QHBoxLayout;
    middle->setSpacing(10);
    middle->addWidget(m_lists);
    middle->addWidget(m_split, 1);
    middle->addWidget(m_options);
    auto* work = new QWidget(this);
    auto* column = new QVBoxLayout(work);
    column->setContentsMargins(10, 8, 10, 4);
    column->addWidget(m_top);
    column->addWidget(m_banner);
    column->addLayout(middle, 1);
    m_pages->addWidget(m_start);
    m_pages->addWidget(work);
    setCentralWidget(m_pages);
    statusBar()->setSizeGripEnabled(false);

    const auto& settings = *m_surroundings.settings;
    resize(1280, 780);
    restoreGeometry(settings.get(storage::setting::windowGeometry));
    m_split->restoreState(settings.get(storage::setting::splitter));
    setTabOrder(m_lists, m_devices);
    setTabOrder(m_devices, m_options);
    setTabOrder(m_options, m_results);
}

void MainWindow::wire()
{
    const auto say = [this](const QString& text) { statusBar()->showMessage(text, messageMs); };
    connect(m_start, &StartPage::trySandbox, this, &MainWindow::openSandbox);
    connect(m_start, &StartPage::connectAccount, this, &MainWindow::connectAccount);
    connect(m_top, &TopBar::refresh, this, &MainWindow::refresh);
    connect(m_top, &TopBar::search, m_devices, &DevicePane::setFilter);
    connect(m_top, &TopBar::leaveSearch, m_devices->view(), &DeviceView::focusFirst);
    connect(m_devices->view(), &DeviceView::leaveUp, m_top, &TopBar::focusSearch);
    connect(m_devices, &DevicePane::clearSearch, m_top, &TopBar::clearSearch);
    connect(m_devices, &DevicePane::showTicked, m_lists, [this] {
        m_top->clearSearch();
        m_lists->showTicked();
    });
    connect(m_banner, &Banner::again, this, &MainWindow::refresh);
    connect(m_lists, &ListBar::message, this, say);
    connect(m_lists, &ListBar::failed, this, &MainWindow::tell);
    connect(m_results, &ResultsPane::message, this, say);
    connect(m_results, &ResultsPane::failedHere, this, &MainWindow::tell);
    connect(m_results, &ResultsPane::failed, this, [this](const api::Error& error) {
        m_banner->show(Act::Save, connections::explain(error, Act::Save));
    });
    connect(m_results, &ResultsPane::repeat, m_options, &OptionsPanel::reviewAgain);
    connect(m_options, &OptionsPanel::runStarted, this, [this, say] {
        if (m_lists->isVisible())
            m_lists->showAll();
        say(tr("On its way. Devices, Tick the same again brings the ticks back."));
    });
}

captures::Desk* MainWindow::desk() const
{
    return m_current ? m_current->desk.get() : nullptr;
}

void MainWindow::open(const Connection& connection)
{
    m_surroundings.settings->set(storage::setting::lastConnection,
                                 connection.kind == Connection::Kind::Sandbox ? connection.name : QString());
    for (const auto& account : m_accounts) {
        if (account->desk->connection() == connection) {
            switchTo(*account);
            return;
        }
    }
    // One desk works for an account: another key for it takes over where the former left off.
    std::erase_if(m_accounts, [this, &connection](const std::unique_ptr<Account>& account) {
        using captures::Journal;
        if (Journal::accountOf(account->desk->connection()) != Journal::accountOf(connection))
            return false;
        if (m_current == account.get())
            letGo();
        return true;
    });
    if (m_surroundings.hide) {
        for (const auto& secret : secretsOf(connection))
            m_surroundings.hide(secret);
    }
    qCInfo(windowLog).noquote() << "opens" << describe(connection);
    auto account = std::make_unique<Account>();
    account->network = std::make_unique<QNetworkAccessManager>();
    account->desk =
        std::make_unique<captures::Desk>(connection, account->network.get(), m_surroundings.journal,
                                         m_surroundings.pace, m_surroundings.clock);
    auto* desk = account->desk.get();
    desk->setReserve(m_surroundings.settings->get(storage::setting::reserve));
    connect(desk, &captures::Desk::failed, this,
            [this, desk, one = account.get()](Act act, const api::Error& error) {
                one->failures.insert_or_assign(act, error);
                if (desk == this->desk())
                    m_banner->show(act, connections::explain(error, act));
            });
    connect(desk, &captures::Desk::healed, this, [this, desk, one = account.get()](Act act) {
        one->failures.erase(act);
        if (desk == this->desk())
            m_banner->take(act);
    });
    connect(desk, &captures::Desk::unrecorded, this, [this, desk](const QString& sentence) {
        if (desk == this->desk())
            m_banner->show(Act::Run, {.what = sentence, .todo = {}, .details = {}});
    });
    connect(desk, &captures::Desk::recordedAgain, this, [this, desk] {
        if (desk == this->desk())
            m_banner->take(Act::Run);
    });
    connect(desk, &captures::Desk::quotaChanged, this, [this, desk] {
        if (desk == this->desk())
            m_top->setQuota(desk->quota());
    });
    connect(&desk->client(), &api::Client::slowed, this, [this](std::chrono::seconds wait) {
        if (wait.count() > 0)
            statusBar()->showMessage(
                tr("Too many requests. Continues by itself in %1 s; nothing is lost.").arg(wait.count()),
                int(wait.count() * 1000));
        else
            statusBar()->clearMessage();
    });
    connect(desk, &captures::Desk::runEnded, this, [this, desk](qint64 run) {
        int ready = 0, other = 0;
        QString ticket;
        for (const auto& capture : desk->captures()) {
            if (capture.run != run)
                continue;
            ticket = capture.ticket;
            ++(capture.state == captures::State::Ready ? ready : other);
        }
        statusBar()->showMessage(
            other > 0 ? tr("%1: %2 ready, %3 without a file.").arg(shown(ticket)).arg(ready).arg(other)
                      : tr("%1: %2 ready.").arg(shown(ticket)).arg(ready));
        QApplication::alert(this);
    });
    if (storage::makePrivate(m_surroundings.paths.data))
        account->memory = std::make_unique<devices::Memory>(
            &desk->fleet(), &desk->loader(),
            m_surroundings.paths.data.filePath(QStringLiteral("devices-") +
                                               connection.endpoint.accountId.left(32)));
    m_accounts.push_back(std::move(account));
    switchTo(*m_accounts.back());
    if (m_accounts.back()->memory)
        m_accounts.back()->memory->recall();
    desk->refresh();
}

void MainWindow::switchTo(Account& account)
{
    m_current = &account;
    auto* desk = account.desk.get();
    const auto& connection = desk->connection();
    m_banner->clear();
    for (const auto& [act, error] : account.failures)
        m_banner->show(act, connections::explain(error, act));
    m_top->clearSearch();
    // By the account: two customers may have been given one name.
    const auto folder = QStringLiteral("lists/") + connection.endpoint.accountId.left(32);
    m_devices->setDesk(desk);
    m_lists->setDesk(desk, QDir(m_surroundings.paths.data.filePath(folder)));
    m_options->setDesk(desk);
    m_results->setDesk(desk);
    m_top->setConnection(connection.label(), colorOf(connection.endpoint.accountId));
    m_top->setQuota(desk->quota());
    setWindowTitle(QStringLiteral("Capture Desk: ") + shown(connection.label()));
    m_pages->setCurrentIndex(1);
    connectionMenu();
    m_top->focusSearch();
}

void MainWindow::openSandbox()
{
    if (!m_embedded) {
        m_embedded = new Embedded(m_surroundings.paths, this);
        connect(m_embedded, &Embedded::ready, this, &MainWindow::open);
        connect(m_embedded, &Embedded::failed, this, &MainWindow::tell);
    }
    m_embedded->start();
}

void MainWindow::tell(const QString& sentence)
{
    m_pages->setCurrentIndex(1);
    m_banner->show(Act::Connect, {.what = sentence, .todo = {}, .details = {}});
}

void MainWindow::comeForward(const QString& wish)
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
    // Not behind an open dialog: it speaks of the account that is shown.
    if (wish.isEmpty() || QApplication::activeModalWidget())
        return;
    for (const auto& account : m_accounts) {
        if (account->desk->connection().name.compare(wish, Qt::CaseInsensitive) == 0) {
            switchTo(*account);
            return;
        }
    }
    if (wish.compare(QLatin1StringView("Sandbox"), Qt::CaseInsensitive) == 0)
        openSandbox();
    else if (m_surroundings.environment)
        open(*m_surroundings.environment);
}

void MainWindow::connectionMenu()
{
    auto* menu = new QMenu(m_top->connectionButton());
    const auto add = [this, menu](const QString& text, auto act) {
        connect(menu->addAction(QString(text).replace(u'&', QStringLiteral("&&"))), &QAction::triggered, this,
                act);
    };
    for (const auto& account : m_accounts) {
        if (account->desk->connection().kind != Connection::Kind::Sandbox)
            add(account->desk->connection().label(), [this, one = account.get()] { switchTo(*one); });
    }
    const bool environmentOpen = std::ranges::any_of(m_accounts, [](const auto& account) {
        return account->desk->connection().kind == Connection::Kind::Environment;
    });
    if (m_surroundings.environment && !environmentOpen)
        add(m_surroundings.environment->label(), [this] { open(*m_surroundings.environment); });
    add(tr("Sandbox"), [this] { openSandbox(); });
    menu->addSeparator();
    add(tr("Connect to an account…"), [this] { connectAccount(); });
    if (auto* former = m_top->connectionButton()->menu())
        former->deleteLater();
    m_top->connectionButton()->setMenu(menu);
}

void MainWindow::connectAccount()
{
    auto* dialog = new ConnectDialog(this);
    connect(dialog, &ConnectDialog::connected, this, &MainWindow::open);
    dialog->open();
}

void MainWindow::refresh()
{
    if (desk())
        desk()->refresh();
}

void MainWindow::find()
{
    m_top->focusSearch();
}

void MainWindow::setAppearance(const QString& name)
{
    m_surroundings.settings->set(storage::setting::appearance, name);
    applyAppearance(*qApp, appearanceFrom(name));
}

void MainWindow::showTrail()
{
    (new TrailDialog(m_surroundings.journal, m_surroundings.settings, this))->open();
}

void MainWindow::chooseReserve()
{
    auto* dialog = new QInputDialog(this);
    dialog->setObjectName(QStringLiteral("reserveDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Keep captures for colleagues"));
    dialog->setLabelText(
        tr("The account's captures of a day are shared. Capture Desk leaves so many of them:"));
    dialog->setInputMode(QInputDialog::IntInput);
    dialog->setIntRange(0, 10'000);
    dialog->setIntValue(m_surroundings.settings->get(storage::setting::reserve));
    connect(dialog, &QInputDialog::intValueSelected, this, [this](int captures) {
        m_surroundings.settings->set(storage::setting::reserve, captures);
        for (const auto& account : m_accounts)
            account->desk->setReserve(captures);
    });
    dialog->open();
}

void MainWindow::about()
{
    auto* box = new QMessageBox(
        QMessageBox::NoIcon, tr("About Capture Desk"),
        tr("Capture Desk %1\n\nPacket captures and WARP diagnostics for helpdesk operators.\n\n"
           "Lists and logs: %2\nSettings: %3")
            .arg(QStringLiteral(CAPTUREDESK_VERSION), m_surroundings.paths.data.path(),
                 m_surroundings.paths.config.path()),
        QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setIconPixmap(windowIcon().pixmap(64, 64));
    box->open();
}

int MainWindow::unsent() const
{
    int count = 0;
    for (const auto& account : m_accounts)
        count += account->desk->unsent();
    return count;
}

void MainWindow::saveLayout()
{
    auto& settings = *m_surroundings.settings;
    settings.set(storage::setting::windowGeometry, saveGeometry());
    settings.set(storage::setting::splitter, m_split->saveState());
    m_devices->view()->saveHeader();
    m_results->saveHeader();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (const int waiting = unsent(); !m_closing && waiting > 0) {
        event->ignore();
        auto* box = new QMessageBox(
            QMessageBox::Question, tr("Quit"),
            tr("%n captures are not sent and wait while Capture Desk is closed.", nullptr, waiting),
            QMessageBox::NoButton, this);
        box->setObjectName(QStringLiteral("quitBox"));
        box->setAttribute(Qt::WA_DeleteOnClose);
        auto* stay = box->addButton(tr("Keep open"), QMessageBox::RejectRole);
        const auto* quit = box->addButton(tr("Quit"), QMessageBox::DestructiveRole);
        const auto* cancel =
            box->addButton(tr("Cancel the %n", nullptr, waiting), QMessageBox::DestructiveRole);
        box->setDefaultButton(stay);
        box->setEscapeButton(stay);
        connect(box, &QMessageBox::buttonClicked, this, [this, quit, cancel](const QAbstractButton* button) {
            const auto is = [button](const QPushButton* other) {
                return static_cast<const QObject*>(button) == other;
            };
            if (!is(quit) && !is(cancel))
                return;
            for (const auto& account : m_accounts) {
                if (is(cancel))
                    account->desk->cancelUnsent();
            }
            m_closing = true;
            close();
        });
        box->open();
        return;
    }
    saveLayout();
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (desk() && event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const auto urls = event->mimeData()->urls();
    for (const auto& url : urls) {
        if (url.isLocalFile()) {
            m_lists->importFrom(url.toLocalFile());
            break; // one after the other: each is asked about
        }
    }
}

} // namespace ui
