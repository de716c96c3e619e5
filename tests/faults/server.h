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

/// \brief A request as the server received it.
struct Seen {
    QByteArray protocol = {}; ///< `http/1.1` or `h2`
    QByteArray method = {};   ///< empty with HTTP/2, whose headers are not decoded; so are the next two
    QByteArray target = {};
    QMap<QByteArray, QByteArray> headers = {}; ///< lower-case names
    QByteArray body = {};
    bool whole = false; ///< the whole body was received
    int connection = 0; ///< counted from 1
};

/// \brief The server's reaction to a request.
struct Act {
    enum class When { Head, Body }; ///< after the headers, before the body; or after the whole request
    enum class Reply { None, Whole, CutShort, Garbled };
    enum class Then {
        Stay,
        Close,
        Reset,
        ResetStream,
        RefuseStream,
        GoAway
    }; ///< the last three for HTTP/2 only

    When when = When::Body;
    Reply reply = Reply::Whole;
    Then then = Then::Stay;
    int status = 200;
    QByteArray body = {};
    QList<std::pair<QByteArray, QByteArray>> headers = {{"Content-Type", "application/json"}};
    bool announcesLength = true; ///< HTTP/1.1 only
};

[[nodiscard]] Act json(const QByteArray& body, int status = 200);

/// \brief A server on loopback that misbehaves on demand, and counts what it receives.
class Server : public QTcpServer {
    Q_OBJECT

public:
    enum class Kind { Http, Https, Http2 };

    /// \param certificate `trusted` or `stranger`, or the path of another one without its suffix
    explicit Server(Kind kind, const QString& certificate = QStringLiteral("trusted"),
                    QObject* parent = nullptr);

    [[nodiscard]] QUrl url() const; ///< with the API's path
    [[nodiscard]] QSslCertificate certificate() const { return m_tls.localCertificate(); }
    /// A configuration that trusts the `trusted` certificate and nothing else.
    [[nodiscard]] static QSslConfiguration clientTls();
    /// A server configuration with this certificate.
    [[nodiscard]] static QSslConfiguration serverTls(const QString& certificate);
    static void end(QTcpSocket* socket, Act::Then then);
    void hangUp(); ///< closes every connection

    void next(const Act& act) { m_acts.push_back(act); }
    void otherwise(const Act& act) { m_otherwise = act; }

    [[nodiscard]] const QList<Seen>& seen() const { return m_seen; }
    [[nodiscard]] int wholeBodies() const; ///< of requests that have one
    [[nodiscard]] qint64 unsent() const
    {
        return m_unsent;
    } ///< of HTTP/1.1 replies, not yet read by the client
    [[nodiscard]] int connections() const { return m_connections; }
    /// A client waits for an answer, or for the rest of one, that will not come.
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
