// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/pacer.h"

#include <algorithm>

#include "api/envelope.h"

namespace api {

using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

/// The number of `;name=` in a structured header such as `"default";r=50;t=30`.
std::optional<qint64> parameter(const QByteArray& header, char name)
{
    for (const auto& part : header.split(';')) {
        const auto trimmed = part.trimmed();
        if (trimmed.size() > 2 && trimmed[0] == name && trimmed[1] == '=') {
            bool ok = false;
            const auto value = trimmed.mid(2).toLongLong(&ok);
            if (ok && value >= 0)
                return value;
        }
    }
    return std::nullopt;
}

} // namespace

Pacer::Pacer(Clock clock, QObject* parent)
    : QObject(parent)
    , m_clock(std::move(clock))
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Pacer::pump);
}

void Pacer::enqueue(Kind kind, QObject* context, std::function<void()> go)
{
    (kind == Kind::Post ? m_posts : m_gets).push_back({context, std::move(go)});
    m_timer.start(0);
}

void Pacer::ended()
{
    --m_outstanding;
    m_timer.start(0);
}

void Pacer::learn(int status, const QByteArray& rateLimit, const QByteArray& policy, const QByteArray& retry)
{
    const auto now = m_clock();
    if (const auto quota = parameter(policy, 'q'))
        m_quota = *quota;
    const auto remaining = parameter(rateLimit, 'r');
    const auto rest = parameter(rateLimit, 't');
    if (remaining && rest) {
        m_remaining = *remaining;
        m_windowEnds = now + seconds(std::min<qint64>(*rest, 3600));
    }
    if (status == 429) {
        const auto wait = retryAfter(retry).value_or(seconds(5));
        m_blockedUntil = now + wait;
        Q_EMIT slowed(wait);
        m_timer.start(wait);
    }
}

milliseconds Pacer::waitFor(Kind kind)
{
    const auto now = m_clock();
    if (m_blockedUntil) {
        if (now < *m_blockedUntil)
            return *m_blockedUntil - now;
        m_blockedUntil.reset();
        Q_EMIT slowed(seconds(0));
    }
    while (!m_started.empty() && m_started.front() <= now - seconds(1))
        m_started.pop_front();
    if (m_started.size() >= perSecondLimit)
        return m_started.front() + seconds(1) - now;
    if (m_quota > 0 && now < m_windowEnds) {
        const auto reserve = kind == Kind::Post ? 0 : m_quota / 10;
        if (m_remaining <= 0)
            return m_windowEnds - now;
        if (m_remaining <= reserve) {
            // The last tenth: GETs share the half of it, evenly over what is left of the window.
            const milliseconds gap((m_windowEnds - now).count() / std::max<qint64>(1, m_remaining / 2));
            return std::max(milliseconds(0), m_lastGet + gap - now);
        }
    }
    return milliseconds(0);
}

void Pacer::pump()
{
    while (m_outstanding < outstandingLimit) {
        const auto kind = m_posts.empty() ? Kind::Get : Kind::Post;
        auto& queue = kind == Kind::Post ? m_posts : m_gets;
        if (queue.empty())
            return;
        if (!queue.front().context) {
            queue.pop_front();
            continue;
        }
        if (const auto wait = waitFor(kind); wait > milliseconds(0)) {
            m_timer.start(wait);
            return;
        }
        const auto next = std::move(queue.front());
        queue.pop_front();
        ++m_outstanding;
        m_started.push_back(m_clock());
        if (kind == Kind::Get)
            m_lastGet = m_clock();
        --m_remaining;
        next.go();
    }
}

} // namespace api
