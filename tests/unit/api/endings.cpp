// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <memory>

#include <QTest>

#include "support/language.h"
#include "support/suite.h"
#include "api/classify.h"
#include "api/envelope.h"
#include "api/headers.h"
#include "api/redactor.h"
#include "api/trace.h"

using namespace Qt::StringLiterals;
using namespace api;
using std::chrono::seconds;

namespace {

constexpr auto jsonType = "application/json";
const Redactor redactor(Credentials(BearerToken{u"s3cret/token+1"_s}));

Ending ending(int status, const char* contentType, const char* body,
              QNetworkReply::NetworkError error = QNetworkReply::NoError)
{
    Ending result;
    result.status = status;
    result.contentType = contentType;
    result.body = body;
    result.error = error;
    result.errorText = u"in Qt's words"_s;
    return result;
}

QString nameOf(const Error& error)
{
    static const QStringList names{u"transport"_s, u"http"_s,    u"service"_s,
                                   u"decode"_s,    u"storage"_s, u"cancelled"_s};
    return names.at(qsizetype(error.index()));
}

constexpr auto refusalBody =
    R"({"success": false, "errors": [{"code": 1001, "message": "no"}], "messages": [], "result": null})";
constexpr auto success =
    R"({"success": true, "errors": [], "messages": [{"code": 10000, "message": "!"}], "result": {}})";
constexpr auto page = "<html><title>Sign in</title>\n<p>Hello</p></html>";

} // namespace

class Endings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The language may change between a request and its end, and Qt translates a proxy's failure in between.
    void whatAProxyDidInAnyLanguage_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<ProxyFault>("fault");
        QTest::newRow("denied") << u"Proxy denied connection"_s << ProxyFault::Denied;
        QTest::newRow("refused") << u"Proxy connection refused"_s << ProxyFault::Refused;
        QTest::newRow("no name") << u"Proxy server not found"_s << ProxyFault::NameNotFound;
        QTest::newRow("late") << u"Proxy server connection timed out"_s << ProxyFault::TimedOut;
        QTest::newRow("hung up") << u"Proxy connection closed prematurely"_s << ProxyFault::Lost;
        QTest::newRow("SOCKS, refused") << u"Connection to proxy refused"_s << ProxyFault::Refused;
        QTest::newRow("SOCKS, no name") << u"Proxy host not found"_s << ProxyFault::NameNotFound;
    }
    void whatAProxyDidInAnyLanguage()
    {
        QFETCH(QString, words);
        QFETCH(ProxyFault, fault);
        const auto fails = [&](const QString& text, const QStringList& then) {
            auto end = ending(0, "", "", QNetworkReply::UnknownNetworkError);
            end.sent = false;
            end.proxied = true;
            end.errorText = text;
            end.proxyWords = then;
            const auto error = interruption(end);
            return error && std::get<TransportError>(*error).proxy == fault;
        };
        const auto usual = proxyWords();
        auto language = std::make_unique<support::MarkedLanguage>();
        const auto marked = proxyWords();
        const auto inMarks = support::MarkedLanguage::marked(words);
        QVERIFY(marked.contains(inMarks) && !usual.contains(inMarks));
        QVERIFY(fails(words, usual));   // translated before the change
        QVERIFY(fails(inMarks, usual)); // translated after the change
        language.reset();
        QVERIFY(fails(words, marked));
        QVERIFY(fails(inMarks, marked));
    }

    void anEnding_data()
    {
        QTest::addColumn<Ending>("end");
        QTest::addColumn<QString>("kind"); // empty: success
        QTest::addColumn<Effect>("effect");
        using Net = QNetworkReply;
        const auto row = [](const char* name, const Ending& end, const char* kind,
                            Effect effect = Effect::Unknown) {
            QTest::newRow(name) << end << QString::fromLatin1(kind) << effect;
        };
        row("success with notices", ending(200, jsonType, success), "");
        row("parameters of the type", ending(200, "Application/JSON; charset=utf-8", success), "");
        row("a +json type", ending(200, "application/problem+json", success), "");
        row("no errors, no messages", ending(200, jsonType, R"({"success": true})"), "");

        row("400", ending(400, jsonType, refusalBody, Net::ProtocolInvalidOperationError), "service",
            Effect::Refused);
        row("401", ending(401, jsonType, refusalBody, Net::AuthenticationRequiredError), "service",
            Effect::Refused);
        row("403", ending(403, jsonType, refusalBody, Net::ContentAccessDenied), "service", Effect::Refused);
        row("404", ending(404, jsonType, refusalBody, Net::ContentNotFoundError), "service", Effect::Refused);
        row("408", ending(408, jsonType, refusalBody, Net::UnknownContentError), "service");
        row("422", ending(422, jsonType, refusalBody, Net::UnknownContentError), "service", Effect::Refused);
        row("429", ending(429, jsonType, refusalBody, Net::UnknownContentError), "service", Effect::NotSent);
        row("500", ending(500, jsonType, refusalBody, Net::InternalServerError), "service");
        row("503", ending(503, jsonType, refusalBody, Net::ServiceUnavailableError), "service");
        row("refused with 200", ending(200, jsonType, refusalBody), "service");

        row("HTML with 200", ending(200, "text/html", page), "http");
        row("HTML with 403", ending(403, "text/html", page, Net::ContentAccessDenied), "http");
        row("HTML with 429", ending(429, "text/html", page, Net::UnknownContentError), "http");
        row("HTML with 502", ending(502, "text/html", page, Net::UnknownServerError), "http");
        row("the envelope as text", ending(403, "text/plain", refusalBody, Net::ContentAccessDenied), "http");
        row("the envelope without a type", ending(403, "", refusalBody, Net::ContentAccessDenied), "http");
        row("no content", ending(204, "", ""), "http");
        row("a gateway's JSON", ending(403, jsonType, R"({"error": "denied"})", Net::ContentAccessDenied),
            "http");
        row("a gateway's broken JSON", ending(502, jsonType, "oops", Net::UnknownServerError), "http");
        for (const int status : {300, 301, 302, 303, 304, 307, 308})
            QTest::addRow("%d", status) << ending(status, jsonType, success) << u"http"_s << Effect::Unknown;

        row("no JSON", ending(200, jsonType, "oops"), "decode");
        row("nothing", ending(200, jsonType, ""), "decode");
        row("half of it", ending(200, jsonType, R"({"success": true, "result": {)"), "decode");
        row("an array", ending(200, jsonType, "[]"), "decode");
        row("no success", ending(200, jsonType, R"({"result": {}})"), "decode");
        row("success as text", ending(200, jsonType, R"({"success": "true"})"), "decode");
        row("success as null", ending(200, jsonType, R"({"success": null})"), "decode");
        row("success with 500", ending(500, jsonType, success, Net::InternalServerError), "decode");
        row("success with 403", ending(403, jsonType, success, Net::ContentAccessDenied), "decode");

        // Qt reports an error that contradicts the status: the reply was interrupted.
        row("cut short with 200", ending(200, jsonType, success, Net::RemoteHostClosedError), "transport");
        row("cut short with 403", ending(403, jsonType, refusalBody, Net::RemoteHostClosedError),
            "transport");
        row("HTTP/2 reset with 200", ending(200, jsonType, success, Net::InternalServerError), "transport");
        row("HTTP/2 reset with 400", ending(400, jsonType, refusalBody, Net::InternalServerError),
            "transport");
        row("HTTP/2 reset before", ending(0, "", "", Net::InternalServerError), "transport");
        row("garbled", ending(0, "", "", Net::ProtocolFailure), "transport");
        row("sent again by Qt", ending(0, "", "", Net::ContentReSendError), "transport");
    }
    void anEnding()
    {
        QFETCH(Ending, end);
        QFETCH(QString, kind);
        QFETCH(Effect, effect);
        const auto result = classify(end, redactor);
        QCOMPARE(result ? QString() : nameOf(result.error()), kind);
        if (result)
            return;
        QCOMPARE(effectOf(result.error()), effect);
        QVERIFY(!describe(result.error()).isEmpty());
        // Cancelling and timeouts have priority over anything that arrived.
        end.timedOut = true;
        const auto late = classify(end, redactor);
        QCOMPARE(std::get<TransportError>(late.error()).kind, TransportError::Kind::TimedOut);
        end.cancelled = true;
        QVERIFY(std::holds_alternative<Cancelled>(classify(end, redactor).error()));
    }

    void noReply_data()
    {
        QTest::addColumn<QNetworkReply::NetworkError>("error");
        QTest::addColumn<TransportError::Kind>("kind");
        using Net = QNetworkReply;
        using Kind = TransportError::Kind;
        QTest::newRow("refused") << Net::ConnectionRefusedError << Kind::Refused;
        QTest::newRow("name") << Net::HostNotFoundError << Kind::NameNotFound;
        QTest::newRow("TLS") << Net::SslHandshakeFailedError << Kind::Tls;
        QTest::newRow("connecting") << Net::TimeoutError << Kind::TimedOut;
        QTest::newRow("proxy refused") << Net::ProxyConnectionRefusedError << Kind::Proxy;
        QTest::newRow("proxy password") << Net::ProxyAuthenticationRequiredError << Kind::Proxy;
        QTest::newRow("proxy, unknown") << Net::UnknownProxyError << Kind::Proxy;
        QTest::newRow("closed") << Net::RemoteHostClosedError << Kind::Lost;
        QTest::newRow("network") << Net::TemporaryNetworkFailureError << Kind::Lost;
        QTest::newRow("cancelled by nobody") << Net::OperationCanceledError << Kind::Lost;
    }
    void noReply()
    {
        QFETCH(QNetworkReply::NetworkError, error);
        QFETCH(TransportError::Kind, kind);
        auto end = ending(0, "", "", error);
        for (const bool sent : {false, true}) {
            end.sent = sent;
            const auto result = classify(end, redactor);
            QVERIFY(!result);
            const auto& transport = std::get<TransportError>(result.error());
            QCOMPARE(transport.kind, kind);
            QCOMPARE(transport.mayHaveSent, sent);
            // Also when the connection is refused only at Qt's own hidden second attempt.
            QCOMPARE(effectOf(result.error()), sent ? Effect::Unknown : Effect::NotSent);
        }
    }

    void theServicesWords()
    {
        auto end = ending(
            429, jsonType,
            R"({"success": false, "errors": [)"
            R"({"code": 1001, "message": "bad", "documentation_url": "https://d", "source": {"pointer": "/commands/3/device_id"}},)"
            R"({"code": "1002", "message": "malformed"}, {"code": 1003}, null, 7, {"code": 1004.5, "message": "malformed"},)"
            R"({"code": 1005, "message": "odd", "source": "x", "documentation_url": 4}]})",
            QNetworkReply::UnknownContentError);
        end.retryAfter = seconds(7);
        const auto result = classify(end, redactor);
        const auto& error = std::get<ServiceError>(result.error());
        QCOMPARE(error.status, 429);
        QCOMPARE(error.retryAfter, std::optional(seconds(7)));
        QCOMPARE(error.errors.size(), 2);
        QVERIFY((error.errors.first() == Notice{.code = 1001,
                                                .message = u"bad"_s,
                                                .documentationUrl = u"https://d"_s,
                                                .pointer = u"/commands/3/device_id"_s}));
        QVERIFY((error.errors.last() ==
                 Notice{.code = 1005, .message = u"odd"_s, .documentationUrl = {}, .pointer = {}}));
        const auto text = describe(result.error());
        for (const auto& part :
             {u"429"_s, u"1001"_s, u"bad"_s, u"/commands/3/device_id"_s, u"https://d"_s, u"7"_s})
            QVERIFY2(text.contains(part), qPrintable(text));
    }

    void aRefusalWithoutReadableWords()
    {
        for (const auto* body :
             {R"({"success": false})", R"({"success": false, "errors": null})",
              R"({"success": false, "errors": "x"})", R"({"success": false, "errors": [1]})"}) {
            const auto result =
                classify(ending(403, jsonType, body, QNetworkReply::ContentAccessDenied), redactor);
            QVERIFY(std::get<ServiceError>(result.error()).errors.isEmpty());
        }
    }

    void anExcerpt()
    {
        const auto result =
            classify(ending(502, "text/html", page, QNetworkReply::UnknownServerError), redactor);
        const auto& error = std::get<HttpError>(result.error());
        QCOMPARE(error.status, 502);
        QCOMPARE(error.contentType, u"text/html"_s);
        QCOMPARE(error.excerpt, u"<html><title>Sign in</title> <p>Hello</p></html>"_s);
        const QByteArray longPage = QByteArray(195, 'x') + "s3cret/token+1" + QByteArray(1000, 'y');
        const auto cut = classify(
            ending(502, "text/html", longPage.constData(), QNetworkReply::UnknownServerError), redactor);
        const auto& excerpt = std::get<HttpError>(cut.error()).excerpt;
        QCOMPARE(excerpt.size(), 200);
        QVERIFY2(!excerpt.contains("s3c"_L1), qPrintable(excerpt)); // not even the half that fits
    }

    void secrets_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << u"s3cret/token+1"_s;
        QTest::newRow("percent") << u"s3cret%2Ftoken%2B1"_s;
        QTest::newRow("percent, small") << u"s3cret%2ftoken%2b1"_s;
        QTest::newRow("base64") << QString::fromLatin1(QByteArray("s3cret/token+1").toBase64());
        QTest::newRow("base64 for URLs")
            << QString::fromLatin1(QByteArray("s3cret/token+1").toBase64(QByteArray::Base64UrlEncoding));
        QTest::newRow("base64, more behind")
            << QString::fromLatin1(QByteArray("s3cret/token+1 and").toBase64()).left(18);
    }
    void secrets()
    {
        QFETCH(QString, text);
        const QString around = u"before "_s + text + u" after"_s;
        const QList<Error> errors{
            TransportError{.message = around},
            HttpError{.status = 500, .contentType = around, .excerpt = around},
            ServiceError{
                .status = 400,
                .errors = {{.code = 1, .message = around, .documentationUrl = around, .pointer = around}},
                .retryAfter = {}},
            DecodeError{.path = around, .problem = around},
            StorageError{around},
        };
        for (const auto& error : errors) {
            const auto cleaned = describe(redactor.clean(error));
            QVERIFY2(!cleaned.contains(text), qPrintable(cleaned));
            QVERIFY2(cleaned.contains("before «secret»"_L1) || cleaned.contains(u"before «secret»"_s),
                     qPrintable(cleaned));
        }
    }

    void whatTheLogGets()
    {
        const QUrl url(u"https://api.example.com/client/v4/accounts/0123456789abcdef0123456789ab9f3a"
                       "/dex/commands/devices?search=ana%40example.com"_s);
        auto good = ending(200, jsonType, "{}");
        QTest::ignoreMessage(QtInfoMsg,
                             "GET /client/v4/accounts/…9f3a/dex/commands/devices 200, 2 bytes in 5 ms");
        trace("GET", url, good, std::chrono::milliseconds(5));
        Ending lost;
        lost.errorText = u"Error transferring "_s + url.toString();
        lost.error = QNetworkReply::RemoteHostClosedError;
        QTest::ignoreMessage(QtInfoMsg,
                             "POST /client/v4/accounts/…9f3a/dex/commands/devices connection lost in 7 ms");
        trace("POST", url, lost, std::chrono::milliseconds(7));
        QCOMPARE(shortPath(QUrl(u"http://localhost/accounts/1f3a/dex/commands/7/downloads/ana%2F1.zip"_s)),
                 u"/accounts/…1f3a/dex/commands/7/downloads/…"_s);
        QCOMPARE(brief(ServiceError{.status = 403,
                                    .errors = {{.code = 10000, .message = u"ana may not"_s},
                                               {.code = 9109, .message = u"from 192.0.2.1"_s}},
                                    .retryAfter = {}}),
                 u"HTTP 403, 10000, 9109"_s);
        QCOMPARE(brief(HttpError{.status = 502, .contentType = u"text/html"_s, .excerpt = u"<p>ana</p>"_s}),
                 u"HTTP 502, not of the service"_s);
    }

    void aKeyIsASecretAndAnAddressIsNot()
    {
        const Redactor pair(
            Credentials(EmailAndKey{u"ana@example.com"_s, u"144c9defac04969c7bfad8efaa8ea194"_s}));
        QCOMPARE(pair.clean(u"key 144c9defac04969c7bfad8efaa8ea194 of ana@example.com"_s),
                 u"key «secret» of ana@example.com"_s);
        const auto basic = QByteArray("ana@example.com:144c9defac04969c7bfad8efaa8ea194").toBase64();
        QCOMPARE(pair.clean(QString::fromLatin1(basic)).left(8), u"«secret»"_s);
        const Redactor none(Credentials(BearerToken{}));
        QCOMPARE(none.clean(u"nothing to hide"_s), u"nothing to hide"_s);
    }

    void effects()
    {
        QCOMPARE(effectOf(Cancelled{}), Effect::Unknown);
        QCOMPARE(effectOf(Cancelled{.mayHaveSent = false}), Effect::NotSent);
        QCOMPARE(effectOf(StorageError{}), Effect::Unknown);
        QCOMPARE(effectOf(HttpError{.status = 403, .contentType = {}, .excerpt = {}}), Effect::Unknown);
        QCOMPARE(effectOf(DecodeError{}), Effect::Unknown);
    }

    void headers()
    {
        QCOMPARE(mediaType("Text/HTML ; charset=x"), "text/html");
        QVERIFY(isJson("application/vnd.api+json"));
        QVERIFY(!isJson("application/jsonp"));
        QVERIFY(!isJson(""));
        QCOMPARE(parseRetryAfter(" 12 "), std::optional(seconds(12)));
        QCOMPARE(parseRetryAfter("0"), std::optional(seconds(0)));
        QCOMPARE(parseRetryAfter("99999999999"), std::optional(seconds(86'400)));
        for (const auto* wrong :
             {"", "-1", "+5", "1.5", "soon", "Fri, 31 Dec 1999 23:59:59 GMT", "99999999999999999999"})
            QVERIFY2(!parseRetryAfter(wrong), wrong);
        const QByteArray limit = R"("default";r=50;t=30)";
        QCOMPARE(parameter(limit, 'r'), std::optional<qint64>(50));
        QCOMPARE(parameter(limit, 't'), std::optional<qint64>(30));
        QVERIFY(!parameter(limit, 'q'));
        QCOMPARE(parameter(R"("default"; q=1200; w=300, "burst";q=1)", 'q'), std::optional<qint64>(1200));
        QVERIFY(!parameter("r=x;t=", 'r'));
        QVERIFY(!parameter("", 'r'));
    }

    void addresses_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("good");
        const auto row = [](const char* url, bool good) {
            QTest::newRow(url) << QString::fromLatin1(url) << good;
        };
        row("https://api.cloudflare.com/client/v4", true);
        row("https://localhost:8443/client/v4", true);
        row("http://127.0.0.1:8080/client/v4", true);
        row("http://127.9.9.9/client/v4", true);
        row("http://[::1]:8080/client/v4", true);
        row("http://LOCALHOST:8080/client/v4", true);
        row("http://api.cloudflare.com/client/v4", false);
        row("http://127.0.0.1.example.com/client/v4", false);
        row("http://localhost.example.com/", false);
        row("http://10.0.0.1/client/v4", false);
        row("http://0.0.0.0/client/v4", false);
        row("ftp://api.cloudflare.com/", false);
        row("file:///etc/passwd", false);
        row("https:///client/v4", false);
        row("https://user@api.cloudflare.com/client/v4", false);
        row("https://user:pw@api.cloudflare.com/client/v4", false);
        row("https://api.cloudflare.com/client/v4?x=1", false);
        row("https://api.cloudflare.com/client/v4#x", false);
        row("api.cloudflare.com/client/v4", false);
        row("", false);
    }
    void addresses()
    {
        QFETCH(QString, url);
        QFETCH(bool, good);
        QCOMPARE(!baseUrlProblem(QUrl(url)).has_value(), good);
    }
};

CAPTUREDESK_SUITE(test_api_endings, Endings)
#include "endings.moc"
