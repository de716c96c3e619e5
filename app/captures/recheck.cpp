// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/recheck.h"

#include <algorithm>

namespace captures {

using connections::Act;

Recheck::Recheck(std::chrono::milliseconds first, std::chrono::milliseconds longest, QObject* parent)
    : QObject(parent)
    , m_first(first)
    , m_longest(longest)
    , m_pause(first)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_pause = std::min(m_longest, m_pause * 2);
        Q_EMIT due(m_failing);
    });
}

void Recheck::failed(Act act, const api::Error& error)
{
    if (!connections::healsByItself(error)) {
        healed(act); // no retry: somebody has to change something first
        return;
    }
    m_failing.insert(act);
    if (!m_timer.isActive())
        m_timer.start(m_pause);
}

void Recheck::healed(Act act)
{
    m_failing.remove(act);
    if (!m_failing.isEmpty())
        return;
    m_timer.stop();
    m_pause = m_first;
}

} // namespace captures
