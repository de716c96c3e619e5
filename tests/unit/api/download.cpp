// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QBuffer>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>

#include "support/deflate.h"
#include "support/suite.h"
#include "api/client.h"
#include "scripted.h"
#include "support/eventually.h"

using namespace Qt::StringLiterals;
using namespace api;
using std::chrono::milliseconds;

namespace {

constexpr auto path = "/client/v4/accounts/acc/dex/commands/c%2F1/downloads/a%20b.zip";

/// The first and the last bytes of a zip archive, with `filling` bytes between them.
QByteArray zip(qsizetype filling = 3)
{
    QByteArray bytes("PK\x03\x04");
    for (qsizetype i = 0; i < filling; ++i)
        bytes += char('a' + i % 23);
    return bytes + "PK\x05\x06" + QByteArray(18, '\0');
}

Answer file(const QByteArray& bytes)
{
    return {.status = 200,
            .body = bytes,
            .headers = {{"Content-Type", "application/zip"},
                        {"Content-Length", QByteArray::number(bytes.size())}}};
}

/// \param version the entity tag
Answer tagged(Answer answer, const QByteArray& version = "\"1\"")
{
    answer.headers << std::pair<QByteArray, QByteArray>("ETag", version);
    return answer;
}

/// A partial reply with the bytes of a file from `first` to `last`, inclusive.
Answer part(const QByteArray& all, qsizetype first, qsizetype last, const QByteArray& version = "\"1\"")
{
    auto answer = tagged(file(all.sliced(first, last - first + 1)), version);
    answer.status = 206;
    answer.headers << std::pair<QByteArray, QByteArray>(
        "Content-Range", "bytes " + QByteArray::number(first) + '-' + QByteArray::number(last) + '/' +
                             QByteArray::number(all.size()));
    return answer;
}

/// The connection is lost after so many bytes.
Answer broken(const QByteArray& all, qsizetype after)
{
    auto answer = tagged(file(all));
    answer.body.truncate(after);
    answer.error = QNetworkReply::RemoteHostClosedError;
    return answer;
}

Answer redirect(const QByteArray& location, int status = 302)
{
    return {.status = status,
            .body = "moved",
            .headers = {{"Location", location}, {"Content-Type", "text/plain"}}};
}

/// Accepts `room` bytes, then none; or is slow and reports a backlog.
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
    mutable int asked = 0; ///< how often the backlog was queried

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
        const auto bytes = zip(700'000);
        network->expect("GET", path, file(bytes));
        auto* download = start();
        QSignalSpy progress(download, &Download::progress);
        wait(download);
        QCOMPARE(download->result().value(), bytes.size());
        QVERIFY(target.data() == bytes);
        QVERIFY(progress.size() >= 3); // while it arrives, not at the end
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
        auto answer = file(zip());
        answer.headers.removeLast();
        network->expect("GET", path, answer);
        auto* download = start();
        QSignalSpy progress(download, &Download::progress);
        wait(download);
        QCOMPARE(download->result().value(), zip().size());
        QCOMPARE(target.data(), zip());
        QCOMPARE(progress.last().last().toLongLong(), -1);
    }

    void toAFile()
    {
        QTemporaryFile disk;
        QVERIFY(disk.open());
        network->expect("GET", path, file(zip()));
        wait(client->download(request(), &disk));
        QFile again(disk.fileName());
        QVERIFY(again.open(QIODevice::ReadOnly));
        QCOMPARE(again.readAll(), zip());
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
        row("gzip of two bytes",
            {.status = 200,
             .body = "\x1f\x8b",
             .headers = {{"Content-Type", "application/zip"}, {"Content-Encoding", "gzip"}}},
            -200);
        const auto coded = [](const QByteArray& coding, const QByteArray& body) {
            return Answer{.status = 200,
                          .body = body,
                          .headers = {{"Content-Type", "application/zip"}, {"Content-Encoding", coding}}};
        };
        row("a coding nobody asked for", coded("br", "\x0b\x02\x80"), -200);
        row("two codings", coded("gzip, br", support::gzip(zip())), -200);
        row("a page in gzip", coded("gzip", support::gzip("<html>sign in</html>")), -200);
        row("a refusal in gzip",
            coded("gzip",
                  support::gzip(R"({"success": false, "errors": [{"code": 1001, "message": "no"}]})")),
            200);
        row("a page under the zip's type", typed(200, "application/zip", "\n<!DOCTYPE html><html>"), -200);
        row("a refusal under the zip's type",
            typed(200, "application/zip", R"({"success": false, "errors": [], "messages": []})"), 200);
        row("success under the zip's type", typed(200, "application/zip", R"({"success": true})"), -200);
        row("some gateway's JSON", typed(200, "application/octet-stream", R"({"error": "no"})"), -200);
        row("a storage's error", typed(200, "application/zip", "<?xml version=\"1.0\"?><Error/>"), -200);
        row("nothing under the zip's type", typed(200, "application/zip", ""), -200);
        row("three bytes", typed(200, "application/zip", "PK\x03"), -200);
        row("bytes", typed(200, "application/octet-stream", "0123456789"), -200);
        row("a pcap", typed(200, "application/zip", QByteArray("\xd4\xc3\xb2\xa1\x02\x00", 6)), -200);
        row("no such range", refusal(416), 416);
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

    void aCodedFile_data()
    {
        QTest::addColumn<QByteArray>("coding");
        QTest::addColumn<QByteArray>("body");
        const auto bytes = zip(700'000);
        QTest::newRow("gzip") << QByteArray("gzip") << support::gzip(bytes);
        QTest::newRow("x-gzip") << QByteArray(" X-GZIP ") << support::gzip(bytes);
        QTest::newRow("two members") << QByteArray("gzip")
                                     << support::gzip(bytes.first(100)) + support::gzip(bytes.sliced(100));
        QTest::newRow("deflate") << QByteArray("deflate") << support::deflated(bytes, 15);
        QTest::newRow("raw deflate") << QByteArray("deflate") << support::deflated(bytes, -15);
        QTest::newRow("identity") << QByteArray("identity") << bytes;
        QTest::newRow("identity and gzip") << QByteArray("identity, gzip") << support::gzip(bytes);
        QTest::newRow("named, and not applied") << QByteArray("gzip") << bytes;
    }
    void aCodedFile()
    {
        QFETCH(QByteArray, coding);
        QFETCH(QByteArray, body);
        for (const bool tellsLength : {true, false}) {
            auto answer = file(body);
            if (!tellsLength)
                answer.headers.removeLast();
            answer.headers << std::pair<QByteArray, QByteArray>("Content-Encoding", coding)
                           << std::pair<QByteArray, QByteArray>("ETag", "\"1\"");
            network->expect("GET", path, answer);
            target.close();
            target.setData({});
            target.open(QIODevice::WriteOnly);
            auto* download = start();
            wait(download);
            QVERIFY(download->result());
            QCOMPARE(download->result().value(), zip(700'000).size());
            QVERIFY(target.data() == zip(700'000));
        }
    }

    void aBrokenCodedFileIsNotGoneOnWith()
    {
        auto answer = file(support::gzip(zip(700'000)).chopped(1'000));
        answer.error = QNetworkReply::RemoteHostClosedError;
        answer.headers << std::pair<QByteArray, QByteArray>("Content-Encoding", "gzip")
                       << std::pair<QByteArray, QByteArray>("ETag", "\"1\"");
        network->expect("GET", path, answer);
        auto* download = start();
        wait(download);
        QVERIFY(!target.data().isEmpty());
        QCOMPARE(std::get<TransportError>(download->result().error()).kind, TransportError::Kind::Lost);
    }

    void theBytesDecideAndNotTheType_data()
    {
        QTest::addColumn<QByteArray>("type");
        for (const auto* type :
             {"text/plain", "application/json", "", "text/html", "application/x-zip-compressed"})
            QTest::newRow(*type ? type : "none") << QByteArray(type);
    }
    void theBytesDecideAndNotTheType()
    {
        QFETCH(QByteArray, type);
        network->expect("GET", path, {.status = 200, .body = zip(), .headers = {{"Content-Type", type}}});
        auto* download = start();
        wait(download);
        QVERIFY(download->result());
        QCOMPARE(target.data(), zip());
    }

    void anEmptyZip()
    {
        const auto empty = QByteArray("PK\x05\x06") + QByteArray(18, '\0');
        network->expect("GET", path, file(empty));
        wait(start());
        QCOMPARE(target.data(), empty);
    }

    void whatCameInstead_data()
    {
        QTest::addColumn<Answer>("answer");
        QTest::addColumn<Content>("content");
        const auto typed = [](const QByteArray& body, const QByteArray& coding = {}) {
            return Answer{.status = 200,
                          .body = body,
                          .headers = {{"Content-Type", "application/zip"}, {"Content-Encoding", coding}}};
        };
        QTest::newRow("page") << typed("<HTML>") << Content::WebPage;
        QTest::newRow("page after a comment") << typed("\xEF\xBB\xBF<!-- x -->\n<html>") << Content::WebPage;
        QTest::newRow("page in gzip") << typed(support::gzip("<html>"), "gzip") << Content::WebPage;
        QTest::newRow("nothing") << typed("") << Content::Nothing;
        QTest::newRow("coding") << typed("x", "zstd") << Content::Coded;
        QTest::newRow("bytes") << typed("0123") << Content::Other;
        auto part = typed(zip());
        part.status = 206;
        part.headers << std::pair<QByteArray, QByteArray>("Content-Range", "bytes 5-30/100");
        QTest::newRow("part") << part << Content::Part;
    }
    void whatCameInstead()
    {
        QFETCH(Answer, answer);
        QFETCH(Content, content);
        network->expect("GET", path, answer);
        auto* download = start();
        wait(download);
        QCOMPARE(std::get<HttpError>(download->result().error()).content, content);
        QVERIFY(target.data().isEmpty());
    }

    void aPartNobodyAskedFor_data()
    {
        QTest::addColumn<QByteArray>("range");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("good");
        const auto all = zip(100);
        const auto size = QByteArray::number(all.size()), last = QByteArray::number(all.size() - 1);
        const auto row = [](const char* name, const QByteArray& range, const QByteArray& body, bool good) {
            QTest::newRow(name) << range << body << good;
        };
        row("all of it", "bytes 0-" + last + '/' + size, all, true);
        row("all of it, its size unsaid", "bytes 0-" + last + "/*", all, true);
        row("no range", "", all, true);
        row("no range, and no end", "", all.chopped(22), false);
        row("its size unsaid, and no end", "bytes 0-" + last + "/*", all.chopped(22), false);
        row("not the start", "bytes 1-" + last + '/' + size, all, false);
        row("turned round", "bytes 9-0/" + size, all, false);
        row("beyond its size", "bytes 0-" + last + "/5", all, false);
        row("other units", "lines 0-" + last + '/' + size, all, false);
        row("unsatisfied", "bytes */" + size, all, false);
    }
    void aPartNobodyAskedFor()
    {
        QFETCH(QByteArray, range);
        QFETCH(QByteArray, body);
        QFETCH(bool, good);
        auto answer = file(body);
        answer.status = 206;
        if (!range.isEmpty())
            answer.headers << std::pair<QByteArray, QByteArray>("Content-Range", range);
        network->expect("GET", path, answer);
        auto* download = start();
        wait(download);
        QCOMPARE(download->result().has_value(), good);
        if (good)
            QCOMPARE(target.data(), body);
    }

    void theRestOfAPartIsAskedFor()
    {
        const auto all = zip(1'000);
        network->expect("GET", path, part(all, 0, 99));
        network->expect("GET", path, part(all, 100, 699));
        network->expect("GET", path, part(all, 700, all.size() - 1));
        auto* download = start();
        wait(download);
        QVERIFY(download->result());
        QVERIFY(target.data() == all);
        QCOMPARE(network->asked()[1].request.rawHeader("Range"), "bytes=100-");
        QCOMPARE(network->asked()[2].request.rawHeader("Range"), "bytes=700-");
        QCOMPARE(network->asked()[2].request.rawHeader("If-Range"), "\"1\"");
    }

    /// A download is interrupted after 100 bytes, and the next request gets this answer.
    void whereItBroke_data()
    {
        QTest::addColumn<Answer>("next");
        QTest::addColumn<bool>("good");
        const auto all = zip(1'000);
        const auto last = all.size() - 1;
        const auto row = [](const char* name, const Answer& next, bool good) {
            QTest::newRow(name) << next << good;
        };
        row("the rest", part(all, 100, last), true);
        row("all of it once more", tagged(file(all)), true);
        row("all of another version", tagged(file(all), "\"2\""), false);
        row("all of it, its version unsaid", file(all), false);
        row("a later part", part(all, 101, last), false);
        row("an earlier part", part(all, 0, last), false);
        row("of a longer file", part(all + all, 100, last), false);
        row("of another version", part(all, 100, last, "\"2\""), false);
        auto answer = part(all, 100, last);
        answer.headers.removeIf([](const auto& header) { return header.first == "Content-Range"; });
        row("a part without its range", answer, false);
        answer = part(all, 100, last);
        answer.headers << std::pair<QByteArray, QByteArray>("Content-Encoding", "gzip");
        row("the rest, coded", answer, false);
        row("the file has become shorter", refusal(416), false);
        row("a page", {.status = 200, .body = "<html>", .headers = {{"Content-Type", "text/html"}}}, false);
    }
    void whereItBroke()
    {
        QFETCH(Answer, next);
        QFETCH(bool, good);
        const auto all = zip(1'000);
        network->expect("GET", path, broken(all, 100));
        network->expect("GET", path, next);
        auto* download = start();
        QSignalSpy progress(download, &Download::progress);
        wait(download);
        QCOMPARE(download->result().has_value(), good);
        QCOMPARE(network->asked().last().request.rawHeader("Range"), "bytes=100-");
        QCOMPARE(network->asked().last().request.rawHeader("If-Range"), "\"1\"");
        if (good) {
            QVERIFY(target.data() == all);
            QCOMPARE(progress.last().first().toLongLong(), all.size());
            QCOMPARE(progress.last().last().toLongLong(), all.size());
        } else {
            QCOMPARE(target.data(), all.first(100)); // nothing of another file was written
        }
    }

    void itIsGoneOnWithAsOftenAsItMovesOn()
    {
        constexpr qsizetype step = 2 << 20;
        const auto all = zip(5 * step);
        network->expect("GET", path, broken(all, step));
        for (int i = 1; i <= 4; ++i) {
            auto answer = part(all, i * step, all.size() - 1);
            answer.body.truncate(step);
            answer.error = QNetworkReply::RemoteHostClosedError;
            network->expect("GET", path, answer);
        }
        network->expect("GET", path, part(all, 5 * step, all.size() - 1));
        auto* download = start();
        wait(download);
        QVERIFY(download->result());
        QVERIFY(target.data() == all);
    }

    void itIsNotGoneOnWithForEver()
    {
        const auto all = zip(1'000);
        network->expect("GET", path, broken(all, 100));
        for (int i = 1; i <= 2; ++i) {
            auto answer = part(all, 100 + i - 1, all.size() - 1);
            answer.body.truncate(1);
            answer.error = QNetworkReply::RemoteHostClosedError;
            network->expect("GET", path, answer);
        }
        auto* download = start();
        wait(download);
        QVERIFY(!download->result());
    }

    void theOtherAddress_data()
    {
        QTest::addColumn<DownloadArtifact>("request");
        QTest::addColumn<QByteArrayList>("paths");
        QTest::addColumn<QList<Answer>>("answers");
        QTest::addColumn<int>("status"); // of the error; 0: none
        const QByteArray documented = "/client/v4/accounts/acc/dex/commands/c%2F1/downloads/a.zip";
        const QByteArray other = "/client/v4/accounts/acc/dex/devices/d%2F1/commands/downloads/c%2F1.zip";
        const QByteArray usual = "/client/v4/accounts/acc/dex/commands/c%2F1/downloads/c%2F1.zip";
        const DownloadArtifact named{.commandId = u"c/1"_s, .filename = u"a.zip"_s, .deviceId = u"d/1"_s};
        const DownloadArtifact nameless{.commandId = u"c/1"_s, .deviceId = u"d/1"_s};
        using Paths = QByteArrayList;
        using Answers = QList<Answer>;
        QTest::newRow("named") << named << Paths{documented} << Answers{file(zip())} << 0;
        QTest::newRow("named, and not there")
            << named << Paths{documented, other} << Answers{refusal(404), file(zip())} << 0;
        QTest::newRow("named, and not taken")
            << named << Paths{documented, other} << Answers{refusal(400), file(zip())} << 0;
        QTest::newRow("without a name") << nameless << Paths{other} << Answers{file(zip())} << 0;
        QTest::newRow("neither here nor there")
            << named << Paths{documented, other} << Answers{refusal(410), refusal(404)} << 410;
        QTest::newRow("not allowed") << named << Paths{documented} << Answers{refusal(403)} << 403;
        QTest::newRow("not allowed there")
            << named << Paths{documented, other} << Answers{refusal(404), refusal(403)} << 403;
        QTest::newRow("the device is not known")
            << DownloadArtifact{.commandId = u"c/1"_s} << Paths{usual} << Answers{refusal(404)} << 404;
    }
    void theOtherAddress()
    {
        QFETCH(DownloadArtifact, request);
        QFETCH(QByteArrayList, paths);
        QFETCH(QList<Answer>, answers);
        QFETCH(int, status);
        for (qsizetype i = 0; i < paths.size(); ++i)
            network->expect("GET", paths[i], answers[i]);
        auto* download = client->download(request, &target);
        wait(download);
        for (const auto& asked : network->asked())
            QCOMPARE(asked.request.rawHeader("Authorization"), "Bearer t0ken-of-ana");
        if (status == 0)
            QCOMPARE(target.data(), zip());
        else
            QCOMPARE(std::get<ServiceError>(download->result().error()).status, status);
    }

    void whatIsNotWholeIsNoSuccess_data()
    {
        QTest::addColumn<Answer>("answer");
        auto answer = file(zip());
        answer.headers.last().second = QByteArray::number(zip().size() + 1);
        QTest::newRow("shorter than told") << answer;
        answer.headers.last().second = QByteArray::number(zip().size() - 1);
        QTest::newRow("longer than told") << answer;
        answer = file(zip().chopped(22));
        answer.headers.removeLast();
        QTest::newRow("no length, and no end of the zip") << answer;
        answer = file(support::gzip(zip(1000)).chopped(8));
        answer.headers << std::pair<QByteArray, QByteArray>("Content-Encoding", "gzip");
        QTest::newRow("gzip without its end") << answer;
        answer.headers.removeAt(1);
        QTest::newRow("gzip without its end and without a length") << answer;
        answer = file(zip());
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
        // The download had begun, so it was not requested again.
        QCOMPARE(network->asked().size(), 1);
    }

    void whatHealsIsAskedAgainWhileNothingIsWritten()
    {
        network->expect("GET", path, refusal(503));
        network->expect("GET", path, {.status = 0, .error = QNetworkReply::RemoteHostClosedError});
        network->expect("GET", path, file(zip()));
        auto* download = start();
        wait(download);
        QCOMPARE(download->result().value(), zip().size());
        QCOMPARE(target.data(), zip());
    }

    void aFullDisk()
    {
        Disk disk(300'000);
        network->expect("GET", path, file(zip(700'000)));
        auto* download = client->download(request(), &disk);
        wait(download);
        QCOMPARE(std::get<StorageError>(download->result().error()).message, u"no space left"_s);
    }

    void aDiskThatVanishes()
    {
        auto disk = std::make_unique<Disk>(300'000);
        auto answer = file(zip());
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
        network->expect("GET", path, file(zip()));
        auto* download = client->download(request(), &disk);
        QSignalSpy finished(download, &Call::finished);
        EVENTUALLY(disk.asked > 0);
        const auto before = over;
        support::letTimersRun(milliseconds(1), 50); // longer than the stall timeout
        QCOMPARE(over, before);
        QVERIFY(finished.isEmpty());
        QVERIFY(disk.taken.isEmpty());
        disk.backlog = 0;
        Q_EMIT disk.bytesWritten(1);
        QVERIFY(support::nextSignal(finished));
        QCOMPARE(download->result().value(), zip().size());
    }

    void aStall()
    {
        client->setDeadlines({.request = milliseconds(20), .downloadStall = milliseconds(20)});
        auto answer = file(zip());
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
        auto answer = file(zip(700'000));
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
        network->expect("GET", path, file(zip()));
        auto* download = start();
        wait(download);
        QCOMPARE(download->result().value(), zip().size());
        QCOMPARE(target.data(), zip());
        for (qsizetype i = 1; i < network->asked().size(); ++i) { // not even back at the origin
            for (const auto* header : {"Authorization", "X-Auth-Key", "X-Auth-Email"})
                QVERIFY(!network->asked()[i].request.hasRawHeader(header));
        }
        QCOMPARE(network->asked()[2].request.url().host(), u"r2.example"_s);
    }

    void withinTheOrigin()
    {
        network->expect("GET", path, redirect("/client/v4/elsewhere"));
        network->expect("GET", "/client/v4/elsewhere", file(zip()));
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
        network->expect("GET", "/x", file(zip()));
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
