// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "proxy.h"

#include <utility>

#include <QPointer>
#include <QSslSocket>
#include <QUrlQuery>

namespace faults {

namespace {

int pageOf(const Seen& seen)
{
    return QUrlQuery(QUrl::fromEncoded(seen.target)).queryItemValue(QStringLiteral("page")).toInt();
}

/// Parses the header lines into lower-case names and values.
QMap<QByteArray, QByteArray> headersOf(const QList<QByteArray>& lines)
{
    QMap<QByteArray, QByteArray> headers;
    for (const auto& line : lines.mid(1)) {
        const auto colon = line.indexOf(':');
        headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    return headers;
}

Act actFrom(const QByteArray& reply)
{
    const auto end = reply.indexOf("\r\n\r\n");
    const auto lines = reply.left(end).split('\n');
    Act act{.status = lines.first().split(' ').value(1).toInt(), .body = reply.mid(end + 4), .headers = {}};
    const auto headers = headersOf(lines);
    if (end < 0 || headers.contains("transfer-encoding"))
        qFatal("the account answers in a way that the proxy does not read");
    for (auto header = headers.begin(); header != headers.end(); ++header) {
        if (header.key() != "content-length" && header.key() != "connection" && header.key() != "keep-alive")
            act.headers << std::pair(header.key(), header.value());
    }
    return act;
}

} // namespace

Ask askOf(const Seen& seen)
{
    const auto path = seen.target.split('?').first();
    if (path.endsWith("/dex/commands"))
        return seen.method == "POST" ? Ask::Create : Ask::Commands;
    if (path.endsWith("/dex/commands/devices"))
        return Ask::Devices;
    if (path.endsWith("/dex/commands/quota"))
        return Ask::Quota;
    if (path.endsWith("/tokens/verify"))
        return Ask::Verify;
    return path.contains("/downloads/") ? Ask::Download : Ask::Other;
}

Proxy::Proxy(const QUrl& to, const QString& certificate, QObject* parent)
    : QTcpServer(parent)
    , m_to(to)
    , m_certificate(certificate)
{
    open();
}

void Proxy::open()
{
    if (!isListening() && !listen(QHostAddress::LocalHost, m_port))
        qFatal("cannot listen");
    m_port = serverPort();
}

QUrl Proxy::url() const
{
    QUrl url = m_to;
    url.setScheme(m_certificate.isEmpty() ? QStringLiteral("http") : QStringLiteral("https"));
    url.setPort(m_port);
    return url;
}

void Proxy::strike(Ask ask, const Fault& fault)
{
    m_faults[ask] = fault;
}

void Proxy::lift()
{
    m_faults.clear();
    if (m_distrusted)
        drop();
    m_distrusted = false;
    m_endsEach = false;
    open();
}

void Proxy::refuse()
{
    close();
    m_endsEach = true;
    drop();
}

void Proxy::distrust()
{
    m_distrusted = true;
    m_endsEach = true;
    drop();
}

void Proxy::drop()
{
    const auto idle = m_sockets - m_busy;
    for (auto* socket : idle) // later: one of them may be emitting a signal
        QMetaObject::invokeMethod(socket, [socket] { socket->abort(); }, Qt::QueuedConnection);
}

void Proxy::deliver()
{
    for (const auto& seen : std::exchange(m_late, {}))
        forward(seen, [](const Act&) {});
}

int Proxy::received(Ask ask) const
{
    const auto found = m_counts.find(ask);
    return found == m_counts.end() ? 0 : found->second.received;
}

int Proxy::forwarded(Ask ask) const
{
    const auto found = m_counts.find(ask);
    return found == m_counts.end() ? 0 : found->second.forwarded;
}

int Proxy::struck(Ask ask) const
{
    const auto found = m_counts.find(ask);
    return found == m_counts.end() ? 0 : found->second.struck;
}

bool Proxy::isSilentOn(const QUrl& url)
{
    auto& count = m_silences[url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority)];
    return count > 0 && count-- > 0;
}

void Proxy::incomingConnection(qintptr descriptor)
{
    const auto know = [this](QTcpSocket* socket) {
        m_sockets.insert(socket);
        connect(socket, &QObject::destroyed, this, [this, socket] {
            m_sockets.remove(socket);
            m_busy.remove(socket);
        });
    };
    if (m_certificate.isEmpty()) {
        auto* socket = new QTcpSocket(this);
        know(socket);
        socket->setSocketDescriptor(descriptor);
        new Conversation(this, socket);
        return;
    }
    auto* socket = new QSslSocket(this);
    know(socket);
    socket->setSocketDescriptor(descriptor);
    socket->setSslConfiguration(Server::serverTls(m_distrusted ? QStringLiteral("stranger") : m_certificate));
    connect(socket, &QSslSocket::encrypted, this, [this, socket] { new Conversation(this, socket); });
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    socket->startServerEncryption();
}

std::optional<Fault> Proxy::faultFor(const Seen& seen)
{
    const auto ask = askOf(seen);
    const auto found = m_faults.find(ask);
    if (found == m_faults.end() || (found->second.page > 0 && found->second.page != pageOf(seen)))
        return {};
    auto fault = found->second;
    if (found->second.times > 0 && --found->second.times == 0)
        m_faults.erase(found);
    ++m_counts[ask].struck;
    return fault;
}

/// A forwarded request is carried out, whatever happens to the client.
void Proxy::forward(const Seen& seen, const std::function<void(const Act&)>& then)
{
    ++m_counts[askOf(seen)].forwarded;
    auto* socket = new QTcpSocket(this);
    connect(socket, &QTcpSocket::disconnected, this, [this, socket, then, ask = askOf(seen)] {
        auto act = actFrom(socket->readAll());
        socket->deleteLater();
        if (through)
            through(ask, act);
        then(act);
    });
    auto request = seen.method + ' ' + seen.target + " HTTP/1.1\r\n";
    for (auto header = seen.headers.begin(); header != seen.headers.end(); ++header) {
        if (header.key() != "connection" && header.key() != "accept-encoding")
            request += header.key() + ": " + header.value() + "\r\n";
    }
    socket->connectToHost(m_to.host(), quint16(m_to.port()));
    socket->write(request + "connection: close\r\n\r\n" + seen.body);
}

Conversation::Conversation(Proxy* proxy, QTcpSocket* socket)
    : QObject(socket)
    , m_proxy(proxy)
    , m_socket(socket)
{
    connect(socket, &QTcpSocket::readyRead, this, &Conversation::read);
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    read();
}

void Conversation::read()
{
    m_buffer += m_socket->readAll();
    while (!m_busy && !m_done && (m_inBody || readHead())) {
        if (m_done || m_buffer.size() < m_length)
            return;
        m_request.body = m_buffer.left(m_length);
        m_buffer.remove(0, m_length);
        m_inBody = false;
        m_busy = true;
        m_proxy->m_busy.insert(m_socket);
        perform();
    }
}

bool Conversation::readHead()
{
    const auto end = m_buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    const auto lines = m_buffer.left(end).split('\n');
    m_buffer.remove(0, end + 4);
    const auto words = lines.first().split(' ');
    m_request = {.method = words.value(0), .target = words.value(1), .headers = headersOf(lines)};
    m_length = m_request.headers.value("content-length").toLongLong();
    m_inBody = true;
    m_fault = m_proxy->faultFor(m_request);
    if (m_fault && m_fault->where == Fault::Where::Head) {
        m_done = true;
        Act act{.reply = Act::Reply::None};
        m_fault->change(act);
        answer(act);
    }
    return true;
}

void Conversation::perform()
{
    ++m_proxy->m_counts[askOf(m_request)].received;
    const auto fault = std::exchange(m_fault, std::nullopt);
    if (fault && fault->where != Fault::Where::After) {
        if (fault->where == Fault::Where::Late)
            m_proxy->m_late << m_request;
        auto act = json("{}");
        fault->change(act);
        answer(act);
        return;
    }
    const QPointer<Conversation> self(this);
    m_proxy->forward(m_request, [self, fault](Act act) {
        if (fault)
            fault->change(act);
        if (self)
            self->answer(act);
    });
}

void Conversation::answer(Act act)
{
    if (m_proxy->answering)
        m_proxy->answering(askOf(m_request));
    if (m_proxy->m_endsEach && act.then == Act::Then::Stay && act.reply == Act::Reply::Whole)
        act.then = Act::Then::Close;
    if (act.reply != Act::Reply::None) {
        QByteArray reply = "HTTP/1.1 " + QByteArray::number(act.status) + " Whatever\r\n";
        for (const auto& [name, value] : act.headers)
            reply += name + ": " + value + "\r\n";
        if (act.then == Act::Then::Close)
            reply += "Connection: close\r\n";
        reply += "Content-Length: " + QByteArray::number(act.body.size()) + "\r\n\r\n";
        const bool cut = act.reply == Act::Reply::CutShort;
        m_socket->write(reply + (cut ? act.body.left(act.body.size() / 2) : act.body));
    }
    m_busy = false;
    m_proxy->m_busy.remove(m_socket);
    m_done = m_done || act.then != Act::Then::Stay || act.reply != Act::Reply::Whole;
    if (act.then == Act::Then::Stay && act.reply != Act::Reply::Whole)
        ++m_proxy->m_silences[m_request.target];
    // Queued: a TLS socket must not be aborted during its own signal.
    QMetaObject::invokeMethod(
        m_socket, [socket = m_socket, then = act.then] { Server::end(socket, then); }, Qt::QueuedConnection);
    if (!m_done && !m_buffer.isEmpty())
        QMetaObject::invokeMethod(this, &Conversation::read, Qt::QueuedConnection);
}

} // namespace faults
