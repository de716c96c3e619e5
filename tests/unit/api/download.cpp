// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QBuffer>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>

#include "support/suite.h"
#include "api/client.h"
#include "scripted.h"
#include "support/eventually.h"

using namespace Qt::StringLiterals;
using namespace api;
using std::chrono::milliseconds;

namespace {

constexpr auto path = "/client/v4/accounts/acc/dex/commands/c%2F1/downloads/a%20b.zip";

Answer file(const QByteArray& bytes)
{
    return {.status = 200,
            .body = bytes,
            .headers = {{"Content-Type", "application/zip"},
                        {"Content-Length", QByteArray::number(bytes.size())}}};
}

Answer redirect(const QByteArray& location, int status = 302)
{
    return {.status = status,
            .body = "moved",
            .headers = {{"Location", location}, {"Content-Type", "text/plain"}}};
}

/// Takes so many bytes, then none; or is slow and says so.
class Disk : public QIODevice {
public:
    explicit Disk(qint64 room)
        : m_room(room)
    {
        open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    }
    bool isSequential() const override { return true; }
    qint64 bytesToWrite() const override
    {
        ++asked;
        return backlog;
    }

    QByteArray taken;
    qint64 backlog = 0;
    mutable int asked = 0; ///< how often, for its backlog

protected:
    qint64 readData(char*, qint64) override { return -1; }
    qint64 writeData(const char* data, qint64 size) override
    {
        const auto count = std::min(size, m_room - taken.size());
        if (count <= 0) {
            setErrorString(u"no space left"_s);
            return -1;
        }
        taken.append(data, count);
        return count;
    }

private:
    qint64 m_room;
};

} // namespace

class Downloading : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        network = std::make_unique<ScriptedManager>();
        client = make(u"https://api.example.com/client/v4"_s);
        target.setData({});
        target.open(QIODevice::WriteOnly);
    }
    void cleanup()
    {
        target.close();
        QVERIFY2(network->isUsedUp(), qPrintable(network->problems()));
        client.reset();
        network.reset();
    }

    void aWholeFile()
    {
        const QByteArray bytes(700'000, 'z');
        network->expect("GET", path, file(bytes));
        auto* download = start();
        QSignalSpy progress(download, &Download::progress);
        wait(download);
        QCOMPARE(download->result().value(), bytes.size());
        QVERIFY(target.data() == bytes);
        QVERIFY(progress.size() >= 3); // as it comes, not at the end
        QCOMPARE(progress.last().first().toLongLong(), bytes.size());
        QCOMPARE(progress.last().last().toLongLong(), bytes.size());
        const auto& request = network->asked().first().request;
        QCOMPARE(request.rawHeader("Authorization"), "Bearer t0ken-of-ana");
        QCOMPARE(request.rawHeader("Accept-Encoding"), "identity");
        QVERIFY(!request.hasRawHeader("Range"));
        QCOMPARE(request.attribute(QNetworkRequest::Http2AllowedAttribute).toBool(), false);
    }

    void aLengthNobodyTold()
    {
        auto answer = file("abc");
        answer.headers.removeLast();
        network->expect("GET", path, answer);
        auto* download = start();
        QSignalSpy progress(download, &Download::progress);
        wait(download);
        QCOMPARE(download->result().value(), 3);
        QCOMPARE(progress.last().last().toLongLong(), -1);
    }

    void toAFile()
    {
        QTemporaryFile disk;
        QVERIFY(disk.open());
        network->expect("GET", path, file("PK..."));
        wait(client->download(request(), &disk));
        QFile again(disk.fileName());
        QVERIFY(again.open(QIODevice::ReadOnly));
        QCOMPARE(again.readAll(), "PK...");
    }

    void whatIsNoFileIsNotWritten_data()
    {
        QTest::addColumn<Answer>("answer");
        QTest::addColumn<int>("status"); // of a ServiceError; negative: of an HttpError; 0: a DecodeError
        const auto row = [](const char* name, const Answer& answer, int status) {
            QTest::newRow(name) << answer << status;
        };
        const auto typed = [](int status, const QByteArray& type, const QByteArray& body) {
            return Answer{.status = status, .body = body, .headers = {{"Content-Type", type}}};
        };
        row("404", refusal(404), 404);
        row("403", refusal(403), 403);
        row("refused with 200", refusal(200), 200);
        row("success, and no file", json(R"({"success": true})"), -200);
        row("broken JSON with 200", json("{"), 0);
        row("a sign-in page", typed(200, "text/html; charset=utf-8", "<html>"), -200);
        row("text", typed(200, "text/plain", "PK"), -200);
        row("403 in XML", typed(403, "application/xml", "<Error/>"), -403);
        row("404 as a zip", typed(404, "application/zip", "PK"), -404);
        row("a part nobody asked for", typed(206, "application/zip", "PK"), -206);
        row("nothing", typed(204, "", ""), -204);
        row("redirect to nowhere", typed(302, "", ""), -302);
        row("not modified", typed(304, "", ""), -304);
        row("compressed",
            {.status = 200,
             .body = "\x1f\x8b",
             .headers = {{"Content-Type", "application/zip"}, {"Content-Encoding", "gzip"}}},
            -200);
    }
    void whatIsNoFileIsNotWritten()
    {
        QFETCH(Answer, answer);
        QFETCH(int, status);
        network->expect("GET", path, answer);
        auto* download = start();
        QSignalSpy progress(download, &Download::progress);
        wait(download);
        const auto& error = download->result().error();
        if (status > 0)
            QCOMPARE(std::get<ServiceError>(error).status, status);
        else if (status < 0)
            QCOMPARE(std::get<HttpError>(error).status, -status);
        else
            QVERIFY(std::holds_alternative<DecodeError>(error));
        QVERIFY(target.data().isEmpty());
        QVERIFY(progress.isEmpty());
    }

    void whatIsNotWholeIsNoSuccess_data()
    {
        QTest::addColumn<Answer>("answer");
        auto answer = file("0123456789");
        answer.headers.last().second = "11";
        QTest::newRow("shorter than told") << answer;
        answer.headers.last().second = "9";
        QTest::newRow("longer than told") << answer;
        answer = file("0123456789");
        answer.error = QNetworkReply::RemoteHostClosedError;
        QTest::newRow("broken off") << answer;
        answer.error = QNetworkReply::InternalServerError;
        QTest::newRow("reset") << answer;
    }
    void whatIsNotWholeIsNoSuccess()
    {
        QFETCH(Answer, answer);
        network->expect("GET", path, answer);
        auto* download = start();
        wait(download);
        QCOMPARE(std::get<TransportError>(download->result().error()).kind, TransportError::Kind::Lost);
        // It had begun, so that it was not asked for again.
        QCOMPARE(network->asked().size(), 1);
    }

    void whatHealsIsAskedAgainWhileNothingIsWritten()
    {
        network->expect("GET", path, refusal(503));
        network->expect("GET", path, {.status = 0, .error = QNetworkReply::RemoteHostClosedError});
        network->expect("GET", path, file("abc"));
        auto* download = start();
        wait(download);
        QCOMPARE(download->result().value(), 3);
        QCOMPARE(target.data(), "abc");
    }

    void aFullDisk()
    {
        Disk disk(300'000);
        network->expect("GET", path, file(QByteArray(700'000, 'z')));
        auto* download = client->download(request(), &disk);
        wait(download);
        QCOMPARE(std::get<StorageError>(download->result().error()).message, u"no space left"_s);
    }

    void aDiskThatVanishes()
    {
        auto disk = std::make_unique<Disk>(300'000);
        auto answer = file("abc");
        answer.hangs = true;
        network->expect("GET", path, answer);
        auto* download = client->download(request(), disk.get());
        EVENTUALLY_COMPARE(network->outstanding(), 1);
        disk.reset();
        QSignalSpy finished(download, &Call::finished);
        network->release();
        QVERIFY(finished.size() == 1 || support::nextSignal(finished));
        QVERIFY(std::holds_alternative<StorageError>(download->result().error()));
    }

    void aSlowDiskIsWaitedFor()
    {
        int over = 0;
        client->setDeadlines({.downloadStall = milliseconds(1), .mayEnd = [&over](const QUrl&) {
                                  ++over;
                                  return false;
                              }});
        Disk disk(1'000'000);
        disk.backlog = 100 << 20;
        network->expect("GET", path, file("abc"));
        auto* download = client->download(request(), &disk);
        QSignalSpy finished(download, &Call::finished);
        EVENTUALLY(disk.asked > 0);
        const auto before = over;
        support::letTimersRun(milliseconds(1), 50); // longer than a stall may last
        QCOMPARE(over, before);
        QVERIFY(finished.isEmpty());
        QVERIFY(disk.taken.isEmpty());
        disk.backlog = 0;
        Q_EMIT disk.bytesWritten(1);
        QVERIFY(support::nextSignal(finished));
        QCOMPARE(download->result().value(), 3);
    }

    void aStall()
    {
        client->setDeadlines({.request = milliseconds(20), .downloadStall = milliseconds(20)});
        auto answer = file("abc");
        answer.hangs = true;
        network->otherwise(answer);
        auto* download = start();
        wait(download);
        QCOMPARE(std::get<TransportError>(download->result().error()).kind, TransportError::Kind::TimedOut);
        QCOMPARE(network->asked().size(), 3);
    }

    void cancelled_data()
    {
        QTest::addColumn<int>("when");
        QTest::newRow("before it leaves") << 0;
        QTest::newRow("on its way") << 1;
        QTest::newRow("while it writes") << 2;
    }
    void cancelled()
    {
        QFETCH(int, when);
        auto answer = file(QByteArray(700'000, 'z'));
        answer.hangs = when == 1;
        if (when > 0)
            network->expect("GET", path, answer);
        auto* download = start();
        QSignalSpy finished(download, &Call::finished);
        if (when == 2)
            connect(download, &Download::progress, download, &Call::cancel);
        if (when == 1)
            EVENTUALLY_COMPARE(network->outstanding(), 1);
        if (when < 2)
            download->cancel();
        QVERIFY(finished.isEmpty());
        QVERIFY(support::nextSignal(finished));
        QVERIFY(std::holds_alternative<Cancelled>(download->result().error()));
        QVERIFY(target.data().size() <= 256 << 10);
        EVENTUALLY_COMPARE(network->outstanding(), 0);
    }

    void toAnotherOriginWithoutCredentials_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {301, 302, 303, 307, 308})
            QTest::addRow("%d", status) << status;
    }
    void toAnotherOriginWithoutCredentials()
    {
        QFETCH(int, status);
        network->expect("GET", path, redirect("https://r2.example/x?sig=a%2Fb", status));
        network->expect("GET", "/x?sig=a%2Fb", redirect("/y", status));
        network->expect("GET", "/y", redirect(QByteArray("https://api.example.com") + path, status));
        network->expect("GET", path, file("abc"));
        auto* download = start();
        wait(download);
        QCOMPARE(download->result().value(), 3);
        QCOMPARE(target.data(), "abc");
        for (qsizetype i = 1; i < network->asked().size(); ++i) { // not even back at home
            for (const auto* header : {"Authorization", "X-Auth-Key", "X-Auth-Email"})
                QVERIFY(!network->asked()[i].request.hasRawHeader(header));
        }
        QCOMPARE(network->asked()[2].request.url().host(), u"r2.example"_s);
    }

    void withinTheOrigin()
    {
        network->expect("GET", path, redirect("/client/v4/elsewhere"));
        network->expect("GET", "/client/v4/elsewhere", file("abc"));
        wait(start());
        QCOMPARE(network->asked().last().request.rawHeader("Authorization"), "Bearer t0ken-of-ana");
    }

    void neverTo_data()
    {
        QTest::addColumn<QByteArray>("location");
        for (const auto* location :
             {"http://r2.example/x", "http://127.0.0.1/x", "file:///etc/passwd", "ftp://r2.example/x",
              "https://user:pw@r2.example/x", "data:text/plain,x", "https:///x", ""})
            QTest::newRow(*location ? location : "nowhere") << QByteArray(location);
    }
    void neverTo()
    {
        QFETCH(QByteArray, location);
        network->expect("GET", path, redirect(location));
        auto* download = start();
        wait(download);
        QCOMPARE(std::get<HttpError>(download->result().error()).status, 302);
        QVERIFY(target.data().isEmpty());
    }

    void fiveHopsAndNoMore()
    {
        network->expect("GET", path, redirect("https://r2.example/1"));
        for (int i = 1; i <= 5; ++i)
            network->expect("GET", "/" + QByteArray::number(i), redirect("/" + QByteArray::number(i + 1)));
        auto* download = start();
        wait(download);
        QCOMPARE(std::get<HttpError>(download->result().error()).status, 302);
    }

    void onLoopbackToLoopbackOnly()
    {
        client = make(u"http://127.0.0.1:8080/client/v4"_s);
        network->expect("GET", path, redirect("http://127.0.0.1:9090/x"));
        network->expect("GET", "/x", file("abc"));
        auto* download = start();
        wait(download);
        QVERIFY(download->result().has_value());
        QVERIFY(!network->asked().last().request.hasRawHeader("Authorization"));
        network->expect("GET", path, redirect("http://r2.example/x"));
        download = start();
        wait(download);
        QCOMPARE(std::get<HttpError>(download->result().error()).status, 302);
    }

private:
    static DownloadArtifact request() { return {.commandId = u"c/1"_s, .filename = u"a b.zip"_s}; }

    Download* start() { return client->download(request(), &target); }

    static void wait(Download* download)
    {
        QSignalSpy finished(download, &Call::finished);
        QVERIFY(support::nextSignal(finished));
    }

    std::unique_ptr<Client> make(const QString& url)
    {
        auto made = std::make_unique<Client>(Endpoint{.baseUrl = QUrl(url),
                                                      .accountId = u"acc"_s,
                                                      .credentials = BearerToken{u"t0ken-of-ana"_s}},
                                             FormatChoice::Automatic, network.get());
        made->setRetries({.attempts = 3, .first = milliseconds(1), .ceiling = milliseconds(2)});
        return made;
    }

    QBuffer target;
    std::unique_ptr<ScriptedManager> network;
    std::unique_ptr<Client> client;
};

CAPTUREDESK_SUITE(test_api_download, Downloading)
#include "download.moc"
