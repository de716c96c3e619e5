// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <functional>
#include <mutex>

#include <QDateTime>

namespace sandbox {

/// \brief A point in time: for what the account records, and for what its limits count.
struct Moment {
    QDateTime utc;
    std::chrono::milliseconds steady{0}; ///< never goes back

    bool operator==(const Moment&) const = default;
};

/// Called by any thread.
using Clock = std::function<Moment()>;

[[nodiscard]] Clock systemClock();

/// \brief A clock that stands still until a test moves it.  Thread-safe.
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
