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

/// What a request asks for.
enum class Ask { Devices, Commands, Quota, Create, Verify, Download, Other };

[[nodiscard]] Ask askOf(const Seen& seen);

/// \brief What happens to requests of one kind between here and the service.
struct Fault {
    enum class Where {
        Head,   ///< as soon as the headers are here: the service never hears of it
        Before, ///< when all of it is here: the service never hears of it
        Late,   ///< so, too, until `Proxy::deliver`
        After   ///< when the service has carried it out
    };

    Where where = Where::After;
    /// What the client gets: of the service's own answer, or, where that has not heard, of an empty one.
    std::function<void(Act&)> change = {};
    int times = -1; ///< then it is over; -1: until it is lifted
    int page = 0;   ///< of lists, only this page; 0: any
};

/// \brief The wire between a client and an account that behaves: on loopback, HTTP/1.1, TLS or not.
class Proxy : public QTcpServer {
    Q_OBJECT

public:
    /// \param to the account's base URL, plain http
    /// \param certificate `trusted` or `stranger`; empty: plain http
    explicit Proxy(const QUrl& to, const QString& certificate = {}, QObject* parent = nullptr);

    [[nodiscard]] QUrl url() const; ///< with the API's path; stays the same

    void strike(Ask ask, const Fault& fault);
    void lift(); ///< all faults; whoever connects is let in again, and shown the trusted certificate

    void refuse();   ///< connections; those that wait for an answer close with it
    void distrust(); ///< who connects is shown a certificate that nobody trusts
    /// Each answer ends its connection: so that the next request needs one of its own.
    void setEndsEach(bool endsEach) { m_endsEach = endsEach; }

    /// Carries out what came while a fault was `Late`.
    void deliver();

    /// What the account itself answers is seen through this first, fault or none.
    std::function<void(Ask ask, Act& act)> through;
    /// Just before anything is answered.
    std::function<void(Ask ask)> answering;

    [[nodiscard]] int received(Ask ask) const; ///< whole requests
    [[nodiscard]] int forwarded(Ask ask) const;
    [[nodiscard]] int struck(Ask ask) const; ///< requests that met a fault
    /// Whether somebody waits for an answer to this that does not come: true once for each request.
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
    void drop(); ///< connections on which nothing is asked: a client opens some ahead

    QUrl m_to;
    QString m_certificate;
    bool m_distrusted = false;
    bool m_endsEach = false;
    quint16 m_port = 0;
    std::map<Ask, Fault> m_faults;
    std::map<Ask, Counts> m_counts;
    QList<Seen> m_late;
    QHash<QByteArray, int> m_silences; ///< by target; not yet told
    QSet<QTcpSocket*> m_sockets;       ///< of clients
    QSet<QTcpSocket*> m_busy;          ///< of them, with a request that waits for its answer
};

/// \brief One connection of a client, a request after the other.
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
    std::optional<Fault> m_fault; ///< of it
    qsizetype m_length = 0;
    bool m_inBody = false;
    bool m_busy = false; ///< a request waits for its answer
    bool m_done = false; ///< what comes now is ignored
};

} // namespace faults
