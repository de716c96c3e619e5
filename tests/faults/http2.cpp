// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http2.h"

#include <QTcpSocket>
#include <QtEndian>

namespace faults {

namespace {

enum Type : quint8 { Data = 0, Headers = 1, RstStream = 3, Settings = 4, Ping = 6, GoAway = 7 };

constexpr quint8 endStream = 0x1; // in DATA and HEADERS
constexpr quint8 ack = 0x1;       // in SETTINGS and PING
constexpr quint8 endHeaders = 0x4;
constexpr quint8 padded = 0x8;
constexpr quint32 internalError = 2;
constexpr quint32 refusedStream = 7;
constexpr qsizetype frameHead = 9;
constexpr auto preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

QByteArray number(quint32 value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

/// A string literal of HPACK, not Huffman-coded.
QByteArray literal(const QByteArray& text)
{
    Q_ASSERT(text.size() < 127);
    return char(text.size()) + text;
}

/// A header block without dynamic table entries: literals only, except for the names and `:status: 200`.
QByteArray headerBlock(const Act& act)
{
    QByteArray block =
        act.status == 200 ? QByteArray("\x88") : '\x08' + literal(QByteArray::number(act.status));
    for (const auto& [name, value] : act.headers)
        block += '\0' + literal(name.toLower()) + literal(value);
    return block + '\0' + literal("content-length") + literal(QByteArray::number(act.body.size()));
}

} // namespace

Http2::Http2(Server* server, QTcpSocket* socket, int connection)
    : QObject(socket)
    , m_server(server)
    , m_socket(socket)
    , m_connection(connection)
{
    connect(socket, &QTcpSocket::readyRead, this, &Http2::read);
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    send(Settings, 0, 0, {});
    read();
}

void Http2::send(quint8 type, quint8 flags, quint32 stream, const QByteArray& payload)
{
    m_socket->write(number(quint32(payload.size())).mid(1) + char(type) + char(flags) + number(stream) +
                    payload);
}

void Http2::read()
{
    m_buffer += m_socket->readAll();
    if (!m_hasPreface) {
        const QByteArray expected(preface);
        if (m_buffer.size() < expected.size())
            return;
        m_buffer.remove(0, expected.size());
        m_hasPreface = true;
    }
    while (!m_closed && m_buffer.size() >= frameHead) {
        const auto size = qFromBigEndian<quint32>(m_buffer.constData()) >> 8;
        if (m_buffer.size() < frameHead + qsizetype(size))
            return;
        const auto type = quint8(m_buffer.at(3));
        const auto flags = quint8(m_buffer.at(4));
        const auto stream = qFromBigEndian<quint32>(m_buffer.constData() + 5);
        const auto payload = m_buffer.mid(frameHead, qsizetype(size));
        m_buffer.remove(0, frameHead + qsizetype(size));
        handle(type, flags, stream, payload);
    }
}

void Http2::handle(quint8 type, quint8 flags, quint32 id, const QByteArray& payload)
{
    if (type == Settings && !(flags & ack)) {
        send(Settings, ack, 0, {});
    } else if (type == Ping && !(flags & ack)) {
        send(Ping, ack, 0, payload);
    } else if (type == Headers) {
        auto& stream = m_streams[id];
        stream.index = m_server->note({.protocol = "h2", .connection = m_connection});
        stream.act = m_server->take();
        if (flags & endStream)
            m_server->m_seen[stream.index].whole = true;
        if ((flags & endStream) || stream.act.when == Act::When::Head)
            perform(id, stream);
    } else if (type == Data && m_streams.contains(id)) {
        auto& stream = m_streams[id];
        auto& seen = m_server->m_seen[stream.index];
        seen.body += flags & padded ? payload.mid(1, payload.size() - 1 - quint8(payload.at(0))) : payload;
        if (!(flags & endStream))
            return;
        // Counted even if the act happened earlier: what matters is that the body arrived.
        seen.whole = true;
        if (!stream.done)
            perform(id, stream);
    }
}

void Http2::perform(quint32 id, Stream& stream)
{
    stream.done = true;
    const auto& act = stream.act;
    if (act.reply == Act::Reply::Garbled) {
        send(Headers, endHeaders, id, QByteArray(16, '\xff')); // an index that is in no table
    } else if (act.reply != Act::Reply::None) {
        const bool cut = act.reply == Act::Reply::CutShort;
        send(Headers, endHeaders, id, headerBlock(act));
        send(Data, cut ? 0 : endStream, id, cut ? act.body.left(act.body.size() / 2) : act.body);
    }
    switch (act.then) {
    case Act::Then::ResetStream: send(RstStream, 0, id, number(internalError)); break;
    case Act::Then::RefuseStream: send(RstStream, 0, id, number(refusedStream)); break;
    case Act::Then::GoAway: send(GoAway, 0, 0, number(0) + number(0)); break; // "none of yours was processed"
    case Act::Then::Close:
    case Act::Then::Reset:
        m_closed = true;
        Server::end(m_socket, act.then);
        break;
    case Act::Then::Stay:
        if (act.reply != Act::Reply::Whole)
            m_server->m_isSilent = true;
        break;
    }
}

} // namespace faults
