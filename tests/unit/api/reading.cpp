// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include "support/suite.h"
#include "api/requests.h"
#include "api/text.h"

using namespace Qt::StringLiterals;
using namespace api;

namespace {

enum class Need { Required, Optional };

QJsonObject parse(const char* text)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(text, &error);
    Q_ASSERT(error.error == QJsonParseError::NoError);
    return document.object();
}

const QJsonObject& device()
{
    static const auto object = parse(
        R"({"deviceId": "d1", "registrationId": "r1", "deviceName": "ANA-LT-04",)"
        R"("personEmail": "ana@example.com", "platform": "windows", "status": "connected", "version": "2025.1.861.0",)"
        R"("timestamp": "2023-10-11 00:00:00+00", "eligible": true, "ineligibleReason": "old", "unheardOf": {"x": [1]}})");
    return object;
}

const QJsonObject& command()
{
    static const auto object = parse(
        R"({"id": "c1", "device_id": "d1", "registration_id": "r1",)"
        R"("user_email": "ana@example.com", "type": "pcap", "status": "SUCCESS", "created_date": "2026-08-01T10:00:00Z",)"
        R"("completed_date": "2026-08-01T10:05:00.5Z", "filename": "https://elsewhere.example/x/capture.zip?key=1",)"
        R"("unheardOf": 3})");
    return object;
}

QJsonObject envelope(QLatin1StringView list, const QJsonArray& rows)
{
    return {{"success"_L1, true},
            {"result"_L1, QJsonObject{{list, rows}}},
            {"result_info"_L1, QJsonObject{{"total_count"_L1, 1204}}}};
}

QJsonObject with(QJsonObject object, const QString& field, const QJsonValue& value)
{
    if (value.isUndefined())
        object.remove(field);
    else
        object.insert(field, value);
    return object;
}

/// Every kind of JSON value, by name; `undefined` removes the field.
const QList<std::pair<const char*, QJsonValue>>& kinds()
{
    static const QList<std::pair<const char*, QJsonValue>> list{
        {"missing", QJsonValue(QJsonValue::Undefined)},
        {"null", QJsonValue(QJsonValue::Null)},
        {"boolean", QJsonValue(true)},
        {"number", QJsonValue(7)},
        {"fraction", QJsonValue(7.5)},
        {"negative", QJsonValue(-1)},
        {"text", QJsonValue(u"word"_s)},
        {"empty text", QJsonValue(QString())},
        {"array", QJsonValue(QJsonArray{})},
        {"object", QJsonValue(QJsonObject{})},
    };
    return list;
}

struct Field {
    const char* name;
    Need need;
    QList<const char*> accepted; ///< kinds; an optional field also accepts missing, null and an empty text
};

bool accepts(const Field& field, const char* kind)
{
    const auto is = [kind](const char* other) { return qstrcmp(kind, other) == 0; };
    if (is("missing") || is("null"))
        return field.need == Need::Optional;
    return std::ranges::any_of(field.accepted, is);
}

void addRows(const QList<Field>& fields)
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<bool>("accepted");
    for (const auto& field : fields) {
        for (const auto& [kind, value] : kinds())
            QTest::addRow("%s: %s", field.name, kind)
                << QString::fromLatin1(field.name) << value << accepts(field, kind);
    }
}

const QList<const char*> optionalText{"text", "empty text"};

/// Wraps the variant as a column of test data: QMetaType would require an order of the variant.
struct ListedArgs {
    std::optional<api::Args> args;
};

} // namespace

class Reading : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDevice()
    {
        const auto page = ListDevices::decode(envelope("devices"_L1, {device()}));
        QVERIFY(page.has_value());
        QCOMPARE(page->totalCount, std::optional<qint64>(1204));
        QVERIFY(page->unreadable.isEmpty());
        const DeviceRow expected{.deviceId = u"d1"_s,
                                 .registrationId = u"r1"_s,
                                 .deviceName = u"ANA-LT-04"_s,
                                 .personEmail = u"ana@example.com"_s,
                                 .platform = u"windows"_s,
                                 .status = u"connected"_s,
                                 .version = u"2025.1.861.0"_s,
                                 .lastSeen = QDateTime({2023, 10, 11}, {0, 0}, Qt::UTC),
                                 .eligible = true,
                                 .ineligibleReason = u"old"_s};
        QCOMPARE(page->rows.size(), 1);
        QVERIFY(page->rows.first() == expected);
    }

    void eachFieldOfADevice_data()
    {
        addRows({{"deviceId", Need::Required, {"text"}},
                 {"registrationId", Need::Optional, optionalText},
                 {"deviceName", Need::Optional, optionalText},
                 {"personEmail", Need::Optional, optionalText},
                 {"platform", Need::Optional, optionalText},
                 {"status", Need::Optional, optionalText},
                 {"version", Need::Optional, optionalText},
                 {"timestamp", Need::Optional, {"empty text"}},
                 {"eligible", Need::Optional, {"boolean"}},
                 {"ineligibleReason", Need::Optional, optionalText},
                 {"unheardOf",
                  Need::Optional,
                  {"boolean", "number", "fraction", "negative", "text", "empty text", "array", "object"}}});
    }
    void eachFieldOfADevice()
    {
        QFETCH(QString, field);
        QFETCH(QJsonValue, value);
        QFETCH(bool, accepted);
        const auto page =
            ListDevices::decode(envelope("devices"_L1, {device(), with(device(), field, value), device()}));
        QVERIFY(page.has_value());
        QCOMPARE(page->received(), 3);
        QCOMPARE(page->rows.size(), accepted ? 3 : 2);
        if (!accepted) {
            QCOMPARE(page->unreadable.first().path, u"/result/devices/1/"_s + field);
            QVERIFY(!page->unreadable.first().problem.isEmpty());
        }
    }

    void aCommand()
    {
        const auto page = ListCommands::decode(envelope("commands"_L1, {command()}));
        QVERIFY(page.has_value());
        const Command expected{.id = u"c1"_s,
                               .deviceId = u"d1"_s,
                               .registrationId = u"r1"_s,
                               .userEmail = u"ana@example.com"_s,
                               .type = u"pcap"_s,
                               .status = u"SUCCESS"_s,
                               .created = QDateTime({2026, 8, 1}, {10, 0}, Qt::UTC),
                               .completed = QDateTime({2026, 8, 1}, {10, 5, 0, 500}, Qt::UTC),
                               .filename = u"capture.zip"_s};
        QCOMPARE(page->rows.size(), 1);
        QVERIFY(page->rows.first() == expected);
    }

    void eachFieldOfACommand_data()
    {
        addRows({{"id", Need::Required, {"text"}},
                 {"device_id", Need::Required, {"text"}},
                 {"type", Need::Required, {"text"}},
                 {"status", Need::Required, {"text"}},
                 {"registration_id", Need::Optional, optionalText},
                 {"user_email", Need::Optional, optionalText},
                 {"created_date", Need::Optional, {"empty text"}},
                 {"completed_date", Need::Optional, {"empty text"}},
                 {"filename", Need::Optional, optionalText}});
    }
    void eachFieldOfACommand()
    {
        QFETCH(QString, field);
        QFETCH(QJsonValue, value);
        QFETCH(bool, accepted);
        const auto page =
            ListCommands::decode(envelope("commands"_L1, {with(command(), field, value), command()}));
        QVERIFY(page.has_value());
        QCOMPARE(page->rows.size(), accepted ? 2 : 1);
        if (!accepted)
            QCOMPARE(page->unreadable.first().path, u"/result/commands/0/"_s + field);
    }

    /// The contract has no options in the list.  Options that a service does list are read, in either format.
    void optionsOfACommand_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QJsonValue>("args");
        QTest::addColumn<ListedArgs>("read");
        const auto row = [](const char* name, const QString& type, const QJsonValue& args,
                            const std::optional<api::Args>& read) {
            QTest::newRow(name) << type << args << ListedArgs{read};
        };
        const api::Args ten = api::PcapArgs{.timeLimitMin = 10};
        const auto pcap = u"pcap"_s, diag = u"warp-diag"_s;
        row("none", pcap, QJsonValue::Undefined, {});
        row("null", pcap, QJsonValue::Null, {});
        row("empty", pcap, QJsonObject{}, {});
        row("of another kind", pcap, u"ten minutes"_s, {});
        row("number", pcap, QJsonObject{{u"time-limit-min"_s, 10}}, ten);
        row("text", pcap, QJsonObject{{u"time-limit-min"_s, u"10"_s}}, ten);
        row("no number", pcap, QJsonObject{{u"time-limit-min"_s, u"long"_s}}, {});
        row("zero", pcap, QJsonObject{{u"time-limit-min"_s, 0}}, {});
        row("all", pcap,
            QJsonObject{
                {u"time-limit-min"_s, 1.5}, {u"max-file-size-mb"_s, 50}, {u"packet-size-bytes"_s, u"96"_s}},
            api::Args(api::PcapArgs{.timeLimitMin = 1.5, .maxFileSizeMb = 50, .packetSizeBytes = 96}));
        row("flag", diag, QJsonObject{{u"test-all-routes"_s, false}},
            api::Args(api::DiagArgs{.testAllRoutes = false}));
        row("flag as text", diag, QJsonObject{{u"test-all-routes"_s, u"true"_s}},
            api::Args(api::DiagArgs{.testAllRoutes = true}));
        row("no flag", diag, QJsonObject{{u"test-all-routes"_s, 1}}, {});
        row("of another type", u"speed-test"_s, QJsonObject{{u"time-limit-min"_s, 10}}, {});
    }
    void optionsOfACommand()
    {
        QFETCH(QString, type);
        QFETCH(QJsonValue, args);
        QFETCH(ListedArgs, read);
        const auto row = with(with(command(), u"type"_s, type), u"args"_s, args);
        const auto page = ListCommands::decode(envelope("commands"_L1, {row}));
        QVERIFY(page.has_value());
        QCOMPARE(page->rows.size(), 1);
        QVERIFY(page->rows.first().args == read.args);
    }

    void whatIsLeftOfACommand()
    {
        const auto first = with(command(), u"status"_s, 7);
        const auto second = with(with(first, u"id"_s, 17), u"created_date"_s, u"yesterday"_s);
        const auto third = with(first, u"device_id"_s, QJsonValue::Null);
        const auto page =
            ListCommands::decode(envelope("commands"_L1, {first, second, third, u"text"_s, QJsonObject{}}));
        QVERIFY(page.has_value());
        QCOMPARE(page->unreadable.size(), 5);
        const auto id = first[u"id"].toString();
        const auto device = first[u"device_id"].toString();
        const auto created = ListCommands::decode(envelope("commands"_L1, {command()}))->rows.first().created;
        QVERIFY(!id.isEmpty() && !device.isEmpty() && created);
        QCOMPARE(page->remnants, (QList<api::Remnant>{{.id = id, .deviceId = device, .created = created},
                                                      {.deviceId = device},
                                                      {.id = id, .created = created},
                                                      {},
                                                      {}}));
    }

    void eachFieldOfAQuota_data()
    {
        addRows({{"quota", Need::Required, {"number"}},
                 {"quota_usage", Need::Required, {"number"}},
                 {"reset_time", Need::Required, {}}});
    }
    void eachFieldOfAQuota()
    {
        QFETCH(QString, field);
        QFETCH(QJsonValue, value);
        QFETCH(bool, accepted);
        const auto quota =
            parse(R"({"quota": 100, "quota_usage": 12, "reset_time": "2026-08-02T00:00:00Z"})");
        const auto whole = GetQuota::decode({{"result"_L1, quota}});
        QVERIFY(whole.has_value());
        QCOMPARE(whole->left(), 88);
        QCOMPARE(whole->reset, QDateTime({2026, 8, 2}, {0, 0}, Qt::UTC));
        const auto changed = GetQuota::decode({{"result"_L1, with(quota, field, value)}});
        QCOMPARE(changed.has_value(), accepted);
        if (!accepted)
            QCOMPARE(changed.error().path, u"/result/"_s + field);
    }

    void eachFieldOfATokenState_data()
    {
        addRows({{"id", Need::Optional, optionalText},
                 {"status", Need::Optional, optionalText},
                 {"expires_on", Need::Optional, {"empty text"}},
                 {"not_before", Need::Optional, {"empty text"}}});
    }
    void eachFieldOfATokenState()
    {
        QFETCH(QString, field);
        QFETCH(QJsonValue, value);
        QFETCH(bool, accepted);
        const auto state = parse(R"({"id": "t", "status": "active", "expires_on": "2027-01-01T00:00:00Z"})");
        const auto changed = VerifyToken::decode({{"result"_L1, with(state, field, value)}});
        QCOMPARE(changed.has_value(), accepted);
        if (!accepted)
            QCOMPARE(changed.error().path, u"/result/"_s + field);
    }

    /// The command is monitored by its ID, whatever else its row contains.
    void eachFieldOfACreatedCommand_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QJsonValue>("value");
        const QList<std::pair<const char*, QJsonValue>> values{
            {"absent", QJsonValue::Undefined},
            {"null", QJsonValue::Null},
            {"a number", 5.5},
            {"a truth value", true},
            {"an empty text", QString()},
            {"an array", QJsonArray{1}},
            {"an object", QJsonObject{{"a"_L1, QJsonObject{{"b"_L1, 5}}}}}};
        for (const auto* field :
             {"id", "device_id", "registration_id", "status", "type", "args", "unheardOf"}) {
            for (const auto& [name, value] : values)
                QTest::addRow("%s, %s", field, name) << QString::fromLatin1(field) << value;
        }
        using Args = QJsonObject;
        const QList<std::pair<const char*, QJsonValue>> args{
            {"texts", Args{{"time-limit-min"_L1, u"5"_s}}},
            {"numbers", Args{{"time-limit-min"_L1, 5}, {"packet-size-bytes"_L1, 1500.5}}},
            {"truth values", Args{{"test-all-routes"_L1, false}}},
            {"nulls", Args{{"time-limit-min"_L1, QJsonValue::Null}}},
            {"lists", Args{{"interfaces"_L1, QJsonArray{u"default"_s, 7}}}},
            {"nested", Args{{"a/b~c"_L1, Args{{"d"_L1, 1}}}}}};
        for (const auto& [name, value] : args)
            QTest::addRow("args, %s", name) << u"args"_s << value;
    }
    void eachFieldOfACreatedCommand()
    {
        QFETCH(QString, field);
        QFETCH(QJsonValue, value);
        const auto created =
            parse(R"({"id": "c", "device_id": "d", "registration_id": "r", "status": "PENDING_EXEC",)"
                  R"("type": "pcap", "args": {"time-limit-min": "5"}})");
        const auto commands =
            CreateCommands::decode(envelope("commands"_L1, {with(created, field, value), created}));
        QVERIFY(commands.has_value());
        const CreatedCommand whole{.id = u"c"_s,
                                   .deviceId = u"d"_s,
                                   .registrationId = u"r"_s,
                                   .status = u"PENDING_EXEC"_s,
                                   .type = u"pcap"_s};
        QVERIFY(commands->last() == whole);
        if (field == "id"_L1) {
            QCOMPARE(commands->size(), 1);
            return;
        }
        QCOMPARE(commands->size(), 2);
        auto expected = whole;
        const QHash<QString, std::optional<QString> CreatedCommand::*> optional{
            {u"device_id"_s, &CreatedCommand::deviceId},
            {u"registration_id"_s, &CreatedCommand::registrationId},
            {u"status"_s, &CreatedCommand::status},
            {u"type"_s, &CreatedCommand::type}};
        if (optional.contains(field))
            (expected.*optional[field]).reset();
        QVERIFY(commands->first() == expected);
    }

    void createdCommandsWithoutAnyId()
    {
        const auto commands = CreateCommands::decode(envelope("commands"_L1, {parse(R"({"id": 5})"), 7}));
        QVERIFY(!commands.has_value());
        QCOMPARE(commands.error().path, u"/result/commands/0/id"_s);
    }

    void aPageWithoutItsList_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("path");
        QTest::newRow("no result") << QByteArray("{}") << u"/result"_s;
        QTest::newRow("null") << QByteArray(R"({"result": null})") << u"/result"_s;
        QTest::newRow("an array") << QByteArray(R"({"result": []})") << u"/result"_s;
        QTest::newRow("no list") << QByteArray(R"({"result": {}})") << u"/result/devices"_s;
        QTest::newRow("null list") << QByteArray(R"({"result": {"devices": null}})") << u"/result/devices"_s;
        QTest::newRow("an object") << QByteArray(R"({"result": {"devices": {}}})") << u"/result/devices"_s;
    }
    void aPageWithoutItsList()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, path);
        const auto page = ListDevices::decode(parse(json.constData()));
        QVERIFY(!page.has_value());
        QCOMPARE(page.error().path, path);
        for (const auto& failed :
             {GetQuota::decode(QJsonObject{}).has_value(), VerifyToken::decode(QJsonObject{}).has_value(),
              CreateCommands::decode(QJsonObject{}).has_value()})
            QVERIFY(!failed);
    }

    void rowsThatAreNoObjects()
    {
        const QJsonArray rows{QJsonValue::Null, device(), u"text"_s, QJsonArray{}};
        const auto page = ListDevices::decode(envelope("devices"_L1, rows));
        QVERIFY(page.has_value());
        QCOMPARE(page->rows.size(), 1);
        QCOMPARE(page->unreadable.size(), 3);
        QCOMPARE(page->unreadable.last().path, u"/result/devices/3"_s);
        QCOMPARE(page->received(), 4);
    }

    void aDate_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QDateTime>("expected");
        const auto row = [](const char* text, const QDateTime& expected) {
            QTest::newRow(text) << QString::fromLatin1(text) << expected;
        };
        const auto utc = [](QDate date, QTime time) { return QDateTime(date, time, Qt::UTC); };
        row("2023-10-11T12:13:14Z", utc({2023, 10, 11}, {12, 13, 14}));
        row("2023-10-11t12:13:14z", utc({2023, 10, 11}, {12, 13, 14}));
        row("2023-10-11 00:00:00+00", utc({2023, 10, 11}, {0, 0}));
        row("2023-10-11T12:13:14.5Z", utc({2023, 10, 11}, {12, 13, 14, 500}));
        row("2023-10-11T12:13:14.123456789Z", utc({2023, 10, 11}, {12, 13, 14, 123}));
        row("2023-10-11T12:13:14.000009+00:00", utc({2023, 10, 11}, {12, 13, 14}));
        row("2023-10-11T01:30:00+02:00", utc({2023, 10, 10}, {23, 30}));
        row("2023-10-11T22:30:00-0330", utc({2023, 10, 12}, {2, 0}));
        row("2016-12-31T23:59:60Z", utc({2017, 1, 1}, {0, 0}));
        row("2024-02-29T00:00:00Z", utc({2024, 2, 29}, {0, 0}));
        for (const auto* wrong :
             {"", "2023-10-11", "2023-10-11T12:13:14", "2023-02-29T00:00:00Z", "2023-10-11T24:00:00Z",
              "2023-10-11T12:61:00Z", "2023-10-11T12:00Z", "2023-10-11T12:00:00+25:00",
              "2023-10-11T12:00:00.Z", " 2023-10-11T12:00:00Z", "2023-10-11T12:00:00Z\n", "1696982400",
              "11 Oct 2023 00:00:00 GMT", "2023-10-11T12:00:00 UTC"})
            row(wrong, {});
    }
    void aDate()
    {
        QFETCH(QString, text);
        QFETCH(QDateTime, expected);
        const auto parsed = parseTime(text);
        QCOMPARE(parsed.has_value(), expected.isValid());
        if (parsed) {
            QCOMPARE(*parsed, expected);
            QCOMPARE(parsed->timeSpec(), Qt::UTC);
        }
    }

    void aFilename_data()
    {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("expected"); // null: refused
        const auto row = [](const char* name, const QString& given, const QString& expected = {}) {
            QTest::newRow(name) << given << expected;
        };
        row("bare", u"capture.zip"_s, u"capture.zip"_s);
        row("URL", u"https://evil.example/a/b/capture.zip"_s, u"capture.zip"_s);
        row("signed URL", u"https://r2.example/capture.zip?X-Sig=a%2Fb#frag"_s, u"capture.zip"_s);
        row("spaces", u"https://r2.example/my%20capture.zip"_s, u"my capture.zip"_s);
        row("letters", u"capture-%C3%A4.zip"_s, u"capture-ä.zip"_s);
        row("folder", u"a/b/c.zip"_s, u"c.zip"_s);
        row("climbing", u"../../etc/passwd"_s, u"passwd"_s);
        row("dot", u"."_s);
        row("dots", u"a/.."_s);
        row("encoded dots", u"a/%2e%2e"_s);
        row("encoded slash", u"..%2f..%2fetc%2fpasswd"_s);
        row("backslash", u"..\\..\\windows"_s);
        row("encoded backslash", u"a%5cb.zip"_s);
        row("NUL", u"a%00.zip"_s);
        row("line break", u"a\nb.zip"_s);
        row("escape", u"a%1b[31m.zip"_s);
        row("turned round", u"a\u202Epiz.exe"_s);
        row("broken UTF-8", u"a%ff.zip"_s);
        row("folder only", u"https://r2.example/a/"_s);
        row("query only", u"?a=b"_s);
        row("empty", u""_s);
        row("too long", QString(256, u'a'));
        row("just fits", QString(255, u'a'), QString(255, u'a'));
    }
    void aFilename()
    {
        QFETCH(QString, given);
        QFETCH(QString, expected);
        QCOMPARE(bareFilename(given).value_or(QString()), expected);
    }

    void paths()
    {
        const auto account = u"a/b?c#d"_s;
        QCOMPARE(ListDevices{}.path(account), "/accounts/a%2Fb%3Fc%23d/dex/commands/devices");
        QCOMPARE(ListCommands{}.path(account), "/accounts/a%2Fb%3Fc%23d/dex/commands");
        QCOMPARE(GetQuota{}.path(account), "/accounts/a%2Fb%3Fc%23d/dex/commands/quota");
        QCOMPARE(CreateCommands{}.path(account), "/accounts/a%2Fb%3Fc%23d/dex/commands");
        QCOMPARE((DownloadArtifact{.commandId = u"c/1"_s, .filename = u"ä b.zip"_s}.paths(u"x"_s)),
                 QList<QByteArray>{"/accounts/x/dex/commands/c%2F1/downloads/%C3%A4%20b.zip"});
        QCOMPARE(VerifyToken::forToken(u"abc"_s).path(account), "/user/tokens/verify");
        QCOMPARE(VerifyToken::forToken(u"cfat_abc"_s).path(account), "/accounts/a%2Fb%3Fc%23d/tokens/verify");
    }

    void queries()
    {
        const auto text = [](const QUrlQuery& query) { return query.toString(QUrl::FullyEncoded); };
        QCOMPARE(text(ListDevices{}.query()), u"page=1&per_page=50"_s);
        QCOMPARE(text(ListDevices{.page = 2, .perPage = 10, .search = u"a+b&c=d ä%20#"_s}.query()),
                 u"page=2&per_page=10&search=a%2Bb%26c%3Dd%20%C3%A4%2520%23"_s);
        const ListCommands request{.page = 3,
                                   .perPage = 50,
                                   .from = QDateTime({2026, 8, 1}, {10, 0}, Qt::OffsetFromUTC, 7200),
                                   .to = QDateTime({2026, 8, 1}, {10, 0, 0, 5}, Qt::UTC),
                                   .deviceId = u"d"_s,
                                   .userEmail = u"ana+x@example.com"_s,
                                   .commandType = u"warp-diag"_s,
                                   .status = u"FAILED"_s};
        QCOMPARE(text(request.query()),
                 u"page=3&per_page=50&from=2026-08-01T08%3A00%3A00.000Z&to=2026-08-01T10%3A00%3A00.005Z&"
                 u"device_id=d"
                 "&user_email=ana%2Bx%40example.com&command_type=warp-diag&status=FAILED"_s);
    }
};

CAPTUREDESK_SUITE(test_api_reading, Reading)
#include "reading.moc"
