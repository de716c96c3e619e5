// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/pacer.h"

#include <algorithm>

#include "api/headers.h"

namespace api {

using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr qint64 usualQuota = 1'200; // the limit of the service, if no header states it
constexpr seconds longestWait{300};  // the longest time for which the service blocks

} // namespace

Clock steadyClock()
{
    return [] {
        return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
    };
}

milliseconds Throttle::waitFor(milliseconds now)
{
    while (!m_left.empty() && m_left.front() <= now - seconds(1))
        m_left.pop_front();
    return m_left.size() < perSecond ? milliseconds(0) : m_left.front() + seconds(1) - now;
}

void Throttle::left(milliseconds now)
{
    m_left.push_back(now);
}

Pacer::Pacer(Clock clock, std::shared_ptr<Throttle> throttle)
    : m_clock(std::move(clock))
    , m_throttle(throttle ? std::move(throttle) : std::make_shared<Throttle>())
    , m_quota(usualQuota)
    , m_windowEnds(m_clock())
{
}

milliseconds Pacer::waitFor(Kind kind) const
{
    const auto now = m_clock();
    return std::max({milliseconds(0), m_blockedUntil - now, m_throttle->waitFor(now), windowWait(kind, now)});
}

milliseconds Pacer::windowWait(Kind kind, milliseconds now) const
{
    if (now >= m_windowEnds || m_remaining > m_quota / 10)
        return milliseconds(0);
    const auto rest = m_windowEnds - now;
    switch (kind) {
    case Kind::Post: return m_remaining > 0 ? milliseconds(0) : rest;
    case Kind::Get: break;
    }
    const auto reserve = std::max<qint64>(1, m_quota / 50);
    if (m_remaining <= reserve)
        return rest;
    return m_lastGet + rest / (m_remaining - reserve) - now;
}

void Pacer::left(Kind kind)
{
    const auto now = m_clock();
    m_throttle->left(now);
    ++m_outstanding;
    --m_remaining;
    if (kind == Kind::Get)
        m_lastGet = now;
}

void Pacer::ended()
{
    --m_outstanding;
}

void Pacer::heard(int status, const QByteArray& rateLimit, const QByteArray& policy,
                  std::optional<seconds> retryAfter)
{
    const auto now = m_clock();
    if (const auto quota = parameter(policy, 'q'); quota && *quota > 0)
        m_quota = *quota;
    const auto remaining = parameter(rateLimit, 'r');
    const auto rest = parameter(rateLimit, 't');
    if (remaining && rest) {
        m_remaining = *remaining - std::max<qint64>(0, m_outstanding - 1); // the service has not counted the
                                                                           // others yet
        m_windowEnds = now + seconds(std::min<qint64>(*rest, longestWait.count()));
    }
    if (status == 429)
        m_blockedUntil =
            std::max(m_blockedUntil, now + std::min(retryAfter.value_or(waitWithoutAdvice), longestWait));
}

} // namespace api
