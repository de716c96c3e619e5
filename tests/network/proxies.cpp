// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "support/suite.h"
#include "connections/explain.h"
#include "tunnelproxy.h"
#include "talk.h"

using namespace Qt::StringLiterals;
using namespace api;
using namespace network;
using faults::Act;
using faults::Server;
using std::chrono::milliseconds;

namespace {

constexpr auto login = "marta:pa55-of-the-proxy";

Route through(const Proxy& proxy, const QByteArray& as = {})
{
    return {.proxy = Route::Proxy::Typed,
            .host = u"127.0.0.1"_s,
            .port = proxy.serverPort(),
            .user = QString::fromLatin1(as.left(as.indexOf(':'))),
            .password = as.isEmpty() ? QString() : QString::fromLatin1(as.mid(as.indexOf(':') + 1)),
            .caFile = QStringLiteral(MORE_CERTIFICATES "authority.pem")};
}

/// A server with a certificate that the route's CA file vouches for.
class Service : public Server {
public:
    explicit Service(Kind kind)
        : Server(kind, QStringLiteral(MORE_CERTIFICATES "signed"))
    {
    }
};

bool showsPassword(const QByteArray& text)
{
    return text.contains("pa55") || text.contains(QByteArray(login).toBase64());
}

} // namespace

/// What passes through a proxy, what does not, and what is reported.
class ProxiesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup()
    {
        for (const auto* name : {"http_proxy", "https_proxy", "no_proxy"})
            qunsetenv(name);
    }

    void eachRequest_data()
    {
        QTest::addColumn<Ask>("ask");
        QTest::addColumn<Server::Kind>("kind");
        QTest::addColumn<QByteArray>("as");
        for (const auto& [kindName, kind] : kinds) {
            for (const auto& [askName, ask] : asks) {
                QTest::addRow("%s, %s", kindName, askName) << ask << kind << QByteArray();
                QTest::addRow("%s, %s, with a password", kindName, askName)
                    << ask << kind << QByteArray(login);
            }
        }
    }
    void eachRequest()
    {
        QFETCH(Ask, ask);
        QFETCH(Server::Kind, kind);
        QFETCH(QByteArray, as);
        Service service(kind);
        service.otherwise(anyAnswer(ask));
        Proxy proxy(as);
        Talk talk(service.url(), through(proxy, as));
        const auto error = talk.ask(ask); // the proxy's first request may be a POST
        QVERIFY2(!error, qPrintable(said(error)));
        QCOMPARE(service.seen().size(), 1);
        QCOMPARE(service.wholeBodies(), ask == Ask::Create ? 1 : 0);
        QCOMPARE(service.seen().first().protocol,
                 kind == Server::Kind::Http2 && ask != Ask::Artifact ? "h2" : "http/1.1");
        QCOMPARE(proxy.tunnels(), 1);

        // The proxy saw only the destination.
        QCOMPARE(proxy.heads().size(), as.isEmpty() ? 1 : 2);
        for (const auto& head : proxy.heads()) {
            QVERIFY2(head.startsWith("CONNECT 127.0.0.1:" + QByteArray::number(service.serverPort()) + ' '),
                     head.constData());
            QVERIFY2(head.contains("User-Agent: CaptureDesk/" CAPTUREDESK_VERSION), head.constData());
            QVERIFY2(!head.contains(token) && !head.contains("Bearer"), head.constData());
        }
        QVERIFY(!showsPassword(proxy.heads().first())); // before the proxy requested it
        QVERIFY(as.isEmpty() || proxy.heads().last().contains(QByteArray(login).toBase64()));
        QCOMPARE(proxy.passed().contains(token), kind == Server::Kind::Http);

        // The service saw nothing meant for the proxy.
        QVERIFY(!showsPassword(proxy.passed()));
        QVERIFY(!proxy.passed().contains("Proxy-"));
        const auto& headers = service.seen().first().headers;
        for (const auto& value : headers)
            QVERIFY2(!showsPassword(value), value.constData());
        QVERIFY(!headers.contains("proxy-authorization"));
        if (!headers.isEmpty()) // not decoded with HTTP/2
            QCOMPARE(headers.value("user-agent"), "CaptureDesk/" CAPTUREDESK_VERSION);
    }

    void aFailure_data()
    {
        QTest::addColumn<Server::Kind>("kind");
        QTest::addColumn<int>("status");
        QTest::addColumn<Proxy::Then>("then");
        QTest::addColumn<QByteArray>("as");
        QTest::addColumn<ProxyFault>("fault");
        QTest::addColumn<QString>("words");
        for (const auto& [name, kind] : kinds) {
            const auto row = [name, kind](const char* what, int status, Proxy::Then then,
                                          const QByteArray& as, ProxyFault fault, const char* words) {
                QTest::addRow("%s, %s", name, what)
                    << kind << status << then << as << fault << QString::fromLatin1(words);
            };
            using Then = Proxy::Then;
            using enum ProxyFault;
            row("no password", 0, Then::Tunnel, {}, Password, "without its user and password");
            row("wrong password", 0, Then::Tunnel, "marta:wrong", Password, "without its user and password");
            row("403", 403, Then::Tunnel, login, Denied, "does not let requests");
            row("404", 404, Then::Tunnel, login, NameNotFound, "does not know the service's");
            row("405", 405, Then::Tunnel, login, Denied, "does not let requests");
            row("500", 500, Then::Tunnel, login, Other, "an error of its own");
            row("502", 502, Then::Tunnel, login, Other, "an error of its own");
            row("503", 503, Then::Tunnel, login, Unreachable, "does not reach the service");
            row("504", 504, Then::Tunnel, login, Other, "an error of its own");
            row("a redirect", 302, Then::Tunnel, login, Other, "an error of its own");
            row("hangs", 0, Then::Hang, login, TimedOut, "in time");
            row("closes", 0, Then::Close, login, Lost, "roxy");
        }
    }
    void aFailure()
    {
        QFETCH(Server::Kind, kind);
        QFETCH(int, status);
        QFETCH(Proxy::Then, then);
        QFETCH(QByteArray, as);
        QFETCH(ProxyFault, fault);
        QFETCH(QString, words);
        Service service(kind);
        Proxy proxy(login);
        proxy.refuse(status);
        proxy.then(then);
        for (const auto ask : {Ask::Create, Ask::Left, Ask::Artifact}) {
            Talk talk(service.url(), through(proxy, as));
            if (then != Proxy::Then::Tunnel)
                talk.client().setDeadlines(
                    {.request = milliseconds(500), .downloadStall = milliseconds(500)});
            const auto error = talk.ask(ask);
            checkProxy(error, fault, words);
        }
        QCOMPARE(service.connections(), 0);
        QCOMPARE(proxy.tunnels(), 0);
        // Qt requests a tunnel twice, each time without the password first, or on each of its 6 connections;
        // a GET is tried twice here.
        QVERIFY2(proxy.heads().size() <= (then == Proxy::Then::Close ? 36 : 20),
                 qPrintable(QString::number(proxy.heads().size())));
    }

    void noProxyThere_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<ProxyFault>("fault");
        QTest::newRow("refused") << u"127.0.0.1"_s << ProxyFault::Refused;
        QTest::newRow("no such name") << u"nonexistent.invalid"_s << ProxyFault::NameNotFound;
    }
    void noProxyThere()
    {
        QFETCH(QString, host);
        QFETCH(ProxyFault, fault);
        Service service(Server::Kind::Https);
        Route route;
        {
            const Proxy gone;
            route = through(gone);
        }
        route.host = host;
        for (const auto ask : {Ask::Create, Ask::Left, Ask::Artifact}) {
            Talk talk(service.url(), route);
            checkProxy(talk.ask(ask), fault, u"roxy's"_s);
        }
        QCOMPARE(service.connections(), 0);
    }

    void itComesBack_data()
    {
        QTest::addColumn<Ask>("ask");
        QTest::addColumn<Server::Kind>("kind");
        for (const auto& [kindName, kind] : kinds) {
            for (const auto ask : {Ask::Create, Ask::Left, Ask::Artifact})
                QTest::addRow("%s, %s", kindName, nameOf(ask)) << ask << kind;
        }
    }
    void itComesBack()
    {
        QFETCH(Ask, ask);
        QFETCH(Server::Kind, kind);
        Service service(kind);
        service.otherwise(anyAnswer(ask));
        Proxy proxy(login);
        proxy.then(Proxy::Then::Close);
        Talk talk(service.url(), through(proxy, login));
        talk.client().setDeadlines({.request = milliseconds(500), .downloadStall = milliseconds(500)});
        checkProxy(talk.ask(ask), ProxyFault::Lost, u"roxy"_s);
        proxy.then(Proxy::Then::Tunnel);
        talk.client().setDeadlines({});
        const auto error = talk.ask(ask);
        QVERIFY2(!error, qPrintable(said(error)));
        QCOMPARE(service.wholeBodies(), ask == Ask::Create ? 1 : 0);
    }

    void plainHttpStaysOnThisComputer()
    {
        Service service(Server::Kind::Http);
        service.otherwise(anyAnswer(Ask::Left));
        Talk talk(service.url(),
                  {.proxy = Route::Proxy::Typed, .host = u"proxy.example.invalid"_s, .port = 3128});
        const auto error = talk.ask(Ask::Left);
        QVERIFY2(!error, qPrintable(said(error)));
    }

    void theSystems_data()
    {
        QTest::addColumn<Server::Kind>("kind");
        QTest::addColumn<QByteArray>("variable");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<Route::Proxy>("choice");
        QTest::addColumn<QByteArray>("except");
        QTest::addColumn<int>("tunnels");
        using enum Server::Kind;
        using enum Route::Proxy;
        QTest::newRow("TLS") << Https << QByteArray("https_proxy") << QByteArray("127.0.0.1") << System
                             << QByteArray() << 1;
        QTest::newRow("TLS, excepted") << Https << QByteArray("https_proxy") << QByteArray("127.0.0.1")
                                       << System << QByteArray("127.0.0.1,example.com") << 0;
        QTest::newRow("TLS, not asked")
            << Https << QByteArray("https_proxy") << QByteArray("127.0.0.1") << None << QByteArray() << 0;
        QTest::newRow("plain, here") << Http << QByteArray("http_proxy") << QByteArray("127.0.0.1") << System
                                     << QByteArray() << 1;
        QTest::newRow("plain, elsewhere") << Http << QByteArray("http_proxy") << QByteArray("example.invalid")
                                          << System << QByteArray() << 0;
    }
    void theSystems()
    {
        QFETCH(Server::Kind, kind);
        QFETCH(QByteArray, variable);
        QFETCH(QByteArray, host);
        QFETCH(Route::Proxy, choice);
        QFETCH(QByteArray, except);
        QFETCH(int, tunnels);
        Service service(kind);
        service.otherwise(anyAnswer(Ask::Create));
        Proxy proxy(login);
        qputenv(variable.constData(),
                "http://" + QByteArray(login) + '@' + host + ':' + QByteArray::number(proxy.serverPort()));
        if (!except.isEmpty())
            qputenv("no_proxy", except);
        Talk talk(service.url(),
                  {.proxy = choice, .caFile = QStringLiteral(MORE_CERTIFICATES "authority.pem")});
        const auto error = talk.ask(Ask::Create);
        QVERIFY2(!error, qPrintable(said(error)));
        QCOMPARE(proxy.tunnels(), tunnels);
        QCOMPARE(service.wholeBodies(), 1);
    }

    /// A 407 from the service itself, or from an impostor.
    void whoAsksForTheProxysPasswordInTheTunnel()
    {
        for (const auto kind : {Server::Kind::Http, Server::Kind::Https}) {
            Service service(kind);
            service.otherwise({.status = 407,
                               .body = "<p>password?</p>",
                               .headers = {{"Proxy-Authenticate", "Basic realm=\"Contoso\""},
                                           {"Content-Type", "text/html"}}});
            Proxy proxy(login);
            for (const auto ask : {Ask::Create, Ask::Left}) {
                Talk talk(service.url(), through(proxy, login));
                const auto error = talk.ask(ask);
                QVERIFY(error.has_value());
                QVERIFY2(effectOf(*error) == Effect::Unknown, qPrintable(said(error)));
            }
            QVERIFY(!showsPassword(proxy.passed()));
            QCOMPARE(service.wholeBodies(), 1);
            for (const auto& seen : service.seen())
                QVERIFY(!seen.headers.contains("proxy-authorization"));
        }
    }

    /// A fault of the service inside a tunnel is reported as the service's, and a POST that reached it is not
    /// sent again.
    void theServiceBehindIt()
    {
        for (const auto& [name, kind] : kinds) {
            Service service(kind);
            service.otherwise({.reply = Act::Reply::None, .then = Act::Then::Reset});
            Proxy proxy(login);
            Talk talk(service.url(), through(proxy, login));
            const auto error = talk.ask(Ask::Create);
            QVERIFY(error.has_value());
            const auto& transport = std::get<TransportError>(*error);
            QVERIFY2(transport.kind == TransportError::Kind::Lost, qPrintable(said(error)));
            QVERIFY(transport.mayHaveSent);
            QCOMPARE(service.wholeBodies(), 1);
            service.otherwise({.status = 503, .body = "<p>", .headers = {{"Content-Type", "text/html"}}});
            const auto page = talk.ask(Ask::Create);
            QVERIFY2(page && std::holds_alternative<HttpError>(*page), qPrintable(said(page)));
            QVERIFY(effectOf(*page) == Effect::Unknown);
        }
    }

private:
    static void checkProxy(const std::optional<Error>& error, ProxyFault fault, const QString& words)
    {
        QVERIFY2(error && std::holds_alternative<TransportError>(*error), qPrintable(said(error)));
        const auto& transport = std::get<TransportError>(*error);
        // Qt does not always notice that a proxy closes the connection; then the deadline ends the request.
        QVERIFY2(transport.kind == TransportError::Kind::Proxy &&
                     (transport.proxy == fault ||
                      (fault == ProxyFault::Lost && transport.proxy == ProxyFault::TimedOut)),
                 qPrintable(said(error)));
        QCOMPARE(effectOf(*error), Effect::NotSent);
        const auto told = connections::explain(*error, connections::Act::Run);
        QVERIFY2(told.what.contains(words), qPrintable(told.what));
        QVERIFY(told.what.contains("roxy"_L1) && !told.todo.isEmpty());
        QVERIFY(!showsPassword((told.what + told.todo + told.details).toUtf8()));
    }
};

CAPTUREDESK_SUITE(test_network_proxies, ProxiesTest)
#include "proxies.moc"
