// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace model {

/// \brief A small generator (splitmix64), the same on every machine.  Each event of a sequence has its own
/// generator, so that skipping one event does not change the others.
class Random {
public:
    explicit Random(quint64 seed, quint64 stream = 0)
        : m_state(seed * 0x9E3779B97F4A7C15U + stream * 0xD1B54A32D192ED03U)
    {
        (void)next();
    }

    quint64 next()
    {
        m_state += 0x9E3779B97F4A7C15U;
        auto z = m_state;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }
    /// Returns 0 to `count` - 1.
    int below(qsizetype count) { return int(next() % quint64(count)); }
    bool oneIn(int count) { return below(count) == 0; }
    qint64 between(qint64 least, qint64 most) { return least + qint64(next() % quint64(most - least + 1)); }

private:
    quint64 m_state;
};

} // namespace model
