// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "support/suite.h"
#include "connections/explain.h"
#include "talk.h"
#include "support/eventually.h"

using namespace Qt::StringLiterals;
using namespace api;
using namespace network;
using faults::Act;
using faults::Seen;
using faults::Server;

namespace {

const QList<int> redirects{301, 302, 303, 307, 308};

Route direct()
{
    return {.proxy = Route::Proxy::None, .caFile = QStringLiteral(MORE_CERTIFICATES "authority.pem")};
}

class OtherOrigin : public Server {
public:
    explicit OtherOrigin(Kind kind)
        : Server(kind, QStringLiteral(MORE_CERTIFICATES "signed"))
    {
    }
};

/// Both kinds of credentials; each secret and address contains the same word.
const QList<Credentials> credentials{BearerToken{QLatin1String(token)},
                                     EmailAndKey{u"of-ana@example.com"_s, u"key-of-ana"_s}};

Act movedTo(const QByteArray& location, int status)
{
    return {.status = status,
            .body = "<p>moved</p>",
            .headers = {{"Location", location}, {"Content-Type", "text/html"}}};
}

/// Everything that a server received with one request, as one text.
QByteArray everything(const Seen& seen)
{
    QByteArray text = seen.method + ' ' + seen.target + '\n';
    for (auto it = seen.headers.cbegin(); it != seen.headers.cend(); ++it)
        text += it.key() + ": " + it.value() + '\n';
    return text + seen.body;
}

void holdsNothing(const Server& other)
{
    for (const auto& seen : other.seen()) {
        const auto text = everything(seen);
        QCOMPARE(seen.method, "GET");
        QVERIFY2(!text.contains("of-ana") && !text.contains("ana@"), text.constData());
        for (const auto* secret : {"t0ken-of-ana", "key-of-ana", "of-ana@example.com:key-of-ana"})
            QVERIFY2(!text.contains(QByteArray(secret).toBase64(QByteArray::OmitTrailingEquals)),
                     text.constData());
        for (const auto* header :
             {"authorization", "x-auth-key", "x-auth-email", "cookie", "referer", "origin"})
            QVERIFY2(!seen.headers.contains(header), text.constData());
    }
}

} // namespace

/// The key is sent only to the connection's own origin, as proved by what the receiving servers recorded.
class Origins : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void elsewhere_data()
    {
        QTest::addColumn<Ask>("ask");
        QTest::addColumn<QByteArray>("before"); ///< the part before the other origin's host and port
        QTest::addColumn<bool>("follows");
        for (const auto& [name, ask] : asks) {
            QTest::addRow("%s, another port", name)
                << ask << QByteArray("https://") << (ask == Ask::Artifact);
            QTest::addRow("%s, without a scheme", name) << ask << QByteArray("//") << (ask == Ask::Artifact);
            QTest::addRow("%s, with a login", name) << ask << QByteArray("https://u:p@") << false;
            QTest::addRow("%s, to plain http", name) << ask << QByteArray("http://") << false;
        }
    }
    void elsewhere()
    {
        QFETCH(Ask, ask);
        QFETCH(QByteArray, before);
        QFETCH(bool, follows);
        OtherOrigin own(Server::Kind::Https);
        OtherOrigin other(before == "http://" ? Server::Kind::Http : Server::Kind::Https);
        other.otherwise(anyAnswer(Ask::Artifact));
        const auto place = before + "127.0.0.1:" + QByteArray::number(other.serverPort()) + "/client/v4/x";
        const auto statuses = before == "https://" ? redirects : QList{302, 308};
        for (const int status : statuses) {
            for (const auto& pair : credentials) {
                own.otherwise(movedTo(place, status));
                Talk talk(own.url(), direct(), pair);
                const auto error = talk.ask(ask);
                QCOMPARE(!error, follows);
                if (!follows) {
                    QVERIFY2(std::holds_alternative<HttpError>(*error), qPrintable(said(error)));
                    QCOMPARE(effectOf(*error), Effect::Unknown);
                }
            }
        }
        QCOMPARE(own.seen().size(), statuses.size() * credentials.size());
        QCOMPARE(other.seen().size(), follows ? statuses.size() * credentials.size() : 0);
        if (!follows)
            QCOMPARE(other.connections(), 0);
        holdsNothing(other);
        // The own origin does get it.
        QCOMPARE(own.seen().first().headers.value("authorization"), "Bearer t0ken-of-ana");
        QCOMPARE(own.seen().last().headers.value("x-auth-key"), "key-of-ana");
    }

    void thereAndBack()
    {
        OtherOrigin own(Server::Kind::Https);
        OtherOrigin other(Server::Kind::Https);
        own.next(movedTo(other.url().toEncoded() + "/hop", 302));
        other.next(movedTo(own.url().toEncoded() + "/back", 302));
        own.next(anyAnswer(Ask::Artifact));
        Talk talk(own.url(), direct());
        const auto error = talk.ask(Ask::Artifact);
        QVERIFY2(!error, qPrintable(said(error)));
        holdsNothing(other);
        QCOMPARE(own.seen().size(), 2);
        QVERIFY(!own.seen().last().headers.contains("authorization")); // the redirect came from elsewhere
    }

    void namedInTheData_data()
    {
        QTest::addColumn<Server::Kind>("kind");
        for (const auto& [name, kind] : kinds)
            QTest::newRow(name) << kind;
    }
    void namedInTheData()
    {
        QFETCH(Server::Kind, kind);
        OtherOrigin own(kind);
        OtherOrigin other(kind == Server::Kind::Http ? Server::Kind::Http : Server::Kind::Https);
        const auto file = QString::fromLatin1(other.url().toEncoded()) + u"/buckets/f.zip?sig=x"_s;
        auto listing = anyAnswer(Ask::Commands);
        listing.body = R"({"success": true, "errors": [], "messages": [{"code": 1, "message": "see",
            "documentation_url": "URL"}], "result": {"commands": [{"id": "c1", "type": "pcap",
            "device_id": "d", "registration_id": "r", "user_email": "u", "status": "SUCCESS",
            "created_date": "2026-08-01T10:00:00Z", "completed_date": "2026-08-01T10:05:00Z",
            "filename": "URL"}]}, "next": "URL"})";
        listing.body.replace("URL", file.toLatin1());
        listing.headers << std::pair<QByteArray, QByteArray>("Link",
                                                             '<' + file.toLatin1() + ">; rel=\"next\"")
                        << std::pair<QByteArray, QByteArray>("Content-Location", file.toLatin1())
                        << std::pair<QByteArray, QByteArray>("Refresh", "0; url=" + file.toLatin1());
        own.next(listing);
        own.otherwise(anyAnswer(Ask::Artifact));
        Talk talk(own.url(), direct());
        auto* call = talk.client().send(ListCommands{});
        QSignalSpy finished(call, &Call::finished);
        QVERIFY(support::nextSignal(finished));
        QVERIFY2(call->result().has_value(), "the listing is readable");
        QCOMPARE(call->result()->rows.size(), 1);
        for (const auto& name : {file, call->result()->rows.first().filename.value_or(QString())}) {
            const auto error = talk.ask(Ask::Artifact, name);
            QVERIFY2(!error, qPrintable(said(error)));
        }
        QCOMPARE(own.seen().size(), 3);
        if (kind != Server::Kind::Http2)
            QCOMPARE(own.seen().last().target, "/client/v4/accounts/acc/dex/commands/c1/downloads/f.zip");
        QCOMPARE(other.connections(), 0);
    }

    void plainBeyondThisComputer_data()
    {
        QTest::addColumn<QString>("url");
        for (const auto* url :
             {"http://192.0.2.1/client/v4", "http://service.example.com/client/v4",
              "http://localhost.example.com/client/v4", "http://127.0.0.1.example.com/client/v4",
              "http://[2001:db8::1]/client/v4", "http://0.0.0.0/client/v4", "HTTP://192.0.2.1/client/v4"})
            QTest::newRow(url) << QString::fromLatin1(url);
    }
    void plainBeyondThisComputer()
    {
        QFETCH(QString, url);
        for (const auto& [name, ask] : asks) {
            Talk talk(QUrl(url), direct());
            const auto error = talk.ask(ask);
            QVERIFY(error.has_value());
            QVERIFY2(std::get<TransportError>(*error).kind == TransportError::Kind::Settings,
                     qPrintable(said(error)));
            QCOMPARE(effectOf(*error), Effect::NotSent);
            QVERIFY(connections::explain(*error, connections::Act::Run).what.contains("https"_L1));
        }
    }
};

CAPTUREDESK_SUITE(test_network_origins, Origins)
#include "origins.moc"
