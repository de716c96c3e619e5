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

/// \brief How an account is reached: through which proxy, and whose certificates count besides the system's.
struct Route {
    enum class Proxy { System, None, Typed };
    enum class Field { ProxyHost, ProxyPort, ProxyUser, CaFile };

    Proxy proxy = Proxy::System;
    QString host = {}; ///< of a typed HTTP proxy, and so are the next three
    int port = 0;
    QString user = {}; ///< empty: it asks for none
    QString password = {};
    QString caFile = {}; ///< a PEM file with further authorities; empty: the system's alone

    bool operator==(const Route&) const = default;
};

/// What is wrong with a route, a sentence for each field.  Reads the file with the authorities.
[[nodiscard]] QMap<Route::Field, QString> problemsOf(const Route& route);

/// The system's authorities and those of the route's file; nothing where it names no file, as Qt's own is
/// right then.  The error is a sentence.
[[nodiscard]] std::expected<std::optional<QSslConfiguration>, QString> tlsOf(const Route& route);

/// \brief Which proxy a URL's requests go through.
///
/// A proxy is asked for a tunnel only, for plain http too: it then sees no key, a 407 meets no POST, and what
/// it says itself cannot be taken for the service's reply.  Plain http, which goes to this computer only,
/// uses a proxy on this computer or none.
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
    QHash<QUrl, Answer> m_answers; ///< of the system, which may take its time
};

/// Has a manager use them, it alone.
void install(QNetworkAccessManager& network, const std::shared_ptr<Proxies>& proxies);

} // namespace api
