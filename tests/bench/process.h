// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>

#include <QFile>

namespace bench {

/// Milliseconds since an arbitrary time, with fraction.
inline double now()
{
    const auto time = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration<double, std::milli>(time).count();
}

/// The time at which the start of this process was requested: `BENCH_BORN`, on the same scale.
inline double bornMs()
{
    return qgetenv("BENCH_BORN").toDouble();
}

/// The memory of this process, in MiB.
inline double memory()
{
    QFile file(QStringLiteral("/proc/self/smaps_rollup"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("there is no smaps_rollup");
    const auto lines = file.readAll().split('\n');
    for (const auto& line : lines) {
        if (line.startsWith("Pss:"))
            return line.mid(4).trimmed().split(' ').first().toDouble() / 1024;
    }
    qFatal("there is no Pss");
}

} // namespace bench
