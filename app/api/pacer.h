// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>

#include <QByteArray>

namespace api {

using Clock = std::function<std::chrono::milliseconds()>; ///< monotonic

[[nodiscard]] Clock steadyClock();

/// \brief Rate limiter for all requests from one IP address.  Stays below the limit of 200 requests a second
/// at which the service blocks.  The process has one instance, which is passed to each pacer.
class Throttle {
public:
    /// 200 minus 6: six outstanding requests may arrive within the next second.
    static constexpr std::size_t perSecond = 194;

    [[nodiscard]] std::chrono::milliseconds waitFor(std::chrono::milliseconds now);
    void left(std::chrono::milliseconds now);

private:
    std::deque<std::chrono::milliseconds> m_left; ///< send times within the last second
};

/// \brief Rate limiter for the requests of one base URL and credential.
///
/// Obeys the limits in `Ratelimit`, `Ratelimit-Policy` and `Retry-After` before the service blocks.  GETs in
/// the last tenth of a window are spread over its remaining time; a part of that tenth is reserved for
/// POSTs, because an operator waits for them.  Shared by the clients of one credential; not thread-safe.
class Pacer {
public:
    static constexpr std::chrono::seconds waitWithoutAdvice{5}; ///< after a 429 without Retry-After
    enum class Kind { Post, Get };

    explicit Pacer(Clock clock = steadyClock(), std::shared_ptr<Throttle> throttle = nullptr);

    /// How long the next request of this kind must wait; zero: it may be sent now.
    [[nodiscard]] std::chrono::milliseconds waitFor(Kind kind) const;
    void left(Kind kind);
    void ended();
    /// Evaluates the headers of a reply.  Call it before `ended` for that request.
    void heard(int status, const QByteArray& rateLimit, const QByteArray& policy,
               std::optional<std::chrono::seconds> retryAfter);

private:
    [[nodiscard]] std::chrono::milliseconds windowWait(Kind kind, std::chrono::milliseconds now) const;

    Clock m_clock;
    std::shared_ptr<Throttle> m_throttle;
    qint64 m_outstanding = 0;
    std::chrono::milliseconds m_blockedUntil{0};
    std::chrono::milliseconds m_lastGet{0};
    qint64 m_quota;                         ///< requests in one window
    qint64 m_remaining = 0;                 ///< in this window, after subtracting outstanding requests
    std::chrono::milliseconds m_windowEnds; ///< in the past if no window is known
};

} // namespace api
