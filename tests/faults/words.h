// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace faults {

// What the operator reads about a capture, and about a failure.

inline const QString waiting = QStringLiteral("Waiting its turn");
inline const QString sending = QStringLiteral("Sending");
inline const QString checking = QStringLiteral("Checking");
inline const QString onDevice = QStringLiteral("On the device");
inline const QString notStarted = QStringLiteral("Not started");

inline const QString broke = QStringLiteral("The connection to the service broke.");
inline const QString late = QStringLiteral("The service did not answer in time.");
inline const QString unreadable =
    QStringLiteral("The service answered something that this program cannot read.");
inline const QString between =
    QStringLiteral("Something between here and the service answered instead of it.");
inline const QString own = QStringLiteral("The service has a problem of its own.");

} // namespace faults
