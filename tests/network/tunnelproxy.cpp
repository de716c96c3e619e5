// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tunnelproxy.h"

#include <QNetworkProxy>

namespace network {

namespace {

void answer(QTcpSocket* client, int status, const QByteArray& header = {})
{
    const QByteArray page = "<p>the proxy's own page</p>";
    client->write("HTTP/1.1 " + QByteArray::number(status) + " Whatever\r\n" + header +
                  "Content-Type: text/html\r\nContent-Length: " + QByteArray::number(page.size()) +
                  "\r\n\r\n" + page);
}

} // namespace

Proxy::Proxy(const QByteArray& login, QObject* parent)
    : QTcpServer(parent)
    , m_login(login)
{
    if (!listen(QHostAddress::LocalHost))
        qFatal("cannot listen");
}

void Proxy::incomingConnection(qintptr descriptor)
{
    auto* client = new QTcpSocket(this);
    client->setSocketDescriptor(descriptor);
    connect(client, &QTcpSocket::readyRead, this, [this, client] { read(client); });
    connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
}

void Proxy::read(QTcpSocket* client)
{
    if (auto* service = client->findChild<QTcpSocket*>()) {
        const auto bytes = client->readAll();
        m_passed += bytes;
        service->write(bytes); // buffered by the socket until it is connected
        return;
    }
    auto buffer = client->property("buffer").toByteArray() + client->readAll();
    const auto end = buffer.indexOf("\r\n\r\n");
    if (end >= 0) {
        const auto head = buffer.left(end);
        buffer.remove(0, end + 4);
        m_heads << head;
        asked(client, head);
    }
    client->setProperty("buffer", buffer);
}

void Proxy::asked(QTcpSocket* client, const QByteArray& head)
{
    const auto words = head.left(head.indexOf('\r')).split(' ');
    const bool mayPass = m_login.isEmpty() ||
                         head.contains("Proxy-Authorization: Basic " + m_login.toBase64() + "\r\n") ||
                         head.endsWith("Proxy-Authorization: Basic " + m_login.toBase64());
    if (m_then == Then::Hang)
        return;
    if (m_then == Then::Close)
        client->disconnectFromHost();
    else if (!mayPass)
        answer(client, 407, "Proxy-Authenticate: Basic realm=\"Contoso\"\r\n");
    else if (m_status != 0)
        answer(client, m_status);
    else if (words.value(0) != "CONNECT")
        answer(client, 501); // only tunnels are supported; the tests check the heads
    else
        open(client, words.value(1));
}

void Proxy::open(QTcpSocket* client, const QByteArray& target)
{
    auto* service = new QTcpSocket(client);
    ++m_tunnels;
    const auto colon = target.lastIndexOf(':');
    connect(service, &QTcpSocket::connected, client,
            [client] { client->write("HTTP/1.1 200 Connection established\r\n\r\n"); });
    connect(service, &QTcpSocket::readyRead, client,
            [client, service] { client->write(service->readAll()); });
    connect(service, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
    service->setProxy(QNetworkProxy::NoProxy);
    service->connectToHost(QString::fromLatin1(target.left(colon)), target.mid(colon + 1).toUShort());
}

} // namespace network
