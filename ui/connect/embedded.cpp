// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connect/embedded.h"

#include <QCoreApplication>
#include <QDir>

namespace ui {

namespace {

/// Ten minutes of the account take twenty seconds here, so that a first-time user sees a capture finish.
const auto timeScale = QStringLiteral("30");

} // namespace

Embedded::Embedded(const storage::Paths& paths, QObject* parent)
    : QObject(parent)
    , m_paths(paths)
{
    m_connection.kind = connections::Connection::Kind::Sandbox;
    m_connection.name = QStringLiteral("Sandbox");
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &Embedded::read);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            Q_EMIT failed(tr("The sandbox account did not start: %1").arg(m_process.errorString()));
    });
    connect(&m_process, &QProcess::finished, this, [this] {
        m_ready = false;
        Q_EMIT failed(tr("The sandbox account has ended. Choose it again to restart it."));
    });
}

Embedded::~Embedded()
{
    m_process.disconnect(this);
    m_process.kill(); // safe: the child writes its state to disk after each change
    m_process.waitForFinished(2000);
}

void Embedded::start()
{
    if (m_ready) {
        Q_EMIT ready(m_connection);
        return;
    }
    if (m_process.state() != QProcess::NotRunning)
        return;
    const bool kept = storage::makePrivate(m_paths.data);
    QStringList arguments{QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--time-scale"),
                          timeScale, QStringLiteral("--with-parent")};
    if (kept)
        arguments << QStringLiteral("--state") << m_paths.data.filePath(QStringLiteral("sandbox.json"));
    m_process.start(
        QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("capturedesk-sandbox")),
        arguments);
}

void Embedded::read()
{
    while (m_process.canReadLine()) {
        const auto line = QString::fromUtf8(m_process.readLine()).trimmed();
        const auto value = line.section(u' ', -1);
        if (line.startsWith(QLatin1StringView("listening on ")))
            m_connection.endpoint.baseUrl = QUrl(value);
        else if (line.startsWith(QLatin1StringView("account ")))
            m_connection.endpoint.accountId = value;
        else if (line.startsWith(QLatin1StringView("token ")))
            m_connection.endpoint.credentials = api::BearerToken{value};
        else if (line.startsWith(QLatin1StringView("account-token "))) {
            m_ready = true; // the last line
            Q_EMIT ready(m_connection);
        }
    }
}

} // namespace ui
