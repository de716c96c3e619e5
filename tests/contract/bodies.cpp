// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <nlohmann/json.hpp>

#include <QFile>
#include <QTest>

#include "support/suite.h"
#include "api/classify.h"
#include "api/redactor.h"
#include "api/requests.h"
#include "schema.h"

using namespace Qt::StringLiterals;
using namespace std::string_literals;
using namespace api;

namespace {

using Json = nlohmann::json;
using Number = std::optional<double>;
using Interfaces = std::optional<QList<Interface>>;

/// Absent, the minimum, the service's default, its maximum, a fraction.
const QList<Number> minutes{{}, 1, 5, 10, 1.5};
const QList<Number> megabytes{{}, 1, 5, 50, 2.25};
const QList<Number> bytes{{}, 1, 160, 1500, 64.125};
const QList<Interfaces> interfaces{{},
                                   QList<Interface>{},
                                   QList{Interface::Default},
                                   QList{Interface::Tunnel},
                                   QList{Interface::Default, Interface::Tunnel}};
const QList<std::optional<QString>> registrations{{}, u"7bd1f1a3-5a0b-4f3c-9f33-b7f3f4dd1c0e"_s};
const QList<std::optional<bool>> routes{{}, true, false};
const QList<Format> formats{Format::Documented, Format::Current};

CommandOrder order(const std::variant<PcapArgs, DiagArgs>& args,
                   const std::optional<QString>& registration = {})
{
    return {.deviceId = u"a5c9e0f2"_s,
            .userEmail = u"ana@example.com"_s,
            .registrationId = registration,
            .args = args};
}

Json::const_reference only(const Json& body)
{
    return body.at("commands").at(0);
}

void compareNumber(const Json& args, const char* name, const Number& expected)
{
    QCOMPARE(args.contains(name), expected.has_value());
    if (expected)
        QCOMPARE(args.at(name).get<double>(), *expected);
}

std::string textOf(const Json& object, const char* key)
{
    return object.at(key).get<std::string>();
}

std::string utf8(const QString& text)
{
    return text.toUtf8().toStdString();
}

} // namespace

class Bodies : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPacketCapture()
    {
        int bodies = 0;
        for (const auto& time : minutes) {
            for (const auto& size : megabytes) {
                for (const auto& packet : bytes) {
                    for (const auto& list : interfaces) {
                        for (const auto& registration : registrations) {
                            for (const auto format : formats) {
                                const PcapArgs args{.timeLimitMin = time,
                                                    .maxFileSizeMb = size,
                                                    .packetSizeBytes = packet,
                                                    .interfaces = list};
                                checkCapture(format, args, registration);
                                if (QTest::currentTestFailed())
                                    return;
                                ++bodies;
                            }
                        }
                    }
                }
            }
        }
        QCOMPARE(bodies, 5 * 5 * 5 * 5 * 2 * 2);
    }

    void everyDiagnostic()
    {
        for (const auto& all : routes) {
            for (const auto& registration : registrations) {
                for (const auto format : formats) {
                    const auto body = encode(format, {order(DiagArgs{all}, registration)});
                    QCOMPARE(problems(format, body), QString());
                    const auto json = Json::parse(body.toStdString());
                    QCOMPARE(textOf(only(json), typeKey(format)), "warp-diag"s);
                    QCOMPARE(only(json).contains(argsKey(format)), all.has_value());
                    if (all)
                        QCOMPARE(only(json).at(argsKey(format)).at("test-all-routes").get<bool>(), *all);
                    QCOMPARE(only(json).contains("registration_id"), registration.has_value());
                }
            }
        }
    }

    void oneToTwentyOrders()
    {
        for (int count = 1; count <= maxCommandsPerPost; ++count) {
            QList<CommandOrder> orders;
            for (int i = 0; i < count; ++i) {
                auto next = i % 2 ? order(DiagArgs{true}) : order(PcapArgs{.timeLimitMin = 3});
                next.deviceId = QString::number(i);
                orders << next;
            }
            for (const auto format : formats) {
                const auto body = encode(format, orders);
                QCOMPARE(problems(format, body), QString());
                const auto json = Json::parse(body.toStdString());
                QCOMPARE(json.at("commands").size(), std::size_t(count));
                for (int i = 0; i < count; ++i) // in order: errors refer to them by index
                    QCOMPARE(textOf(json.at("commands").at(std::size_t(i)), "device_id"), std::to_string(i));
            }
        }
    }

    void hostileTexts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("quotes") << u"\"},{\"type\":\"pcap\",\"x\":\""_s;
        QTest::newRow("backslashes") << u"\\u0022\\\\\\"_s;
        QTest::newRow("control characters") << u"a\u0000b\r\n\t\u001b[31m\u007f"_s;
        QTest::newRow("turned round") << u"\u202Eevil\u2066"_s;
        QTest::newRow("astral") << u"😀𝔘"_s;
        QTest::newRow("line separators") << u"\u2028\u2029"_s;
        QTest::newRow("markup") << u"<script>alert('x')</script>&amp;"_s;
        QTest::newRow("formula") << u"=HYPERLINK(\"https://evil.example\")"_s;
        QTest::newRow("long") << QString(100'000, u'x');
        QTest::newRow("space") << u" "_s;
    }
    void hostileTexts()
    {
        QFETCH(QString, text);
        auto hostile = order(PcapArgs{});
        hostile.deviceId = text;
        hostile.userEmail = text;
        hostile.registrationId = text;
        for (const auto format : formats) {
            const auto body = encode(format, {hostile});
            QCOMPARE(problems(format, body), QString());
            const auto json = Json::parse(body.toStdString());
            QCOMPARE(json.at("commands").size(), std::size_t(1));
            for (const auto* field : {"device_id", "user_email", "registration_id"})
                QCOMPARE(textOf(only(json), field), utf8(text));
        }
    }

    void halfACharacter()
    {
        auto hostile = order(PcapArgs{});
        hostile.deviceId = u"a"_s + QChar(0xd83d) + u"b"_s;
        for (const auto format : formats)
            QCOMPARE(problems(format, encode(format, {hostile})), QString());
    }

    void anEmptyRegistrationIsNone()
    {
        for (const auto format : formats) {
            const auto body = encode(format, {order(PcapArgs{}, QString())});
            QCOMPARE(problems(format, body), QString());
            QVERIFY(!body.contains("registration_id"));
        }
    }

    void theContractRefuses_data()
    {
        QTest::addColumn<Format>("format");
        QTest::addColumn<QByteArray>("body");
        const auto one = encode(Format::Documented, {order(PcapArgs{.timeLimitMin = 3})});
        QTest::newRow("the other format") << Format::Current << one;
        QTest::newRow("the other way round")
            << Format::Documented << encode(Format::Current, {order(DiagArgs{})});
        QTest::newRow("less than a minute")
            << Format::Documented << encode(Format::Documented, {order(PcapArgs{.timeLimitMin = 0.5})});
        QTest::newRow("nobody") << Format::Documented << QByteArray(one).replace("ana@example.com", "");
        QTest::newRow("a field of tomorrow")
            << Format::Documented << QByteArray(one).replace("time-limit-min", "time");
        QTest::newRow("no orders") << Format::Current << QByteArray(R"({"commands":[]})");
    }
    /// Proves that the tests above can fail.
    void theContractRefuses()
    {
        QFETCH(Format, format);
        QFETCH(QByteArray, body);
        QVERIFY(!problems(format, body).isEmpty());
    }

    void theOwnersExampleOfAReply()
    {
        QFile file(QStringLiteral(REPLY_FILE));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto body = file.readAll();
        QCOMPARE(ContractSchema(QStringLiteral(CONTRACT_FILE), "Envelope").problems(body), QString());
        Ending ending;
        ending.status = 200;
        ending.contentType = "application/json";
        ending.body = body;
        // Errors and notices beside `success: true` have no effect.
        const auto envelope = classify(ending, Redactor(Credentials(BearerToken{})));
        QVERIFY(envelope.has_value());
        const auto commands = CreateCommands::decode(*envelope);
        QVERIFY(commands.has_value());
        const CreatedCommand expected{.id = u"id"_s,
                                      .deviceId = u"device_id"_s,
                                      .registrationId = u"registration_id"_s,
                                      .status = u"PENDING_EXEC"_s,
                                      .type = u"type"_s};
        QCOMPARE(commands->size(), 1);
        QVERIFY(commands->first() == expected);
    }

    void theOwnersExampleOfARequest()
    {
        const CommandOrder given{.deviceId = u"device_id"_s,
                                 .userEmail = u"user_email"_s,
                                 .registrationId = {},
                                 .args = PcapArgs{}};
        const auto expected =
            Json::parse(R"({"commands": [{"command_type": "pcap", "device_id": "device_id", )"
                        R"("user_email": "user_email"}]})");
        QVERIFY(Json::parse(encode(Format::Documented, {given}).toStdString()) == expected);
    }

private:
    static const char* typeKey(Format format)
    {
        return format == Format::Documented ? "command_type" : "type";
    }
    static const char* argsKey(Format format)
    {
        return format == Format::Documented ? "command_args" : "args";
    }

    QString problems(Format format, const QByteArray& body) const
    {
        return (format == Format::Documented ? m_documented : m_current).problems(body);
    }

    void checkCapture(Format format, const PcapArgs& args, const std::optional<QString>& registration)
    {
        const auto body = encode(format, {order(args, registration)});
        QCOMPARE(problems(format, body), QString());
        const auto json = Json::parse(body.toStdString());
        const auto& command = only(json);
        QCOMPARE(textOf(command, typeKey(format)), "pcap"s);
        QCOMPARE(command.contains("registration_id"), registration.has_value());
        const auto sent = command.value(argsKey(format), Json::object());
        compareNumber(sent, "time-limit-min", args.timeLimitMin);
        compareNumber(sent, "max-file-size-mb", args.maxFileSizeMb);
        compareNumber(sent, "packet-size-bytes", args.packetSizeBytes);
        const bool carried = args.interfaces && format == Format::Documented;
        QCOMPARE(sent.contains("interfaces"), carried);
        if (carried)
            QCOMPARE(sent.at("interfaces").size(), std::size_t(args.interfaces->size()));
        QCOMPARE(droppedBy(format, order(args)).isEmpty(), !args.interfaces || carried);
    }

    ContractSchema m_documented{QStringLiteral(CONTRACT_FILE), "CreateCommandsDocumented"};
    ContractSchema m_current{QStringLiteral(CONTRACT_FILE), "CreateCommandsCurrent"};
};

CAPTUREDESK_SUITE(test_contract, Bodies)
#include "bodies.moc"
