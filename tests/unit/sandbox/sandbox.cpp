// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The sandbox over a real socket, with a client that shares no code with it.

#include <cmath>
#include <memory>

#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTemporaryDir>
#include <QTest>

#include <zip.h>

#include "support/suite.h"
#include "sandbox/server.h"
#include "support/eventually.h"

using sandbox::Options;
using sandbox::Server;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

struct Got {
    int status = 0;
    QJsonObject json;
    QByteArray body;
    QHash<QByteArray, QByteArray> headers;

    [[nodiscard]] QJsonValue result(const char* name) const
    {
        return json[u"result"].toObject()[QLatin1StringView(name)];
    }
    [[nodiscard]] int code() const { return json[u"errors"][0][u"code"].toInt(); }
    [[nodiscard]] QString pointer() const { return json[u"errors"][0][u"source"][u"pointer"].toString(); }
};

QDateTime utc(const QString& iso)
{
    return QDateTime::fromString(iso, Qt::ISODate);
}

/// A client with a server.  The account's time is stopped except in `pass`.
class Caller {
public:
    explicit Caller(const Options& options,
                    const QDateTime& start = utc(QStringLiteral("2026-03-10T12:00:00Z")))
        : Caller(options, std::make_shared<sandbox::ManualClock>(start))
    {
    }

    Caller(Options options, std::shared_ptr<sandbox::ManualClock> time)
        : clock(std::move(time))
        , server((options.clock = clock, options))
    {
        if (!server.start())
            qFatal("the server did not start");
        token = server.token();
    }

    Got get(const QString& path, const QByteArray& range = {})
    {
        auto request = requestFor(path);
        if (!range.isEmpty())
            request.setRawHeader("Range", range);
        return wait(m_network.get(request));
    }

    Got post(const QByteArray& body)
    {
        auto request = requestFor(QStringLiteral("/accounts/ACCOUNT/dex/commands"));
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        return wait(m_network.post(request, body));
    }

    [[nodiscard]] QJsonArray devices(int page = 1, const QString& search = {})
    {
        return get(QStringLiteral("/accounts/ACCOUNT/dex/commands/devices?page=%1&per_page=50&search=%2")
                       .arg(page)
                       .arg(search))
            .result("devices")
            .toArray();
    }

    [[nodiscard]] QJsonObject newest(int place = 0)
    {
        return get(QStringLiteral("/accounts/ACCOUNT/dex/commands?page=1&per_page=50"))
            .result("commands")[place]
            .toObject();
    }

    [[nodiscard]] QString status(int place = 0) { return newest(place)[u"status"].toString(); }

    [[nodiscard]] Got quota() { return get(QStringLiteral("/accounts/ACCOUNT/dex/commands/quota")); }

    void pass(std::chrono::milliseconds time) { clock->advance(time); }

    /// A request as a test in another process would send it.
    Got ask(const QString& path, bool toMove)
    {
        return wait(toMove ? m_network.post(requestFor(path), QByteArray())
                           : m_network.get(requestFor(path)));
    }

    [[nodiscard]] std::unique_ptr<QNetworkReply> begin(const QString& path)
    {
        return std::unique_ptr<QNetworkReply>(m_network.get(requestFor(path)));
    }

    std::shared_ptr<sandbox::ManualClock> clock;
    Server server;
    QString token;

private:
    QNetworkRequest requestFor(QString path) const
    {
        path.replace(QLatin1StringView("ACCOUNT"), server.accountId());
        QNetworkRequest request(QUrl(server.baseUrl() + path));
        if (!token.isEmpty())
            request.setRawHeader("Authorization", "Bearer " + token.toUtf8());
        return request;
    }

    static Got wait(QNetworkReply* reply)
    {
        QEventLoop loop;
        QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
        loop.exec();
        Got got{.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
                .json = {},
                .body = reply->readAll(),
                .headers = {}};
        got.json = QJsonDocument::fromJson(got.body).object();
        for (const auto& [name, value] : reply->rawHeaderPairs())
            got.headers.insert(name.toLower(), value);
        delete reply;
        return got;
    }

    QNetworkAccessManager m_network;
};

QByteArray bodyFor(const QJsonObject& device, const QByteArray& typeField, const QByteArray& rest)
{
    return "{\"commands\":[{\"" + typeField + "\":\"pcap\",\"device_id\":\"" +
           device[u"deviceId"].toString().toUtf8() + "\",\"user_email\":\"" +
           device[u"personEmail"].toString().toUtf8() + "\",\"registration_id\":\"" +
           device[u"registrationId"].toString().toUtf8() + "\"" + rest + "}]}";
}

} // namespace

class SandboxTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keys_data();
    void keys();
    void pages();
    void hundredThousand();
    void bodies_data();
    void bodies();
    void lifeOfACommand();
    void windowsRule();
    void quotaAndRate();
    void limitsEnd();
    void midnight();
    void clockByRequest();
    void systemsClock();
    void delaysWaitForTheClock();
    void sameSeedSameAccount();
    void stateOverRestart();
};

void SandboxTest::keys_data()
{
    QTest::addColumn<QString>("which");
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code");
    const auto quota = QStringLiteral("/accounts/ACCOUNT/dex/commands/quota");
    QTest::newRow("good") << QStringLiteral("user") << quota << 200 << 0;
    QTest::newRow("none") << QStringLiteral("none") << quota << 400 << 6003;
    QTest::newRow("wrong") << QStringLiteral("wrong") << quota << 403 << 9109;
    QTest::newRow("other account") << QStringLiteral("user")
                                   << QStringLiteral("/accounts/%1/dex/commands/quota").arg(QString(32, u'0'))
                                   << 404 << 7003;
    QTest::newRow("no account") << QStringLiteral("user")
                                << QStringLiteral("/accounts/nobody/dex/commands/quota") << 400 << 7003;
    QTest::newRow("no route") << QStringLiteral("user") << QStringLiteral("/accounts/ACCOUNT/dex/other")
                              << 404 << 7000;
    QTest::newRow("verify user's") << QStringLiteral("user") << QStringLiteral("/user/tokens/verify") << 200
                                   << 0;
    QTest::newRow("verify account's at user's")
        << QStringLiteral("account") << QStringLiteral("/user/tokens/verify") << 401 << 1000;
    QTest::newRow("verify account's")
        << QStringLiteral("account") << QStringLiteral("/accounts/ACCOUNT/tokens/verify") << 200 << 0;
}

void SandboxTest::keys()
{
    QFETCH(QString, which);
    QFETCH(QString, path);
    Caller caller({.devices = 10});
    if (which == QLatin1StringView("none"))
        caller.token.clear();
    else if (which == QLatin1StringView("wrong"))
        caller.token = QStringLiteral("0123456789abcdef0123");
    else if (which == QLatin1StringView("account"))
        caller.token = caller.server.accountToken();
    const auto got = caller.get(path);
    QTEST(got.status, "status");
    QTEST(got.code(), "code");
    QCOMPARE(got.json[u"success"].toBool(), got.status == 200);
}

void SandboxTest::pages()
{
    Caller caller({.devices = 123});
    QSet<QString> seen;
    for (int page = 1; page <= 3; ++page) {
        const auto rows = caller.devices(page);
        QCOMPARE(rows.size(), page < 3 ? 50 : 23);
        for (const auto& row : rows)
            seen.insert(row[u"deviceId"].toString() + row[u"registrationId"].toString());
    }
    QCOMPARE(seen.size(), 123);
    const auto found =
        caller.get(QStringLiteral("/accounts/ACCOUNT/dex/commands/devices?page=1&per_page=50&search=KIOSK"));
    QCOMPARE(found.result("devices").toArray().size(), 3);
    QCOMPARE(found.json[u"result_info"][u"total_count"].toInt(), 123); // ignores the search
    QCOMPARE(caller.get(QStringLiteral("/accounts/ACCOUNT/dex/commands/devices?page=1&per_page=51")).status,
             400);
    QCOMPARE(
        caller.get(QStringLiteral("/accounts/ACCOUNT/dex/commands/devices?page=0&per_page=50")).pointer(),
        QStringLiteral("/page"));
    QCOMPARE(
        caller.get(QStringLiteral("/accounts/ACCOUNT/dex/commands?page=1&per_page=50&status=DONE")).pointer(),
        QStringLiteral("/status"));
}

void SandboxTest::hundredThousand()
{
    Caller caller({.devices = 100'000});
    QCOMPARE(caller.devices(2000).size(), 50);
    QCOMPARE(caller.devices(2001).size(), 0);
}

void SandboxTest::bodies_data()
{
    QTest::addColumn<int>("schema");
    QTest::addColumn<QByteArray>("typeField");
    QTest::addColumn<QByteArray>("rest");
    QTest::addColumn<QString>("pointer"); // empty: created
    const int both = int(sandbox::Schema::Both), documented = int(sandbox::Schema::Documented),
              current = int(sandbox::Schema::Current);
    const QByteArray old = "command_type", fresh = "type";
    QTest::newRow("documented") << both << old
                                << QByteArray(
                                       ",\"command_args\":{\"interfaces\":[\"tunnel\"],\"time-limit-min\":1}")
                                << QString();
    QTest::newRow("current") << both << fresh << QByteArray(",\"args\":{\"time-limit-min\":1.5}")
                             << QString();
    QTest::newRow("current, where documented is wanted")
        << documented << fresh << QByteArray() << QStringLiteral("/commands/0/type");
    QTest::newRow("documented, where current is wanted")
        << current << old << QByteArray() << QStringLiteral("/commands/0/command_type");
    QTest::newRow("interfaces in the current form")
        << both << fresh << QByteArray(",\"args\":{\"interfaces\":[\"tunnel\"]}")
        << QStringLiteral("/commands/0/args/interfaces");
    QTest::newRow("routes for pcap in the current form")
        << both << fresh << QByteArray(",\"args\":{\"test-all-routes\":true}")
        << QStringLiteral("/commands/0/args/test-all-routes");
    QTest::newRow("below the minimum")
        << both << old << QByteArray(",\"command_args\":{\"time-limit-min\":0.5}")
        << QStringLiteral("/commands/0/command_args/time-limit-min");
    QTest::newRow("a text for a number")
        << both << old << QByteArray(",\"command_args\":{\"time-limit-min\":\"5\"}")
        << QStringLiteral("/commands/0/command_args/time-limit-min");
    QTest::newRow("unknown field") << both << old << QByteArray(",\"colour\":1")
                                   << QStringLiteral("/commands/0/colour");
}

void SandboxTest::bodies()
{
    QFETCH(int, schema);
    QFETCH(QByteArray, typeField);
    QFETCH(QByteArray, rest);
    QFETCH(QString, pointer);
    Caller caller({.devices = 10, .schema = sandbox::Schema(schema)});
    const auto got = caller.post(bodyFor(caller.devices()[0].toObject(), typeField, rest));
    QCOMPARE(got.status, pointer.isEmpty() ? 200 : 400);
    QCOMPARE(got.pointer(), pointer);
    const auto used =
        caller.get(QStringLiteral("/accounts/ACCOUNT/dex/commands/quota")).result("quota_usage").toInt();
    QCOMPARE(used, pointer.isEmpty() ? 1 : 0); // a refusal creates nothing
}

void SandboxTest::lifeOfACommand()
{
    Caller caller({.devices = 10, .seed = 3, .timeScale = 300});
    const auto device = caller.devices()[1].toObject(); // a Mac
    const auto id = caller.post(bodyFor(device, "command_type", ",\"command_args\":{\"time-limit-min\":1}"))
                        .result("commands")[0][u"id"]
                        .toString();
    QVERIFY(!id.isEmpty());
    const auto begun = caller.clock->now().utc;
    QCOMPARE(caller.status(), QStringLiteral("PENDING_EXEC"));
    caller.pass(milliseconds(199)); // a minute takes a fifth of a second
    QCOMPARE(caller.status(), QStringLiteral("PENDING_EXEC"));
    caller.pass(milliseconds(1));
    QCOMPARE(caller.status(), QStringLiteral("PENDING_UPLOAD"));
    QVERIFY(caller.newest()[u"completed_date"].isNull());
    caller.pass(milliseconds(100)); // the longest upload
    const auto command = caller.newest();
    QCOMPARE(command[u"status"].toString(), QStringLiteral("SUCCESS"));
    QCOMPARE(command[u"id"].toString(), id);
    QCOMPARE(QDateTime::fromString(command[u"created_date"].toString(), Qt::ISODateWithMs), begun);
    const auto completed = QDateTime::fromString(command[u"completed_date"].toString(), Qt::ISODateWithMs);
    QVERIFY(completed > begun.addMSecs(200) && completed <= begun.addMSecs(300));
    const auto path = QStringLiteral("/accounts/ACCOUNT/dex/commands/%1/downloads/%2")
                          .arg(id, command[u"filename"].toString().section(u'/', -1));
    const auto file = caller.get(path);
    QCOMPARE(file.status, 200);
    QVERIFY(file.headers.contains("etag"));
    const auto part = caller.get(path, "bytes=10-19");
    QCOMPARE(part.status, 206);
    QCOMPARE(part.body, file.body.mid(10, 10));
    QCOMPARE(caller.get(path).body, file.body); // the same bytes each time
    QCOMPARE(caller.get(path + u'x').status, 404);
    // The URL of the service's own tools has the same file, for this device only.
    const auto tools = [&](const QString& deviceId, const QString& commandId) {
        return caller.get(QStringLiteral("/accounts/ACCOUNT/dex/devices/%1/commands/downloads/%2.zip")
                              .arg(deviceId, commandId));
    };
    QCOMPARE(tools(command[u"device_id"].toString(), id).body, file.body);
    QCOMPARE(tools(QStringLiteral("another"), id).status, 404);
    QCOMPARE(tools(command[u"device_id"].toString(), QStringLiteral("none")).status, 404);

    zip_error_t error;
    auto* source = zip_source_buffer_create(file.body.constData(), zip_uint64_t(file.body.size()), 0, &error);
    auto* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
    QVERIFY(archive);
    auto* member = zip_fopen(archive, "capture-default.pcap", 0);
    QVERIFY(member);
    quint32 magic = 0;
    QCOMPARE(zip_fread(member, &magic, 4), zip_int64_t(4));
    QCOMPARE(magic, 0xa1b2c3d4u);
    zip_fclose(member);
    QVERIFY(zip_name_locate(archive, "results.json", 0) >= 0);
    zip_discard(archive);
}

void SandboxTest::windowsRule()
{
    Caller caller({.devices = 10, .seed = 3});
    const auto windows = caller.devices()[0].toObject();
    QCOMPARE(windows[u"platform"].toString(), QStringLiteral("windows"));
    const auto body = bodyFor(windows, "command_type", {});
    QCOMPARE(caller.post(body).status, 200);
    QCOMPARE(caller.post(body).status, 200);
    // The second fails at once, the first continues.
    caller.pass(seconds(1));
    QCOMPARE(caller.status(0), QStringLiteral("FAILED"));
    QCOMPARE(caller.status(1), QStringLiteral("PENDING_EXEC"));
}

void SandboxTest::quotaAndRate()
{
    Caller caller({.devices = 10, .quota = 1, .rateLimit = 12});
    const auto body = bodyFor(caller.devices()[1].toObject(), "command_type", {});
    QCOMPARE(caller.post(body).status, 200);
    QCOMPARE(caller.post(body).status, 403);
    int status = 200;
    for (int i = 0; i < 12 && status == 200; ++i) {
        caller.pass(seconds(1));
        const auto got = caller.quota();
        status = got.status;
        QVERIFY(got.headers.value("ratelimit").startsWith("\"default\";r="));
        if (status == 429)
            QCOMPARE(got.headers.value("retry-after").toInt(), 300 - (i + 1));
    }
    QCOMPARE(status, 429);
}

void SandboxTest::limitsEnd()
{
    Caller caller({.devices = 10, .rateLimit = 3});
    for (int i = 0; i < 3; ++i)
        QCOMPARE(caller.quota().status, 200);
    QCOMPARE(caller.quota().status, 429);
    caller.pass(seconds(300) - milliseconds(1));
    QCOMPARE(caller.quota().status, 429);
    caller.pass(milliseconds(1));
    QCOMPARE(caller.quota().status, 200);

    // 200 within one second, at whatever pace.
    Caller quick({.devices = 10});
    for (int i = 0; i < 200; ++i)
        QCOMPARE(quick.quota().status, 200);
    quick.pass(seconds(1));
    for (int i = 0; i < 200; ++i)
        QCOMPARE(quick.quota().status, 200);
    QCOMPARE(quick.quota().status, 429);
}

/// The daily quota resets exactly at midnight UTC, and commands from before no longer count.
void SandboxTest::midnight()
{
    Caller caller({.devices = 10, .quota = 2}, utc(QStringLiteral("2026-03-28T23:59:00Z")));
    const auto body = bodyFor(caller.devices()[1].toObject(), "command_type", {});
    const auto reset = [&] { return caller.quota().result("reset_time").toString(); };
    QCOMPARE(reset(), QStringLiteral("2026-03-29T00:00:00Z"));
    QCOMPARE(caller.post(body).status, 200);
    caller.pass(seconds(60) - milliseconds(1));
    QCOMPARE(caller.post(body).status, 200);
    QCOMPARE(caller.post(body).status, 403);
    QCOMPARE(caller.quota().result("quota_usage").toInt(), 2);
    QCOMPARE(reset(), QStringLiteral("2026-03-29T00:00:00Z"));

    caller.pass(milliseconds(1));
    QCOMPARE(caller.quota().result("quota_usage").toInt(), 0);
    QCOMPARE(reset(), QStringLiteral("2026-03-30T00:00:00Z"));
    QCOMPARE(caller.post(body).status, 200);
    QCOMPARE(caller.quota().result("quota_usage").toInt(), 1);
}

void SandboxTest::clockByRequest()
{
    Caller caller({.devices = 10});
    const auto clock = QStringLiteral("/sandbox/clock");
    const auto now = [&] { return caller.ask(clock, false).result("now").toString(); };
    caller.token.clear(); // this endpoint needs no key
    QCOMPARE(now(), QStringLiteral("2026-03-10T12:00:00.000Z"));
    const auto moved = caller.ask(clock + QStringLiteral("?advance_s=180.5"), true);
    QCOMPARE(moved.status, 200);
    QCOMPARE(moved.result("now").toString(), QStringLiteral("2026-03-10T12:03:00.500Z"));
    QCOMPARE(now(), QStringLiteral("2026-03-10T12:03:00.500Z"));
    for (const auto& wrong : {QString(), QStringLiteral("?advance_s="), QStringLiteral("?advance_s=-1"),
                              QStringLiteral("?advance_s=nan"), QStringLiteral("?advance_s=1e10")}) {
        const auto refused = caller.ask(clock + wrong, true);
        QCOMPARE(refused.status, 400);
        QCOMPARE(refused.pointer(), QStringLiteral("/advance_s"));
    }
    QCOMPARE(now(), QStringLiteral("2026-03-10T12:03:00.500Z"));
}

void SandboxTest::systemsClock()
{
    Caller caller({.devices = 10}, std::shared_ptr<sandbox::ManualClock>());
    const auto now = QDateTime::fromString(
        caller.ask(QStringLiteral("/sandbox/clock"), false).result("now").toString(), Qt::ISODateWithMs);
    QVERIFY(std::abs(now.secsTo(QDateTime::currentDateTimeUtc())) < 24 * 3600);
    QCOMPARE(caller.ask(QStringLiteral("/sandbox/clock?advance_s=1"), true).status, 409);
}

void SandboxTest::delaysWaitForTheClock()
{
    Caller caller({.devices = 60, .latencyMs = 100, .faults = {QStringLiteral("slow-page")}});
    const auto path = QStringLiteral("/accounts/ACCOUNT/dex/commands/devices?page=2&per_page=50");
    const auto delayed = [&] {
        return caller.ask(QStringLiteral("/sandbox/stats"), false).json[u"delayed"].toInt();
    };
    const auto reply = caller.begin(path);
    EVENTUALLY_COMPARE(delayed(), 1);
    caller.pass(milliseconds(2099));
    QCOMPARE(delayed(), 1);
    QVERIFY(!reply->isFinished());
    caller.pass(milliseconds(1));
    EVENTUALLY(reply->isFinished());
    QCOMPARE(delayed(), 0);
    QCOMPARE(QJsonDocument::fromJson(reply->readAll())[u"result"][u"devices"].toArray().size(), 10);

    // Stopping the server ends all delayed replies.
    const auto cut = caller.begin(path);
    EVENTUALLY_COMPARE(delayed(), 1);
    caller.server.stop();
    EVENTUALLY(cut->isFinished());
    QVERIFY(cut->error() != QNetworkReply::NoError);
}

void SandboxTest::sameSeedSameAccount()
{
    Caller one({.devices = 60, .seed = 5}), two({.devices = 60, .seed = 5}),
        other({.devices = 60, .seed = 6});
    QCOMPARE(one.server.accountId(), two.server.accountId());
    QCOMPARE(one.server.token(), two.server.token());
    const auto ids = [](const QJsonArray& rows) {
        QStringList list;
        for (const auto& row : rows)
            list << row[u"deviceId"].toString() + row[u"deviceName"].toString() +
                        row[u"personEmail"].toString();
        return list;
    };
    QCOMPARE(ids(one.devices()), ids(two.devices()));
    QVERIFY(ids(one.devices()) != ids(other.devices()));
}

void SandboxTest::stateOverRestart()
{
    QTemporaryDir folder;
    const Options options{.devices = 10, .stateFile = folder.filePath(QStringLiteral("state.json"))};
    const auto clock = std::make_shared<sandbox::ManualClock>(utc(QStringLiteral("2026-03-10T12:00:00Z")));
    QJsonArray before;
    {
        Caller caller(options, clock);
        QCOMPARE(caller.post(bodyFor(caller.devices()[1].toObject(), "command_type", {})).status, 200);
        before = caller.get(QStringLiteral("/accounts/ACCOUNT/dex/commands?page=1&per_page=50"))
                     .result("commands")
                     .toArray();
    }
    Caller caller(options, clock);
    QCOMPARE(caller.get(QStringLiteral("/accounts/ACCOUNT/dex/commands?page=1&per_page=50"))
                 .result("commands")
                 .toArray(),
             before);
}

CAPTUREDESK_SUITE(test_sandbox, SandboxTest)
#include "sandbox.moc"
