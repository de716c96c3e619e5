// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QBuffer>
#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTest>

#include "support/deflate.h"
#include "support/suite.h"
#include "api/client.h"
#include "api/pacer.h"
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

using Kind = TransportError::Kind;

constexpr auto refusal = R"({"success": false, "errors": [{"code": 1001, "message": "no"}], "messages": []})";

Act typed(int status, const QByteArray& type, const QByteArray& body)
{
    return {.status = status, .body = body, .headers = {{"Content-Type", type}}};
}

/// A reply of this size that begins like a zip file.
Act archive(qint64 size)
{
    return typed(200, "application/zip", "PK\x03\x04" + QByteArray(size - 4, 'z'));
}

/// Accepts everything, and reports a large backlog once it has more than `limit` bytes.
class Disk : public QIODevice {
public:
    Disk() { open(QIODevice::WriteOnly | QIODevice::Unbuffered); }
    bool isSequential() const override { return true; }
    qint64 bytesToWrite() const override { return taken > limit ? 100 << 20 : 0; }

    qint64 taken = 0;
    qint64 limit = 0;

protected:
    qint64 readData(char*, qint64) override { return -1; }
    qint64 writeData(const char*, qint64 size) override
    {
        taken += size;
        return size;
    }
};

QString nameOf(const Error& error)
{
    static const QStringList names{u"transport"_s, u"http"_s,    u"service"_s,
                                   u"decode"_s,    u"storage"_s, u"cancelled"_s};
    return names.at(qsizetype(error.index()));
}

} // namespace

/// What Qt makes of real replies, and what the client makes of that.
class Replies : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachClass_data()
    {
        QTest::addColumn<Server::Kind>("kind");
        QTest::addColumn<Act>("act");
        QTest::addColumn<QString>("name");
        QTest::addColumn<Effect>("effect");
        const auto row = [](const char* name, const Act& act, const char* expected,
                            Effect effect = Effect::Unknown) {
            for (const auto kind : {Server::Kind::Http, Server::Kind::Http2}) {
                QTest::addRow("%s, %s", kind == Server::Kind::Http ? "HTTP/1.1" : "HTTP/2", name)
                    << kind << act << QString::fromLatin1(expected) << effect;
            }
        };
        row("HTML 403", typed(403, "text/html; charset=utf-8", "<p>blocked</p>"), "http");
        row("HTML 502", typed(502, "text/html", "<p>bad gateway</p>"), "http");
        row("HTML 200", typed(200, "text/html", "<p>sign in</p>"), "http");
        row("wrong type", typed(403, "text/plain", refusal), "http");
        row("no type", {.status = 403, .body = refusal, .headers = {}}, "http");
        row("no content", {.status = 204, .headers = {}}, "http");
        for (const int status : {400, 401, 402, 403, 404, 405, 409, 410, 418, 422})
            row(qPrintable(u"refused %1"_s.arg(status)), faults::json(refusal, status), "service",
                Effect::Refused);
        for (const int status : {408, 500, 501, 502, 503, 504, 520})
            row(qPrintable(u"refused %1"_s.arg(status)), faults::json(refusal, status), "service");
        auto now = faults::json(refusal, 429);
        now.headers << std::pair<QByteArray, QByteArray>("Retry-After", "0");
        row("429", now, "service", Effect::NotSent);
        row("refused with 200", faults::json(refusal), "service");
        row("invalid JSON", faults::json("{\"success\": tru"), "decode");
        row("empty", faults::json(""), "decode");
        row("wrong types", faults::json(R"({"success": true, "result": {"commands": {}}})"), "decode");
        row("fewer than asked", faults::json(R"({"success": true, "result": {"commands": []}})"), "decode");
    }
    void eachClass()
    {
        QFETCH(Server::Kind, kind);
        QFETCH(Act, act);
        QFETCH(QString, name);
        QFETCH(Effect, effect);
        Server server(kind);
        server.otherwise(act);
        QNetworkAccessManager network;
        const auto client = make(server.url(), network);
        auto* call = ended(client->create({order()}));
        QVERIFY(!call->result());
        const auto error = call->result().error();
        QCOMPARE(nameOf(error), name);
        QCOMPARE(effectOf(error), effect);
        if (act.status == 429)
            QCOMPARE(std::get<ServiceError>(error).retryAfter, std::optional(seconds(0)));
        QCOMPARE(server.wholeBodies(), 1);
        // A GET has the same result, after as many attempts as can help.
        auto* get = ended(client->send(ListCommands{}));
        if (get->result())
            QCOMPARE(name, u"decode"_s); // an empty list is valid there
        else
            QCOMPARE(nameOf(get->result().error()), name);
        const bool heals = act.status >= 500 || act.status == 429 || act.status == 408;
        QCOMPARE(server.seen().size(), 1 + (heals ? 3 : 1));
    }

    void a429WithoutAdviceBlocksForAWhile()
    {
        Server server(Server::Kind::Http);
        server.otherwise(faults::json(refusal, 429));
        QNetworkAccessManager network;
        milliseconds now{1'000'000};
        int looks = 0; // how often the clock was read
        const auto clock = [&] {
            ++looks;
            return now;
        };
        const auto client = make(server.url(), network, std::make_shared<Pacer>(clock));
        QSignalSpy slowed(client.get(), &Client::slowed);
        auto* call = ended(client->create({order()}));
        QVERIFY(!std::get<ServiceError>(call->result().error()).retryAfter);
        QCOMPARE(slowed.size(), 1);
        QCOMPARE(slowed.first().first().value<seconds>(), seconds(5));
        server.otherwise(faults::json(quota));
        now += seconds(5) - milliseconds(1);
        const auto before = looks;
        auto* waiting = client->send(GetQuota{});
        QSignalSpy finished(waiting, &Call::finished);
        EVENTUALLY(looks > before);
        QVERIFY(finished.isEmpty());
        QCOMPARE(server.seen().size(), 1);
        now += milliseconds(1);
        QVERIFY(support::nextSignal(finished));
        QCOMPARE(server.seen().size(), 2);
    }

    void noService_data()
    {
        QTest::addColumn<QUrl>("url");
        QTest::addColumn<Kind>("kind");
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        const auto port = closed.serverPort();
        closed.close();
        QTest::newRow("refused") << QUrl(u"http://127.0.0.1:%1/client/v4"_s.arg(port)) << Kind::Refused;
        QTest::newRow("refused, TLS") << QUrl(u"https://127.0.0.1:%1/client/v4"_s.arg(port)) << Kind::Refused;
        QTest::newRow("no such name")
            << QUrl(u"https://nonexistent.invalid/client/v4"_s) << Kind::NameNotFound;
    }
    void noService()
    {
        QFETCH(QUrl, url);
        QFETCH(Kind, kind);
        QNetworkAccessManager network;
        const auto client = make(url, network);
        checkNotSent(*client, kind);
    }

    void certificates_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("good");
        QTest::newRow("trusted") << u"trusted"_s << u"127.0.0.1"_s << true;
        QTest::newRow("nobody's") << u"stranger"_s << u"127.0.0.1"_s << false;
        QTest::newRow("another host's") << u"trusted"_s << u"127.0.0.2"_s << false;
    }
    void certificates()
    {
        QFETCH(QString, certificate);
        QFETCH(QString, host);
        QFETCH(bool, good);
        Server server(Server::Kind::Http2, certificate);
        server.close();
        QVERIFY(server.listen(QHostAddress::Any));
        server.otherwise(archive(10));
        QNetworkAccessManager network;
        auto url = server.url();
        url.setHost(host);
        const auto client = make(url, network);
        if (!good) {
            checkNotSent(*client, Kind::Tls);
            QCOMPARE(server.seen().size(), 0);
        }
        // A download has its own connection, which must be equally safe.
        QBuffer target;
        target.open(QIODevice::WriteOnly);
        auto* download = ended(client->download(request(), &target));
        QCOMPARE(download->result().has_value(), good);
        if (!good)
            QCOMPARE(std::get<TransportError>(download->result().error()).kind, Kind::Tls);
    }

    void plainWhereTlsIsExpected()
    {
        Server server(Server::Kind::Http);
        auto url = server.url();
        url.setScheme(u"https"_s);
        QNetworkAccessManager network;
        const auto client = make(url, network);
        client->setDeadlines({.request = milliseconds(300), .downloadStall = seconds(1)});
        auto* call = ended(client->create({order()}));
        QCOMPARE(effectOf(call->result().error()), Effect::NotSent);
        QCOMPARE(server.seen().size(), 0);
    }

    void aGetOutlivesOneLostConnection()
    {
        for (const auto kind : {Server::Kind::Http, Server::Kind::Https, Server::Kind::Http2}) {
            Server server(kind);
            server.next({.reply = Act::Reply::None, .then = Act::Then::Reset});
            server.next({.reply = Act::Reply::CutShort, .then = Act::Then::Close, .body = quota});
            server.otherwise(faults::json(quota));
            QNetworkAccessManager network;
            const auto client = make(server.url(), network);
            auto* call = ended(client->send(GetQuota{}));
            QVERIFY2(call->result().has_value(),
                     qPrintable(call->result() ? QString() : describe(call->result().error())));
        }
    }

    void manyAtOnce()
    {
        for (const auto kind : {Server::Kind::Http, Server::Kind::Https, Server::Kind::Http2}) {
            Server server(kind);
            server.otherwise(faults::json(quota));
            QNetworkAccessManager network;
            const auto client = make(server.url(), network);
            int good = 0;
            for (int i = 0; i < 60; ++i) {
                auto* call = client->send(GetQuota{});
                connect(call, &Call::finished, this, [call, &good] { good += call->result().has_value(); });
            }
            EVENTUALLY_COMPARE(good, 60);
            QVERIFY(server.connections() <= 6);
        }
    }

    void aDownload_data()
    {
        QTest::addColumn<Server::Kind>("kind");
        QTest::newRow("HTTP/1.1") << Server::Kind::Http;
        QTest::newRow("TLS") << Server::Kind::Https;
        QTest::newRow("beside HTTP/2") << Server::Kind::Http2;
    }
    void aDownload()
    {
        QFETCH(Server::Kind, kind);
        Server server(kind);
        QNetworkAccessManager network;
        const auto client = make(server.url(), network);
        server.next(faults::json(quota));
        QVERIFY(ended(client->send(GetQuota{}))->result().has_value()); // a connection is open now
        server.next(archive(20 << 20));
        QBuffer target;
        target.open(QIODevice::WriteOnly);
        auto* download = ended(client->download(request(), &target));
        QVERIFY2(download->result().has_value(),
                 qPrintable(download->result() ? QString() : describe(download->result().error())));
        QCOMPARE(download->result().value(), 20 << 20);
        QCOMPARE(target.data().size(), 20 << 20);
        QCOMPARE(server.seen().first().protocol, kind == Server::Kind::Http2 ? "h2" : "http/1.1");
        QCOMPARE(server.seen().last().protocol, "http/1.1"); // with HTTP/2 Qt would read ahead without limit
    }

    void whereADownloadBrokeItGoesOn()
    {
        for (const auto kind : {Server::Kind::Http, Server::Kind::Https}) {
            Server server(kind);
            auto act = archive(3 << 20);
            const auto whole = act.body;
            const auto half = whole.size() / 2;
            act.headers << std::pair<QByteArray, QByteArray>("ETag", "\"1\"");
            act.reply = Act::Reply::CutShort;
            server.next(act);
            auto rest = typed(206, "application/zip", whole.sliced(half));
            rest.headers << std::pair<QByteArray, QByteArray>("ETag", "\"1\"")
                         << std::pair<QByteArray, QByteArray>("Content-Range",
                                                              "bytes " + QByteArray::number(half) + '-' +
                                                                  QByteArray::number(whole.size() - 1) + '/' +
                                                                  QByteArray::number(whole.size()));
            server.next(rest);
            QNetworkAccessManager network;
            const auto client = make(server.url(), network);
            QBuffer target;
            target.open(QIODevice::WriteOnly);
            auto* download = client->download(request(), &target);
            // Interrupted when the first half has arrived: a client may not see data that is still in
            // transit.
            QObject::connect(download, &Download::progress, &server, [&server, half](qint64 received) {
                if (received == half)
                    server.hangUp();
            });
            ended(download);
            QVERIFY2(download->result().has_value(),
                     qPrintable(download->result() ? QString() : describe(download->result().error())));
            QVERIFY(target.data() == whole);
            QCOMPARE(server.seen().last().headers.value("range"), "bytes=" + QByteArray::number(half) + '-');
            QCOMPARE(server.seen().last().headers.value("if-range"), "\"1\"");
        }
    }

    /// Sent by a server that compresses everything: Qt is told not to decompress, and does not.
    void aDownloadInGzip_data()
    {
        QTest::addColumn<bool>("announcesLength");
        QTest::addColumn<bool>("whole");
        for (const bool announces : {true, false}) {
            QTest::addRow("whole, %s", announces ? "length told" : "until it closes") << announces << true;
            QTest::addRow("cut short, %s", announces ? "length told" : "until it closes")
                << announces << false;
        }
    }
    void aDownloadInGzip()
    {
        QFETCH(bool, announcesLength);
        QFETCH(bool, whole);
        for (const auto kind : {Server::Kind::Http, Server::Kind::Https}) {
            Server server(kind);
            const auto zip = archive(1 << 20).body;
            auto act = typed(200, "application/zip", support::gzip(zip));
            act.headers << std::pair<QByteArray, QByteArray>("Content-Encoding", "gzip");
            act.announcesLength = announcesLength;
            act.then = Act::Then::Close;
            if (!whole)
                act.reply = Act::Reply::CutShort;
            server.otherwise(act);
            QNetworkAccessManager network;
            const auto client = make(server.url(), network);
            QBuffer target;
            target.open(QIODevice::WriteOnly);
            auto* download = ended(client->download(request(), &target));
            QCOMPARE(download->result().has_value(), whole);
            if (whole)
                QVERIFY(target.data() == zip);
        }
    }

    void whoReadsNoFurtherIsSentNoMore()
    {
        constexpr qint64 size = 64 << 20; // the kernel's buffers alone hold about 20 MiB
        for (const auto kind : {Server::Kind::Http, Server::Kind::Https}) {
            Server server(kind);
            server.next(archive(size));
            QNetworkAccessManager network;
            const auto client = make(server.url(), network);
            int over = 0;
            client->setDeadlines({.downloadStall = milliseconds(1), .mayEnd = [&over](const QUrl&) {
                                      ++over;
                                      return false;
                                  }});
            Disk disk;
            disk.limit = 1 << 20;
            auto* download = client->download(request(), &disk);
            QSignalSpy finished(download, &Call::finished);
            EVENTUALLY(disk.taken > disk.limit);
            // Longer than the stall timeout, but it is the client that does not read.
            const auto before = over;
            support::letTimersRun(milliseconds(1), 300);
            QCOMPARE(over, before);
            QVERIFY(finished.isEmpty());
            QVERIFY2(server.unsent() > size / 4, qPrintable(QString::number(server.unsent())));
            disk.limit = size;
            Q_EMIT disk.bytesWritten(1);
            QVERIFY(finished.size() == 1 || support::nextSignal(finished));
            QCOMPARE(disk.taken, size);
            QVERIFY(download->result().has_value());
        }
    }

    void aDownloadThatBreaksOff_data()
    {
        QTest::addColumn<Act>("act");
        QTest::addColumn<Kind>("kind");
        auto act = archive(3 << 20);
        act.reply = Act::Reply::CutShort;
        act.then = Act::Then::Close;
        QTest::newRow("closed") << act << Kind::Lost;
        act.then = Act::Then::Reset;
        QTest::newRow("reset") << act << Kind::Lost;
        act.then = Act::Then::Stay;
        QTest::newRow("stalled") << act << Kind::TimedOut;
    }
    void aDownloadThatBreaksOff()
    {
        QFETCH(Act, act);
        QFETCH(Kind, kind);
        for (const auto which : {Server::Kind::Http, Server::Kind::Https}) {
            Server server(which);
            server.otherwise(act);
            QNetworkAccessManager network;
            const auto client = make(server.url(), network);
            client->setDeadlines({.downloadStall = milliseconds(20),
                                  .mayEnd = [&server](const QUrl&) { return server.isSilent(); }});
            QBuffer target;
            target.open(QIODevice::WriteOnly);
            auto* download = ended(client->download(request(), &target));
            QVERIFY(!download->result());
            QCOMPARE(std::get<TransportError>(download->result().error()).kind, kind);
            QVERIFY(target.data().size() < 3 << 20);
        }
    }

private:
    static std::unique_ptr<Client> make(const QUrl& url, QNetworkAccessManager& network,
                                        const std::shared_ptr<Pacer>& pacer = nullptr)
    {
        auto client = std::make_unique<Client>(
            Endpoint{.baseUrl = url, .accountId = u"acc"_s, .credentials = BearerToken{u"t0ken-of-ana"_s}},
            FormatChoice::Documented, &network, nullptr, pacer);
        client->setTls(Server::clientTls());
        client->setRetries({.attempts = 3, .first = milliseconds(1), .ceiling = milliseconds(2)});
        return client;
    }

    static CommandOrder order()
    {
        return {.deviceId = u"d1"_s, .userEmail = u"ana@example.com"_s, .args = PcapArgs{}};
    }
    static DownloadArtifact request() { return {.commandId = u"c"_s, .filename = u"f.zip"_s}; }

    static void checkNotSent(Client& client, Kind kind)
    {
        auto* post = ended(client.create({order()}));
        const auto error = post->result().error();
        QVERIFY2(std::get<TransportError>(error).kind == kind, qPrintable(describe(error)));
        QCOMPARE(effectOf(error), Effect::NotSent);
        auto* get = ended(client.send(GetQuota{}));
        QCOMPARE(std::get<TransportError>(get->result().error()).kind, kind);
    }
};

CAPTUREDESK_SUITE(test_faults_replies, Replies)
#include "replies.moc"
