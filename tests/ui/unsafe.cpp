// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the window reports about a network that cannot be trusted or blocks the connection: the problem, the
// facts, and what to do.  No button connects nevertheless.

#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

#include "support/suite.h"
#include "tunnelproxy.h"
#include "server.h"
#include "hands.h"
#include "stage.h"
#include "support/eventually.h"

using faults::Server;
using network::Proxy;

class Unsafe : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void certificates_data();
    void certificates();
    void proxies_data();
    void proxies();
    void elsewhere();
    void settings_data();
    void settings();

private:
    static connections::Connection connection(const QUrl& url, const api::Route& route);
    static QString told(Stage& stage, const connections::Connection& connection, const char* picture);
};

connections::Connection Unsafe::connection(const QUrl& url, const api::Route& route)
{
    return {.kind = connections::Connection::Kind::Typed,
            .name = QStringLiteral("Contoso"),
            .endpoint = {.baseUrl = url,
                         .accountId = QStringLiteral("0123456789abcdef0123456789abcdef"),
                         .credentials = api::BearerToken{QStringLiteral("t0ken-of-ana")},
                         .route = route}};
}

/// The banner's text and details, after another attempt.
QString Unsafe::told(Stage& stage, const connections::Connection& connection, const char* picture)
{
    stage.window().open(connection);
    auto* banner = stage.find<QWidget>("banner");
    auto* text = stage.find<QLabel>("bannerText");
    auto* details = stage.find<QLabel>("bannerDetails");
    if (!support::eventually([text] { return text->isVisible(); }))
        return {};
    QPushButton* again = nullptr;
    for (auto* button : banner->findChildren<QAbstractButton*>()) {
        if (button->isHidden() && button->text().isEmpty())
            continue; // the button for an offer, and there is none
        if (button->text() == QLatin1StringView("Details"))
            hands::click(button);
        else if (button->text() == QLatin1StringView("Try again"))
            again = qobject_cast<QPushButton*>(button);
        else if (button->accessibleName() != QLatin1StringView("Close message"))
            return QStringLiteral("a button that nobody knows: ") + button->text();
    }
    if (!again || !details->isVisible())
        return {};
    stage.picture((QByteArray("34-") + picture).constData());
    hands::click(again);
    if (!support::eventually([text] { return text->isVisible(); }))
        return {};
    return text->text() + u'\n' + details->text();
}

void Unsafe::certificates_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<bool>("trusted"); ///< whether the authority that signed it is trusted
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("todo");
    const auto row = [](const char* name, const char* certificate, bool trusted, const char* what,
                        const char* todo) {
        QTest::newRow(name) << QString(QLatin1StringView(MORE_CERTIFICATES) + QLatin1StringView(certificate))
                            << trusted << QString::fromLatin1(what) << QString::fromLatin1(todo);
    };
    QTest::newRow("self-signed") << QStringLiteral("stranger") << false
                                 << QStringLiteral("certificate that it signed itself")
                                 << QStringLiteral("certificate file");
    row("unknown-issuer", "signed", false, "Inspection of Contoso", "certificate file");
    row("expired", "expired", true, "was valid until", "date and time");
    row("not-yet-valid", "future", true, "is valid from", "date and time");
    row("wrong-name", "elsewhere", true, "portal.example.net", "Check the connection's address");
}

void Unsafe::certificates()
{
    QFETCH(QString, certificate);
    QFETCH(bool, trusted);
    QFETCH(QString, what);
    QFETCH(QString, todo);
    Server server(Server::Kind::Https, certificate);
    Stage stage;
    const api::Route route{.proxy = api::Route::Proxy::None,
                           .caFile = trusted ? QStringLiteral(MORE_CERTIFICATES "authority.pem") : QString()};
    const auto text = told(stage, connection(server.url(), route), QTest::currentDataTag());
    for (const auto& part : {QStringLiteral("not safe and was not used"), what, todo,
                             QStringLiteral("SHA-256: "), QStringLiteral("Issued by: ")})
        QVERIFY2(text.contains(part), qPrintable(text));
    QCOMPARE(server.seen().size(), 0);
}

void Unsafe::proxies_data()
{
    QTest::addColumn<QString>("host"); ///< of the proxy; empty: a proxy that answers
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("login");
    QTest::addColumn<QString>("what");
    const auto row = [](const char* name, const char* host, int status, const char* login, const char* what) {
        QTest::newRow(name) << QString::fromLatin1(host) << status << QByteArray(login)
                            << QString::fromLatin1(what);
    };
    row("proxy-password", "", 0, "marta:pa55-of-the-proxy", "without its user and password");
    row("proxy-denies", "", 403, "", "does not let requests to the service through");
    row("proxy-cannot-reach", "", 503, "", "does not reach the service");
    row("proxy-fails", "", 502, "", "an error of its own");
    row("proxy-gone", "127.0.0.1", 0, "", "Nobody answers at the proxy's address");
    row("proxy-unknown", "proxy.invalid", 0, "", "The proxy's name cannot be found");
}

void Unsafe::proxies()
{
    QFETCH(QString, host);
    QFETCH(int, status);
    QFETCH(QByteArray, login);
    QFETCH(QString, what);
    Server server(Server::Kind::Https);
    Proxy proxy(login);
    proxy.refuse(status);
    if (!host.isEmpty())
        proxy.close();
    const api::Route route{.proxy = api::Route::Proxy::Typed,
                           .host = host.isEmpty() ? QStringLiteral("127.0.0.1") : host,
                           .port = host.isEmpty() ? proxy.serverPort() : 9};
    Stage stage;
    const auto text = told(stage, connection(server.url(), route), QTest::currentDataTag());
    QVERIFY2(text.contains(what), qPrintable(text));
    QCOMPARE(server.connections(), 0);
}

void Unsafe::elsewhere()
{
    Server server(Server::Kind::Http);
    Server other(Server::Kind::Http);
    server.otherwise({.status = 302, .headers = {{"Location", other.url().toEncoded()}}});
    Stage stage;
    const auto text = told(stage, connection(server.url(), {.proxy = api::Route::Proxy::None}), "redirect");
    QVERIFY2(text.contains(QLatin1StringView("redirect, which is not followed")), qPrintable(text));
    QCOMPARE(other.connections(), 0);
}

void Unsafe::settings_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("what");
    QTest::newRow("plain-http") << QStringLiteral("http://service.example.com/client/v4") << QString()
                                << QStringLiteral("Plain http would show the key");
    QTest::newRow("no-authority-file")
        << QStringLiteral("https://service.invalid/client/v4") << QStringLiteral("/nonexistent/contoso.pem")
        << QStringLiteral("/nonexistent/contoso.pem");
}

void Unsafe::settings()
{
    QFETCH(QString, url);
    QFETCH(QString, file);
    QFETCH(QString, what);
    Stage stage;
    const auto text = told(stage, connection(QUrl(url), {.proxy = api::Route::Proxy::None, .caFile = file}),
                           QTest::currentDataTag());
    QVERIFY2(text.contains(what), qPrintable(text));
    QVERIFY2(text.contains(QLatin1StringView("Change the connection.")), qPrintable(text));
}

CAPTUREDESK_SUITE(test_ui_unsafe, Unsafe)
#include "unsafe.moc"
