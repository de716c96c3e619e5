// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QJsonObject>
#include <QString>

namespace sandbox {

/// \brief A command and its fate, which is settled when it is created; its status follows from the clock.
struct Command {
    QString id;
    QString type;
    QString deviceId;
    QString registrationId;
    QString userEmail;
    QJsonObject args;
    QDateTime created;
    double scale = 1;    ///< how much faster than the clock its time goes
    double seconds = 60; ///< on the device, in its own time
    double uploadSeconds = 10;
    bool fails = false;
    bool empty = false;     ///< succeeds without a file
    bool urlName = false;   ///< its filename is written as a URL
    bool partial = false;   ///< one interface of the capture failed
    bool oddStatus = false; ///< where the fault is on, its status is one that no client knows

    /// A number of its own for whatever is made up for it.
    [[nodiscard]] quint64 seed() const { return id.left(8).toULongLong(nullptr, 16); }
};

} // namespace sandbox
