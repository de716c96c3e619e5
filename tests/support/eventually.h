// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <utility>

#include <QSignalSpy>
#include <QTest>
#include <QTimer>

/// \file
/// How tests wait: for a condition, and never for a duration.  There is one limit, for a test that would
/// otherwise wait forever; no machine is so slow that it reaches it.

namespace support {

inline constexpr int ceilingMs = 300'000;

/// Waits until the condition holds; false after `ceilingMs`.
template<class Condition>
[[nodiscard]] bool eventually(Condition condition)
{
    return QTest::qWaitFor(std::move(condition), ceilingMs);
}

/// Waits for the next emission, which has not happened yet; false after `ceilingMs`.
[[nodiscard]] inline bool nextSignal(QSignalSpy& spy)
{
    return spy.wait(ceilingMs);
}

/// Returns once a timer of this thread has fired so many times: whatever was due in that time has happened.
/// For checks that something does not happen; a slow machine only makes them longer.
inline void letTimersRun(std::chrono::milliseconds interval, int times)
{
    QTimer timer;
    int fired = 0;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&fired] { ++fired; });
    timer.start(interval);
    if (!eventually([&] { return fired >= times; }))
        qFatal("timers do not fire");
}

/// Qt Test ends a program in which one test function takes longer than five minutes.
inline const bool isPatient = [] {
    constexpr auto name = "QTEST_FUNCTION_TIMEOUT";
    return qEnvironmentVariableIsSet(name) || qputenv(name, QByteArrayLiteral("3000000"));
}();

} // namespace support

/// As QTRY_VERIFY and QTRY_COMPARE, whose own limit is five seconds.
#define EVENTUALLY(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, support::ceilingMs)
#define EVENTUALLY2(condition, message) QTRY_VERIFY2_WITH_TIMEOUT(condition, message, support::ceilingMs)
#define EVENTUALLY_COMPARE(actual, expected) QTRY_COMPARE_WITH_TIMEOUT(actual, expected, support::ceilingMs)
