// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <deque>
#include <memory>

#include <QList>
#include <QMap>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QUrl>

class QTcpSocket;

namespace faults {

/// \brief A request as it reached the server.
struct Seen {
    QByteArray protocol = {}; ///< `http/1.1` or `h2`
    QByteArray method = {};   ///< empty with HTTP/2, whose headers are not read here; so are the next two
    QByteArray target = {};
    QMap<QByteArray, QByteArray> headers = {}; ///< names in small letters
    QByteArray body = {};
    bool whole = false; ///< all of its body was received
    int connection = 0; ///< counted from 1
};

/// \brief What the server does to a request.
struct Act {
    enum class When { Head, Body }; ///< as soon as the headers are here, the body unread; or after all of it
    enum class Reply { None, Whole, CutShort, Garbled };
    enum class Then {
        Stay,
        Close,
        Reset,
        ResetStream,
        RefuseStream,
        GoAway
    }; ///< the last three with HTTP/2 only

    When when = When::Body;
    Reply reply = Reply::Whole;
    Then then = Then::Stay;
    int status = 200;
    QByteArray body = {};
    QList<std::pair<QByteArray, QByteArray>> headers = {{"Content-Type", "application/json"}};
    bool announcesLength = true; ///< HTTP/1.1 only
};

[[nodiscard]] Act json(const QByteArray& body, int status = 200);

/// \brief A server on loopback that misbehaves as it is told, and counts what reaches it.
class Server : public QTcpServer {
    Q_OBJECT

public:
    enum class Kind { Http, Https, Http2 };

    /// \param certificate `trusted` or `stranger`, or the path of another without its ending
    explicit Server(Kind kind, const QString& certificate = QStringLiteral("trusted"),
                    QObject* parent = nullptr);

    [[nodiscard]] QUrl url() const; ///< with the API's path
    [[nodiscard]] QSslCertificate certificate() const { return m_tls.localCertificate(); }
    /// A configuration that trusts the `trusted` certificate and nothing else.
    [[nodiscard]] static QSslConfiguration clientTls();
    /// What a server shows that has this certificate.
    [[nodiscard]] static QSslConfiguration serverTls(const QString& certificate);
    static void end(QTcpSocket* socket, Act::Then then);
    void hangUp(); ///< ends every connection

    void next(const Act& act) { m_acts.push_back(act); }
    void otherwise(const Act& act) { m_otherwise = act; }

    [[nodiscard]] const QList<Seen>& seen() const { return m_seen; }
    [[nodiscard]] int wholeBodies() const; ///< of requests that have one
    [[nodiscard]] qint64 unsent() const
    {
        return m_unsent;
    } ///< of HTTP/1.1 replies, waiting for the client to read
    [[nodiscard]] int connections() const { return m_connections; }
    /// Somebody waits for an answer, or for the rest of one, that does not come.
    [[nodiscard]] bool isSilent() const { return m_isSilent; }

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    friend class Http1;
    friend class Http2;

    [[nodiscard]] Act take();
    qsizetype note(const Seen& seen);
    void converse(QTcpSocket* socket, int connection, const QByteArray& protocol);

    Kind m_kind;
    QSslConfiguration m_tls;
    std::deque<Act> m_acts;
    Act m_otherwise;
    QList<Seen> m_seen;
    qint64 m_unsent = 0;
    int m_connections = 0;
    bool m_isSilent = false;
};

} // namespace faults
