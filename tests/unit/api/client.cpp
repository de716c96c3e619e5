// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QBuffer>
#include <QSignalSpy>
#include <QTest>

#include "support/suite.h"
#include "api/client.h"
#include "api/pacer.h"
#include "api/wire.h"
#include "scripted.h"
#include "support/eventually.h"

using namespace Qt::StringLiterals;
using namespace api;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr auto quotaTarget = "/client/v4/accounts/acc/dex/commands/quota";

Endpoint endpoint(const Credentials& credentials = BearerToken{u"t0ken-of-ana"_s})
{
    return {.baseUrl = QUrl(u"https://api.example.com/client/v4"_s),
            .accountId = u"acc"_s,
            .credentials = credentials};
}

Answer quota()
{
    return json(
        R"({"success": true, "result": {"quota": 100, "quota_usage": 1, "reset_time": "2026-08-02T00:00:00Z"}})");
}

Answer hanging()
{
    auto answer = quota();
    answer.hangs = true;
    return answer;
}

Answer transport(QNetworkReply::NetworkError error)
{
    return {.status = 0, .body = {}, .headers = {}, .error = error};
}

template<class Call>
void wait(Call* call)
{
    QSignalSpy finished(call, &api::Call::finished);
    QVERIFY(support::nextSignal(finished));
    QCOMPARE(finished.size(), 1);
}

} // namespace

class ClientTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        network = std::make_unique<ScriptedManager>();
        client = make(endpoint());
    }
    void cleanup()
    {
        QVERIFY2(network->isUsedUp(), qPrintable(network->problems()));
        client.reset();
        network.reset();
    }

    void eachGet()
    {
        network->expect("GET",
                        "/client/v4/accounts/acc/dex/commands/devices?page=2&per_page=50&search=a%2Bb%26c",
                        json(R"({"success": true, "result": {"devices": [{"deviceId": "d"}, {}]}})"));
        network->expect(
            "GET", "/client/v4/accounts/acc/dex/commands?page=1&per_page=50&user_email=ana%2Bx%40example.com",
            json(R"({"success": true, "result": {"commands": []}})"));
        network->expect("GET", quotaTarget, quota());
        network->expect("GET", "/client/v4/user/tokens/verify",
                        json(R"({"success": true, "result": {"status": "active"}})"));
        network->expect("GET", "/client/v4/accounts/acc/tokens/verify",
                        json(R"({"success": true, "result": {}})"));

        auto* devices = client->send(ListDevices{.page = 2, .perPage = 50, .search = u"a+b&c"_s});
        wait(devices);
        QCOMPARE(devices->result()->rows.size(), 1);
        QCOMPARE(devices->result()->unreadable.first().path, u"/result/devices/1/deviceId"_s);
        ListCommands listing;
        listing.userEmail = u"ana+x@example.com"_s;
        auto* commands = client->send(listing);
        wait(commands);
        QVERIFY(commands->result()->rows.isEmpty());
        auto* left = client->send(GetQuota{});
        wait(left);
        QCOMPARE(left->result()->left(), 99);
        auto* user = client->send(VerifyToken{});
        wait(user);
        QCOMPARE(user->result()->status, std::optional(u"active"_s));
        auto* account = client->send(VerifyToken::forToken(u"cfat_x"_s));
        wait(account);
        QVERIFY(account->result().has_value());
        for (const auto& asked : network->asked())
            checkRequest(asked.request);
    }

    void anEmailAndAKey()
    {
        client = make(endpoint(EmailAndKey{u"ana@example.com"_s, u"key-of-ana"_s}));
        network->expect("GET", quotaTarget, quota());
        wait(client->send(GetQuota{}));
        const auto& request = network->asked().first().request;
        QCOMPARE(request.rawHeader("X-Auth-Email"), "ana@example.com");
        QCOMPARE(request.rawHeader("X-Auth-Key"), "key-of-ana");
        QVERIFY(!request.hasRawHeader("Authorization"));
    }

    void hostilePartsStayInTheirPlace()
    {
        auto where = endpoint();
        where.accountId = u"a/../b?c#d%2F"_s;
        client = make(where);
        network->expect("GET", "/client/v4/accounts/a%2F..%2Fb%3Fc%23d%252F/dex/commands/quota", quota());
        wait(client->send(GetQuota{}));
    }

    void aBaseUrlWithASlashBehind()
    {
        auto where = endpoint();
        where.baseUrl = QUrl(u"https://api.example.com:8443/client/v4/"_s);
        client = make(where);
        network->expect("GET", quotaTarget, quota());
        wait(client->send(GetQuota{}));
        QCOMPARE(network->asked().first().request.url().port(), 8443);
    }

    void nothingIsSentWhereItWouldBeRead_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("token");
        QTest::newRow("plain http") << u"http://api.example.com/client/v4"_s << u"t0ken-of-ana"_s;
        QTest::newRow("user info") << u"https://u:p@api.example.com/client/v4"_s << u"t0ken-of-ana"_s;
        QTest::newRow("a line break in the token")
            << u"https://api.example.com/client/v4"_s << u"t0ken\r\nHost: x"_s;
    }
    void nothingIsSentWhereItWouldBeRead()
    {
        QFETCH(QString, url);
        QFETCH(QString, token);
        client = make({.baseUrl = QUrl(url), .accountId = u"acc"_s, .credentials = BearerToken{token}});
        auto* get = client->send(GetQuota{});
        wait(get);
        QVERIFY(!std::get<TransportError>(get->result().error()).mayHaveSent);
        auto* post = client->create(
            {{.deviceId = u"d"_s, .userEmail = u"e"_s, .registrationId = {}, .args = PcapArgs{}}});
        wait(post);
        QCOMPARE(effectOf(post->result().error()), Effect::NotSent);
        QBuffer target;
        target.open(QIODevice::WriteOnly);
        auto* download = client->download({.commandId = u"c"_s, .filename = u"f.zip"_s}, &target);
        wait(download);
        QVERIFY(!std::get<TransportError>(download->result().error()).mayHaveSent);
        QVERIFY(network->asked().isEmpty());
    }

    void whatHealsIsAskedAgain_data()
    {
        QTest::addColumn<Answer>("answer");
        QTest::addColumn<int>("attempts");
        const auto row = [](const char* name, const Answer& answer, int attempts) {
            QTest::newRow(name) << answer << attempts;
        };
        row("lost", transport(QNetworkReply::RemoteHostClosedError), 3);
        row("500", refusal(500), 3);
        row("503 of a box",
            {.status = 503, .body = "<p>", .headers = {}, .error = QNetworkReply::ServiceUnavailableError},
            3);
        row(
            "429",
            [] {
                auto answer = refusal(429);
                answer.headers << std::pair<QByteArray, QByteArray>("Retry-After", "0");
                return answer;
            }(),
            3);
        row("refused", transport(QNetworkReply::ConnectionRefusedError), 1);
        row("no name", transport(QNetworkReply::HostNotFoundError), 1);
        row("TLS", transport(QNetworkReply::SslHandshakeFailedError), 1);
        row("403", refusal(403), 1);
        row("redirect", {.status = 302, .body = {}, .headers = {{"Location", "https://elsewhere.example/"}}},
            1);
        row("unreadable", json("{}"), 1);
    }
    void whatHealsIsAskedAgain()
    {
        QFETCH(Answer, answer);
        QFETCH(int, attempts);
        network->otherwise(answer);
        auto* call = client->send(GetQuota{});
        wait(call);
        QVERIFY(!call->result());
        QCOMPARE(network->asked().size(), attempts);
        for (const auto& asked : network->asked())
            QCOMPARE(asked.request.url().host(), u"api.example.com"_s);
    }

    void theSecondAttemptSucceeds()
    {
        network->expect("GET", quotaTarget, refusal(502));
        network->expect("GET", quotaTarget, quota());
        auto* call = client->send(GetQuota{});
        wait(call);
        QVERIFY(call->result().has_value());
    }

    void theBackOffGrowsWithinItsCeiling()
    {
        Retries retries{.attempts = 6, .first = milliseconds(8), .ceiling = milliseconds(20)};
        QList<double> thrown;
        retries.random = [&thrown] {
            thrown << 0.999;
            return 0.999;
        };
        client->setRetries(retries);
        network->otherwise(refusal(500));
        wait(client->send(GetQuota{}));
        QCOMPARE(network->asked().size(), 6);
        QCOMPARE(thrown.size(), 5);

        Backoff backoff;
        const Error error = HttpError{.status = 500, .contentType = {}, .excerpt = {}};
        for (const int wait : {7, 15, 19, 19, 19})
            QCOMPARE(backoff.next(retries, error, {}), std::optional(milliseconds(wait)));
        QCOMPARE(backoff.next(retries, error, {}), std::nullopt);
        QCOMPARE(Backoff().next(retries, error, seconds(3)), std::optional(milliseconds(3'000)));
    }

    void aDeadline()
    {
        client->setDeadlines({.request = milliseconds(30), .downloadStall = milliseconds(30)});
        network->otherwise(hanging());
        auto* call = client->send(GetQuota{});
        wait(call);
        QCOMPARE(std::get<TransportError>(call->result().error()).kind, TransportError::Kind::TimedOut);
        QCOMPARE(network->asked().size(), 3);
        EVENTUALLY_COMPARE(network->outstanding(), 0);
    }

    void cancelledOnItsWay()
    {
        network->expect("GET", quotaTarget, hanging());
        auto* call = client->send(GetQuota{});
        QSignalSpy finished(call, &Call::finished);
        EVENTUALLY_COMPARE(network->outstanding(), 1);
        call->cancel();
        call->cancel();
        QVERIFY(finished.isEmpty()); // from the event loop only
        QVERIFY(support::nextSignal(finished));
        QCOMPARE(finished.size(), 1);
        QVERIFY(std::holds_alternative<Cancelled>(call->result().error()));
        QCOMPARE(network->outstanding(), 0);
    }

    void cancelledBeforeItLeaves()
    {
        auto* call = client->send(GetQuota{});
        call->cancel();
        wait(call);
        QVERIFY(!std::get<Cancelled>(call->result().error()).mayHaveSent);
        QVERIFY(network->asked().isEmpty());
    }

    void cancelledBetweenAttempts()
    {
        client->setRetries({.attempts = 3, .first = std::chrono::hours(9), .ceiling = std::chrono::hours(9)});
        network->expect("GET", quotaTarget, refusal(500));
        auto* call = client->send(GetQuota{});
        EVENTUALLY_COMPARE(network->asked().size(), 1);
        EVENTUALLY_COMPARE(network->outstanding(), 0);
        QCoreApplication::processEvents();
        call->cancel();
        wait(call);
        QVERIFY(std::holds_alternative<Cancelled>(call->result().error()));
    }

    void destroyedCallsSayNothing()
    {
        network->otherwise(hanging());
        auto* call = client->send(GetQuota{});
        QPointer<Reply<Quota>> other = client->send(GetQuota{});
        int told = 0;
        connect(call, &Call::finished, this, [&told] { ++told; });
        connect(other, &Call::finished, this, [&told] { ++told; });
        EVENTUALLY_COMPARE(network->outstanding(), 2);
        delete call;
        client.reset();
        QVERIFY(other.isNull());
        QCoreApplication::processEvents();
        QCOMPARE(told, 0);
        EVENTUALLY_COMPARE(network->outstanding(), 0);
    }

    void itMayBeDestroyedByWhoIsTold()
    {
        network->expect("GET", quotaTarget, quota());
        QPointer<Reply<Quota>> call = client->send(GetQuota{});
        connect(call, &Call::finished, this, [this] { client.reset(); });
        EVENTUALLY(call.isNull());
        QVERIFY(!client);
    }

    void itDeletesItself()
    {
        network->expect("GET", quotaTarget, quota());
        QPointer<Reply<Quota>> call = client->send(GetQuota{});
        EVENTUALLY(call.isNull());
    }

    void atMost6AtATime()
    {
        network->otherwise(hanging());
        // The deadline of a request starts when the request is sent.
        int over = 0;
        client->setDeadlines({.request = milliseconds(1), .mayEnd = [&over](const QUrl&) {
                                  ++over;
                                  return false;
                              }});
        int finished = 0;
        for (int i = 0; i < 20; ++i)
            connect(client->send(GetQuota{}), &Call::finished, this, [&finished] { ++finished; });
        EVENTUALLY_COMPARE(network->outstanding(), 6);
        EVENTUALLY(over > 0); // called for those six; no other one is sent
        QCOMPARE(network->asked().size(), 6);
        for (int released = 0; released < 20; released = finished) {
            EVENTUALLY_COMPARE(network->outstanding(), std::min(6, 20 - released));
            network->release();
            EVENTUALLY_COMPARE(finished, std::min(20, released + 6));
        }
        QCOMPARE(network->asked().size(), 20);
        QCOMPARE(network->mostOutstanding(), 6);
    }

    void afterA429NothingLeavesUntilTheServiceWants()
    {
        milliseconds now{1'000'000};
        int clocked = 0;
        const auto clock = [&] {
            ++clocked;
            return now;
        };
        client = std::make_unique<Client>(endpoint(), FormatChoice::Automatic, network.get(), nullptr,
                                          std::make_shared<Pacer>(clock));
        client->setRetries({.attempts = 3, .first = milliseconds(1), .ceiling = milliseconds(2)});
        QSignalSpy slowed(client.get(), &Client::slowed);
        auto slow = refusal(429);
        slow.headers << std::pair<QByteArray, QByteArray>("Retry-After", "1");
        network->expect("GET", quotaTarget, slow);
        network->otherwise(quota());
        auto* call = client->send(GetQuota{});
        EVENTUALLY_COMPARE(slowed.size(), 1);
        QCOMPARE(slowed.first().first().value<seconds>(), seconds(1));
        auto* other = client->send(GetQuota{});
        int good = 0;
        for (auto* one : {call, other})
            connect(one, &Call::finished, this, [&good, one] { good += one->result().has_value(); });
        // The client's timers run, but its clock is stopped: wait until it has read the clock at least once.
        const auto looks = clocked;
        EVENTUALLY(clocked > looks);
        now += milliseconds(999);
        const auto more = clocked;
        EVENTUALLY(clocked > more);
        QCOMPARE(network->asked().size(), 1);
        now += milliseconds(1);
        EVENTUALLY_COMPARE(good, 2);
        EVENTUALLY_COMPARE(slowed.last().first().value<seconds>(), seconds(0));
    }

    void theTokenIsInNoWord()
    {
        network->expect("GET", quotaTarget, refusal(403, {}, "no access for t0ken-of-ana"));
        auto* call = client->send(GetQuota{});
        wait(call);
        QCOMPARE(std::get<ServiceError>(call->result().error()).errors.first().message,
                 u"no access for «secret»"_s);
        network->expect("GET", quotaTarget,
                        json(R"({"success": true, "result": {"quota": 1, "quota_usage": 1, )"
                             R"("reset_time": "t0ken-of-ana"}})"));
        call = client->send(GetQuota{});
        wait(call);
        QVERIFY(!describe(call->result().error()).contains("t0ken"_L1));
    }

private:
    std::unique_ptr<Client> make(const Endpoint& where)
    {
        auto made = std::make_unique<Client>(where, FormatChoice::Automatic, network.get());
        made->setRetries({.attempts = 3, .first = milliseconds(1), .ceiling = milliseconds(2)});
        return made;
    }

    void checkRequest(const QNetworkRequest& request)
    {
        QCOMPARE(request.rawHeader("Authorization"), "Bearer t0ken-of-ana");
        QCOMPARE(request.rawHeader("Accept"), "application/json");
        QVERIFY(request.header(QNetworkRequest::UserAgentHeader).toString().startsWith("CaptureDesk/"_L1));
        QCOMPARE(request.url().host(), u"api.example.com"_s);
        const auto attribute = [&request](QNetworkRequest::Attribute name) {
            return request.attribute(name);
        };
        QCOMPARE(attribute(QNetworkRequest::RedirectPolicyAttribute).toInt(),
                 int(QNetworkRequest::ManualRedirectPolicy));
        QCOMPARE(attribute(QNetworkRequest::CookieLoadControlAttribute).toInt(),
                 int(QNetworkRequest::Manual));
        QCOMPARE(attribute(QNetworkRequest::CookieSaveControlAttribute).toInt(),
                 int(QNetworkRequest::Manual));
        QCOMPARE(attribute(QNetworkRequest::AuthenticationReuseAttribute).toInt(),
                 int(QNetworkRequest::Manual));
        QCOMPARE(attribute(QNetworkRequest::CacheLoadControlAttribute).toInt(),
                 int(QNetworkRequest::AlwaysNetwork));
        QCOMPARE(attribute(QNetworkRequest::CacheSaveControlAttribute).toBool(), false);
    }

    std::unique_ptr<ScriptedManager> network;
    std::unique_ptr<Client> client;
};

CAPTUREDESK_SUITE(test_api_client, ClientTest)
#include "client.moc"
