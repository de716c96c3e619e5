// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "stage.h"

#include <QApplication>
#include <QDir>
#include <QEventLoop>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPainter>

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
        if (!m_process.canReadLine() && !m_process.waitForReadyRead(10'000))
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

QJsonObject Sandbox::get(const QString& path) const
{
    QNetworkAccessManager network;
    QNetworkRequest request(QUrl(m_baseUrl + path));
    request.setRawHeader("Authorization", "Bearer " + m_token.toUtf8());
    auto* reply = network.get(request);
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    const auto body = reply->readAll();
    delete reply;
    return QJsonDocument::fromJson(body).object().value(u"result").toObject();
}

QJsonArray Sandbox::commands() const
{
    return get(QStringLiteral("/accounts/%1/dex/commands?page=1&per_page=50").arg(m_account))
        .value(u"commands")
        .toArray();
}

int Sandbox::created() const
{
    QNetworkAccessManager network;
    auto* reply = network.get(QNetworkRequest(
        QUrl(QString(m_baseUrl).replace(QStringLiteral("/client/v4"), QStringLiteral("/sandbox/stats")))));
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    const auto body = reply->readAll();
    delete reply;
    return QJsonDocument::fromJson(body).object().value(u"created").toInt();
}

Stage::Stage(QSize size, const QString& appearance, const QString& folder)
    : m_paths{.config = QDir((folder.isEmpty() ? m_folder.path() : folder) + QStringLiteral("/config")),
              .data = QDir((folder.isEmpty() ? m_folder.path() : folder) + QStringLiteral("/data")),
              .log = QDir((folder.isEmpty() ? m_folder.path() : folder) + QStringLiteral("/data/log"))}
    , m_settings(std::make_unique<storage::Settings>(m_paths))
    , m_journal(std::make_unique<captures::Journal>(m_paths.data.filePath(QStringLiteral("runs.sqlite"))))
    , m_shared(std::make_unique<captures::SharedRecord>(m_journal.get(), QStringLiteral("HELP-1"),
                                                        captures::SharedRecord::Pauses{}))
    , m_secrets(std::make_unique<NoSecrets>())
    , m_store(std::make_unique<connections::Store>(m_paths, m_secrets.get()))
{
    ui::installLanguage(*qApp);
    ui::applyAppearance(*qApp, ui::appearanceFrom(appearance));
    captures::Pace pace;
    pace.fastest = std::chrono::milliseconds(100);
    pace.slowest = std::chrono::milliseconds(500);
    m_window = std::make_unique<ui::MainWindow>(ui::Surroundings{.paths = m_paths,
                                                                 .settings = m_settings.get(),
                                                                 .journal = m_journal.get(),
                                                                 .shared = m_shared.get(),
                                                                 .pace = pace,
                                                                 .clock = captures::systemClock(),
                                                                 .store = m_store.get(),
                                                                 .hide = {},
                                                                 .log = nullptr,
                                                                 .secrets = m_secrets.get(),
                                                                 .environment = {}});
    m_window->resize(size);
    m_window->show();
    m_window->activateWindow();
}

Stage::~Stage() = default;

void Stage::picture(const char* name, QWidget* of)
{
    const auto folder = qEnvironmentVariable("CAPTUREDESK_SCREENSHOTS");
    if (folder.isEmpty())
        return;
    auto picture = m_window->grab();
    if (of) {
        // A dialog as it stands before its window.
        QPainter painter(&picture);
        painter.fillRect(picture.rect(), QColor(0, 0, 0, 90));
        const auto sheet = of->grab();
        painter.drawPixmap((picture.width() - sheet.width()) / 2, (picture.height() - sheet.height()) / 2,
                           sheet);
    }
    if (!picture.save(QDir(folder).filePath(QLatin1StringView(name) + QStringLiteral(".png"))))
        qFatal("the picture %s cannot be saved", name);
}
