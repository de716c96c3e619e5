// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/exchange.h"

#include <cstring>

#include <QIODevice>
#include <QNetworkAccessManager>
#include <QUrlQuery>

namespace api {

using Kind = TransportError::Kind;

namespace {

QList<QByteArray> secretsOf(const Credentials& credentials)
{
    if (const auto* bearer = std::get_if<BearerToken>(&credentials))
        return {bearer->token.toUtf8()};
    return {std::get<EmailAndKey>(credentials).key.toUtf8()};
}

} // namespace

QString withoutSecrets(QString text, const Credentials& credentials)
{
    const auto mask = QStringLiteral("«secret»");
    for (const auto& secret : secretsOf(credentials)) {
        if (secret.isEmpty())
            continue;
        for (const auto& form : {secret, QUrl::toPercentEncoding(QString::fromUtf8(secret)), secret.toBase64()})
            text.replace(QString::fromUtf8(form), mask);
    }
    return text;
}

QNetworkRequest requestFor(const Endpoint& endpoint, const QByteArray& path, const QUrlQuery& query,
                           const std::optional<QSslConfiguration>& tls)
{
    auto url = endpoint.baseUrl;
    // The encoded path goes in as it is: decoding and encoding it again would turn %2F into a separator.
    url.setPath(url.path(QUrl::FullyEncoded) + QString::fromLatin1(path), QUrl::StrictMode);
    if (!query.isEmpty())
        url.setQuery(query);
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, true);
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("CaptureDesk/" CAPTUREDESK_VERSION));
    request.setRawHeader("Accept", "application/json");
    if (const auto* bearer = std::get_if<BearerToken>(&endpoint.credentials)) {
        request.setRawHeader("Authorization", "Bearer " + bearer->token.toUtf8());
    } else {
        const auto& pair = std::get<EmailAndKey>(endpoint.credentials);
        request.setRawHeader("X-Auth-Email", pair.email.toUtf8());
        request.setRawHeader("X-Auth-Key", pair.key.toUtf8());
    }
    if (tls)
        request.setSslConfiguration(*tls);
    return request;
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
    if (error == QNetworkReply::TimeoutError || error == QNetworkReply::ProxyTimeoutError)
        return Kind::TimedOut;
    if (error >= QNetworkReply::ProxyConnectionRefusedError && error <= QNetworkReply::UnknownProxyError)
        return Kind::Proxy;
    return Kind::Lost;
}

/// A body that is read once, and remembers whether it was.
class Exchange::Body : public QIODevice {
public:
    Body(QByteArray bytes, QObject* parent)
        : QIODevice(parent)
        , m_bytes(std::move(bytes))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

    [[nodiscard]] bool wasRead() const { return m_at > 0; }
    bool isSequential() const override { return true; }
    bool reset() override { return false; }
    qint64 bytesAvailable() const override { return m_bytes.size() - m_at + QIODevice::bytesAvailable(); }
    bool atEnd() const override { return m_at == m_bytes.size(); }

protected:
    qint64 readData(char* data, qint64 maxSize) override
    {
        const auto count = std::min<qint64>(maxSize, m_bytes.size() - m_at);
        if (count <= 0)
            return -1;
        std::memcpy(data, m_bytes.constData() + m_at, size_t(count));
        m_at += count;
        return count;
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    qint64 m_at = 0;
};

Exchange::Exchange(QNetworkAccessManager* network, const QNetworkRequest& request, std::optional<QByteArray> body,
                   std::chrono::milliseconds deadline, const Credentials& credentials, QObject* parent)
    : QObject(parent)
    , m_credentials(credentials)
{
    if (body) {
        auto post = request;
        post.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
        post.setHeader(QNetworkRequest::ContentLengthHeader, body->size());
        post.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        m_body = new Body(*std::move(body), this);
        m_reply = network->post(post, m_body);
    } else {
        m_reply = network->get(request);
    }
    m_reply->setParent(this);
    connect(m_reply, &QNetworkReply::requestSent, this, [this] { m_sent = true; });
    connect(m_reply, &QNetworkReply::finished, this, &Exchange::end);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_timedOut = true;
        m_reply->abort();
    });
    m_deadline.start(deadline);
}

Exchange::~Exchange()
{
    m_reply->disconnect(this);
}

void Exchange::cancel()
{
    m_cancelled = true;
    m_reply->abort();
}

QByteArray Exchange::header(const char* name) const
{
    return m_reply->rawHeader(name);
}

void Exchange::end()
{
    m_deadline.stop();
    m_result = classify();
    Q_EMIT finished();
}

std::expected<Answer, Error> Exchange::classify() const
{
    const auto failure = [this](Kind kind, const QString& message) {
        return std::unexpected(Error(TransportError{.kind = kind,
                                                    .message = withoutSecrets(message, m_credentials),
                                                    .mayHaveSent = m_sent || (m_body && m_body->wasRead())}));
    };
    if (m_cancelled)
        return std::unexpected(Error(Cancelled{}));
    if (m_timedOut)
        return failure(Kind::TimedOut, QStringLiteral("no reply within %1 s").arg(m_deadline.interval() / 1000));
    const auto status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0)
        return failure(kindOf(m_reply->error()), m_reply->errorString());
    Answer answer{.status = status,
                  .contentType = m_reply->rawHeader("Content-Type"),
                  .body = m_reply->readAll(),
                  .retryAfter = m_reply->rawHeader("Retry-After"),
                  .whole = true};
    // With a good status any error at all means that the body broke off; HTTP/2 has several names for it.
    if (status < 400 && m_reply->error() != QNetworkReply::NoError)
        answer.whole = false;
    return answer;
}

} // namespace api
