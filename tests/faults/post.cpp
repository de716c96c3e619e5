// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTest>

#include "support/suite.h"
#include "api/client.h"
#include "server.h"
#include "clienttalk.h"
#include "support/eventually.h"

using namespace Qt::StringLiterals;
using namespace api;
using faults::Act;
using faults::ended;
using faults::quota;
using faults::Server;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr auto created =
    R"({"success": true, "errors": [], "messages": [], "result": {"commands": [{"id": "c1"}]}})";

using When = Act::When;
using Response = Act::Reply;
using Then = Act::Then;

struct Fault {
    const char* name;
    Act act;
    int bodies; ///< that reach the server, exactly; -1: at most one
    bool http2Only;
};

Act act(When when, Response reply, Then then)
{
    return {.when = when, .reply = reply, .then = then, .body = created};
}

const QList<Fault>& allFaults()
{
    static const QList<Fault> list{
        {"closes before the body", act(When::Head, Response::None, Then::Close), -1, false},
        {"resets before the body", act(When::Head, Response::None, Then::Reset), -1, false},
        {"closes after the body", act(When::Body, Response::None, Then::Close), 1, false},
        {"resets after the body", act(When::Body, Response::None, Then::Reset), 1, false},
        {"garbled, closes", act(When::Body, Response::Garbled, Then::Close), 1, false},
        {"garbled, resets", act(When::Body, Response::Garbled, Then::Reset), 1, false},
        {"cut short, closes", act(When::Body, Response::CutShort, Then::Close), 1, false},
        {"cut short, resets", act(When::Body, Response::CutShort, Then::Reset), 1, false},
        {"cut short, silent", act(When::Body, Response::CutShort, Then::Stay), 1, false},
        {"silent", act(When::Body, Response::None, Then::Stay), 1, false},
        {"resets the stream before the body", act(When::Head, Response::None, Then::ResetStream), -1, true},
        {"resets the stream after the body", act(When::Body, Response::None, Then::ResetStream), 1, true},
        {"resets the stream within the reply", act(When::Body, Response::CutShort, Then::ResetStream), 1,
         true},
        {"refuses the stream before the body", act(When::Head, Response::None, Then::RefuseStream), -1, true},
        {"refuses the stream after the body", act(When::Body, Response::None, Then::RefuseStream), 1, true},
        {"goes away before the body", act(When::Head, Response::None, Then::GoAway), -1, true},
        {"goes away after the body", act(When::Body, Response::None, Then::GoAway), 1, true},
        {"goes away within the reply", act(When::Body, Response::CutShort, Then::GoAway), 1, true},
    };
    return list;
}

const char* nameOf(Server::Kind kind)
{
    switch (kind) {
    case Server::Kind::Http: return "HTTP/1.1";
    case Server::Kind::Https: return "TLS";
    case Server::Kind::Http2: break;
    }
    return "HTTP/2";
}

CommandOrder order(const QString& device)
{
    return {.deviceId = device, .userEmail = u"ana@example.com"_s, .args = PcapArgs{}};
}

} // namespace

/// One create() is one POST: whatever happens to it, no second body reaches the server, and the outcome is
/// unknown.
class Posting : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oncePerCreate_data()
    {
        QTest::addColumn<Server::Kind>("kind");
        QTest::addColumn<qsizetype>("fault");
        QTest::addColumn<bool>("reused");
        QTest::addColumn<FormatChoice>("choice");
        for (const auto kind : {Server::Kind::Http, Server::Kind::Https, Server::Kind::Http2}) {
            for (qsizetype i = 0; i < allFaults().size(); ++i) {
                if (allFaults()[i].http2Only && kind != Server::Kind::Http2)
                    continue;
                for (const bool reused : {false, true}) {
                    QTest::addRow("%s, %s connection: %s", nameOf(kind), reused ? "used" : "fresh",
                                  allFaults()[i].name)
                        << kind << i << reused << FormatChoice::Automatic;
                }
            }
        }
    }
    void oncePerCreate()
    {
        QFETCH(Server::Kind, kind);
        QFETCH(qsizetype, fault);
        QFETCH(bool, reused);
        QFETCH(FormatChoice, choice);
        const auto& [name, act, bodies, http2Only] = allFaults()[fault];
        Server server(kind);
        server.otherwise(faults::json(quota));
        QNetworkAccessManager network;
        Client client(endpointOf(server), choice, &network);
        prepare(client);
        if (reused) {
            QVERIFY(ended(client.send(GetQuota{}))->result().has_value());
            QCOMPARE(server.connections(), 1);
        }
        server.next(act);
        const bool silent = act.then == Then::Stay;
        client.setDeadlines(
            {.request = milliseconds(20), .mayEnd = [&server](const QUrl&) { return server.isSilent(); }});
        auto* call = ended(client.create({order(u"d1"_s)}));
        QVERIFY(!call->result());
        const auto& error = call->result().error();
        QVERIFY2(effectOf(error) == Effect::Unknown, qPrintable(describe(error)));
        QVERIFY2(std::holds_alternative<TransportError>(error), qPrintable(describe(error)));
        if (silent)
            QCOMPARE(std::get<TransportError>(error).kind, TransportError::Kind::TimedOut);

        // One more complete exchange, so that anything that Qt sent by itself would have arrived.
        client.setDeadlines({});
        QVERIFY(ended(client.send(GetQuota{}))->result().has_value());
        if (bodies >= 0)
            QCOMPARE(server.wholeBodies(), bodies);
        QVERIFY(server.wholeBodies() <= 1);
        const auto protocol = kind == Server::Kind::Http2 ? QByteArray("h2") : QByteArray("http/1.1");
        QCOMPARE(server.seen().first().protocol, protocol);
    }

    void aConnectionThatDiedWhileIdle_data()
    {
        QTest::addColumn<Server::Kind>("kind");
        QTest::addColumn<Then>("then");
        for (const auto kind : {Server::Kind::Http, Server::Kind::Https, Server::Kind::Http2}) {
            QTest::addRow("%s, closed", nameOf(kind)) << kind << Then::Close;
            QTest::addRow("%s, reset", nameOf(kind)) << kind << Then::Reset;
        }
    }
    void aConnectionThatDiedWhileIdle()
    {
        QFETCH(Server::Kind, kind);
        QFETCH(Then, then);
        Server server(kind);
        QNetworkAccessManager network;
        Client client(endpointOf(server), FormatChoice::Documented, &network);
        prepare(client);
        auto last = faults::json(quota);
        last.then = then;
        server.next(last);
        server.otherwise(faults::json(created));
        (void)ended(client.send(GetQuota{})); // its outcome is a race: the reset may overtake the reply
        const auto before = server.wholeBodies();
        auto* call = ended(client.create({order(u"d1"_s)}));
        if (call->result()) {
            QCOMPARE(server.wholeBodies() - before, 1);
        } else {
            const auto effect = effectOf(call->result().error());
            QVERIFY(effect == Effect::Unknown || effect == Effect::NotSent);
            QVERIFY(server.wholeBodies() - before <= (effect == Effect::Unknown ? 1 : 0));
        }
    }

    void itWorksAtAll_data()
    {
        QTest::addColumn<Server::Kind>("kind");
        for (const auto kind : {Server::Kind::Http, Server::Kind::Https, Server::Kind::Http2})
            QTest::newRow(nameOf(kind)) << kind;
    }
    void itWorksAtAll()
    {
        QFETCH(Server::Kind, kind);
        Server server(kind);
        server.otherwise(faults::json(created));
        QNetworkAccessManager network;
        Client client(endpointOf(server), FormatChoice::Automatic, &network);
        prepare(client);
        for (int i = 0; i < 5; ++i) {
            auto* call = ended(client.create({order(QString::number(i))}));
            QVERIFY2(call->result().has_value(),
                     qPrintable(call->result() ? QString() : describe(call->result().error())));
            QCOMPARE(call->result()->first().id, u"c1"_s);
        }
        QCOMPARE(server.wholeBodies(), 5);
        QCOMPARE(server.connections(), 1);
        QCOMPARE(server.seen().first().body, encode(Format::Documented, {order(u"0"_s)}));
    }

    void aLongBodyIsSentWhole_data() { itWorksAtAll_data(); }
    void aLongBodyIsSentWhole()
    {
        QFETCH(Server::Kind, kind);
        Server server(kind);
        server.otherwise(faults::json(created));
        QNetworkAccessManager network;
        Client client(endpointOf(server), FormatChoice::Documented, &network);
        prepare(client);
        const auto one = order(QString(50'000, u'x'));
        QVERIFY(ended(client.create({one}))->result().has_value());
        QCOMPARE(server.seen().first().body, encode(Format::Documented, {one}));
    }

    void refusedInBothFormatsAreTwoAndNoMore_data() { itWorksAtAll_data(); }
    void refusedInBothFormatsAreTwoAndNoMore()
    {
        QFETCH(Server::Kind, kind);
        Server server(kind);
        server.otherwise(
            faults::json(R"({"success": false, "errors": [{"code": 1001, "message": "no"}]})", 400));
        QNetworkAccessManager network;
        Client client(endpointOf(server), FormatChoice::Automatic, &network);
        prepare(client);
        auto* call = ended(client.create({order(u"d"_s)}));
        QCOMPARE(effectOf(call->result().error()), Effect::Refused);
        QCOMPARE(server.wholeBodies(), 2);
        QCOMPARE(server.seen().first().body, encode(Format::Documented, {order(u"d"_s)}));
        QCOMPARE(server.seen().last().body, encode(Format::Current, {order(u"d"_s)}));
    }

private:
    static Endpoint endpointOf(const Server& server)
    {
        return {
            .baseUrl = server.url(), .accountId = u"acc"_s, .credentials = BearerToken{u"t0ken-of-ana"_s}};
    }

    static void prepare(Client& client)
    {
        client.setTls(Server::clientTls());
        client.setRetries({.attempts = 3, .first = milliseconds(1), .ceiling = milliseconds(2)});
    }
};

CAPTUREDESK_SUITE(test_faults_post, Posting)
#include "post.moc"
