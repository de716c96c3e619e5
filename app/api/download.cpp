// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/download.h"

#include <algorithm>

#include <QFileDevice>
#include <QNetworkAccessManager>

#include "api/headers.h"
#include "api/trace.h"

namespace api {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 readBuffer = 1 << 20;
constexpr qint64 chunk = 256 << 10;
constexpr qint64 writeBacklog = 4 << 20; ///< of a target that writes later, such as a socket
constexpr qint64 refusalLimit =
    64 << 10; ///< an error's envelope is small; the rest of a page need not be read
constexpr int mostHops = 5;

/// A short write says why only when one tries to go on.
bool writeAll(QIODevice& target, const QByteArray& bytes)
{
    for (qint64 done = 0; done < bytes.size();) {
        const auto count = target.write(bytes.constData() + done, bytes.size() - done);
        if (count <= 0)
            return false;
        done += count;
    }
    return true;
}

} // namespace

ArtifactDownload::ArtifactDownload(std::shared_ptr<Wire> wire, const DownloadArtifact& request,
                                   QIODevice* target, QObject* parent)
    : Download(parent)
    , m_wire(std::move(wire))
    , m_first(m_wire->url(request.path(m_wire->endpoint.accountId), {}))
    , m_target(target)
{
    m_stall.setSingleShot(true);
    m_stall.setInterval(m_wire->deadlines.downloadStall);
    m_pause.setSingleShot(true);
    connect(&m_stall, &QTimer::timeout, this, [this] {
        const auto& deadlines = m_wire->deadlines;
        if (deadlines.mayEnd && !deadlines.mayEnd(m_url))
            m_stall.start();
        else
            give(&Ending::timedOut);
    });
    connect(&m_pause, &QTimer::timeout, this, &ArtifactDownload::attempt);
    m_clock.start();
    connect(m_target, &QIODevice::bytesWritten, this, [this] {
        if (std::exchange(m_holdsBack, false))
            read();
    });
    attempt();
}

ArtifactDownload::~ArtifactDownload()
{
    dropReply();
}

void ArtifactDownload::attempt()
{
    if (const auto problem = m_wire->problem()) {
        end(std::unexpected(*problem));
        return;
    }
    m_ending = {};
    m_ending.sent = false;
    m_hasCredentials = true;
    m_hops = 0;
    m_turn = m_wire->gate.enter(Turn::Kind::Download);
    connect(m_turn.get(), &Turn::come, this, [this] { get(m_first); });
}

void ArtifactDownload::get(const QUrl& url)
{
    m_url = url;
    m_replied = false;
    m_hasCredentials = m_hasCredentials && m_wire->isOwnOrigin(url);
    auto request = m_wire->request(url, m_hasCredentials, false);
    request.setRawHeader("Accept", "application/zip, application/octet-stream, application/json");
    request.setRawHeader("Accept-Encoding", "identity"); // so that the length is the file's
    m_reply = m_wire->network->get(request);
    m_reply->setReadBufferSize(readBuffer);
    m_wire->watch(*m_reply, m_ending, *this);
    connect(m_reply, &QNetworkReply::requestSent, this, [this] { m_ending.sent = true; });
    connect(m_reply, &QNetworkReply::readyRead, this, &ArtifactDownload::read);
    connect(m_reply, &QNetworkReply::finished, this, &ArtifactDownload::replied);
    m_stall.start();
}

int ArtifactDownload::status() const
{
    return m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

bool ArtifactDownload::isFile() const
{
    const auto contentType = m_reply->rawHeader("Content-Type");
    const auto encoding = m_reply->rawHeader("Content-Encoding").trimmed().toLower();
    const auto type = mediaType(contentType);
    return status() == 200 && !isJson(contentType) && !type.startsWith("text/") &&
           type != "application/xhtml+xml" && (encoding.isEmpty() || encoding == "identity");
}

qint64 ArtifactDownload::announcedSize() const
{
    bool ok = false;
    const auto size = m_reply->rawHeader("Content-Length").trimmed().toLongLong(&ok);
    return ok && size >= 0 ? size : -1;
}

void ArtifactDownload::read()
{
    if (m_ended || !m_reply)
        return;
    if (isFile()) {
        write();
    } else if (m_ending.body.size() < refusalLimit) {
        m_ending.body += m_reply->readAll();
    } else {
        (void)m_reply->readAll();
    }
    if (m_ended || !m_reply)
        return;
    if (m_replied && m_reply->bytesAvailable() == 0)
        conclude();
    else if (!m_replied && !m_holdsBack)
        m_stall.start();
}

void ArtifactDownload::write()
{
    while (m_reply->bytesAvailable() > 0) {
        if (!m_target) {
            fail(StorageError{u"what it was written to has gone"_s});
            return;
        }
        if (m_target->bytesToWrite() > writeBacklog) {
            m_stall.stop(); // now it is us who do not read
            m_holdsBack = true;
            return;
        }
        const auto bytes = m_reply->read(chunk);
        if (bytes.isEmpty())
            return;
        if (!writeAll(*m_target, bytes)) {
            fail(StorageError{m_target->errorString()});
            return;
        }
        m_written += bytes.size();
        Q_EMIT progress(m_written, announcedSize());
        if (m_ended || !m_reply)
            return; // cancelled by who was told
    }
}

void ArtifactDownload::replied()
{
    m_stall.stop();
    m_replied = true;
    m_ending.status = status();
    m_ending.contentType = m_reply->rawHeader("Content-Type");
    m_ending.retryAfter = parseRetryAfter(m_reply->rawHeader("Retry-After"));
    m_ending.error = m_reply->error();
    m_ending.errorText = m_reply->errorString();
    m_ending.sent = m_ending.sent || m_ending.status != 0;
    if (m_wire->isOwnOrigin(m_url))
        m_turn->heard(*m_reply);
    if (m_reply->isReadable() && !m_ending.cancelled && !m_ending.timedOut)
        read();
    else
        conclude();
}

void ArtifactDownload::conclude()
{
    if (const auto url = redirection()) {
        ++m_hops;
        m_ending.body.clear();
        dropReply();
        get(*url);
        return;
    }
    const bool file = isFile();
    const auto size = announcedSize();
    dropReply();
    const auto broken = interruption(m_ending);
    if (!file || broken) {
        auto envelope = classify(m_ending, m_wire->redactor);
        // Success, and yet no file.
        fail(envelope ? Error(HttpError{.status = m_ending.status,
                                        .contentType = QString::fromLatin1(m_ending.contentType),
                                        .excerpt = {}})
                      : envelope.error());
    } else if (size >= 0 && size != m_written) {
        fail(TransportError{.kind = TransportError::Kind::Lost, .message = u"the file was cut short"_s});
    } else if (auto* disk = qobject_cast<QFileDevice*>(m_target.data()); disk && !disk->flush()) {
        fail(StorageError{disk->errorString()}); // what was buffered did not fit any more
    } else {
        end(m_written);
    }
}

std::optional<QUrl> ArtifactDownload::redirection() const
{
    if (m_ending.cancelled || m_ending.timedOut || m_hops >= mostHops || m_ending.status < 301 ||
        m_ending.status > 308 || (m_ending.status > 303 && m_ending.status < 307))
        return {};
    const auto location = m_reply->rawHeader("Location");
    if (location.isEmpty())
        return {};
    const auto url = m_url.resolved(QUrl::fromEncoded(location));
    const bool secure = url.scheme() == "https"_L1;
    const bool here =
        url.scheme() == "http"_L1 && m_wire->endpoint.baseUrl.scheme() == "http"_L1 && isLoopback(url.host());
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty() || !(secure || here))
        return {};
    return url;
}

void ArtifactDownload::cancel()
{
    give(&Ending::cancelled);
}

void ArtifactDownload::give(bool Ending::* reason)
{
    if (m_ended)
        return;
    m_ending.*reason = true;
    if (m_reply && !m_replied)
        m_reply->abort();
    else
        fail(*interruption(m_ending));
}

void ArtifactDownload::fail(const Error& error)
{
    dropReply();
    m_turn.reset();
    m_wire->recover(m_ending);
    const bool ours = m_ending.cancelled || std::holds_alternative<StorageError>(error);
    if (m_written == 0 && !ours && !m_ended) {
        if (const auto wait = m_backoff.next(m_wire->retries, error, m_ending.retryAfter)) {
            m_pause.start(*wait);
            return;
        }
    }
    end(std::unexpected(m_wire->redactor.clean(error)));
}

void ArtifactDownload::dropReply()
{
    m_stall.stop();
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
    m_reply = nullptr;
}

void ArtifactDownload::end(std::expected<qint64, Error> result)
{
    if (m_ended)
        return;
    m_ended = true;
    m_pause.stop();
    m_turn.reset();
    m_result = std::move(result);
    qCInfo(wireLog).noquote() << "GET" << shortPath(m_first)
                              << (m_result ? u"file of %1 bytes"_s.arg(*m_result) : brief(m_result.error()))
                              << "in" << m_clock.elapsed() << "ms";
    QMetaObject::invokeMethod(
        this,
        [this] {
            deleteLater();
            Q_EMIT finished();
        },
        Qt::QueuedConnection);
}

} // namespace api
