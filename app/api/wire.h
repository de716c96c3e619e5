// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <optional>

#include <QDateTime>
#include <QNetworkRequest>
#include <QSslConfiguration>

#include "api/classify.h"
#include "api/client.h"
#include "api/gate.h"
#include "api/redactor.h"

namespace api {

/// \brief What all calls of one client share: where to, with what, through which gate.
struct Wire {
    Wire(Endpoint where, QNetworkAccessManager* manager, std::shared_ptr<Pacer> pacer);

    /// Why nothing may be sent to this endpoint: what a secret would be read by others on, what no header can
    /// carry, a route that cannot be taken.
    [[nodiscard]] std::optional<Error> problem() const;

    /// \param path percent-encoded, relative to the base URL
    [[nodiscard]] QUrl url(const QByteArray& path, const QUrlQuery& query) const;

    /// A request that follows no redirect, keeps no cookie and uses no cache.
    /// \param withCredentials only ever for the endpoint's own origin
    /// \param http2 whether it may go over HTTP/2; otherwise it takes a connection of its own
    [[nodiscard]] QNetworkRequest request(const QUrl& url, bool withCredentials, bool http2) const;

    /// Notes in an ending which way a reply comes, and what Qt finds wrong with the certificate: never
    /// ignored.
    void watch(QNetworkReply& reply, Ending& ending, const QObject& context);

    /// To be called when a request has left the gate.
    void recover(const Ending& ending);

    /// Whether a URL belongs to the endpoint's own scheme, host and port.
    [[nodiscard]] bool isOwnOrigin(const QUrl& url) const;

    Endpoint endpoint;
    QNetworkAccessManager* network;
    std::shared_ptr<Proxies> proxies;
    Redactor redactor;
    Gate gate;
    Deadlines deadlines;
    Retries retries;
    std::optional<QSslConfiguration> tls;
    std::optional<QString> routeProblem;
    std::optional<QDateTime> date; ///< of the last reply, by the service's clock
    bool reachedService = false;   ///< whatever proxy there is has let something through
    /// Until one breaks: in Qt 6.4.2 a request that comes just when an HTTP/2 connection closes hangs, and so
    /// may the next.
    bool speaksHttp2 = true;
};

/// \brief How often and how late a GET that failed in a way that heals is repeated.
class Backoff {
public:
    /// How long to wait before the next attempt, or nothing: this was the last, or it does not heal.
    /// \param retryAfter what the service asked for
    [[nodiscard]] std::optional<std::chrono::milliseconds>
    next(const Retries& retries, const Error& error, std::optional<std::chrono::seconds> retryAfter);

private:
    int m_failures = 0;
};

} // namespace api
