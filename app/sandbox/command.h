// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QJsonObject>
#include <QString>

namespace sandbox {

/// \brief A command with its outcome, which is decided at its creation; its status follows from the clock.
struct Command {
    QString id;
    QString type;
    QString deviceId;
    QString registrationId;
    QString userEmail;
    QJsonObject args;
    QDateTime created;
    double scale = 1;    ///< time scale: command seconds for each second of the clock
    double seconds = 60; ///< duration on the device, in command seconds
    double uploadSeconds = 10;
    bool fails = false;
    bool empty = false;     ///< succeeds without a file
    bool urlName = false;   ///< its filename is listed as a URL
    bool partial = false;   ///< one interface of the capture failed
    bool oddStatus = false; ///< with the fault "unknown-status", has a status that no client knows

    /// Seed of the random content that is generated for the command.
    [[nodiscard]] quint64 seed() const { return id.left(8).toULongLong(nullptr, 16); }
};

} // namespace sandbox
