// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <functional>
#include <mutex>

#include <QDateTime>

namespace sandbox {

/// \brief A point in time: `utc` for records, `steady` for rate limits and delays.
struct Moment {
    QDateTime utc;
    std::chrono::milliseconds steady{0}; ///< monotonic

    bool operator==(const Moment&) const = default;
};

/// Thread-safe.
using Clock = std::function<Moment()>;

[[nodiscard]] Clock systemClock();

/// \brief A clock that advances only when a test advances it. Thread-safe.
class ManualClock {
public:
    explicit ManualClock(const QDateTime& start);

    [[nodiscard]] Moment now() const;
    void advance(std::chrono::milliseconds time); ///< \pre `time >= 0`

private:
    mutable std::mutex m_mutex;
    Moment m_now;
};

} // namespace sandbox
