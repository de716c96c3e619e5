// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <optional>

#include <QByteArray>
#include <QObject>
#include <QPointer>
#include <QTimer>

namespace api {

/// \brief When the next request may go.
///
/// At most 6 are outstanding (Qt has 6 connections to a host, and its queue behind them is out of our sight), fewer than
/// 200 start in any second, and what the service says of its limits in `Ratelimit`, `Ratelimit-Policy` and `Retry-After`
/// is obeyed before it blocks.  A POST goes first, and a tenth of the budget is kept for it.
class Pacer : public QObject {
    Q_OBJECT

public:
    enum class Kind { Post, Get };
    using Clock = std::function<std::chrono::milliseconds()>; ///< monotonic

    static constexpr int outstandingLimit = 6;
    static constexpr int perSecondLimit = 190; ///< the service blocks an address above 200

    explicit Pacer(Clock clock, QObject* parent = nullptr);

    /// Calls `go` when the request may start, from the event loop, unless `context` is gone by then.
    void enqueue(Kind kind, QObject* context, std::function<void()> go);
    /// One that was started has ended.
    void ended();
    /// What a reply said.
    void learn(int status, const QByteArray& rateLimit, const QByteArray& policy, const QByteArray& retryAfter);

Q_SIGNALS:
    /// The service makes requests wait; zero: they flow again.
    void slowed(std::chrono::seconds forHowLong);

private:
    struct Waiting {
        QPointer<QObject> context;
        std::function<void()> go;
    };

    void pump();
    /// How long the next of this kind has to wait.
    [[nodiscard]] std::chrono::milliseconds waitFor(Kind kind);

    Clock m_clock;
    QTimer m_timer;
    std::deque<Waiting> m_posts;
    std::deque<Waiting> m_gets;
    int m_outstanding = 0;
    std::deque<std::chrono::milliseconds> m_started; ///< of the last second
    std::optional<std::chrono::milliseconds> m_blockedUntil;
    std::chrono::milliseconds m_lastGet{0};
    qint64 m_quota = 0;     ///< of the window, 0 while unknown
    qint64 m_remaining = 0; ///< in the window
    std::chrono::milliseconds m_windowEnds{0};
};

} // namespace api
