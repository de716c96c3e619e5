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

/// \brief Keeps everything that one address sends below what the service blocks, 200 requests in a second.
/// One for the process, handed to each pacer.
class Throttle {
public:
    /// 200 a second are allowed; six requests on their way may arrive within the next second.
    static constexpr std::size_t perSecond = 194;

    [[nodiscard]] std::chrono::milliseconds waitFor(std::chrono::milliseconds now);
    void left(std::chrono::milliseconds now);

private:
    std::deque<std::chrono::milliseconds> m_left; ///< within the last second
};

/// \brief When the next request of one base URL and credential may go.
///
/// What the service says of its limits in `Ratelimit`, `Ratelimit-Policy` and `Retry-After` is obeyed before
/// it blocks: the last tenth of a window is spread over the time that is left of it, and of that a part is
/// kept for POSTs, which an operator waits for.  Shared by the clients of one credential; to be used from one
/// thread.
class Pacer {
public:
    static constexpr std::chrono::seconds waitWithoutAdvice{5}; ///< after a 429 without Retry-After
    enum class Kind { Post, Get };

    explicit Pacer(Clock clock = steadyClock(), std::shared_ptr<Throttle> throttle = nullptr);

    /// How long the next of this kind has to wait; zero: it may go now.
    [[nodiscard]] std::chrono::milliseconds waitFor(Kind kind) const;
    void left(Kind kind);
    void ended();
    /// What the reply to one that has not ended yet said.
    void heard(int status, const QByteArray& rateLimit, const QByteArray& policy,
               std::optional<std::chrono::seconds> retryAfter);

private:
    [[nodiscard]] std::chrono::milliseconds windowWait(Kind kind, std::chrono::milliseconds now) const;

    Clock m_clock;
    std::shared_ptr<Throttle> m_throttle;
    qint64 m_outstanding = 0;
    std::chrono::milliseconds m_blockedUntil{0};
    std::chrono::milliseconds m_lastGet{0};
    qint64 m_quota;                         ///< of a window
    qint64 m_remaining = 0;                 ///< in the window, less what is on its way
    std::chrono::milliseconds m_windowEnds; ///< in the past while no window is known
};

} // namespace api
