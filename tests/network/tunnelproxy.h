// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QList>
#include <QTcpServer>
#include <QTcpSocket>

namespace network {

/// \brief A proxy on loopback that opens tunnels, refuses them on demand, and records all input.
class Proxy : public QTcpServer {
    Q_OBJECT

public:
    enum class Then { Tunnel, Hang, Close };

    /// \param login required `user:password`; empty: none
    explicit Proxy(const QByteArray& login = {}, QObject* parent = nullptr);

    void refuse(int status) { m_status = status; } ///< refuses each tunnel
    void then(Then what) { m_then = what; }

    [[nodiscard]] const QList<QByteArray>& heads() const { return m_heads; } ///< request lines and headers
    [[nodiscard]] int tunnels() const { return m_tunnels; }                  ///< opened so far
    [[nodiscard]] const QByteArray& passed() const { return m_passed; }      ///< data sent to the service

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void read(QTcpSocket* client);
    void asked(QTcpSocket* client, const QByteArray& head);
    void open(QTcpSocket* client, const QByteArray& target);

    QByteArray m_login;
    int m_status = 0;
    Then m_then = Then::Tunnel;
    QList<QByteArray> m_heads;
    QByteArray m_passed;
    int m_tunnels = 0;
};

} // namespace network
