// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>
#include <QTest>

#include "support/suite.h"
#include "api/certificate.h"
#include "api/endpoint.h"
#include "api/redactor.h"
#include "api/route.h"

using namespace Qt::StringLiterals;
using namespace api;
using RouteField = Route::Field;
using Type = QNetworkProxy::ProxyType;

namespace {

Route typed(const QString& host, int port, const QString& user = {}, const QString& password = {})
{
    return {.proxy = Route::Proxy::Typed, .host = host, .port = port, .user = user, .password = password};
}

} // namespace

class RouteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void problems_data()
    {
        QTest::addColumn<Route>("route");
        QTest::addColumn<QList<RouteField>>("fields");
        const auto row = [](const char* name, const Route& route, const QList<RouteField>& fields) {
            QTest::newRow(name) << route << fields;
        };
        row("the system's", {}, {});
        row("none", {.proxy = Route::Proxy::None}, {});
        row("a name", typed(u"proxy.example.com"_s, 3128), {});
        row("an address", typed(u"192.0.2.1"_s, 1), {});
        row("an IPv6 address", typed(u"2001:db8::1"_s, 65535), {});
        row("with a login", typed(u"proxy"_s, 8080, u"marta"_s, u"pa55: wörd"_s), {});
        row("nothing typed", typed({}, 0), {RouteField::ProxyHost, RouteField::ProxyPort});
        row("a URL", typed(u"http://proxy.example.com"_s, 3128), {RouteField::ProxyHost});
        row("with its port", typed(u"proxy.example.com:3128"_s, 3128), {RouteField::ProxyHost});
        row("with a path", typed(u"proxy/x"_s, 3128), {RouteField::ProxyHost});
        row("with a login before it", typed(u"marta@proxy"_s, 3128), {RouteField::ProxyHost});
        row("with a space", typed(u"pro xy"_s, 3128), {RouteField::ProxyHost});
        row("port too large", typed(u"proxy"_s, 65536), {RouteField::ProxyPort});
        row("port below", typed(u"proxy"_s, -1), {RouteField::ProxyPort});
        row("no user", typed(u"proxy"_s, 1, {}, u"pa55"_s), {RouteField::ProxyUser});
        row("a colon", typed(u"proxy"_s, 1, u"a:b"_s, u"pa55"_s), {RouteField::ProxyUser});
        row("a line break", typed(u"proxy"_s, 1, u"a"_s, u"pa\r\n55"_s), {RouteField::ProxyUser});
        row("no such file", {.caFile = u"/nonexistent/extra.pem"_s}, {RouteField::CaFile});
        auto notTyped = typed({}, 0);
        notTyped.proxy = Route::Proxy::None;
        row("what does not count", notTyped, {});
    }
    void problems()
    {
        QFETCH(Route, route);
        QFETCH(QList<RouteField>, fields);
        const auto found = problemsOf(route);
        QCOMPARE(found.keys(), fields);
        for (const auto& sentence : found)
            QVERIFY2(sentence.endsWith(u'.') || sentence.endsWith(u')'), qPrintable(sentence));
    }

    void choice_data()
    {
        QTest::addColumn<Route>("route");
        QTest::addColumn<QList<QNetworkProxy>>("system");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("host"); ///< empty: none
        const auto row = [](const char* name, const Route& route, const QList<QNetworkProxy>& system,
                            const char* url, const char* host) {
            QTest::newRow(name) << route << system << QString::fromLatin1(url) << QString::fromLatin1(host);
        };
        const QNetworkProxy web(QNetworkProxy::HttpProxy, u"web.example.com"_s, 3128);
        const QNetworkProxy caching(QNetworkProxy::HttpCachingProxy, u"cache.example.com"_s, 3128);
        const QNetworkProxy ftp(QNetworkProxy::FtpCachingProxy, u"ftp.example.com"_s, 21);
        const QNetworkProxy socks(QNetworkProxy::Socks5Proxy, u"socks.example.com"_s, 1080);
        const QNetworkProxy here(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, 3128);
        const QNetworkProxy none(QNetworkProxy::NoProxy);
        constexpr auto tls = "https://api.example.com/client/v4/x";
        constexpr auto plain = "http://127.0.0.1:8080/client/v4/x";
        row("the system's", {}, {web, here}, tls, "web.example.com");
        row("the system's, caching", {}, {caching}, tls, "cache.example.com");
        row("the system's, SOCKS", {}, {socks}, tls, "socks.example.com");
        row("the system's, past FTP", {}, {ftp, web}, tls, "web.example.com");
        row("the system's, direct first", {}, {none, web}, tls, "");
        row("the system has none", {}, {none}, tls, "");
        row("the system does not answer", {}, {}, tls, "");
        row("none", {.proxy = Route::Proxy::None}, {web}, tls, "");
        row("typed", typed(u"typed.example.com"_s, 1), {web}, tls, "typed.example.com");
        row("plain, the system's", {}, {web, socks}, plain, "");
        row("plain, the system's here", {}, {web, here}, plain, "127.0.0.1");
        row("plain, typed", typed(u"typed.example.com"_s, 1), {here}, plain, "");
        row("plain, typed here", typed(u"localhost"_s, 1), {}, plain, "localhost");
        row("plain, typed here, IPv6", typed(u"::1"_s, 1), {}, plain, "::1");
    }
    void choice()
    {
        QFETCH(Route, route);
        QFETCH(QList<QNetworkProxy>, system);
        QFETCH(QString, url);
        QFETCH(QString, host);
        QList<QUrl> asked;
        Proxies proxies(route, [&](const QNetworkProxyQuery& query) {
            asked << query.url();
            return system;
        });
        for (int i = 0; i < 3; ++i) {
            const auto proxy = proxies.forUrl(QUrl(url));
            QCOMPARE(proxy.type() == Type::NoProxy, host.isEmpty());
            if (host.isEmpty())
                continue;
            QCOMPARE(proxy.hostName(), host);
            // Otherwise Qt would send it whole requests, the key included.
            QVERIFY(!proxy.capabilities().testFlag(QNetworkProxy::CachingCapability));
            QVERIFY(proxy.isTransparentProxy());
        }
        // The system gets no path, and is not queried for each request.
        QCOMPARE(asked.size(), route.proxy == Route::Proxy::System ? 1 : 0);
        for (const auto& origin : asked)
            QVERIFY(origin.path().isEmpty());
    }

    void theProxysPasswordIsASecretToo()
    {
        const Redactor redactor(Endpoint{.credentials = BearerToken{u"t0ken-of-ana"_s},
                                         .route = typed(u"proxy"_s, 1, u"marta"_s, u"pa55-of-the-proxy"_s)});
        const auto basic = QString::fromLatin1(QByteArray("marta:pa55-of-the-proxy").toBase64());
        QCOMPARE(redactor.clean(u"a t0ken-of-ana, pa55-of-the-proxy of marta"_s),
                 u"a «secret», «secret» of marta"_s);
        QVERIFY2(redactor.clean(basic).startsWith(u"«secret»"_s), qPrintable(redactor.clean(basic)));
    }

    void theGravestFaultComesFirst()
    {
        using enum TlsFailure::Fault;
        const QList<QSslError> errors{QSslError(QSslError::CertificateExpired),
                                      QSslError(QSslError::UnableToVerifyFirstCertificate),
                                      QSslError(QSslError::HostNameMismatch),
                                      QSslError(QSslError::CertificateRevoked),
                                      QSslError(QSslError::UnableToGetLocalIssuerCertificate),
                                      QSslError(QSslError::InvalidPurpose)};
        const auto failure = tlsFailure(u"h"_s, errors, {});
        QCOMPARE(failure.faults, (QList{Revoked, UnknownIssuer, WrongName, Expired, Other}));
        QVERIFY(!failure.certificate);
        QCOMPARE(factsOf(failure), QStringList{u"Host: h"_s});
    }
};

CAPTUREDESK_SUITE(test_api_route, RouteTest)
#include "route.moc"
