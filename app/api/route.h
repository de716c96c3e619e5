// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <memory>
#include <optional>

#include <QHash>
#include <QMap>
#include <QNetworkProxy>
#include <QSslConfiguration>
#include <QString>

class QNetworkAccessManager;
class QUrl;

namespace api {

/// \brief The network route to an account: its proxy, and certificate authorities in addition to the
/// system's.
struct Route {
    enum class Proxy { System, None, Typed };
    enum class Field { ProxyHost, ProxyPort, ProxyUser, CaFile };

    Proxy proxy = Proxy::System;
    QString host = {}; ///< of a typed HTTP proxy, as are `port`, `user` and `password`
    int port = 0;
    QString user = {}; ///< empty: the proxy requires no login
    QString password = {};
    QString caFile = {}; ///< a PEM file with additional authorities; empty: only the system's

    bool operator==(const Route&) const = default;
};

/// The errors of a route, one sentence for each field.  Reads the file with the authorities.
[[nodiscard]] QMap<Route::Field, QString> problemsOf(const Route& route);

/// The system's authorities and those of the route's file.  Nothing if the route names no file, because Qt's
/// default is correct then.  The error is a sentence.
[[nodiscard]] std::expected<std::optional<QSslConfiguration>, QString> tlsOf(const Route& route);

/// \brief Selects the proxy for a URL.
///
/// A proxy is used only for tunnels, for plain http too: then it sees no key, no POST can receive a 407, and
/// the proxy's own response cannot be mistaken for the service's reply.  Plain http, which is allowed to
/// this computer only, uses a proxy on this computer or none.
class Proxies {
public:
    using System = std::function<QList<QNetworkProxy>(const QNetworkProxyQuery&)>;

    explicit Proxies(const Route& route, System system = QNetworkProxyFactory::systemProxyForQuery);

    [[nodiscard]] QNetworkProxy forUrl(const QUrl& url);

private:
    struct Answer {
        QNetworkProxy proxy;
        std::chrono::steady_clock::time_point asked;
    };

    [[nodiscard]] QNetworkProxy choose(const QUrl& origin) const;

    Route m_route;
    System m_system;
    QHash<QUrl, Answer> m_answers; ///< cached, because the system may be slow to respond
};

/// Makes the manager use only these proxies.
void install(QNetworkAccessManager& network, const std::shared_ptr<Proxies>& proxies);

} // namespace api
