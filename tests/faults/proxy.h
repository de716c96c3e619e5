// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <map>
#include <optional>

#include <QList>
#include <QSet>
#include <QTcpServer>
#include <QUrl>

#include "server.h"

namespace faults {

/// The kinds of requests.
enum class Ask { Devices, Commands, Quota, Create, Verify, Download, Other };

[[nodiscard]] Ask askOf(const Seen& seen);

/// \brief A fault for requests of one kind, between the client and the service.
struct Fault {
    enum class Where {
        Head,   ///< after the headers; not forwarded to the service
        Before, ///< after the whole request; not forwarded to the service
        Late,   ///< like `Before`, but forwarded by `Proxy::deliver`
        After   ///< after the service has carried it out
    };

    Where where = Where::After;
    /// Changes the answer to the client: the service's own, or an empty one if the request was not forwarded.
    std::function<void(Act&)> change = {};
    int times = -1; ///< requests that it affects; -1: until `lift`
    int page = 0;   ///< of a list, the only page that it affects; 0: any
};

/// \brief A faulty network between a client and a correct account: on loopback, HTTP/1.1, with or without
/// TLS.
class Proxy : public QTcpServer {
    Q_OBJECT

public:
    /// \param to the account's base URL, plain http
    /// \param certificate `trusted` or `stranger`; empty: plain http
    explicit Proxy(const QUrl& to, const QString& certificate = {}, QObject* parent = nullptr);

    [[nodiscard]] QUrl url() const; ///< with the API's path; never changes

    void strike(Ask ask, const Fault& fault);
    void lift(); ///< removes all faults, `refuse` and `distrust` included

    void refuse();   ///< refuses connections, and closes those with a pending request
    void distrust(); ///< shows new connections a certificate that nobody trusts
    /// Closes the connection after each answer, so that the next request needs a new one.
    void setEndsEach(bool endsEach) { m_endsEach = endsEach; }

    /// Forwards what arrived during a `Late` fault.
    void deliver();

    /// Called first with each answer of the account, with or without a fault.
    std::function<void(Ask ask, Act& act)> through;
    /// Called before anything is answered.
    std::function<void(Ask ask)> answering;

    [[nodiscard]] int received(Ask ask) const; ///< complete requests
    [[nodiscard]] int forwarded(Ask ask) const;
    [[nodiscard]] int struck(Ask ask) const; ///< requests that a fault affected
    /// Whether a request to this URL waits for an answer that will not come.  True once for each request.
    [[nodiscard]] bool isSilentOn(const QUrl& url);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    friend class Conversation;

    struct Counts {
        int received = 0, forwarded = 0, struck = 0;
    };

    [[nodiscard]] std::optional<Fault> faultFor(const Seen& seen);
    void forward(const Seen& seen, const std::function<void(const Act&)>& then);
    void open();
    void drop(); ///< closes idle connections: a client opens some in advance

    QUrl m_to;
    QString m_certificate;
    bool m_distrusted = false;
    bool m_endsEach = false;
    quint16 m_port = 0;
    std::map<Ask, Fault> m_faults;
    std::map<Ask, Counts> m_counts;
    QList<Seen> m_late;
    QHash<QByteArray, int> m_silences; ///< by target; not reported yet
    QSet<QTcpSocket*> m_sockets;       ///< clients
    QSet<QTcpSocket*> m_busy;          ///< clients with a pending request
};

/// \brief One connection of a client, which sends one request after the other.
class Conversation : public QObject {
public:
    Conversation(Proxy* proxy, QTcpSocket* socket);

private:
    void read();
    bool readHead();
    void perform();
    void answer(Act act);

    Proxy* m_proxy;
    QTcpSocket* m_socket;
    QByteArray m_buffer;
    Seen m_request;
    std::optional<Fault> m_fault; ///< of the request
    qsizetype m_length = 0;
    bool m_inBody = false;
    bool m_busy = false; ///< a request is pending
    bool m_done = false; ///< ignores further input
};

} // namespace faults
