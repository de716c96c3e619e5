// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The sandbox over a real socket, with a client that shares nothing with it.

#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTemporaryDir>
#include <QTest>

#include <zip.h>

#include "suite.h"
#include "sandbox/server.h"

using sandbox::Options;
using sandbox::Server;

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

class Caller {
public:
    explicit Caller(Options options)
        : server(options)
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
    QStringList states;
    QJsonObject command;
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            command = caller.get(QStringLiteral("/accounts/ACCOUNT/dex/commands?page=1&per_page=1"))
                          .result("commands")[0]
                          .toObject();
            const auto state = command[u"status"].toString();
            if (states.isEmpty() || states.last() != state)
                states << state;
            return state == QLatin1StringView("SUCCESS");
        }(),
        10'000);
    QCOMPARE(command[u"id"].toString(), id);
    QCOMPARE(states.first(), QStringLiteral("PENDING_EXEC"));
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
    // The second fails at once, the first goes on.
    QTRY_COMPARE_WITH_TIMEOUT(caller.get(QStringLiteral("/accounts/ACCOUNT/dex/commands?page=1&per_page=2"))
                                  .result("commands")[0][u"status"]
                                  .toString(),
                              QStringLiteral("FAILED"), 5000);
    QCOMPARE(caller.get(QStringLiteral("/accounts/ACCOUNT/dex/commands?page=1&per_page=2"))
                 .result("commands")[1][u"status"]
                 .toString(),
             QStringLiteral("PENDING_EXEC"));
}

void SandboxTest::quotaAndRate()
{
    Caller caller({.devices = 10, .quota = 1, .rateLimit = 12});
    const auto body = bodyFor(caller.devices()[1].toObject(), "command_type", {});
    QCOMPARE(caller.post(body).status, 200);
    QCOMPARE(caller.post(body).status, 403);
    int status = 200;
    for (int i = 0; i < 12 && status == 200; ++i) {
        const auto got = caller.get(QStringLiteral("/accounts/ACCOUNT/dex/commands/quota"));
        status = got.status;
        QVERIFY(got.headers.value("ratelimit").startsWith("\"default\";r="));
        if (status == 429)
            QVERIFY(got.headers.value("retry-after").toInt() > 250);
    }
    QCOMPARE(status, 429);
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
    QJsonArray before;
    {
        Caller caller(options);
        QCOMPARE(caller.post(bodyFor(caller.devices()[1].toObject(), "command_type", {})).status, 200);
        before = caller.get(QStringLiteral("/accounts/ACCOUNT/dex/commands?page=1&per_page=50"))
                     .result("commands")
                     .toArray();
    }
    Caller caller(options);
    QCOMPARE(caller.get(QStringLiteral("/accounts/ACCOUNT/dex/commands?page=1&per_page=50"))
                 .result("commands")
                 .toArray(),
             before);
}

CAPTUREDESK_SUITE(test_sandbox, SandboxTest)
#include "sandbox.moc"
