// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/classify.h"

#include "api/envelope.h"
#include "api/headers.h"
#include "api/redactor.h"

namespace api {

namespace {

using Kind = TransportError::Kind;

constexpr qsizetype excerptLength = 200;

bool isRedirect(int status)
{
    return status >= 300 && status < 400;
}

Kind kindOf(QNetworkReply::NetworkError error)
{
    // A switch would have to name some forty errors; what is not named here broke somewhere on the way.
    if (error == QNetworkReply::ConnectionRefusedError)
        return Kind::Refused;
    if (error == QNetworkReply::HostNotFoundError)
        return Kind::NameNotFound;
    if (error == QNetworkReply::SslHandshakeFailedError)
        return Kind::Tls;
    if (error == QNetworkReply::TimeoutError)
        return Kind::TimedOut;
    if (error >= QNetworkReply::ProxyConnectionRefusedError && error <= QNetworkReply::UnknownProxyError)
        return Kind::Proxy;
    return Kind::Lost;
}

/// Qt names an error for each failing status; any other one beside a status means that the reply broke off.
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

/// The body of something that is not the service's.
HttpError foreign(const Ending& ending, const Redactor& redactor)
{
    // Cleaned before it is shortened: half a secret would not be found.
    auto excerpt = redactor.clean(QString::fromUtf8(ending.body.left(16 * 1024)).simplified());
    for (auto& c : excerpt) {
        if (!c.isPrint() && !c.isSurrogate())
            c = u' ';
    }
    return {.status = ending.status,
            .contentType = QString::fromLatin1(ending.contentType),
            .excerpt = excerpt.left(excerptLength)};
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
            return std::unexpected(foreign(ending, redactor)); // some gateway's JSON, not the service's
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

std::optional<Error> interruption(const Ending& ending)
{
    const auto transport = [&ending](Kind kind, const QString& message) {
        return TransportError{.kind = kind, .message = message, .mayHaveSent = ending.sent};
    };
    if (ending.cancelled)
        return Cancelled{.mayHaveSent = ending.sent};
    if (ending.timedOut)
        return transport(Kind::TimedOut, QStringLiteral("the whole reply did not come in time"));
    if (ending.tooLarge)
        return transport(Kind::Lost, QStringLiteral("the reply is too large"));
    if (ending.status == 0 || !agrees(ending.status, ending.error))
        return transport(kindOf(ending.error), ending.errorText);
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
