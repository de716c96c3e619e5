// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/wire.h"

#include <algorithm>

#include <QNetworkAccessManager>
#include <QRandomGenerator>

#include "api/tr.h"

namespace api {

namespace {

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

constexpr std::chrono::seconds longestRetryAfter{300};

using Header = std::pair<QByteArray, QByteArray>;

QList<Header> headersOf(const Credentials& credentials)
{
    if (const auto* bearer = std::get_if<BearerToken>(&credentials))
        return {{"Authorization", "Bearer " + bearer->token.toUtf8()}};
    const auto& pair = std::get<EmailAndKey>(credentials);
    return {{"X-Auth-Email", pair.email.toUtf8()}, {"X-Auth-Key", pair.key.toUtf8()}};
}

/// Whether a header's value has no control character.  A line break would start another header.
bool fitsHeader(const Header& header)
{
    return std::ranges::none_of(header.second,
                                [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

int portOf(const QUrl& url)
{
    return url.port(url.scheme() == "https"_L1 ? 443 : 80);
}

bool heals(int status)
{
    return status >= 500 || status == 429 || status == 408;
}

/// Whether the error is transient, so that a retry may succeed.  A refused connection, an unknown name or a
/// bad certificate is reported at once instead.
bool heals(const Error& error)
{
    if (const auto* transport = std::get_if<TransportError>(&error)) {
        return transport->kind == TransportError::Kind::Lost ||
               transport->kind == TransportError::Kind::TimedOut ||
               transport->proxy == ProxyFault::Unreachable || transport->proxy == ProxyFault::Lost ||
               transport->proxy == ProxyFault::TimedOut;
    }
    if (const auto* http = std::get_if<HttpError>(&error))
        return heals(http->status);
    if (const auto* service = std::get_if<ServiceError>(&error))
        return heals(service->status);
    const auto* decode = std::get_if<DecodeError>(&error);
    return decode && heals(decode->status);
}

} // namespace

Wire::Wire(Endpoint where, QNetworkAccessManager* manager, std::shared_ptr<Pacer> pacer)
    : endpoint(std::move(where))
    , network(manager)
    , proxies(std::make_shared<Proxies>(endpoint.route))
    , redactor(endpoint)
    , gate(std::move(pacer))
{
    retries.random = [] { return QRandomGenerator::global()->generateDouble(); };
    install(*network, proxies);
    if (auto configuration = tlsOf(endpoint.route))
        tls = *std::move(configuration);
    else
        routeProblem = configuration.error();
}

std::optional<Error> Wire::problem() const
{
    const auto nothingSent = [](const QString& message) {
        return TransportError{
            .kind = TransportError::Kind::Settings, .message = message, .mayHaveSent = false};
    };
    if (const auto problem = baseUrlProblem(endpoint.baseUrl))
        return nothingSent(*problem);
    if (!std::ranges::all_of(headersOf(endpoint.credentials), fitsHeader))
        return nothingSent(
            Text::tr("The key or token contains a line break or another character that cannot be sent."));
    if (routeProblem)
        return nothingSent(*routeProblem);
    return {};
}

QUrl Wire::url(const QByteArray& path, const QUrlQuery& query) const
{
    // Joined in encoded form: decoding and re-encoding would turn %2F into a separator.
    QByteArray encoded = endpoint.baseUrl.toEncoded(QUrl::FullyEncoded | QUrl::StripTrailingSlash) + path;
    if (!query.isEmpty())
        encoded += '?' + query.toString(QUrl::FullyEncoded).toLatin1();
    return QUrl::fromEncoded(encoded, QUrl::StrictMode);
}

QNetworkRequest Wire::request(const QUrl& url, bool withCredentials, bool http2) const
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, http2);
    // Qt reuses an open connection to the host, HTTP/2 or not; setting the name keeps them separate.
    if (!http2 && url.scheme() == "https"_L1)
        request.setPeerVerifyName(url.host());
    request.setHeader(QNetworkRequest::UserAgentHeader, u"CaptureDesk/" CAPTUREDESK_VERSION ""_s);
    request.setRawHeader("Accept", "application/json");
    if (tls)
        request.setSslConfiguration(*tls);
    if (withCredentials && isOwnOrigin(url)) {
        for (const auto& [name, value] : headersOf(endpoint.credentials))
            request.setRawHeader(name, value);
    }
    return request;
}

void Wire::watch(QNetworkReply& reply, Ending& ending, const QObject& context)
{
    ending.tls.reset();
    ending.proxied = proxies->forUrl(reply.url()).type() != QNetworkProxy::NoProxy;
    ending.proxyWords = ending.proxied ? proxyWords() : QStringList();
    ending.reached = reachedService;
    const auto reached = [this, &ending] { ending.reached = reachedService = true; };
    QObject::connect(&reply, &QNetworkReply::encrypted, &context, reached);
    QObject::connect(&reply, &QNetworkReply::metaDataChanged, &context, reached);
    QObject::connect(&reply, &QNetworkReply::sslErrors, &context,
                     [&reply, &ending](const QList<QSslError>& errors) {
                         ending.tls = tlsFailure(reply.url().host(), errors, reply.sslConfiguration());
                     });
}

/// In Qt 6.4.2 a connection is stuck, and with it later requests, if its proxy closed it before the tunnel
/// was open.  Clearing the cache would also abort outstanding requests, so the gate must be idle.
void Wire::recover(const Ending& ending)
{
    if (ending.timedOut && ending.proxied && !ending.sent && gate.isIdle())
        network->clearConnectionCache();
}

bool Wire::isOwnOrigin(const QUrl& url) const
{
    const auto& own = endpoint.baseUrl;
    return url.scheme() == own.scheme() && url.host() == own.host() && portOf(url) == portOf(own);
}

std::optional<milliseconds> Backoff::next(const Retries& retries, const Error& error,
                                          std::optional<std::chrono::seconds> retryAfter)
{
    if (!heals(error) || ++m_failures >= retries.attempts)
        return {};
    const auto full = std::min(retries.ceiling, retries.first * (1 << std::min(m_failures - 1, 20)));
    const milliseconds jittered(qint64(double(full.count()) * (0.5 + retries.random() / 2)));
    return std::max<milliseconds>(jittered,
                                  std::min(retryAfter.value_or(std::chrono::seconds(0)), longestRetryAfter));
}

} // namespace api
