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

/// \brief The state shared by all calls of one client: endpoint, network manager, request queue, limits.
struct Wire {
    Wire(Endpoint where, QNetworkAccessManager* manager, std::shared_ptr<Pacer> pacer);

    /// Why nothing may be sent to this endpoint, or nothing: its base URL is invalid or unencrypted, its
    /// credentials do not fit into a header, or its route is invalid.
    [[nodiscard]] std::optional<Error> problem() const;

    /// \param path percent-encoded, relative to the base URL
    [[nodiscard]] QUrl url(const QByteArray& path, const QUrlQuery& query) const;

    /// Builds a request that follows no redirect, stores no cookie and uses no cache.
    /// \param withCredentials adds the credentials, but only for the endpoint's own origin
    /// \param http2 whether HTTP/2 is allowed; otherwise the request uses a separate connection
    [[nodiscard]] QNetworkRequest request(const QUrl& url, bool withCredentials, bool http2) const;

    /// Records in `ending` whether the reply came through a proxy, and the certificate errors that Qt
    /// reports.  These errors are never ignored.
    void watch(QNetworkReply& reply, Ending& ending, const QObject& context);

    /// Call it when a request has released its slot in the gate.
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
    std::optional<QDateTime> date; ///< of the last reply, from the service's clock
    bool reachedService = false;   ///< at least one request got past the proxy, if there is one
    /// Set to false when a connection breaks: in Qt 6.4.2 a request that is sent just as an HTTP/2
    /// connection closes hangs, and so may the next one.
    bool speaksHttp2 = true;
};

/// \brief Retry policy of a GET after transient errors.
class Backoff {
public:
    /// The delay before the next attempt, or nothing if this was the last one or the error is not transient.
    /// \param retryAfter the delay that the service asked for
    [[nodiscard]] std::optional<std::chrono::milliseconds>
    next(const Retries& retries, const Error& error, std::optional<std::chrono::seconds> retryAfter);

private:
    int m_failures = 0;
};

} // namespace api
