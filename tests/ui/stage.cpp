// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "stage.h"

#include <algorithm>
#include <utility>

#include <QApplication>
#include <QDir>
#include <QEventLoop>
#include <QFileDialog>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPainter>
#include <QTableView>

#include "devices/fleet.h"
#include "devices/order.h"
#include "hands.h"
#include "support/eventually.h"
#include "ui/common/language.h"
#include "ui/common/theme.h"

namespace {

class NoSecrets final : public storage::Secrets {
public:
    storage::SecretCall* check() override { return new Call(this); }
    storage::SecretCall* read(const QString&) override { return new Call(this); }
    storage::SecretCall* write(const QString&, const QString&) override { return new Call(this); }
    storage::SecretCall* remove(const QString&) override { return new Call(this); }

private:
    class Call final : public storage::SecretCall {
    public:
        explicit Call(QObject* parent)
            : SecretCall(parent)
        {
            using Kind = storage::SecretProblem::Kind;
            QMetaObject::invokeMethod(
                this, [this] { end(std::unexpected(storage::SecretProblem{Kind::NoService, {}})); },
                Qt::QueuedConnection);
        }
    };
};

} // namespace

Sandbox::Sandbox(const QStringList& arguments)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(
        QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("capturedesk-sandbox")),
        QStringList{QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--with-parent")} +
            arguments);
    while (m_readOnlyToken.isEmpty()) {
        if (!m_process.canReadLine() && !m_process.waitForReadyRead(support::ceilingMs))
            qFatal("the sandbox did not start");
        const auto line = QString::fromUtf8(m_process.readLine()).trimmed();
        const auto value = line.section(u' ', -1);
        if (line.startsWith(QLatin1StringView("listening")))
            m_baseUrl = value;
        else if (line.startsWith(QLatin1StringView("account ")))
            m_account = value;
        else if (line.startsWith(QLatin1StringView("token ")))
            m_token = value;
        else if (line.startsWith(QLatin1StringView("read-only-token ")))
            m_readOnlyToken = value;
    }
}

Sandbox::~Sandbox()
{
    kill();
}

void Sandbox::kill()
{
    m_process.kill();
    m_process.waitForFinished();
}

connections::Connection Sandbox::connection() const
{
    return {.kind = connections::Connection::Kind::Typed,
            .name = QStringLiteral("Contoso"),
            .endpoint = {.baseUrl = QUrl(m_baseUrl),
                         .accountId = m_account,
                         .credentials = api::BearerToken{m_token}}};
}

QJsonObject Sandbox::ask(const QByteArray& method, const QUrl& url) const
{
    QNetworkAccessManager network;
    QNetworkRequest request(url);
    request.setRawHeader("Authorization", "Bearer " + m_token.toUtf8());
    auto* reply = network.sendCustomRequest(request, method);
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    const auto body = reply->readAll();
    delete reply;
    return QJsonDocument::fromJson(body).object();
}

QJsonObject Sandbox::get(const QString& path) const
{
    return ask("GET", QUrl(m_baseUrl + path)).value(u"result").toObject();
}

QJsonArray Sandbox::commands() const
{
    return get(QStringLiteral("/accounts/%1/dex/commands?page=1&per_page=50").arg(m_account))
        .value(u"commands")
        .toArray();
}

int Sandbox::created() const
{
    return ask("GET", QUrl(m_baseUrl + QStringLiteral("/sandbox/stats"))).value(u"created").toInt();
}

void Sandbox::pass(std::chrono::seconds time) const
{
    const auto reply =
        ask("POST", QUrl(m_baseUrl + QStringLiteral("/sandbox/clock?advance_s=%1").arg(time.count())));
    if (!reply.value(u"success").toBool())
        qFatal("the sandbox has no manual clock");
}

StageClock::StageClock()
    : m_state(std::make_shared<State>())
{
}

captures::Clock StageClock::clock() const
{
    return [state = m_state, system = captures::systemClock()] {
        auto now = state->stopped.value_or(system());
        now.utc = now.utc.addMSecs(state->ahead.count());
        now.steady += state->ahead;
        return now;
    };
}

void StageClock::stop()
{
    m_state->stopped = captures::systemClock()();
}

void StageClock::go()
{
    const auto stopped = std::exchange(m_state->stopped, std::nullopt);
    if (stopped)
        m_state->ahead -= captures::systemClock()().steady - stopped->steady;
}

void StageClock::pass(std::chrono::milliseconds time)
{
    m_state->ahead += time;
}

Stage::Stage(QSize size, const QString& appearance, const QString& folder,
             std::unique_ptr<storage::Secrets> secrets, ui::DesktopLook* desktop)
    : m_paths{.config = QDir((folder.isEmpty() ? m_folder.path() : folder) + QStringLiteral("/config")),
              .data = QDir((folder.isEmpty() ? m_folder.path() : folder) + QStringLiteral("/data")),
              .log = QDir((folder.isEmpty() ? m_folder.path() : folder) + QStringLiteral("/data/log"))}
    , m_settings(std::make_unique<storage::Settings>(m_paths))
    , m_journal(std::make_unique<captures::Journal>(m_paths.data.filePath(QStringLiteral("runs.sqlite"))))
    , m_shared(std::make_unique<captures::SharedRecord>(m_journal.get(), QStringLiteral("HELP-1"),
                                                        captures::SharedRecord::Pauses{}))
    , m_secrets(secrets ? std::move(secrets) : std::make_unique<NoSecrets>())
    , m_store(std::make_unique<connections::Store>(m_paths, m_secrets.get()))
{
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs); // tests type into the dialogs
    ui::installLanguage(*qApp);
    ui::applyAppearance(*qApp, ui::appearanceFrom(appearance), desktop ? desktop->isDark() : std::nullopt);
    captures::Pace pace;
    pace.fastest = std::chrono::milliseconds(100);
    pace.slowest = std::chrono::milliseconds(500);
    m_window = std::make_unique<ui::MainWindow>(ui::Surroundings{.paths = m_paths,
                                                                 .settings = m_settings.get(),
                                                                 .journal = m_journal.get(),
                                                                 .shared = m_shared.get(),
                                                                 .pace = pace,
                                                                 .clock = m_clock.clock(),
                                                                 .store = m_store.get(),
                                                                 .hide = {},
                                                                 .log = nullptr,
                                                                 .secrets = m_secrets.get(),
                                                                 .environment = {},
                                                                 .desktop = desktop});
    m_window->resize(size);
    m_window->show();
    m_window->activateWindow();
    if (!support::eventually([this] { return m_window->isActiveWindow(); }))
        qFatal("the window does not become active");
}

Stage::~Stage() = default;

QDialog* Stage::await(QLatin1StringView name)
{
    QDialog* dialog = nullptr;
    const auto isThere = [&] {
        const auto all = m_window->findChildren<QDialog*>(name);
        const auto found = std::ranges::find_if(all, [](const QDialog* one) { return one->isVisible(); });
        dialog = found == all.end() ? nullptr : *found;
        return dialog && dialog->isActiveWindow() && dialog->windowHandle()->isExposed();
    };
    if (!support::eventually(isThere))
        qFatal("there is no dialog %s that has the keyboard", name.data());
    return dialog;
}

bool Stage::isClosed(const char* name) const
{
    const auto all = m_window->findChildren<QDialog*>(QLatin1StringView(name));
    return std::ranges::none_of(all, [](const QDialog* one) { return one->isVisible(); });
}

void Stage::answerFileDialog(const QString& title, const QString& path)
{
    auto* dialog = this->dialog<QFileDialog>("QFileDialog");
    if (!dialog->windowTitle().startsWith(title))
        qFatal("a file dialog asks something else: %s", qPrintable(dialog->windowTitle()));
    // The file name has the focus.
    hands::press(Qt::Key_A, Qt::ControlModifier);
    hands::paste(path);
    hands::press(Qt::Key_Return);
    if (!support::eventually([&] { return isClosed("QFileDialog"); }))
        qFatal("the file dialog does not close");
}

void Stage::search(const QString& text)
{
    hands::press(Qt::Key_F, Qt::ControlModifier);
    hands::press(Qt::Key_Delete); // the former text is selected
    hands::type(text);
}

void Stage::typeTicket(const QString& text)
{
    hands::press(Qt::Key_T, Qt::ControlModifier);
    hands::press(Qt::Key_Delete);
    hands::paste(text);
}

void Stage::tick(int row)
{
    auto* table = find<QTableView>("devices");
    hands::click(table, table->model()->index(row, int(devices::Column::Tick)));
}

void Stage::tick(const devices::Key& key)
{
    search(key.deviceId);
    tick(m_window->desk()->fleet().viewRow(key));
    search({});
}

void Stage::tickFirst(int count)
{
    auto& fleet = m_window->desk()->fleet();
    for (int row = 0; row < fleet.viewSize() && fleet.tickedCount() < count; ++row) {
        const auto& device = fleet.viewAt(row);
        if (device.obstacle().isEmpty() && device.isConnected() && !fleet.isTickedAt(row) &&
            fleet.groupAt(row).part == devices::Group::Part::None)
            tick(row);
    }
    if (fleet.tickedCount() != count)
        qFatal("%d instead of %d devices are ticked", int(fleet.tickedCount()), count);
}

void Stage::picture(const char* name, QWidget* of)
{
    const auto folder = qEnvironmentVariable("CAPTUREDESK_SCREENSHOTS");
    if (folder.isEmpty())
        return;
    auto picture = m_window->grab();
    if (of) {
        // A dialog is drawn in front of its window.
        QPainter painter(&picture);
        painter.fillRect(picture.rect(), QColor(0, 0, 0, 90));
        const auto sheet = of->grab();
        painter.drawPixmap((picture.width() - sheet.width()) / 2, (picture.height() - sheet.height()) / 2,
                           sheet);
    }
    if (!picture.save(QDir(folder).filePath(QLatin1StringView(name) + QStringLiteral(".png"))))
        qFatal("the picture %s cannot be saved", name);
}
