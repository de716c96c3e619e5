// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include "server.h"

namespace faults {

/// \brief One HTTP/1.1 connection that handles one request after the other.
class Http1 : public QObject {
public:
    Http1(Server* server, QTcpSocket* socket, int connection);

private:
    void read();
    bool readHead();
    void perform();
    void queue(const QByteArray& bytes);
    void write();

    Server* m_server;
    QTcpSocket* m_socket;
    int m_connection;
    QByteArray m_buffer;
    Seen m_request;
    Act m_act;
    qsizetype m_index = 0; ///< the request's index in the server's list
    qsizetype m_length = 0;
    bool m_inBody = false;
    QByteArray m_pending;    ///< replies
    qsizetype m_written = 0; ///< bytes of `m_pending`
    bool m_ends = false;     ///< ends the connection once all is written
    bool m_done = false;     ///< ignores further input
};

} // namespace faults
