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

/// \brief Identity of a row across refreshes: a device, one registration on it, and its user.
struct Key {
    QString deviceId;
    QString registrationId; ///< empty if the service names none
    QString email;

    bool operator==(const Key&) const = default;
    bool operator<(const Key& other) const
    {
        return std::tie(deviceId, registrationId, email) <
               std::tie(other.deviceId, other.registrationId, other.email);
    }
};

[[nodiscard]] size_t qHash(const Key& key, size_t seed = 0) noexcept;

/// How the program knows a device.
enum class Standing {
    Listed,     ///< the service lists it
    Remembered, ///< the service listed it last time; not confirmed yet
    NotSeen     ///< a list or a tick names it, but the service does not list it
};

/// \brief One user's registration on one device. All texts come from end users' machines: untrusted.
struct Device {
    QString deviceId;
    QString registrationId;
    QString email;
    QString name;
    QString platform; ///< as the service sends it: `windows`, `mac`, `linux`, in any case
    QString status;   ///< as the service sends it: `connected`, `disconnected`, …
    QString version;
    std::optional<QDateTime> lastSeen; ///< UTC
    bool eligible = true;
    QString ineligibleReason;
    Standing standing = Standing::Listed;

    [[nodiscard]] Key key() const { return {deviceId, registrationId, email}; }
    [[nodiscard]] bool isWindows() const;
    [[nodiscard]] bool isConnected() const;
    /// Why no capture can run on the device, as a short phrase for the operator; empty if one can.
    [[nodiscard]] QString obstacle() const;
    /// The same reason as a language-independent name, or in the service's own words; empty if a capture can
    /// run.
    [[nodiscard]] QString obstacleName() const;
    /// Whether a run may include the device: a capture runs on it now, or waits until the service lists it.
    [[nodiscard]] bool canBeTicked() const;

    bool operator==(const Device&) const = default;
};

/// \brief One entry of a saved list: enough to find the device again, and to recognise it when it is offline.
/// An entry without a device ID is matched by its name, or by its user.
struct Entry {
    Key key;
    QString name;
    QString platform;
    QMap<QString, QString> other = {}; ///< cells of unknown columns, by their headings
    bool operator==(const Entry&) const = default;
};

/// Translates the result of `obstacleName` for the operator.
[[nodiscard]] QString obstacleText(const QString& name);

[[nodiscard]] Entry entryOf(const Device& device);

/// Normalizes a computer's name for comparison (see `comparable`): without the domain before it
/// (`CONTOSO\PC-3`), without the slashes of a share (`\\PC-5`), and without a trailing `$`.
[[nodiscard]] QString hostName(const QString& name);
/// Removes the domain suffix: `ana-lt-04.corp.example` becomes `ana-lt-04`.
[[nodiscard]] QString shortHostName(const QString& hostName);

[[nodiscard]] Device fromRow(const api::DeviceRow& row);

} // namespace devices
