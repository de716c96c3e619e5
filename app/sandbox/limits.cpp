// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sandbox/limits.h"

#include <algorithm>

namespace sandbox {

using std::chrono::seconds;

namespace {

constexpr seconds windowLength{300};
constexpr size_t perSecond = 200;

} // namespace

Limits::Limits(int perWindow)
    : m_perWindow(perWindow)
{
}

Limits::Verdict Limits::request(const std::string& key, Time now)
{
    while (!m_lastSecond.empty() && m_lastSecond.front() <= now - seconds(1))
        m_lastSecond.pop_front();
    m_lastSecond.push_back(now);
    m_busiest = std::max(m_busiest, m_lastSecond.size());

    auto& window = m_windows.try_emplace(key, Window{.begun = now}).first->second;
    if (now - window.begun >= windowLength)
        window = {.begun = now};
    ++window.used;
    const auto rest = std::chrono::ceil<seconds>(window.begun + windowLength - now).count();
    Verdict verdict{.allowed = true,
                    .remaining = std::max(0, m_perWindow - window.used),
                    .resetSeconds = rest,
                    .retryAfterSeconds = 0};
    if (m_perWindow > 0 && (window.used > m_perWindow || m_lastSecond.size() > perSecond)) {
        ++m_refused;
        window.used =
            std::max(window.used, m_perWindow + 1); // above either limit, block until the window ends
        verdict.allowed = false;
        verdict.remaining = 0;
        verdict.retryAfterSeconds = rest;
    }
    return verdict;
}

} // namespace sandbox
