// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/route.h"

#include <algorithm>

#include <QFile>
#include <QNetworkAccessManager>
#include <QSslCertificate>
#include <QUrl>

#include "api/tr.h"
#include "api/endpoint.h"

namespace api {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 largestCaFile = 4 << 20; ///< a system's complete list of authorities is some 200 KiB
constexpr std::chrono::seconds systemsAnswerLasts{30};

class Factory final : public QNetworkProxyFactory {
public:
    explicit Factory(std::shared_ptr<Proxies> proxies)
        : m_proxies(std::move(proxies))
    {
    }

    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery& query) override
    {
        return {m_proxies->forUrl(query.url())};
    }

private:
    std::shared_ptr<Proxies> m_proxies;
};

QUrl originOf(const QUrl& url)
{
    QUrl origin;
    origin.setScheme(url.scheme());
    origin.setHost(url.host());
    origin.setPort(url.port());
    return origin;
}

/// Restricts a proxy to tunnels.
QNetworkProxy tunnelling(QNetworkProxy proxy)
{
    if (proxy.type() == QNetworkProxy::HttpCachingProxy)
        proxy.setType(QNetworkProxy::HttpProxy);
    if (proxy.type() == QNetworkProxy::HttpProxy) {
        proxy.setCapabilities(QNetworkProxy::TunnelingCapability | QNetworkProxy::HostNameLookupCapability);
        proxy.setHeader(QNetworkRequest::UserAgentHeader, u"CaptureDesk/" CAPTUREDESK_VERSION ""_s);
    }
    return proxy;
}

bool isDirect(const QNetworkProxy& proxy)
{
    return proxy.type() == QNetworkProxy::NoProxy || proxy.type() == QNetworkProxy::DefaultProxy;
}

bool isHostName(const QString& text)
{
    QUrl url;
    url.setScheme(u"http"_s);
    url.setHost(text, QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty();
}

bool isPrintable(const QString& text)
{
    return std::ranges::all_of(text, [](QChar c) { return c.isPrint() || c.isSurrogate(); });
}

std::expected<QList<QSslCertificate>, QString> authoritiesIn(const QString& path)
{
    QFile file(path);
    if (!file.exists())
        return std::unexpected(Text::tr("There is no such file."));
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(Text::tr("The file cannot be read: %1.").arg(file.errorString()));
    const auto bytes = file.read(largestCaFile + 1);
    if (bytes.size() > largestCaFile)
        return std::unexpected(Text::tr("The file is too large to hold certificates."));
    auto certificates = QSslCertificate::fromData(bytes, QSsl::Pem);
    certificates.removeIf([](const QSslCertificate& certificate) { return certificate.isNull(); });
    if (certificates.isEmpty())
        return std::unexpected(Text::tr(
            "There is no certificate in the file. A PEM file contains “-----BEGIN CERTIFICATE-----”."));
    return certificates;
}

} // namespace

QMap<Route::Field, QString> problemsOf(const Route& route)
{
    QMap<Route::Field, QString> all;
    if (route.proxy == Route::Proxy::Typed) {
        if (route.host.isEmpty())
            all[Route::Field::ProxyHost] = Text::tr("Type the proxy's name or address.");
        else if (!isHostName(route.host))
            all[Route::Field::ProxyHost] = Text::tr(
                "The proxy's name or address alone, such as proxy.example.com: no http://, no port.");
        if (route.port < 1 || route.port > 65535)
            all[Route::Field::ProxyPort] =
                Text::tr("A port is a number from 1 to 65535, often 3128 or 8080.");
        if (route.user.isEmpty() && !route.password.isEmpty())
            all[Route::Field::ProxyUser] = Text::tr("Type the user that the password belongs to.");
        else if (route.user.contains(u':') || !isPrintable(route.user) || !isPrintable(route.password))
            all[Route::Field::ProxyUser] =
                Text::tr("User and password have no line breaks, and the user has no colon.");
    }
    if (!route.caFile.isEmpty()) {
        if (const auto authorities = authoritiesIn(route.caFile); !authorities)
            all[Route::Field::CaFile] = authorities.error();
    }
    return all;
}

std::expected<std::optional<QSslConfiguration>, QString> tlsOf(const Route& route)
{
    if (route.caFile.isEmpty())
        return std::nullopt;
    const auto authorities = authoritiesIn(route.caFile);
    if (!authorities)
        return std::unexpected(
            Text::tr("The file with further authorities, %1: %2").arg(route.caFile, authorities.error()));
    // If any authority is set, Qt no longer loads the system's by itself.
    auto tls = QSslConfiguration::defaultConfiguration();
    tls.setCaCertificates(QSslConfiguration::systemCaCertificates() + *authorities);
    return tls;
}

Proxies::Proxies(const Route& route, System system)
    : m_route(route)
    , m_system(std::move(system))
{
}

QNetworkProxy Proxies::forUrl(const QUrl& url)
{
    const auto origin = originOf(url);
    if (m_route.proxy != Route::Proxy::System)
        return choose(origin);
    const auto now = std::chrono::steady_clock::now();
    const auto known = m_answers.constFind(origin);
    if (known != m_answers.constEnd() && now - known->asked < systemsAnswerLasts)
        return known->proxy;
    return m_answers.insert(origin, {.proxy = choose(origin), .asked = now})->proxy;
}

QNetworkProxy Proxies::choose(const QUrl& origin) const
{
    QList<QNetworkProxy> candidates;
    switch (m_route.proxy) {
    case Route::Proxy::None: break;
    case Route::Proxy::Typed:
        candidates << QNetworkProxy(QNetworkProxy::HttpProxy, m_route.host, quint16(m_route.port),
                                    m_route.user, m_route.password);
        break;
    case Route::Proxy::System:
        candidates = m_system(QNetworkProxyQuery(origin)); // do not pass more of the URL than this
        break;
    }
    const bool plain = origin.scheme() != "https"_L1;
    for (const auto& proxy : candidates) {
        if (isDirect(proxy))
            break;
        if (proxy.type() != QNetworkProxy::FtpCachingProxy && (!plain || isLoopback(proxy.hostName())))
            return tunnelling(proxy);
    }
    return QNetworkProxy::NoProxy;
}

void install(QNetworkAccessManager& network, const std::shared_ptr<Proxies>& proxies)
{
    network.setProxyFactory(new Factory(proxies)); // the manager takes ownership
}

} // namespace api
