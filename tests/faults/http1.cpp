// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http1.h"

#include <algorithm>
#include <utility>

#include <QSslSocket>

namespace faults {

namespace {

constexpr qsizetype writeAhead = 256 << 10;

qint64 backlogOf(const QTcpSocket* socket)
{
    const auto* tls = qobject_cast<const QSslSocket*>(socket);
    return socket->bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
}

} // namespace

Http1::Http1(Server* server, QTcpSocket* socket, int connection)
    : QObject(socket)
    , m_server(server)
    , m_socket(socket)
    , m_connection(connection)
{
    connect(socket, &QTcpSocket::readyRead, this, &Http1::read);
    connect(socket, &QTcpSocket::bytesWritten, this, &Http1::write);
    if (auto* tls = qobject_cast<QSslSocket*>(socket))
        connect(tls, &QSslSocket::encryptedBytesWritten, this, &Http1::write);
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    read();
}

void Http1::read()
{
    m_buffer += m_socket->readAll();
    while (!m_done) {
        if (!m_inBody && !readHead())
            return;
        if (m_act.when == Act::When::Head) {
            m_done = true;
            perform();
            return;
        }
        if (m_buffer.size() < m_length)
            return;
        auto& seen = m_server->m_seen[m_index];
        seen.body = m_buffer.left(m_length);
        seen.whole = true;
        m_buffer.remove(0, m_length);
        m_inBody = false;
        m_done = m_act.then != Act::Then::Stay || m_act.reply == Act::Reply::None;
        perform();
    }
}

bool Http1::readHead()
{
    const auto end = m_buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    const auto lines = m_buffer.left(end).split('\n');
    m_buffer.remove(0, end + 4);
    Seen seen{.protocol = "http/1.1", .connection = m_connection};
    const auto words = lines.first().split(' ');
    seen.method = words.value(0);
    seen.target = words.value(1);
    for (const auto& line : lines.mid(1)) {
        const auto colon = line.indexOf(':');
        seen.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    m_length = seen.headers.value("content-length").toLongLong();
    m_inBody = true;
    m_index = m_server->note(seen);
    m_act = m_server->take();
    return true;
}

void Http1::perform()
{
    if (m_act.reply == Act::Reply::Garbled) {
        queue("\x01\x02 this is no HTTP \xff\r\n\r\n\r\n");
    } else if (m_act.reply != Act::Reply::None) {
        QByteArray reply = "HTTP/1.1 " + QByteArray::number(m_act.status) + " Whatever\r\n";
        for (const auto& [name, value] : m_act.headers)
            reply += name + ": " + value + "\r\n";
        if (m_act.announcesLength)
            reply += "Content-Length: " + QByteArray::number(m_act.body.size()) + "\r\n";
        const bool cut = m_act.reply == Act::Reply::CutShort;
        queue(reply + "\r\n" + (cut ? m_act.body.left(m_act.body.size() / 2) : m_act.body));
    }
    m_ends = true;
    write();
}

void Http1::queue(const QByteArray& bytes)
{
    m_pending += bytes;
    m_server->m_unsent += bytes.size();
}

/// Writes in small portions: a client that stops reading must not get everything, and QSslSocket is slow with
/// large writes.
void Http1::write()
{
    while (m_written < m_pending.size() && backlogOf(m_socket) < writeAhead) {
        const auto count = m_socket->write(m_pending.constData() + m_written,
                                           std::min(writeAhead, m_pending.size() - m_written));
        m_written += count;
        m_server->m_unsent -= count;
    }
    if (m_written < m_pending.size())
        return;
    m_pending.clear();
    m_written = 0;
    if (m_ends && m_act.then == Act::Then::Stay && m_act.reply != Act::Reply::Whole)
        m_server->m_isSilent = true;
    // Queued: QSslSocket must not be aborted during its own signal.
    if (std::exchange(m_ends, false))
        QMetaObject::invokeMethod(
            m_socket, [socket = m_socket, then = m_act.then] { Server::end(socket, then); },
            Qt::QueuedConnection);
}

} // namespace faults
