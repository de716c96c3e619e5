// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QBuffer>
#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTest>

#include "support/suite.h"
#include "api/client.h"
#include "server.h"
#include "support/eventually.h"

using namespace Qt::StringLiterals;
using namespace api;
using faults::Act;
using faults::Server;
using std::chrono::milliseconds;

namespace {

enum class Ask { Devices, Commands, Left, Verify, Create, Artifact };

const QList<std::pair<const char*, Ask>> asks{
    {"devices", Ask::Devices}, {"commands", Ask::Commands}, {"quota", Ask::Left},
    {"verify", Ask::Verify},   {"create", Ask::Create},     {"download", Ask::Artifact},
};

const QList<std::pair<const char*, Server::Kind>> kinds{
    {"HTTP/1.1", Server::Kind::Http}, {"TLS", Server::Kind::Https}, {"HTTP/2", Server::Kind::Http2}};

Act redirect(int status, const QUrl& to)
{
    return {.status = status,
            .body = "<p>moved</p>",
            .headers = {{"Location", to.toEncoded() + "/elsewhere"}, {"Content-Type", "text/html"}}};
}

} // namespace

/// The key is sent to the connection's own origin only, whatever that answers.
class Redirects : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void toAnotherOrigin_data()
    {
        QTest::addColumn<Ask>("ask");
        QTest::addColumn<Server::Kind>("kind");
        QTest::addColumn<int>("status");
        for (const auto& [kindName, kind] : kinds) {
            for (const auto& [askName, ask] : asks) {
                for (const int status : {301, 302, 303, 307, 308})
                    QTest::addRow("%s, %s: %d", kindName, askName, status) << ask << kind << status;
            }
        }
    }
    void toAnotherOrigin()
    {
        QFETCH(Ask, ask);
        QFETCH(Server::Kind, kind);
        QFETCH(int, status);
        Server own(kind);
        Server other(kind == Server::Kind::Http ? Server::Kind::Http : Server::Kind::Https);
        own.otherwise(redirect(status, other.url()));
        other.otherwise({.body = "PK\x03\x04...", .headers = {{"Content-Type", "application/zip"}}});
        const Credentials pair = EmailAndKey{u"ana@example.com"_s, u"key-of-ana"_s};
        for (const auto& credentials : {Credentials(BearerToken{u"t0ken-of-ana"_s}), pair}) {
            QNetworkAccessManager network;
            Client client({.baseUrl = own.url(), .accountId = u"acc"_s, .credentials = credentials},
                          FormatChoice::Automatic, &network);
            client.setTls(Server::clientTls());
            client.setRetries({.attempts = 3, .first = milliseconds(1), .ceiling = milliseconds(2)});
            QBuffer target;
            target.open(QIODevice::WriteOnly);
            const auto error = failure(client, ask, target);
            if (ask == Ask::Artifact) {
                QVERIFY2(!error, qPrintable(error ? describe(*error) : QString()));
                QCOMPARE(target.data(), "PK\x03\x04...");
            } else {
                QVERIFY(error.has_value());
                QCOMPARE(std::get<HttpError>(*error).status, status);
                QCOMPARE(effectOf(*error), Effect::Unknown);
            }
        }
        QCOMPARE(own.seen().size(), 2); // not sent again either
        QCOMPARE(own.wholeBodies(), ask == Ask::Create ? 2 : 0);
        QCOMPARE(other.seen().size(), ask == Ask::Artifact ? 2 : 0);
        for (const auto& seen : other.seen()) {
            QCOMPARE(seen.method, "GET");
            for (const auto* header : {"authorization", "x-auth-key", "x-auth-email", "cookie", "referer"})
                QVERIFY2(!seen.headers.contains(header), header);
            for (const auto& value : seen.headers)
                QVERIFY2(!value.contains("-of-ana") && !value.contains("ana@"), value.constData());
        }
        if (kind != Server::Kind::Http2) { // the server does not decode headers of HTTP/2
            QCOMPARE(own.seen().first().headers.value("authorization"), "Bearer t0ken-of-ana");
            QCOMPARE(own.seen().last().headers.value("x-auth-key"), "key-of-ana");
        }
    }

    void fromTlsToPlain()
    {
        Server own(Server::Kind::Https);
        Server other(Server::Kind::Http);
        own.otherwise(redirect(302, other.url()));
        QNetworkAccessManager network;
        Client client(
            {.baseUrl = own.url(), .accountId = u"acc"_s, .credentials = BearerToken{u"t0ken-of-ana"_s}},
            FormatChoice::Automatic, &network);
        client.setTls(Server::clientTls());
        QBuffer target;
        target.open(QIODevice::WriteOnly);
        const auto error = failure(client, Ask::Artifact, target);
        QVERIFY(error.has_value());
        QCOMPARE(std::get<HttpError>(*error).status, 302);
        QCOMPARE(other.connections(), 0);
    }

    void cookiesAreNotKept()
    {
        Server own(Server::Kind::Http);
        auto act = faults::json(R"({"success": true, "result": {}})");
        act.headers << std::pair<QByteArray, QByteArray>("Set-Cookie", "a=b; Path=/");
        own.otherwise(act);
        QNetworkAccessManager network;
        Client client(
            {.baseUrl = own.url(), .accountId = u"acc"_s, .credentials = BearerToken{u"t0ken-of-ana"_s}},
            FormatChoice::Automatic, &network);
        QBuffer target;
        for (int i = 0; i < 2; ++i)
            QVERIFY(!failure(client, Ask::Verify, target));
        QVERIFY(!own.seen().last().headers.contains("cookie"));
    }

private:
    template<class Call>
    static std::optional<Error> errorOf(Call* call)
    {
        QSignalSpy finished(call, &api::Call::finished);
        if (!support::nextSignal(finished))
            qFatal("no end");
        return call->result() ? std::nullopt : std::optional(call->result().error());
    }

    static std::optional<Error> failure(Client& client, Ask ask, QBuffer& target)
    {
        switch (ask) {
        case Ask::Devices: return errorOf(client.send(ListDevices{}));
        case Ask::Commands: return errorOf(client.send(ListCommands{}));
        case Ask::Left: return errorOf(client.send(GetQuota{}));
        case Ask::Verify: return errorOf(client.send(VerifyToken{}));
        case Ask::Create:
            return errorOf(
                client.create({{.deviceId = u"d"_s, .userEmail = u"ana@example.com"_s, .args = PcapArgs{}}}));
        case Ask::Artifact: break;
        }
        return errorOf(client.download({.commandId = u"c"_s, .filename = u"f.zip"_s}, &target));
    }
};

CAPTUREDESK_SUITE(test_faults_redirects, Redirects)
#include "redirects.moc"
