// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/exchange.h"

#include <QNetworkAccessManager>

#include "api/body.h"
#include "api/headers.h"
#include "api/trace.h"

namespace api {

namespace {

constexpr qint64 largestReply =
    32 << 20; ///< a page of 50 rows is some 20 KiB; a larger reply is not from the service

} // namespace

Exchange::Exchange(std::shared_ptr<Wire> wire, const QUrl& url, std::optional<QByteArray> body)
    : m_wire(std::move(wire))
    , m_url(url)
    , m_bytes(std::move(body))
    , m_turn(m_wire->gate.enter(m_bytes ? Turn::Kind::Post : Turn::Kind::Get))
{
    m_ending.sent = false;
    m_deadline.setSingleShot(true);
    connect(m_turn.get(), &Turn::come, this, &Exchange::leave);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        const auto& deadlines = m_wire->deadlines;
        if (deadlines.mayEnd && !deadlines.mayEnd(m_url))
            m_deadline.start(deadlines.request);
        else
            give(&Ending::timedOut);
    });
}

Exchange::~Exchange()
{
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
}

void Exchange::leave()
{
    auto request = m_wire->request(m_url, true, m_wire->speaksHttp2);
    if (m_bytes) {
        request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
        request.setHeader(QNetworkRequest::ContentLengthHeader, m_bytes->size());
        request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        m_body = new Body(*std::move(m_bytes));
        m_reply = m_wire->network->post(request, m_body);
        m_body->setParent(m_reply); // the reply reads from it during its whole lifetime
    } else {
        m_reply = m_wire->network->get(request);
    }
    m_wire->watch(*m_reply, m_ending, *this);
    connect(m_reply, &QNetworkReply::requestSent, this, [this] { m_ending.sent = true; });
    connect(m_reply, &QNetworkReply::finished, this, &Exchange::replied);
    connect(m_reply, &QNetworkReply::readyRead, this, [this] {
        if (m_reply->bytesAvailable() > largestReply)
            give(&Ending::tooLarge);
    });
    m_clock.start();
    m_deadline.start(m_wire->deadlines.request);
}

void Exchange::cancel()
{
    give(&Ending::cancelled);
}

/// Aborts the exchange.  The reason is stored first, because abort() finishes the reply synchronously.
void Exchange::give(bool Ending::* reason)
{
    if (m_ended)
        return;
    m_ending.*reason = true;
    if (m_reply)
        m_reply->abort();
    else
        end();
}

void Exchange::replied()
{
    if (m_ended)
        return;
    m_ending.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    m_ending.contentType = m_reply->rawHeader("Content-Type");
    m_ending.retryAfter = parseRetryAfter(m_reply->rawHeader("Retry-After"));
    m_ending.error = m_reply->error();
    m_ending.errorText = m_reply->errorString();
    m_ending.body = m_reply->isReadable() ? m_reply->readAll() : QByteArray();
    // requestSent alone is not sufficient: not every protocol emits it, and it may still be queued from Qt's
    // thread.
    m_ending.sent = m_ending.sent || m_ending.status != 0 || (m_body && m_body->wasRead()) ||
                    m_ending.error == QNetworkReply::ContentReSendError;
    learn();
    m_reply->deleteLater();
    m_reply = nullptr;
    end();
}

void Exchange::learn()
{
    m_turn->heard(*m_reply);
    m_wire->date = parseDate(m_reply->rawHeader("Date"));
    const auto broken = interruption(m_ending);
    const auto* transport = broken ? std::get_if<TransportError>(&*broken) : nullptr;
    using Kind = TransportError::Kind;
    if (transport && (transport->kind == Kind::Lost || transport->kind == Kind::TimedOut))
        m_wire->speaksHttp2 = false;
}

void Exchange::end()
{
    m_ended = true;
    m_deadline.stop();
    if (m_clock.isValid())
        trace(m_bytes ? "POST" : "GET", m_url, m_ending, std::chrono::milliseconds(m_clock.elapsed()));
    m_turn.reset();
    m_wire->recover(m_ending);
    QMetaObject::invokeMethod(this, &Exchange::finished, Qt::QueuedConnection);
}

} // namespace api
