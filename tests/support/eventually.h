// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <utility>

#include <QSignalSpy>
#include <QTest>
#include <QTimer>

/// \file
/// Tests wait for a condition, never for a duration.  There is one timeout, for a test that would otherwise
/// wait forever; no machine is slow enough to reach it.

namespace support {

inline constexpr int ceilingMs = 300'000;

/// Waits until the condition holds.  Returns false after `ceilingMs`.
template<class Condition>
[[nodiscard]] bool eventually(Condition condition)
{
    return QTest::qWaitFor(std::move(condition), ceilingMs);
}

/// Waits for the next emission, not counting earlier ones.  Returns false after `ceilingMs`.
[[nodiscard]] inline bool nextSignal(QSignalSpy& spy)
{
    return spy.wait(ceilingMs);
}

/// Returns after a timer of this thread has fired `times` times, so that everything due by then has happened.
/// For checks that something does not happen; a slow machine only makes them take longer.
inline void letTimersRun(std::chrono::milliseconds interval, int times)
{
    QTimer timer;
    int fired = 0;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&fired] { ++fired; });
    timer.start(interval);
    if (!eventually([&] { return fired >= times; }))
        qFatal("timers do not fire");
}

/// Qt Test aborts a program when one test function takes longer than five minutes.
inline const bool isPatient = [] {
    constexpr auto name = "QTEST_FUNCTION_TIMEOUT";
    return qEnvironmentVariableIsSet(name) || qputenv(name, QByteArrayLiteral("3000000"));
}();

} // namespace support

/// QTRY_VERIFY and QTRY_COMPARE with `ceilingMs` in place of their timeout of five seconds.
#define EVENTUALLY(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, support::ceilingMs)
#define EVENTUALLY2(condition, message) QTRY_VERIFY2_WITH_TIMEOUT(condition, message, support::ceilingMs)
#define EVENTUALLY_COMPARE(actual, expected) QTRY_COMPARE_WITH_TIMEOUT(actual, expected, support::ceilingMs)
