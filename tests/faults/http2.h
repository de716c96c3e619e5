// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QObject>

#include "server.h"

namespace faults {

/// \brief One HTTP/2 connection (RFC 9113), limited to what counting bodies needs: headers are not decoded.
class Http2 : public QObject {
public:
    Http2(Server* server, QTcpSocket* socket, int connection);

private:
    struct Stream {
        qsizetype index = 0; ///< the request's index in the server's list
        Act act;
        bool done = false;
    };

    void read();
    void handle(quint8 type, quint8 flags, quint32 stream, const QByteArray& payload);
    void perform(quint32 id, Stream& stream);
    void send(quint8 type, quint8 flags, quint32 stream, const QByteArray& payload);

    Server* m_server;
    QTcpSocket* m_socket;
    int m_connection;
    QByteArray m_buffer;
    bool m_hasPreface = false;
    bool m_closed = false;
    QHash<quint32, Stream> m_streams;
};

} // namespace faults
