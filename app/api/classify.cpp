// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/classify.h"

#include <QCoreApplication>
#include <QHash>

#include "api/envelope.h"
#include "api/headers.h"
#include "api/redactor.h"

namespace api {

namespace {

using TransportKind = TransportError::Kind;

constexpr qsizetype excerptLength = 200;

bool isRedirect(int status)
{
    return status >= 300 && status < 400;
}

TransportKind transportKindOf(QNetworkReply::NetworkError error)
{
    // A switch would have to list some forty errors; any error not listed here counts as a lost connection.
    if (error == QNetworkReply::ConnectionRefusedError)
        return TransportKind::Refused;
    if (error == QNetworkReply::HostNotFoundError)
        return TransportKind::NameNotFound;
    if (error == QNetworkReply::SslHandshakeFailedError)
        return TransportKind::Tls;
    if (error == QNetworkReply::TimeoutError)
        return TransportKind::TimedOut;
    return TransportKind::Lost;
}

struct ProxyLine {
    const char* engine;
    const char* words;
    ProxyFault fault;
};
constexpr auto httpEngine = "QHttpSocketEngine";
constexpr auto socksEngine = "QSocks5SocketEngine";
constexpr ProxyLine proxyLines[] = {
    {httpEngine, "Proxy denied connection", ProxyFault::Denied}, // the proxy responded with 403 or 405
    {httpEngine, "Proxy connection refused", ProxyFault::Refused},
    {httpEngine, "Proxy server not found", ProxyFault::NameNotFound},
    {httpEngine, "Proxy server connection timed out", ProxyFault::TimedOut},
    {httpEngine, "Proxy connection closed prematurely", ProxyFault::Lost},
    {socksEngine, "Connection to proxy refused", ProxyFault::Refused},
    {socksEngine, "Proxy host not found", ProxyFault::NameNotFound},
    {socksEngine, "Connection to proxy timed out", ProxyFault::TimedOut},
    {socksEngine, "Connection to proxy closed prematurely", ProxyFault::Lost},
};

std::optional<ProxyFault> proxyFaultIn(const Ending& ending)
{
    const auto now = proxyWords();
    for (qsizetype i = 0; i < now.size(); ++i) {
        const auto& words = ending.errorText;
        const auto then = ending.proxyWords.value(i);
        if (words == QLatin1StringView(proxyLines[i].words) || words == now[i] ||
            (!then.isEmpty() && words == then))
            return proxyLines[i].fault;
    }
    return {};
}

/// The proxy error, or nothing if the proxy did not fail.  Qt has codes for only some of these errors: it
/// reports a proxy's response to a tunnel request as if the service had refused the connection.
std::optional<ProxyFault> proxyFaultOf(const Ending& ending)
{
    static const QHash<QNetworkReply::NetworkError, ProxyFault> always{
        {QNetworkReply::ProxyConnectionRefusedError, ProxyFault::Refused},
        {QNetworkReply::ProxyConnectionClosedError, ProxyFault::Lost},
        {QNetworkReply::ProxyNotFoundError, ProxyFault::NameNotFound},
        {QNetworkReply::ProxyTimeoutError, ProxyFault::TimedOut},
        {QNetworkReply::ProxyAuthenticationRequiredError, ProxyFault::Password},
        {QNetworkReply::UnknownProxyError, ProxyFault::Other},
    };
    if (const auto fault = always.constFind(ending.error); fault != always.constEnd())
        return *fault;
    if (!ending.proxied || ending.sent)
        return {};
    if (ending.error == QNetworkReply::ConnectionRefusedError) // the proxy responded with 503
        return ProxyFault::Unreachable;
    if (ending.error == QNetworkReply::HostNotFoundError) // or the proxy responded with 404
        return ProxyFault::NameNotFound;
    if (const auto fault = proxyFaultIn(ending))
        return fault;
    if (ending.reached)
        return {};
    if (ending.timedOut || ending.error == QNetworkReply::TimeoutError)
        return ProxyFault::TimedOut;
    if (ending.error == QNetworkReply::RemoteHostClosedError)
        return ProxyFault::Lost;
    if (ending.error == QNetworkReply::UnknownNetworkError)
        return ProxyFault::Other;
    return {};
}

/// Qt reports a matching error for each failing status.  Any other error beside a status means that the
/// reply was interrupted.
bool agrees(int status, QNetworkReply::NetworkError error)
{
    if (error == QNetworkReply::NoError)
        return true;
    if (status >= 500)
        return error >= QNetworkReply::InternalServerError && error <= QNetworkReply::UnknownServerError;
    return status >= 400 &&
           ((error >= QNetworkReply::ContentAccessDenied && error <= QNetworkReply::UnknownContentError) ||
            error == QNetworkReply::ProtocolInvalidOperationError);
}

std::expected<QJsonObject, Error> read(const Ending& ending, const Redactor& redactor)
{
    const bool good = ending.status >= 200 && ending.status < 300;
    if (isRedirect(ending.status))
        return std::unexpected(foreign(ending, redactor));
    if (auto error = interruption(ending))
        return std::unexpected(*error);
    if (!isJson(ending.contentType))
        return std::unexpected(foreign(ending, redactor));
    auto envelope = decodeEnvelope(ending.body);
    if (!envelope) {
        if (!good)
            return std::unexpected(foreign(ending, redactor)); // JSON from a gateway, not from the service
        envelope.error().status = ending.status;
        return std::unexpected(envelope.error());
    }
    if (!envelope->success) {
        return std::unexpected(ServiceError{
            .status = ending.status, .errors = std::move(envelope->errors), .retryAfter = ending.retryAfter});
    }
    if (!good) {
        return std::unexpected(
            DecodeError{.path = QStringLiteral("/success"),
                        .problem = QStringLiteral("expected false beside a failing status, found true"),
                        .status = ending.status});
    }
    return std::move(envelope->object);
}

} // namespace

QStringList proxyWords()
{
    QStringList words;
    for (const auto& line : proxyLines)
        words << QCoreApplication::translate(line.engine, line.words);
    return words;
}

HttpError foreign(const Ending& ending, const Redactor& redactor)
{
    // Redact before truncating: a truncated secret would not be found.
    auto excerpt = redactor.clean(QString::fromUtf8(ending.body.left(16 * 1024)).simplified());
    for (auto& c : excerpt) {
        if (!c.isPrint() && !c.isSurrogate())
            c = u' ';
    }
    auto content = Content::Other;
    if (isWebPage(ending.contentType, ending.body))
        content = Content::WebPage;
    else if (ending.body.isEmpty())
        content = Content::Nothing;
    return {.status = ending.status,
            .contentType = QString::fromLatin1(ending.contentType),
            .excerpt = excerpt.left(excerptLength),
            .content = content};
}

std::optional<Error> interruption(const Ending& ending)
{
    const auto transport = [&ending](TransportKind kind, const QString& message) {
        TransportError error{.kind = kind, .message = message, .mayHaveSent = ending.sent};
        if (kind == TransportKind::Tls)
            error.tls = ending.tls;
        else if ((error.proxy = ending.status == 0 ? proxyFaultOf(ending) : std::nullopt))
            error.kind = TransportKind::Proxy;
        return error;
    };
    if (ending.cancelled)
        return Cancelled{.mayHaveSent = ending.sent};
    if (ending.timedOut)
        return transport(TransportKind::TimedOut, QStringLiteral("the whole reply did not come in time"));
    if (ending.tooLarge)
        return transport(TransportKind::Lost, QStringLiteral("the reply is too large"));
    if (ending.status == 0 || !agrees(ending.status, ending.error))
        return transport(transportKindOf(ending.error), ending.errorText);
    return std::nullopt;
}

std::expected<QJsonObject, Error> classify(const Ending& ending, const Redactor& redactor)
{
    auto result = ending.cancelled || ending.timedOut || ending.tooLarge
                      ? std::expected<QJsonObject, Error>(std::unexpected(*interruption(ending)))
                      : read(ending, redactor);
    if (!result)
        return std::unexpected(redactor.clean(std::move(result.error())));
    return result;
}

} // namespace api
