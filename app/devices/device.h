// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <tuple>

#include <QDateTime>
#include <QHashFunctions>
#include <QMap>
#include <QString>

namespace api {
struct DeviceRow;
}

namespace devices {

/// \brief What makes a row the same row after any refresh: a device, one registration on it, its user.
struct Key {
    QString deviceId;
    QString registrationId; ///< empty where the service names none
    QString email;

    bool operator==(const Key&) const = default;
    bool operator<(const Key& other) const
    {
        return std::tie(deviceId, registrationId, email) <
               std::tie(other.deviceId, other.registrationId, other.email);
    }
};

[[nodiscard]] size_t qHash(const Key& key, size_t seed = 0) noexcept;

/// Where the program knows a device from.
enum class Standing {
    Listed,     ///< the service lists it
    Remembered, ///< it did the last time, and is being asked
    NotSeen     ///< a list or a tick names it, the service does not
};

/// \brief One user's registration on one device.  Texts come from end users' machines: untrusted.
struct Device {
    QString deviceId;
    QString registrationId;
    QString email;
    QString name;
    QString platform; ///< the service's word: `windows`, `mac`, `linux`, in any case
    QString status;   ///< the service's word: `connected`, `disconnected`, …
    QString version;
    std::optional<QDateTime> lastSeen; ///< UTC
    bool eligible = true;
    QString ineligibleReason;
    Standing standing = Standing::Listed;

    [[nodiscard]] Key key() const { return {deviceId, registrationId, email}; }
    [[nodiscard]] bool isWindows() const;
    [[nodiscard]] bool isConnected() const;
    /// Why no capture can run on it, as a short phrase for the operator; empty where one can.
    [[nodiscard]] QString obstacle() const;
    /// The same as a name without a language, or in the service's own words; empty where one can.
    [[nodiscard]] QString obstacleName() const;
    /// A run may name it: a capture runs on it, or waits until the service lists it.
    [[nodiscard]] bool canBeTicked() const;

    bool operator==(const Device&) const = default;
};

/// \brief One line of a saved list: enough to find the device again, and to recognise it when it is offline.
/// Without a device ID it waits by its name, or by its user.
struct Entry {
    Key key;
    QString name;
    QString platform;
    QMap<QString, QString> other = {}; ///< what columns of other people's say, by their headings
    bool operator==(const Entry&) const = default;
};

/// What `obstacleName` means, for the operator.
[[nodiscard]] QString obstacleText(const QString& name);

[[nodiscard]] Entry entryOf(const Device& device);

/// A computer's name as names are compared (see `comparable`): without the domain before it (`CONTOSO\PC-3`),
/// without the slashes of a share (`\\PC-5`), and without a trailing `$`.
[[nodiscard]] QString hostName(const QString& name);
/// Without its domain: `ana-lt-04.corp.example` is `ana-lt-04`.
[[nodiscard]] QString shortHostName(const QString& hostName);

[[nodiscard]] Device fromRow(const api::DeviceRow& row);

} // namespace devices
