// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QProcessEnvironment>
#include <QTest>

#include "support/suite.h"
#include "connections/connection.h"
#include "connections/explain.h"
#include "suites.h"

using connections::Act;
using connections::Draft;
using Field = Draft::Field;

namespace {

const QString account(32, u'a');

Draft good()
{
    return {.name = QStringLiteral("Contoso"),
            .accountId = account,
            .token = QStringLiteral("0123456789abcdef0123"),
            .email = {},
            .key = {},
            .baseUrl = {}};
}

} // namespace

void ConnectionsTest::fields_data()
{
    QTest::addColumn<Draft>("draft");
    QTest::addColumn<QList<Field>>("wrong");
    const auto row = [](const char* name, auto change, QList<Field> wrong) {
        auto draft = good();
        change(draft);
        QTest::newRow(name) << draft << wrong;
    };
    row("good", [](Draft&) {}, {});
    row("nothing typed", [](Draft& draft) { draft = {}; }, {Field::Name, Field::AccountId, Field::Token});
    row("short account", [](Draft& draft) { draft.accountId.chop(1); }, {Field::AccountId});
    row("account with other letters", [](Draft& draft) { draft.accountId[3] = u'g'; }, {Field::AccountId});
    row("token with a line break", [](Draft& draft) { draft.token.insert(5, u'\n'); }, {Field::Token});
    row("token with a space", [](Draft& draft) { draft.token.insert(5, u' '); }, {Field::Token});
    row("token with an umlaut", [](Draft& draft) { draft.token[2] = QChar(0xE4); }, {Field::Token});
    row("key without e-mail",
        [](Draft& draft) {
            draft.withToken = false;
            draft.key = QStringLiteral("0123456789");
        },
        {Field::Email});
    row("e-mail without key",
        [](Draft& draft) {
            draft.withToken = false;
            draft.email = QStringLiteral("a@example.com");
        },
        {Field::Key});
    row("no e-mail",
        [](Draft& draft) {
            draft.withToken = false;
            draft.email = QStringLiteral("a@");
            draft.key = QStringLiteral("k");
        },
        {Field::Email});
    row("plain http",
        [](Draft& draft) { draft.baseUrl = QStringLiteral("http://api.example.com/client/v4"); },
        {Field::BaseUrl});
    row("loopback http",
        [](Draft& draft) { draft.baseUrl = QStringLiteral("http://127.0.0.1:8080/client/v4/"); }, {});
    row("no address", [](Draft& draft) { draft.baseUrl = QStringLiteral("api"); }, {Field::BaseUrl});
    row("user in the address",
        [](Draft& draft) { draft.baseUrl = QStringLiteral("https://me@api.example.com/"); },
        {Field::BaseUrl});
}

void ConnectionsTest::fields()
{
    QFETCH(Draft, draft);
    QFETCH(QList<Field>, wrong);
    QCOMPARE(draft.errors().keys(), wrong);
}

void ConnectionsTest::pastedSpaceDoesNotCount()
{
    auto draft = good();
    draft.token = QStringLiteral("  0123456789abcdef0123\r\n");
    draft.accountId = u' ' + account + u'\n';
    draft.baseUrl = QStringLiteral(" https://api.example.com/client/v4/ ");
    QVERIFY(draft.errors().isEmpty());
    const auto connection = draft.connection();
    QCOMPARE(connection.endpoint.accountId, account);
    QCOMPARE(std::get<api::BearerToken>(connection.endpoint.credentials).token,
             QStringLiteral("0123456789abcdef0123"));
    QCOMPARE(connection.endpoint.baseUrl, QUrl(QStringLiteral("https://api.example.com/client/v4")));
}

void ConnectionsTest::environment_data()
{
    QTest::addColumn<QStringList>("variables");
    QTest::addColumn<QString>("outcome"); // complete, none, or the wrong variable
    const auto id = QStringLiteral("CLOUDFLARE_ACCOUNT_ID=") + account;
    const auto token = QStringLiteral("CLOUDFLARE_API_TOKEN=0123456789abcdef0123");
    QTest::newRow("none") << QStringList{} << QStringLiteral("none");
    QTest::newRow("token") << QStringList{id, token} << QStringLiteral("complete");
    QTest::newRow("key") << QStringList{id, QStringLiteral("CLOUDFLARE_API_KEY=0123456789"),
                                        QStringLiteral("CLOUDFLARE_EMAIL=a@example.com")}
                         << QStringLiteral("complete");
    QTest::newRow("no account") << QStringList{token} << QStringLiteral("CLOUDFLARE_ACCOUNT_ID");
    QTest::newRow("no key") << QStringList{id} << QStringLiteral("CLOUDFLARE_API_TOKEN");
    QTest::newRow("key without e-mail") << QStringList{id, QStringLiteral("CLOUDFLARE_API_KEY=0123456789")}
                                        << QStringLiteral("CLOUDFLARE_EMAIL");
    QTest::newRow("bad address") << QStringList{id, token,
                                                QStringLiteral("CLOUDFLARE_BASE_URL=http://example.com")}
                                 << QStringLiteral("CLOUDFLARE_BASE_URL");
}

void ConnectionsTest::environment()
{
    QFETCH(QStringList, variables);
    QFETCH(QString, outcome);
    QProcessEnvironment environment;
    for (const auto& variable : variables)
        environment.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
    const auto connection = connections::fromEnvironment(environment);
    if (!connection)
        QVERIFY2(connection.error().contains(outcome), qPrintable(connection.error()));
    else
        QCOMPARE(connection->has_value() ? QStringLiteral("complete") : QStringLiteral("none"), outcome);
}

void ConnectionsTest::words_data()
{
    QTest::addColumn<api::Error>("error");
    QTest::addColumn<Act>("act");
    QTest::addColumn<QString>("part");
    const auto service = [](int status, int code, const char* message = "text") {
        return api::Error(
            api::ServiceError{.status = status,
                              .errors = {{.code = code, .message = QString::fromLatin1(message)}},
                              .retryAfter = {}});
    };
    using Kind = api::TransportError::Kind;
    QTest::newRow("10000, running") << service(403, 10000) << Act::Run
                                    << QStringLiteral("may not start captures");
    QTest::newRow("9109, reading") << service(403, 9109) << Act::ReadDevices
                                   << QStringLiteral("not valid for this account");
    QTest::newRow("6003") << service(400, 6003) << Act::Connect << QStringLiteral("malformed");
    QTest::newRow("7003") << service(404, 7003) << Act::Connect << QStringLiteral("no such account");
    QTest::newRow("quota") << service(403, 2001, "daily quota is used up") << Act::Run
                           << QStringLiteral("used up, by everyone");
    for (const int status : {500, 502, 503, 504}) {
        for (const int code : {1000, 6003, 7000, 7003, 9109, 10000, 10001}) {
            for (const auto act : {Act::ReadDevices, Act::Connect, Act::Run})
                QTest::addRow("%d with %d, %d", status, code, int(act))
                    << service(status, code, "internal error") << act
                    << QStringLiteral("a problem of its own");
        }
    }
    for (const int status : {500, 502, 503, 504, 520, 522, 524, 530}) {
        for (const auto act :
             {Act::Connect, Act::ReadDevices, Act::ReadQuota, Act::Run, Act::Follow, Act::Save}) {
            const auto own = QStringLiteral("The service has a problem of its own.");
            const auto row = [&](const char* what, const api::Error& error) {
                QTest::addRow("%d, %s, %d", status, what, int(act)) << error << act << own;
            };
            row("page", api::HttpError{.status = status, .content = api::Content::WebPage});
            row("no body", api::HttpError{.status = status, .content = api::Content::Nothing});
            row("success beside it", api::DecodeError{.status = status});
            row("no reason", api::ServiceError{.status = status, .errors = {}, .retryAfter = {}});
        }
    }
    const auto instead = [](api::Content content, int status = 200) {
        return api::Error(
            api::HttpError{.status = status, .excerpt = QStringLiteral("br"), .content = content});
    };
    QTest::newRow("page for a file") << instead(api::Content::WebPage) << Act::Save
                                     << QStringLiteral(
                                            "a web page instead of the capture: a proxy or sign-in "
                                            "page may be in between");
    QTest::newRow("nothing for a file")
        << instead(api::Content::Nothing) << Act::Save << QStringLiteral("an empty file");
    QTest::newRow("part of a file") << instead(api::Content::Part, 416) << Act::Save
                                    << QStringLiteral("another part");
    QTest::newRow("coded file") << instead(api::Content::Coded) << Act::Save << QStringLiteral("“br”");
    QTest::newRow("bytes for a file")
        << instead(api::Content::Other) << Act::Save << QStringLiteral("not a zip");
    QTest::newRow("page for a list") << instead(api::Content::WebPage) << Act::ReadDevices
                                     << QStringLiteral("Something between");
    for (const int status : {404, 410})
        QTest::addRow("no file, %d", status)
            << service(status, 1002) << Act::Save << QStringLiteral("no file of this capture");
    QTest::newRow("429") << service(429, 971) << Act::ReadDevices << QStringLiteral("Too many requests");
    QTest::newRow("parameter") << service(400, 1001, "bad device") << Act::Run
                               << QStringLiteral("“bad device”");
    QTest::newRow("refused connection") << api::Error(api::TransportError{.kind = Kind::Refused})
                                        << Act::ReadDevices << QStringLiteral("Nobody answers");
    QTest::newRow("name") << api::Error(api::TransportError{.kind = Kind::NameNotFound}) << Act::ReadDevices
                          << QStringLiteral("cannot be found");
    QTest::newRow("TLS") << api::Error(api::TransportError{.kind = Kind::Tls}) << Act::ReadDevices
                         << QStringLiteral("certificate");
    QTest::newRow("redirect") << api::Error(api::HttpError{.status = 302}) << Act::ReadDevices
                              << QStringLiteral("redirect");
    QTest::newRow("page of a box") << api::Error(api::HttpError{.status = 403}) << Act::ReadDevices
                                   << QStringLiteral("Something between");
    QTest::newRow("unreadable") << api::Error(api::DecodeError{}) << Act::Follow
                                << QStringLiteral("cannot read");
}

void ConnectionsTest::words()
{
    QFETCH(api::Error, error);
    QFETCH(Act, act);
    QFETCH(QString, part);
    const auto said = connections::explain(error, act);
    QVERIFY2(said.what.contains(part), qPrintable(said.what));
    QVERIFY(said.what.endsWith(u'.'));
    // The text promises an automatic retry if and only if there is one.
    const bool promises = said.todo.contains(QStringLiteral("by itself"));
    const bool byHand = act == Act::Connect || act == Act::Save;
    QVERIFY2(promises == (connections::healsByItself(error) && !byHand), qPrintable(said.todo));
    QVERIFY2(!byHand || !said.todo.contains(QStringLiteral("F5")), qPrintable(said.todo));
}

void ConnectionsTest::permissions()
{
    const api::ServiceError refusal{
        .status = 403, .errors = {{.code = 10000, .message = QStringLiteral("no")}}, .retryAfter = {}};
    const auto reading = connections::explain(refusal, Act::ReadDevices).todo;
    for (const auto* name :
         {"Cloudflare DEX Write", "Cloudflare DEX Read", "Zero Trust Read", "Zero Trust Report"})
        QVERIFY2(reading.contains(u'“' + QLatin1StringView(name) + u'”'), name);
    const auto writing = connections::explain(refusal, Act::Run).todo;
    QVERIFY(writing.contains(QStringLiteral("“Cloudflare DEX Write”")));
    QVERIFY(!writing.contains(QStringLiteral("Read")));
}

CAPTUREDESK_SUITE(test_connections, ConnectionsTest)
