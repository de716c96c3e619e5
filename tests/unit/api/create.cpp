// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

#include "support/suite.h"
#include "api/client.h"
#include "api/create.h"
#include "scripted.h"
#include "support/eventually.h"

using namespace Qt::StringLiterals;
using namespace api;
using std::chrono::milliseconds;

namespace {

constexpr auto target = "/client/v4/accounts/acc/dex/commands";

CommandOrder order(const QString& device)
{
    return {.deviceId = device,
            .userEmail = u"ana@example.com"_s,
            .registrationId = {},
            .args = PcapArgs{.timeLimitMin = 3,
                             .maxFileSizeMb = {},
                             .packetSizeBytes = {},
                             .interfaces = QList{Interface::Default}}};
}

QByteArray documented(const QByteArray& device)
{
    return R"({"commands":[{"command_args":{"interfaces":["default"],"time-limit-min":3},"command_type":"pcap","device_id":")" +
           device + R"(","user_email":"ana@example.com"}]})";
}

QByteArray current(const QByteArray& device)
{
    return R"({"commands":[{"args":{"time-limit-min":3},"device_id":")" + device +
           R"(","type":"pcap","user_email":"ana@example.com"}]})";
}

Answer created(const QList<QByteArray>& ids)
{
    QByteArrayList rows;
    for (const auto& id : ids)
        rows << R"({"id": ")" + id + R"("})";
    return json(R"({"success": true, "errors": [], "messages": [], "result": {"commands": [)" +
                rows.join(',') + "]}}");
}

Answer hanging(Answer answer)
{
    answer.hangs = true;
    return answer;
}

using Creation = Reply<CreateCommands::Value>;

Effect effect(const Creation* call)
{
    return effectOf(call->result().error());
}

} // namespace

class Create : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        network = std::make_unique<ScriptedManager>();
        client = make(FormatChoice::Automatic);
    }
    void cleanup()
    {
        QVERIFY2(network->isUsedUp(), qPrintable(network->problems()));
        client.reset();
        network.reset();
    }

    void documentedWorksAndIsRemembered()
    {
        QCOMPARE(client->formats().next(), Format::Documented);
        network->expect("POST", target, created({"c1"}), documented("d1"));
        network->expect("POST", target, refusal(400), documented("d2"));
        auto* first = create({u"d1"_s});
        QCOMPARE(first->result()->first().id, u"c1"_s);
        QCOMPARE(client->formats().known, std::optional(Format::Documented));
        // The format is known, so a refusal does not lead to another attempt.
        QCOMPARE(effect(create({u"d2"_s})), Effect::Refused);
    }

    void refusedInOneFormatWorksInTheOther_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("400") << 400;
        QTest::newRow("422") << 422;
    }
    void refusedInOneFormatWorksInTheOther()
    {
        QFETCH(int, status);
        network->expect("POST", target, refusal(status, "/commands/0/command_type"), documented("d1"));
        network->expect("POST", target, created({"c1"}), current("d1"));
        network->expect("POST", target, created({"c2"}), current("d2"));
        QCOMPARE(create({u"d1"_s})->result()->first().id, u"c1"_s);
        QCOMPARE(client->formats().known, std::optional(Format::Current));
        QCOMPARE(client->formats().next(), Format::Current);
        QVERIFY(create({u"d2"_s})->result().has_value());
    }

    void whatWorkedTheLastTimeIsTriedFirst()
    {
        QList<Format> found;
        connect(client.get(), &Client::formatFound, this, [&found](Format format) { found << format; });
        client->setRemembered(Format::Current);
        QCOMPARE(client->formats().next(), Format::Current);
        network->expect("POST", target, created({"c1"}), current("d1"));
        network->expect("POST", target, created({"c2"}), current("d2"));
        QVERIFY(create({u"d1"_s})->result().has_value());
        QVERIFY(create({u"d2"_s})->result().has_value());
        QCOMPARE(found, QList{Format::Current});
    }

    void whatWorkedTheLastTimeWorksNoLonger()
    {
        QList<Format> found;
        connect(client.get(), &Client::formatFound, this, [&found](Format format) { found << format; });
        client->setRemembered(Format::Current);
        network->expect("POST", target, refusal(400, "/commands/0/type"), current("d1"));
        network->expect("POST", target, created({"c1"}), documented("d1"));
        QCOMPARE(create({u"d1"_s})->result()->first().id, u"c1"_s);
        QCOMPARE(client->formats().next(), Format::Documented);
        QCOMPARE(found, QList{Format::Documented});
    }

    void refusedInBothTheDeeperWordsAreKept_data()
    {
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("second");
        QTest::addColumn<QString>("kept");
        QTest::newRow("documented deeper")
            << QByteArray("/commands/0/device_id") << QByteArray("/commands") << u"first"_s;
        QTest::newRow("current deeper")
            << QByteArray("/commands/0") << QByteArray("/commands/0/args/x") << u"second"_s;
        QTest::newRow("alike") << QByteArray("/commands/0/a") << QByteArray("/commands/0/b") << u"first"_s;
        QTest::newRow("none") << QByteArray() << QByteArray() << u"first"_s;
        QTest::newRow("one") << QByteArray() << QByteArray("/commands") << u"second"_s;
    }
    void refusedInBothTheDeeperWordsAreKept()
    {
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, second);
        QFETCH(QString, kept);
        network->expect("POST", target, refusal(400, first, "first"), documented("d1"));
        network->expect("POST", target, refusal(422, second, "second"), current("d1"));
        auto* call = create({u"d1"_s});
        QCOMPARE(std::get<ServiceError>(call->result().error()).errors.first().message, kept);
        QCOMPARE(effect(call), Effect::Refused);
        QVERIFY(!client->formats().known); // neither format worked
    }

    void whatIsNotAboutTheFormEndsIt_data()
    {
        QTest::addColumn<Answer>("answer");
        QTest::addColumn<Effect>("effectThen");
        const auto row = [](const char* name, const Answer& answer, Effect effectThen) {
            QTest::newRow(name) << answer << effectThen;
        };
        row("403", refusal(403), Effect::Refused);
        row("404", refusal(404), Effect::Refused);
        row("408", refusal(408), Effect::Unknown);
        row("429", refusal(429), Effect::NotSent);
        row("500", refusal(500), Effect::Unknown);
        row("400 in HTML", {.status = 400, .body = "<p>", .headers = {{"Content-Type", "text/html"}}},
            Effect::Unknown);
        row(
            "400 cut short",
            [] {
                auto answer = refusal(400);
                answer.error = QNetworkReply::RemoteHostClosedError;
                return answer;
            }(),
            Effect::Unknown);
        row("307", {.status = 307, .body = {}, .headers = {{"Location", "https://elsewhere.example/"}}},
            Effect::Unknown);
        row("lost", {.status = 0, .error = QNetworkReply::RemoteHostClosedError}, Effect::Unknown);
        row("refused after sending", {.status = 0, .error = QNetworkReply::ConnectionRefusedError},
            Effect::Unknown);
        row("refused", {.status = 0, .error = QNetworkReply::ConnectionRefusedError, .neverSent = true},
            Effect::NotSent);
        row("no name", {.status = 0, .error = QNetworkReply::HostNotFoundError, .neverSent = true},
            Effect::NotSent);
        row("TLS", {.status = 0, .error = QNetworkReply::SslHandshakeFailedError, .neverSent = true},
            Effect::NotSent);
        row("never left", {.status = 0, .error = QNetworkReply::RemoteHostClosedError, .neverSent = true},
            Effect::NotSent);
        row("would be sent again",
            {.status = 0, .error = QNetworkReply::ContentReSendError, .neverSent = true}, Effect::Unknown);
        row("unreadable", json("{}"), Effect::Unknown);
    }
    void whatIsNotAboutTheFormEndsIt()
    {
        QFETCH(Answer, answer);
        QFETCH(Effect, effectThen);
        network->expect("POST", target, answer);
        auto* call = create({u"d1"_s});
        QVERIFY(!call->result());
        QCOMPARE(effect(call), effectThen);
        QVERIFY(!client->formats().known);
        QCOMPARE(network->asked().size(), 1);
    }

    void theSecondFormatEndsUnknown()
    {
        network->expect("POST", target, refusal(400), documented("d1"));
        network->expect("POST", target, {.status = 0, .error = QNetworkReply::RemoteHostClosedError},
                        current("d1"));
        QCOMPARE(effect(create({u"d1"_s})), Effect::Unknown);
    }

    void aFixedFormatHasNoSecondAttempt()
    {
        for (const auto choice : {FormatChoice::Documented, FormatChoice::Current}) {
            client = make(choice);
            network->expect("POST", target, refusal(400),
                            choice == FormatChoice::Current ? current("d") : documented("d"));
            QCOMPARE(effect(create({u"d"_s})), Effect::Refused);
        }
    }

    void oneAloneUntilItIsKnown()
    {
        network->expect("POST", target, hanging(created({"c1"})), documented("d1"));
        network->otherwise(hanging(created({"c2"})));
        QList<Creation*> calls;
        int finished = 0;
        for (const auto* device : {"d1", "d2", "d3"}) {
            calls << client->create({order(QString::fromLatin1(device))});
            connect(calls.last(), &api::Call::finished, this, [&finished] { ++finished; });
        }
        EVENTUALLY_COMPARE(network->outstanding(), 1);
        QCoreApplication::processEvents();
        QCOMPARE(network->asked().size(), 1);
        network->release();
        EVENTUALLY_COMPARE(network->outstanding(), 2); // the other two are sent at once
        QCOMPARE(finished, 1);
        network->release();
        EVENTUALLY_COMPARE(finished, 3);
    }

    void whoWaitsGoesOnWhenTheFirstGivesUp_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow("refused") << 0;
        QTest::newRow("cancelled") << 1;
        QTest::newRow("destroyed") << 2;
    }
    void whoWaitsGoesOnWhenTheFirstGivesUp()
    {
        QFETCH(int, how);
        network->expect("POST", target, hanging(refusal(403)), documented("d1"));
        network->expect("POST", target, created({"c2"}), documented("d2"));
        auto* first = client->create({order(u"d1"_s)});
        auto* second = client->create({order(u"d2"_s)});
        QSignalSpy done(second, &api::Call::finished);
        EVENTUALLY_COMPARE(network->outstanding(), 1);
        if (how == 0)
            network->release();
        else if (how == 1)
            first->cancel();
        else
            delete first;
        QVERIFY(done.size() == 1 || support::nextSignal(done));
        QVERIFY(second->result().has_value());
    }

    void cancelledWhileItWaits()
    {
        network->expect("POST", target, hanging(created({"c1"})), documented("d1"));
        auto* first = client->create({order(u"d1"_s)});
        auto* second = client->create({order(u"d2"_s)});
        QSignalSpy done(second, &api::Call::finished);
        EVENTUALLY_COMPARE(network->outstanding(), 1);
        second->cancel();
        QVERIFY(support::nextSignal(done));
        QCOMPARE(effect(second), Effect::NotSent);
        QSignalSpy firstDone(first, &api::Call::finished);
        network->release();
        QVERIFY(support::nextSignal(firstDone));
        QVERIFY(first->result().has_value());
    }

    void cancelledOnItsWay()
    {
        network->expect("POST", target, hanging(created({"c1"})));
        auto* call = client->create({order(u"d1"_s)});
        QSignalSpy done(call, &api::Call::finished);
        EVENTUALLY_COMPARE(network->outstanding(), 1);
        call->cancel();
        QVERIFY(support::nextSignal(done));
        QVERIFY(std::holds_alternative<Cancelled>(call->result().error()));
        QCOMPARE(effect(call), Effect::Unknown);
    }

    void whatTheReplyNames_data()
    {
        QTest::addColumn<Answer>("answer");
        QTest::addColumn<QStringList>("ids"); // in the reply to a request for two
        const auto row = [](const char* name, const Answer& answer, const QStringList& ids) {
            QTest::newRow(name) << answer << ids;
        };
        const auto listed = [](const QByteArray& rows) {
            return json(R"({"success": true, "result": {"commands": [)" + rows + "]}}");
        };
        row("fewer", created({"c1"}), {u"c1"_s});
        row("as many", created({"c1", "c2"}), {u"c1"_s, u"c2"_s});
        row("more", created({"c1", "c2", "c3"}), {u"c1"_s, u"c2"_s, u"c3"_s});
        row("one without an ID", listed(R"({"id": "c1"}, {})"), {u"c1"_s});
        row("one with an empty ID", created({"", "c2"}), {u"c2"_s});
        row("one that is no object", listed(R"(7, {"id": "c2"})"), {u"c2"_s});
        row("the same twice", created({"c1", "c1"}), {u"c1"_s});
        row("one ID for two things",
            listed(R"({"id": "c1", "device_id": "d1"}, {"id": "c1", "device_id": "d2"}, {"id": "c3"})"),
            {u"c3"_s});
        row("arguments of any kind",
            listed(R"({"id": "c1", "args": {"a": 5, "b": true, "c": null, "d": {"e": [1]}}},
                      {"id": "c2", "args": null, "more": {"x": 1}})"),
            {u"c1"_s, u"c2"_s});
    }
    void whatTheReplyNames()
    {
        QFETCH(Answer, answer);
        QFETCH(QStringList, ids);
        network->expect("POST", target, answer);
        auto* call = create({u"d1"_s, u"d2"_s});
        QVERIFY(call->result());
        QStringList found;
        for (const auto& command : *call->result())
            found << command.id;
        QCOMPARE(found, ids);
        QCOMPARE(network->asked().size(), 1);
        QCOMPARE(client->formats().known, std::optional(Format::Documented));
    }

    void aReplyThatNamesNothing_data()
    {
        QTest::addColumn<Answer>("answer");
        QTest::addColumn<QString>("path");
        QTest::newRow("none") << created({}) << u"/result/commands"_s;
        QTest::newRow("without any ID") << created({"", ""}) << u"/result/commands/0/id"_s;
        QTest::newRow("null") << json(R"({"success": true, "result": null})") << u"/result"_s;
        QTest::newRow("null list") << json(R"({"success": true, "result": {"commands": null}})")
                                   << u"/result/commands"_s;
    }
    void aReplyThatNamesNothing()
    {
        QFETCH(Answer, answer);
        QFETCH(QString, path);
        network->expect("POST", target, answer);
        auto* call = create({u"d1"_s, u"d2"_s});
        QCOMPARE(std::get<DecodeError>(call->result().error()).path, path);
        QCOMPARE(effect(call), Effect::Unknown);
        QCOMPARE(client->formats().known, std::optional(Format::Documented)); // it was accepted
    }

    void postsGoFirst()
    {
        network->otherwise(hanging(created({"c1"})));
        for (int i = 0; i < 8; ++i)
            (void)client->send(GetQuota{});
        (void)client->create({order(u"d1"_s)});
        EVENTUALLY_COMPARE(network->outstanding(), 6);
        QCOMPARE(network->asked().first().method, "POST");
    }

    void theRequestItself()
    {
        network->expect("POST", target, created({"c1"}), documented("d1"));
        create({u"d1"_s});
        const auto& request = network->asked().first().request;
        QCOMPARE(request.header(QNetworkRequest::ContentTypeHeader).toByteArray(), "application/json");
        QCOMPARE(request.header(QNetworkRequest::ContentLengthHeader).toLongLong(), documented("d1").size());
        QVERIFY(request.attribute(QNetworkRequest::DoNotBufferUploadDataAttribute).toBool());
        QCOMPARE(request.attribute(QNetworkRequest::RedirectPolicyAttribute).toInt(),
                 int(QNetworkRequest::ManualRedirectPolicy));
        QCOMPARE(request.rawHeader("Authorization"), "Bearer t0ken-of-ana");
    }

    void whatAFormatCannotCarry()
    {
        auto pcap = order(u"d"_s);
        QVERIFY(droppedBy(Format::Documented, pcap).isEmpty());
        QCOMPARE(droppedBy(Format::Current, pcap), QStringList{u"interfaces"_s});
        std::get<PcapArgs>(pcap.args).interfaces.reset();
        QVERIFY(droppedBy(Format::Current, pcap).isEmpty());
        const CommandOrder diag{
            .deviceId = u"d"_s, .userEmail = u"e"_s, .registrationId = {}, .args = DiagArgs{true}};
        QVERIFY(droppedBy(Format::Current, diag).isEmpty());
        QCOMPARE(typeName(diag), u"warp-diag"_s);
        QCOMPARE(typeName(pcap), u"pcap"_s);
    }

private:
    std::unique_ptr<Client> make(FormatChoice choice)
    {
        auto made = std::make_unique<Client>(Endpoint{.baseUrl = QUrl(u"https://api.example.com/client/v4"_s),
                                                      .accountId = u"acc"_s,
                                                      .credentials = BearerToken{u"t0ken-of-ana"_s}},
                                             choice, network.get());
        made->setRetries({.attempts = 3, .first = milliseconds(1), .ceiling = milliseconds(2)});
        return made;
    }

    /// Returns a call that has ended.  It is valid until the event loop runs again.
    Creation* create(const QStringList& devices)
    {
        QList<CommandOrder> orders;
        for (const auto& device : devices)
            orders << order(device);
        auto* call = client->create(orders);
        QSignalSpy finished(call, &api::Call::finished);
        if (!support::nextSignal(finished))
            qFatal("no end");
        return call;
    }

    std::unique_ptr<ScriptedManager> network;
    std::unique_ptr<Client> client;
};

CAPTUREDESK_SUITE(test_api_create, Create)
#include "create.moc"
