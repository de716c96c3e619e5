// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <string>

namespace sandbox {

/// \brief The service's two rate limits: requests of a key in a window of five minutes, and requests of an
/// address in one second.
class Limits {
public:
    using Time = std::chrono::milliseconds; ///< from a steady clock

    explicit Limits(int perWindow);

    struct Verdict {
        bool allowed = true;
        long remaining = 0;         ///< in the window
        long resetSeconds = 0;      ///< until the window ends
        long retryAfterSeconds = 0; ///< if not allowed
    };

    [[nodiscard]] Verdict request(const std::string& key, Time now);

    [[nodiscard]] int perWindow() const { return m_perWindow; }
    [[nodiscard]] size_t busiestSecond() const { return m_busiest; }
    [[nodiscard]] int refused() const { return m_refused; }

private:
    struct Window {
        Time begun{0};
        int used = 0;
    };

    int m_perWindow;
    std::map<std::string, Window> m_windows;
    std::deque<Time> m_lastSecond;
    size_t m_busiest = 0;
    int m_refused = 0;
};

} // namespace sandbox
