// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sandbox/clock.h"

namespace sandbox {

using std::chrono::milliseconds;

Clock systemClock()
{
    return [] {
        const auto steady = std::chrono::steady_clock::now().time_since_epoch();
        return Moment{.utc = QDateTime::currentDateTimeUtc(),
                      .steady = std::chrono::duration_cast<milliseconds>(steady)};
    };
}

ManualClock::ManualClock(const QDateTime& start)
    : m_now{.utc = start.toUTC(), .steady = std::chrono::hours(1)}
{
}

Moment ManualClock::now() const
{
    const std::lock_guard lock(m_mutex);
    return m_now;
}

void ManualClock::advance(milliseconds time)
{
    Q_ASSERT(time.count() >= 0);
    const std::lock_guard lock(m_mutex);
    m_now.utc = m_now.utc.addMSecs(time.count());
    m_now.steady += time;
}

} // namespace sandbox
