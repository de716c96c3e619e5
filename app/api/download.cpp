// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/download.h"

#include <QIODevice>
#include <QNetworkAccessManager>
#include <QNetworkReply>

#include "api/exchange.h"
#include "api/pacer.h"

namespace api {

namespace {

constexpr qint64 readBuffer = 1 << 20;
constexpr qint64 refusalLimit = 1 << 16; ///< an error's envelope is small; a page of somebody else's need not be read
constexpr int mostHops = 5;

bool sameOrigin(const QUrl& a, const QUrl& b)
{
    const auto port = [](const QUrl& url) { return url.port(url.scheme() == QLatin1StringView("https") ? 443 : 80); };
    return a.scheme() == b.scheme() && a.host() == b.host() && port(a) == port(b);
}

} // namespace

ArtifactDownload::ArtifactDownload(QNetworkAccessManager* network, Pacer* pacer, const Endpoint& endpoint,
                                   const DownloadArtifact& request, const std::optional<QSslConfiguration>& tls,
                                   std::chrono::milliseconds stall, QIODevice* target, QObject* parent)
    : Download(parent)
    , m_network(network)
    , m_pacer(pacer)
    , m_endpoint(endpoint)
    , m_target(target)
{
    m_stall.setSingleShot(true);
    m_stall.setInterval(stall);
    connect(&m_stall, &QTimer::timeout, this, [this] {
        m_timedOut = true;
        m_reply->abort();
    });
    auto first = requestFor(endpoint, request.path(endpoint.accountId), {}, tls);
    first.setRawHeader("Accept", "application/zip, application/json");
    first.setRawHeader("Accept-Encoding", "identity"); // so that the length is the file's
    first.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    pacer->enqueue(Pacer::Kind::Get, this, [this, first] {
        m_started = true;
        get(first);
    });
}

ArtifactDownload::~ArtifactDownload()
{
    if (m_reply)
        m_reply->disconnect(this);
    if (m_started)
        m_pacer->ended();
}

void ArtifactDownload::cancel()
{
    m_cancelled = true;
    if (m_reply)
        m_reply->abort();
    else
        QTimer::singleShot(0, this, [this] { finish(std::unexpected(Error(Cancelled{}))); });
}

void ArtifactDownload::get(QNetworkRequest request)
{
    if (m_cancelled)
        return;
    m_request = request;
    m_reply = m_network->get(request);
    m_reply->setParent(this);
    m_reply->setReadBufferSize(readBuffer);
    connect(m_reply, &QNetworkReply::readyRead, this, &ArtifactDownload::read);
    connect(m_reply, &QNetworkReply::finished, this, &ArtifactDownload::end);
    m_stall.start();
}

bool ArtifactDownload::isFile() const
{
    return m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() == 200;
}

void ArtifactDownload::read()
{
    const auto bytes = m_reply->readAll();
    m_stall.start();
    if (!isFile()) {
        if (m_refusal.size() < refusalLimit)
            m_refusal += bytes;
        return;
    }
    if (m_storage || bytes.isEmpty())
        return;
    if (m_target->write(bytes) != bytes.size()) {
        m_storage = StorageError{m_target->errorString()};
        m_reply->abort();
        return;
    }
    m_written += bytes.size();
    const auto total = m_reply->header(QNetworkRequest::ContentLengthHeader);
    Q_EMIT progress(m_written, total.isValid() ? total.toLongLong() : -1);
}

std::optional<QNetworkRequest> ArtifactDownload::redirected() const
{
    const auto status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const auto location = m_reply->header(QNetworkRequest::LocationHeader).toUrl();
    if (status < 300 || status >= 400 || location.isEmpty() || m_hops >= mostHops)
        return std::nullopt;
    const auto target = m_request.url().resolved(location);
    const bool secure = target.scheme() == QLatin1StringView("https");
    const bool onLoopback = !baseUrlProblem(m_endpoint.baseUrl) && !baseUrlProblem(target.adjusted(
                                QUrl::RemoveQuery | QUrl::RemoveFragment))
        && m_endpoint.baseUrl.scheme() == QLatin1StringView("http");
    if (!secure && !onLoopback)
        return std::nullopt; // no downgrade
    auto request = m_request;
    request.setUrl(target);
    if (!sameOrigin(target, m_endpoint.baseUrl)) {
        for (const auto* header : {"Authorization", "X-Auth-Email", "X-Auth-Key"})
            request.setRawHeader(header, {});
    }
    return request;
}

void ArtifactDownload::end()
{
    m_stall.stop();
    read();
    m_stall.stop();
    const auto transport = [this](TransportError::Kind kind, const QString& message) -> Error {
        return TransportError{
            .kind = kind, .message = withoutSecrets(message, m_endpoint.credentials), .mayHaveSent = true};
    };
    if (m_cancelled)
        return finish(std::unexpected(Error(Cancelled{})));
    if (m_storage)
        return finish(std::unexpected(Error(*m_storage)));
    if (m_timedOut)
        return finish(std::unexpected(transport(TransportError::Kind::TimedOut, QStringLiteral("no more bytes came"))));
    const auto status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0)
        return finish(std::unexpected(transport(kindOf(m_reply->error()), m_reply->errorString())));
    m_pacer->learn(status, m_reply->rawHeader("Ratelimit"), m_reply->rawHeader("Ratelimit-Policy"),
                   m_reply->rawHeader("Retry-After"));
    if (auto next = redirected()) {
        ++m_hops;
        m_refusal.clear();
        m_reply->deleteLater();
        get(*next);
        return;
    }
    if (!isFile()) {
        const auto envelope = readEnvelope({.status = status,
                                            .contentType = m_reply->rawHeader("Content-Type"),
                                            .body = m_refusal,
                                            .retryAfter = m_reply->rawHeader("Retry-After"),
                                            .whole = true});
        return finish(std::unexpected(
            envelope ? Error(HttpError{.status = status, .contentType = {}, .excerpt = {}}) : envelope.error()));
    }
    const auto length = m_reply->header(QNetworkRequest::ContentLengthHeader);
    if (m_reply->error() != QNetworkReply::NoError || (length.isValid() && length.toLongLong() != m_written))
        return finish(std::unexpected(transport(TransportError::Kind::Lost, QStringLiteral("the file was cut short"))));
    finish(m_written);
}

void ArtifactDownload::finish(std::expected<qint64, Error> result)
{
    m_result = std::move(result);
    Q_EMIT finished();
    deleteLater();
}

} // namespace api
