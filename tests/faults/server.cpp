// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server.h"

#include <sys/socket.h>

#include <algorithm>

#include <QDir>
#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>

#include "http1.h"
#include "http2.h"

namespace faults {

namespace {

QString fileOf(const QString& name, const char* ending)
{
    return QDir(QStringLiteral(CERTIFICATES)).filePath(name) + QLatin1String(ending);
}

} // namespace

Act json(const QByteArray& body, int status)
{
    return {.status = status, .body = body};
}

Server::Server(Kind kind, const QString& certificate, QObject* parent)
    : QTcpServer(parent)
    , m_kind(kind)
{
    if (m_kind != Kind::Http) {
        m_tls = serverTls(certificate);
        m_tls.setAllowedNextProtocols(m_kind == Kind::Http2 ? QByteArrayList{"h2", "http/1.1"}
                                                            : QByteArrayList{"http/1.1"});
    }
    if (!listen(QHostAddress::LocalHost))
        qFatal("cannot listen");
}

QUrl Server::url() const
{
    QUrl url;
    url.setScheme(m_kind == Kind::Http ? QStringLiteral("http") : QStringLiteral("https"));
    url.setHost(QStringLiteral("127.0.0.1"));
    url.setPort(serverPort());
    url.setPath(QStringLiteral("/client/v4"));
    return url;
}

QSslConfiguration Server::clientTls()
{
    auto tls = QSslConfiguration::defaultConfiguration();
    tls.setCaCertificates(QSslCertificate::fromPath(fileOf(QStringLiteral("trusted"), ".pem")));
    return tls;
}

QSslConfiguration Server::serverTls(const QString& certificate)
{
    QSslConfiguration tls;
    tls.setLocalCertificateChain(QSslCertificate::fromPath(fileOf(certificate, ".pem")));
    QFile file(fileOf(certificate, ".key"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no key");
    tls.setPrivateKey(QSslKey(&file, QSsl::Ec));
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    return tls;
}

int Server::wholeBodies() const
{
    return int(
        std::ranges::count_if(m_seen, [](const Seen& seen) { return seen.whole && !seen.body.isEmpty(); }));
}

void Server::incomingConnection(qintptr descriptor)
{
    const int connection = ++m_connections;
    if (m_kind == Kind::Http) {
        auto* socket = new QTcpSocket(this);
        socket->setSocketDescriptor(descriptor);
        converse(socket, connection, "http/1.1");
        return;
    }
    auto* socket = new QSslSocket(this);
    socket->setSocketDescriptor(descriptor);
    socket->setSslConfiguration(m_tls);
    connect(socket, &QSslSocket::encrypted, this, [this, socket, connection] {
        const auto protocol = socket->sslConfiguration().nextNegotiatedProtocol();
        converse(socket, connection, protocol == "h2" ? QByteArray("h2") : QByteArray("http/1.1"));
    });
    socket->startServerEncryption();
}

void Server::converse(QTcpSocket* socket, int connection, const QByteArray& protocol)
{
    if (protocol == "h2")
        new Http2(this, socket, connection);
    else
        new Http1(this, socket, connection);
}

Act Server::take()
{
    if (m_acts.empty())
        return m_otherwise;
    const auto act = m_acts.front();
    m_acts.pop_front();
    return act;
}

qsizetype Server::note(const Seen& seen)
{
    m_seen << seen;
    return m_seen.size() - 1;
}

void Server::hangUp()
{
    const auto sockets = findChildren<QTcpSocket*>();
    for (auto* socket : sockets)
        end(socket, Act::Then::Close);
}

void Server::end(QTcpSocket* socket, Act::Then then)
{
    if (then == Act::Then::Close) {
        socket->disconnectFromHost(); // after the remaining data is written
    } else if (then == Act::Then::Reset) {
        socket->flush();
        const linger hard{.l_onoff = 1, .l_linger = 0};
        ::setsockopt(int(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        socket->abort();
    }
}

} // namespace faults
