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
constexpr qint64 writeBacklog = 4 << 20; ///< limit for a target that buffers, such as a socket
constexpr qint64 headway = 1 << 20;      ///< an attempt that received this much resets the backoff
constexpr int mostHops = 5;

/// After a short write the error is known only after the next attempt to write.
bool writeAll(QIODevice& target, QByteArrayView bytes)
{
    for (qint64 done = 0; done < bytes.size();) {
        const auto count = target.write(bytes.data() + done, bytes.size() - done);
        if (count <= 0)
            return false;
        done += count;
    }
    return true;
}

/// Whether the file may be at the other address instead.
bool isNotThere(const Error& error)
{
    int status = 0;
    if (const auto* service = std::get_if<ServiceError>(&error))
        status = service->status;
    else if (const auto* http = std::get_if<HttpError>(&error))
        status = http->status;
    return status == 400 || status == 404 || status == 405 || status == 410;
}

} // namespace

ArtifactDownload::ArtifactDownload(std::shared_ptr<Wire> wire, const DownloadArtifact& request,
                                   QIODevice* target, QObject* parent)
    : Download(parent)
    , m_wire(std::move(wire))
    , m_target(target)
{
    for (const auto& path : request.paths(m_wire->endpoint.accountId))
        m_addresses << m_wire->url(path, {});
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
    m_writtenBefore = m_written;
    m_turn = m_wire->gate.enter(Turn::Kind::Download);
    connect(m_turn.get(), &Turn::come, this, [this] { get(m_addresses.first()); });
}

void ArtifactDownload::get(const QUrl& url)
{
    m_url = url;
    m_replied = false;
    m_role = Role::Unknown;
    m_part.reset();
    m_received = m_skip = 0;
    m_hasCredentials = m_hasCredentials && m_wire->isOwnOrigin(url);
    auto request = m_wire->request(url, m_hasCredentials, false);
    request.setRawHeader("Accept", "application/zip, application/octet-stream, application/json");
    // A zip is compressed already.  The header also prevents Qt from decoding the body, which would hide its
    // length.
    request.setRawHeader("Accept-Encoding", "identity");
    if (m_written > 0) {
        request.setRawHeader("Range", "bytes=" + QByteArray::number(m_written) + '-');
        if (!m_version.isEmpty())
            request.setRawHeader("If-Range", m_version);
    }
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

/// The validator: a strong entity tag, otherwise the time of the last change.  A weak tag does not guarantee
/// identical bytes.
QByteArray ArtifactDownload::version() const
{
    const auto tag = m_reply->rawHeader("ETag").trimmed();
    if (!tag.isEmpty())
        return tag.startsWith('"') ? tag : QByteArray();
    return m_reply->rawHeader("Last-Modified").trimmed();
}

qint64 ArtifactDownload::announcedSize() const
{
    bool ok = false;
    const auto size = m_reply->rawHeader("Content-Length").trimmed().toLongLong(&ok);
    return ok && size >= 0 ? size : -1;
}

ArtifactDownload::Role ArtifactDownload::roleOf() const
{
    const auto code = status();
    if (code == 416 && m_written > 0) // the file is shorter than what was written: it is a different file
        return Role::WrongPart;
    if (code != 200 && code != 203 && code != 206)
        return Role::Refusal;
    const auto coding = m_reply->rawHeader("Content-Encoding");
    if (!Payload::reads(coding))
        return Role::UnreadCoding;
    const bool isCoded = Payload(coding).isCoded();
    if (code != 206) // the server may not support ranges; then the bytes that are already written are
                     // skipped
        return m_written == 0 || (!isCoded && !m_version.isEmpty() && version() == m_version)
                   ? Role::File
                   : Role::WrongPart;
    if (!m_part) // a 206 without a range counts as the whole file; the first bytes and the last record are
                 // checked later
        return m_written == 0 && !m_reply->hasRawHeader("Content-Range") ? Role::File : Role::WrongPart;
    const auto now = version();
    const bool same = m_version.isEmpty() || now.isEmpty() || now == m_version;
    const bool fits =
        m_part->first == m_written && (m_total < 0 || !m_part->total || *m_part->total == m_total);
    return fits && same && (!isCoded || m_part->isAll()) ? Role::File : Role::WrongPart;
}

/// Determines the role of the reply from its headers.
void ArtifactDownload::judge()
{
    if (m_role != Role::Unknown)
        return;
    if (status() == 206)
        m_part = parseContentRange(m_reply->rawHeader("Content-Range"));
    m_role = roleOf();
    if (m_role != Role::File)
        return;
    if (m_written > 0) {
        m_skip = status() == 206 ? 0 : m_written;
        return;
    }
    m_payload = std::make_unique<Payload>(m_reply->rawHeader("Content-Encoding"));
    m_version = version();
    if (m_part)
        m_total = m_part->total.value_or(-1);
    else
        m_total = m_payload->isCoded() ? -1 : announcedSize();
}

void ArtifactDownload::read()
{
    if (m_ended || !m_reply)
        return;
    judge();
    if (m_role == Role::File) {
        receive();
    } else if (m_ending.body.size() < Payload::mostKept) {
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

void ArtifactDownload::receive()
{
    while (m_reply->bytesAvailable() > 0) {
        if (!m_target) {
            fail(StorageError{u"what it was written to has gone"_s});
            return;
        }
        if (m_target->bytesToWrite() > writeBacklog) {
            m_stall.stop(); // the pause is ours, not the server's
            m_holdsBack = true;
            return;
        }
        const auto bytes = m_reply->read(chunk);
        if (bytes.isEmpty())
            return;
        m_received += bytes.size();
        const auto known = std::min<qint64>(m_skip, bytes.size());
        m_skip -= known;
        if (!m_payload->feed(QByteArrayView(bytes).sliced(known),
                             [this](QByteArrayView out) { return store(out); })) {
            fail(StorageError{m_writeProblem});
            return;
        }
        if (m_payload->isDamaged()) { // the rest is useless
            fail(TransportError{.kind = TransportError::Kind::Lost, .message = u"the coding is damaged"_s});
            return;
        }
        if (m_payload->kind() != Payload::Kind::Archive)
            continue;
        if (m_payload->isCoded())
            Q_EMIT progress(m_received, announcedSize());
        else
            Q_EMIT progress(m_written, m_total);
        if (m_ended || !m_reply)
            return; // a slot cancelled the download
    }
}

bool ArtifactDownload::store(QByteArrayView bytes)
{
    if (!writeAll(*m_target, bytes)) {
        m_writeProblem = m_target->errorString();
        return false;
    }
    m_written += bytes.size();
    return true;
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
    judge();
    if (m_role == Role::File && m_payload)
        m_payload->finish();
    if (const auto broken = interruption(m_ending)) {
        fail(*broken);
    } else if (m_role == Role::File && m_payload->kind() == Payload::Kind::Archive) {
        concludeFile();
    } else {
        fail(unlike());
    }
}

/// Handles a complete reply that contains the file or a part of it.
void ArtifactDownload::concludeFile()
{
    const auto size = announcedSize();
    const bool isChunked = m_reply->rawHeader("Transfer-Encoding").toLower().contains("chunked");
    const bool isBounded = size >= 0 || isChunked || (m_payload->isCoded() && m_payload->isCodingWhole());
    const bool isShort = (size >= 0 && size != m_received) || !m_payload->isCodingWhole() || m_skip > 0;
    const bool isPart = !m_payload->isCoded() && m_total >= 0 && m_written < m_total;
    const bool isLonger = !m_payload->isCoded() && m_total >= 0 && m_written > m_total;
    // Only the zip's last record shows whether the file is complete.
    const bool isOpen = !isBounded || (status() == 206 && !m_part) || (m_part && !m_part->total);
    if (isPart && !isShort && m_received > 0 && status() == 206) {
        dropReply();
        m_turn.reset();
        attempt(); // requests the rest
        return;
    }
    dropReply();
    if (isShort || isPart || isLonger || (isOpen && !m_payload->endsAsArchive())) {
        fail(TransportError{.kind = TransportError::Kind::Lost, .message = u"the file was cut short"_s});
    } else if (auto* disk = qobject_cast<QFileDevice*>(m_target.data()); disk && !disk->flush()) {
        fail(StorageError{disk->errorString()}); // the buffered data did not fit on the disk
    } else {
        end(m_written);
    }
}

/// The error for a reply that is not the file.
Error ArtifactDownload::unlike() const
{
    auto ending = m_ending;
    if (m_role == Role::File)
        ending.body = m_payload->kept();
    auto error = foreign(ending, m_wire->redactor);
    if (m_role == Role::WrongPart) {
        error.content = Content::Part;
    } else if (m_role == Role::UnreadCoding) {
        error.content = Content::Coded;
        error.excerpt = QString::fromLatin1(m_reply->rawHeader("Content-Encoding"));
    } else {
        // A refusal counts as one, whatever its content type.
        if (ending.body.trimmed().startsWith('{'))
            ending.contentType = "application/json";
        auto envelope = classify(ending, m_wire->redactor);
        const bool isService = !envelope && !std::holds_alternative<HttpError>(envelope.error());
        if (isService &&
            (isJson(m_ending.contentType) || std::holds_alternative<ServiceError>(envelope.error())))
            return envelope.error();
    }
    return error;
}

bool ArtifactDownload::canResume() const
{
    return !m_version.isEmpty() && m_payload && !m_payload->isCoded() &&
           m_payload->kind() == Payload::Kind::Archive;
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

bool ArtifactDownload::triesNextAddress(const Error& error)
{
    if (m_written > 0 || m_addresses.size() < 2 || !isNotThere(error))
        return false;
    m_firstRefusal = error;
    m_addresses.removeFirst();
    m_backoff = {};
    return true;
}

void ArtifactDownload::fail(const Error& error)
{
    dropReply();
    m_turn.reset();
    m_wire->recover(m_ending);
    const bool ours = m_ending.cancelled || std::holds_alternative<StorageError>(error);
    if (!ours && !m_ended) {
        if (triesNextAddress(error)) {
            attempt();
            return;
        }
        if (m_written - m_writtenBefore >= headway)
            m_backoff = {};
        if (m_written == 0 || canResume()) {
            if (const auto wait = m_backoff.next(m_wire->retries, error, m_ending.retryAfter)) {
                m_pause.start(*wait);
                return;
            }
        }
    }
    const bool isNowhere = m_firstRefusal && isNotThere(error);
    end(std::unexpected(m_wire->redactor.clean(isNowhere ? *m_firstRefusal : error)));
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
    qCInfo(wireLog).noquote() << "GET" << shortPath(m_addresses.first())
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
