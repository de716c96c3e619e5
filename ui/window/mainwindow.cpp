// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/mainwindow.h"

#include <algorithm>

#include <QAccessible>
#include <QApplication>
#include <QCloseEvent>
#include <QDialogButtonBox>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QLabel>
#include <QLoggingCategory>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolButton>
#include <QVBoxLayout>

#include "connections/explain.h"
#include "devices/loader.h"
#include "ui/common/banner.h"
#include "ui/common/dialogkeys.h"
#include "ui/common/menukey.h"
#include "ui/common/numbers.h"
#include "ui/common/placement.h"
#include "ui/common/process.h"
#include "ui/common/scrolledpage.h"
#include "ui/common/desktoplook.h"
#include "ui/common/statusbar.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/connect/color.h"
#include "ui/connect/connectdialog.h"
#include "ui/connect/connectionmenu.h"
#include "ui/connect/embedded.h"
#include "ui/connect/startpage.h"
#include "ui/devices/devicepane.h"
#include "ui/devices/deviceview.h"
#include "ui/devices/listbar.h"
#include "ui/options/optionspanel.h"
#include "ui/results/resultspane.h"
#include "ui/results/trail.h"
#include "ui/window/accounts.h"
#include "ui/window/actions.h"
#include "ui/window/topbar.h"

namespace ui {

using connections::Act;
using connections::Connection;

namespace {

/// What is dragged from a file manager; links to elsewhere are none.
QStringList localFiles(const QMimeData& mime)
{
    QStringList files;
    for (const auto& url : mime.urls()) {
        if (url.isLocalFile())
            files << url.toLocalFile();
    }
    return files;
}

Q_LOGGING_CATEGORY(windowLog, "capturedesk.window", QtInfoMsg)

constexpr int messageMs = 8000;

} // namespace

MainWindow::MainWindow(Surroundings surroundings)
    : m_surroundings(std::move(surroundings))
    , m_accounts(new Accounts(m_surroundings, this))
    , m_pages(new QStackedWidget(this))
    , m_start(new StartPage(this))
    , m_menu(new ConnectionMenu(this))
    , m_top(new TopBar(this))
    , m_banner(new Banner(this))
    , m_slowed(new QLabel(this))
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
    new DialogKeys(m_surroundings.clock, this);
    new MenuKey(this);
    layOut();
    addMenus(this);
    wire();
    connectionMenu();
    m_lists->setDesk(nullptr, {});
    m_options->setDesk(nullptr);
    tellNotices();
}

/// Shows what was done about damaged files.  The message stays when a connection is opened.
void MainWindow::tellNotices()
{
    auto notices = m_surroundings.notices;
    notices << m_surroundings.settings->notice();
    if (m_surroundings.store)
        notices << m_surroundings.store->notice();
    notices.removeAll(QString());
    if (notices.isEmpty())
        return;
    m_pages->setCurrentIndex(1);
    m_banner->show(Act::Settings, {.what = notices.join(u' '), .todo = {}, .details = {}});
}

MainWindow::~MainWindow()
{
    letGo(m_desk);
}

/// Detaches the panes from `desk` before it is destroyed.
void MainWindow::letGo(captures::Desk* desk)
{
    if (desk != m_desk)
        return;
    m_devices->setDesk(nullptr);
    m_lists->setDesk(nullptr, {});
    m_options->setDesk(nullptr);
    m_results->setDesk(nullptr);
    m_desk = nullptr;
    showSlowed();
}

void MainWindow::layOut()
{
    // Narrow on a small screen: at 1280 pixels and 150 % scaling the other panes just fit.
    m_lists->setMinimumWidth(120);
    m_lists->setMaximumWidth(160);
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
    m_pages->addWidget(new ScrolledPage(work, this));
    setCentralWidget(m_pages);
    m_slowed->setObjectName(QStringLiteral("slowed"));
    m_slowed->hide();
    auto* status = new StatusBar(this);
    status->addAtEnd(m_slowed); // messages are shown beside it
    setStatusBar(status);

    const auto& settings = *m_surroundings.settings;
    resize(1280, 780);
    restoreGeometry(settings.get(storage::setting::windowGeometry));
    placeWhole(this);
    m_split->restoreState(settings.get(storage::setting::splitter));
    setTabOrder(m_lists, m_devices);
    setTabOrder(m_devices, m_options);
    setTabOrder(m_options, m_results);
}

void MainWindow::wire()
{
    const auto say = [this](const QString& text) { statusBar()->showMessage(text, messageMs); };
    connect(statusBar(), &QStatusBar::messageChanged, this, [this] {
        QAccessibleEvent changed(statusBar(), QAccessible::NameChanged); // its accessible name is the message
        QAccessible::updateAccessibility(&changed);
    });
    connect(m_start, &StartPage::trySandbox, this, &MainWindow::openSandbox);
    connect(m_start, &StartPage::connectAccount, this, &MainWindow::connectAccount);
    connect(m_start, &StartPage::openSaved, this, &MainWindow::openSaved);
    m_top->connectionButton()->setMenu(m_menu);
    connect(m_menu, &ConnectionMenu::openSaved, this, &MainWindow::openSaved);
    connect(m_menu, &ConnectionMenu::openOther, this, &MainWindow::open);
    connect(m_menu, &ConnectionMenu::openSandbox, this, &MainWindow::openSandbox);
    connect(m_menu, &ConnectionMenu::connectAccount, this, &MainWindow::connectAccount);
    connect(m_menu, &ConnectionMenu::edit, this, &MainWindow::editConnection);
    connect(m_menu, &ConnectionMenu::remove, this, &MainWindow::removeConnection);
    if (auto* store = m_surroundings.store) {
        connect(store, &connections::Store::changed, this, &MainWindow::connectionMenu);
        connect(store, &connections::Store::kept, this, &MainWindow::keyIsKept);
        connect(store, &connections::Store::notKept, this, &MainWindow::tellKey);
    }
    connect(m_top, &TopBar::refresh, this, &MainWindow::refresh);
    connect(m_top, &TopBar::search, m_devices, &DevicePane::setFilter);
    connect(m_top, &TopBar::leaveSearch, m_devices->view(), &DeviceView::focusFirst);
    connect(m_devices->view(), &DeviceView::leaveUp, m_top, &TopBar::focusSearch);
    connect(m_devices->view(), &DeviceView::refusedTick, this, say);
    connect(m_devices, &DevicePane::clearSearch, m_top, &TopBar::clearSearch);
    connect(m_devices, &DevicePane::showTicked, m_lists, [this] {
        m_top->clearSearch();
        m_lists->showTicked();
    });
    connect(m_devices, &DevicePane::typedByHand, this, [this](const devices::Device& device) {
        m_top->clearSearch();
        m_lists->addByHand(device);
    });
    connect(m_banner, &Banner::again, this, &MainWindow::refresh);
    if (const auto* desktop = m_surroundings.desktop)
        connect(desktop, &DesktopLook::changed, this, &MainWindow::applyAppearance);
    connect(m_lists, &ListBar::message, this, say);
    connect(m_lists, &ListBar::failed, this, &MainWindow::tell);
    connect(m_lists, &ListBar::news, this, &MainWindow::inform);
    connect(m_results, &ResultsPane::message, this, say);
    connect(m_lists, &ListBar::notSaved, this, [this](const QString& sentence, const Offer& offer) {
        statusBar()->clearMessage(); // the message of an earlier success would contradict the banner
        m_banner->show(Act::List, {.what = sentence, .todo = {}, .details = {}}, offer);
    });
    connect(m_lists, &ListBar::saved, this, [this] { m_banner->take(Act::List); });
    connect(m_results, &ResultsPane::failed, this, [this](const api::Error& error) {
        statusBar()->clearMessage();
        m_banner->show(Act::Save, connections::explain(error, Act::Save));
    });
    connect(m_results, &ResultsPane::notSaved, this,
            [this](const connections::Explanation& explanation, const Offer& offer) {
                statusBar()->clearMessage();
                m_banner->show(Act::Save, explanation, offer);
            });
    connect(m_results, &ResultsPane::saved, this, [this] { m_banner->take(Act::Save); });
    connect(m_surroundings.settings, &storage::Settings::failed, this, [this](const QString& sentence) {
        m_banner->show(Act::Settings, {.what = sentence, .todo = {}, .details = {}});
    });
    connect(m_surroundings.settings, &storage::Settings::saved, this,
            [this] { m_banner->take(Act::Settings); });
    connect(m_accounts, &Accounts::closing, this, &MainWindow::letGo);
    connect(m_accounts, &Accounts::failed, this,
            [this](const captures::Desk* desk, Act act, const connections::Explanation& explanation) {
                if (desk == m_desk)
                    m_banner->show(act, explanation);
            });
    connect(m_accounts, &Accounts::healed, this, [this](const captures::Desk* desk, Act act) {
        if (desk == m_desk)
            m_banner->take(act);
    });
    connect(m_accounts, &Accounts::slowed, this, &MainWindow::showSlowed);
    connect(&m_slowedClock, &QTimer::timeout, this, &MainWindow::showSlowed);
    connect(m_accounts, &Accounts::runEnded, this, [this](const QString& sentence) {
        statusBar()->showMessage(sentence);
        QApplication::alert(this);
    });
    connect(m_accounts, &Accounts::settled, this, &MainWindow::closeWhenSettled);
    connect(m_results, &ResultsPane::repeat, m_options, &OptionsPanel::reviewAgain);
    connect(m_options, &OptionsPanel::runStarted, this, [this, say] {
        m_lists->leaveTicked(); // no device is ticked now
        say(tr("The run is recorded, and the ticks are cleared: “Tick the same again” in the menu Devices "
               "brings "
               "them back."));
    });
}

void MainWindow::open(const Connection& connection)
{
    m_surroundings.settings->set(storage::setting::lastConnection,
                                 connection.kind == Connection::Kind::Sandbox ? connection.name
                                                                              : connection.id);
    qCInfo(windowLog).noquote() << "opens" << describe(connection);
    auto* desk = m_accounts->find([&connection](const Connection& other) { return other == connection; });
    present(desk ? desk : m_accounts->open(connection));
}

void MainWindow::present(captures::Desk* desk)
{
    if (m_desk)
        disconnect(m_desk, nullptr, m_top, nullptr);
    m_desk = desk;
    const auto& connection = desk->connection();
    m_banner->clearAllBut(Act::Settings);
    for (const auto& [act, explanation] : m_accounts->failures(desk))
        m_banner->show(act, explanation);
    if (const auto words = m_unkept.value(connection.id); !words.isEmpty())
        tellKey(connection.id, words);
    m_top->clearSearch();
    // Named by account, because two customers may have the same name.
    const auto folder = QStringLiteral("lists/") + connection.endpoint.accountId.left(32);
    m_devices->setDesk(desk);
    m_lists->setDesk(desk, QDir(m_surroundings.paths.data.filePath(folder)));
    m_options->setDesk(desk);
    m_results->setDesk(desk);
    m_top->setConnection(connection.label(), colorOf(connection));
    m_top->setQuota(desk->quota());
    showSlowed();
    connect(desk, &captures::Desk::quotaChanged, m_top, [this, desk] { m_top->setQuota(desk->quota()); });
    setWindowTitle(QStringLiteral("Capture Desk: ") + shown(connection.label()));
    m_pages->setCurrentIndex(1);
    connectionMenu();
    m_top->focusSearch();
    loadNext();
}

void MainWindow::showSlowed()
{
    const auto text =
        captures::slowedText(m_desk ? m_desk->slowedUntil() : std::nullopt, QDateTime::currentDateTimeUtc());
    m_slowed->setText(text);
    m_slowed->setVisible(!text.isEmpty());
    // Fires when the second changes, so that the text agrees with the rows.
    constexpr qint64 second = 1000;
    if (text.isEmpty())
        m_slowedClock.stop();
    else
        m_slowedClock.start(int(QDateTime::currentDateTimeUtc().msecsTo(*m_desk->slowedUntil()) % second) +
                            1);
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

void MainWindow::inform(const QString& sentence)
{
    m_pages->setCurrentIndex(1);
    m_banner->show(Act::Connect, {.what = sentence, .todo = {}, .details = {}}, {}, Banner::Kind::News);
}

void MainWindow::comeForward(const QString& wish, const QStringList& files, const QByteArray& activation)
{
    const Activation permission(activation);
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    // A modal dialog stays in front, because it refers to the connection that is shown.
    if (auto* modal = QApplication::activeModalWidget()) {
        modal->raise();
        modal->activateWindow(); // this window receives no keys while the dialog is open
        const auto* dialog = qobject_cast<const QDialog*>(modal);
        if (dialog && !files.isEmpty())
            connect(
                dialog, &QDialog::finished, this, [this, wish, files] { comeForward(wish, files); },
                Qt::QueuedConnection);
        return;
    }
    activateWindow();
    load(files);
    if (wish.isEmpty()) {
        loadNext();
        return;
    }
    // The files are loaded after the wished connection is shown.
    auto* desk = m_accounts->find([&wish](const Connection& connection) {
        return connection.name.compare(wish, Qt::CaseInsensitive) == 0;
    });
    if (desk)
        present(desk);
    else if (const auto* saved = m_surroundings.store ? m_surroundings.store->find(wish) : nullptr)
        openSaved(saved->id);
    else if (wish.compare(QLatin1StringView("Sandbox"), Qt::CaseInsensitive) == 0)
        openSandbox();
    else if (m_surroundings.environment)
        open(*m_surroundings.environment);
}

void MainWindow::load(const QStringList& files)
{
    m_files << files;
    if (!m_files.isEmpty() && !desk())
        statusBar()->showMessage(tr("%1 is loaded once a connection is open.")
                                     .arg(shown(QFileInfo(m_files.first()).fileName(), 60)));
}

void MainWindow::loadNext()
{
    if (m_files.isEmpty() || !desk())
        return;
    constexpr auto later = Qt::ConnectionType(Qt::QueuedConnection | Qt::UniqueConnection);
    // Rows are matched against the devices only once, when the page opens.
    if (desk()->loader().isRunning()) {
        connect(&desk()->loader(), &devices::Loader::finished, this, &MainWindow::loadNext, later);
        statusBar()->showMessage(tr("%1 is loaded once the devices are there.")
                                     .arg(shown(QFileInfo(m_files.first()).fileName(), 60)));
        return;
    }
    if (const auto* modal = QApplication::activeModalWidget()) {
        if (const auto* dialog = qobject_cast<const QDialog*>(modal))
            connect(dialog, &QDialog::finished, this, &MainWindow::loadNext, later);
        return;
    }
    statusBar()->clearMessage();
    m_lists->importFrom(m_files.takeFirst());
    loadNext();
}

void MainWindow::connectionMenu()
{
    QList<Connection> others;
    for (const auto& connection : m_accounts->all()) {
        if (connection.kind != Connection::Kind::Sandbox && connection.id.isEmpty())
            others << connection;
    }
    if (m_surroundings.environment && !others.contains(*m_surroundings.environment))
        others << *m_surroundings.environment;
    const auto saved = m_surroundings.store ? m_surroundings.store->all() : QList<Connection>();
    m_menu->setConnections(saved, others, desk() ? &desk()->connection() : nullptr);
    m_start->setConnections(saved);
    Q_EMIT connectionsChanged();
}

void MainWindow::openSaved(const QString& id)
{
    if (auto* desk = m_accounts->find([&id](const Connection& connection) { return connection.id == id; })) {
        present(desk);
        return;
    }
    // The key is being read already: the operator chose the connection again to type the key instead.
    if (const auto waiting = m_opening.value(id)) {
        waiting->giveUp();
        return;
    }
    readKey(id);
}

void MainWindow::readKey(const QString& id)
{
    const auto saved = [this, id] {
        const auto& all = m_surroundings.store->all();
        const auto found = std::ranges::find(all, id, &Connection::id);
        return found == all.end() ? std::nullopt : std::optional(*found);
    };
    auto* call = m_surroundings.store->open(id);
    m_opening.insert(id, call);
    connect(call, &connections::StoreCall::waiting, this, [this, saved] {
        if (const auto connection = saved())
            statusBar()->showMessage(
                tr("Waiting for the keychain. “%1” opens when it is unlocked. Choose the "
                   "connection again to type its key instead.")
                    .arg(shown(connection->name, 60)));
    });
    connect(call, &connections::StoreCall::finished, this, [this, call, id, saved] {
        m_opening.remove(id);
        statusBar()->clearMessage();
        if (call->result()) {
            open(*call->result());
            return;
        }
        const auto connection = saved();
        if (!connection)
            return;
        auto* dialog = showDialog(connection);
        dialog->say(call->result().error());
        if (!call->mayAskAgain())
            return;
        dialog->offerAskingAgain();
        connect(dialog, &ConnectDialog::askAgain, this, [this, id, dialog] {
            dialog->reject();
            readKey(id);
        });
    });
}

ConnectDialog* MainWindow::showDialog(const std::optional<Connection>& edited)
{
    auto* dialog = new ConnectDialog(m_surroundings.store, m_surroundings.secrets, edited, this);
    connect(dialog, &ConnectDialog::trying, this,
            [this](const Connection& connection) { m_surroundings.hideAll(connection); });
    connect(dialog, &ConnectDialog::connected, this, &MainWindow::open);
    connect(dialog, &ConnectDialog::notSaved, this, &MainWindow::tell);
    connect(dialog, &ConnectDialog::notKept, this, &MainWindow::tellKey);
    dialog->open();
    return dialog;
}

/// Shows that the key of a connection is in memory only.
void MainWindow::tellKey(const QString& id, const QString& words)
{
    m_unkept.insert(id, words);
    if (desk() && desk()->connection().id == id)
        m_banner->show(Act::KeepKey, {.what = words, .todo = {}, .details = {}},
                       {.text = tr("Keep it now"), .act = [this] { keepKey(); }});
}

void MainWindow::keyIsKept(const QString& id)
{
    if (m_unkept.remove(id) == 0)
        return;
    if (desk() && desk()->connection().id == id) {
        m_banner->take(Act::KeepKey);
        statusBar()->showMessage(tr("The key is in the keychain now."), messageMs);
    }
}

/// Stores the key of the current connection in the keychain.
void MainWindow::keepKey()
{
    if (!desk())
        return;
    const auto id = desk()->connection().id;
    auto* call = m_surroundings.store->keep(id);
    connect(call, &connections::StoreCall::waiting, this, [this, call, id] {
        call->goOn(); // the window does not wait
        tellKey(id, tr("The keychain waits for its password. Until it is typed, the key is in memory only."));
    });
    connect(call, &connections::StoreCall::finished, this, [this, call, id] {
        if (!call->memoryOnly().isEmpty())
            tellKey(id, call->memoryOnly());
    });
}

void MainWindow::connectAccount()
{
    (void)showDialog({});
}

QString MainWindow::obstacleToEditing() const
{
    if (!desk())
        return tr("No connection is open.");
    const auto& connection = desk()->connection();
    if (!connection.id.isEmpty())
        return {};
    switch (connection.kind) {
    case Connection::Kind::Sandbox: return tr("The sandbox is part of Capture Desk: it has nothing to edit.");
    case Connection::Kind::Environment:
        return tr("This connection comes from environment variables and is not saved. Change the variables "
                  "instead.");
    case Connection::Kind::Typed: break;
    }
    return tr("This connection is not saved.");
}

void MainWindow::editConnection()
{
    if (obstacleToEditing().isEmpty())
        (void)showDialog(desk()->connection());
}

void MainWindow::removeConnection()
{
    if (!obstacleToEditing().isEmpty())
        return;
    const auto connection = desk()->connection();
    auto* box = new QMessageBox(
        QMessageBox::Question, tr("Remove the connection"),
        tr("Remove “%1” and its key from this computer? Its device lists and the record of its runs stay.")
            .arg(shown(connection.name, 60)),
        QMessageBox::Cancel, this);
    box->setObjectName(QStringLiteral("removeBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    const auto* remove = box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(
        box, &QMessageBox::buttonClicked, this, [this, remove, connection](const QAbstractButton* button) {
            if (static_cast<const QObject*>(button) != static_cast<const QObject*>(remove))
                return;
            auto* call = m_surroundings.store->remove(connection.id);
            connect(call, &connections::StoreCall::finished, this, [this, call] {
                if (!call->result())
                    tell(call->result().error());
            });
            m_accounts->close([&connection](const Connection& other) { return other.id == connection.id; });
            m_unkept.remove(connection.id);
            connectionMenu();
            m_pages->setCurrentIndex(0);
        });
    box->open();
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
    applyAppearance();
}

void MainWindow::applyAppearance()
{
    const auto* desktop = m_surroundings.desktop;
    ui::applyAppearance(*qApp, appearanceFrom(m_surroundings.settings->get(storage::setting::appearance)),
                        desktop ? desktop->isDark() : std::nullopt);
}

void MainWindow::showTrail()
{
    (new TrailDialog(m_surroundings.journal, m_surroundings.shared, m_surroundings.settings, this))->open();
}

void MainWindow::chooseReserve()
{
    if (!m_desk)
        return;
    auto* dialog = new QDialog(this);
    dialog->setObjectName(QStringLiteral("reserveDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Keep captures for colleagues"));
    auto* text = new QLabel(tr("The captures of a day at %1 are shared. Keep this many for colleagues:")
                                .arg(shown(m_desk->connection().label())),
                            dialog);
    text->setObjectName(QStringLiteral("reserveText"));
    auto* captures = new CountBox(dialog);
    captures->setObjectName(QStringLiteral("reserve"));
    captures->setRange(0, 10'000);
    captures->setValue(m_accounts->reserve(*m_desk));
    captures->selectAll();
    text->setBuddy(captures);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, dialog);
    connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    connect(dialog, &QDialog::accepted, m_desk,
            [this, desk = m_desk, captures] { m_accounts->setReserve(*desk, captures->value()); });
    auto* layout = new QVBoxLayout(dialog);
    layout->addWidget(text);
    layout->addWidget(captures);
    layout->addWidget(buttons);
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
    box->setObjectName(QStringLiteral("aboutBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setIconPixmap(windowIcon().pixmap(64, 64));
    box->open();
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
    if (const int waiting = m_accounts->unsent(); !m_closing && waiting > 0) {
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
            m_closing = true;
            if (is(cancel))
                m_accounts->cancelUnsent();
            closeWhenSettled();
        });
        box->open();
        return;
    }
    saveLayout();
    event->accept();
}

/// The cancellations must be on disk, or the next start would send these captures.
void MainWindow::closeWhenSettled()
{
    if (m_closing && m_accounts->isSettled())
        close();
}

void MainWindow::quit()
{
    m_closing = true; // without a question; unsent captures are in the journal
    close();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (desk() && !localFiles(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    load(localFiles(*event->mimeData()));
    loadNext();
}

} // namespace ui
