// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <vector>

#include <QHash>
#include <QString>

namespace sandbox {

/// Deterministic hash of a seed and a purpose.
[[nodiscard]] quint64 mix(quint64 seed, quint64 what);

/// Deterministic UUID from a seed and a purpose.
[[nodiscard]] QString uuidFrom(quint64 seed, quint64 what);

/// \brief One registration on one device, as the service lists it.
struct Device {
    QString deviceId;
    QString registrationId;
    QString name;
    QString email;
    QString platform;
    QString version;
    QString ineligibleReason; ///< empty: eligible
    bool connected = true;
    bool late = false; ///< with the fault "late-devices", connects some time after the start
    int seenSecondsAgo = 0;
    bool shortTime = false; ///< its timestamp is written `2023-10-11 00:00:00+00`

    [[nodiscard]] bool isWindows() const { return platform == QLatin1StringView("windows"); }
};

/// \brief The devices of the account. If there are 10 or more, they include Ana's laptop, a kiosk with three
/// users, and hostile names.
class Fleet {
public:
    Fleet(quint32 seed, int count);

    [[nodiscard]] const std::vector<Device>& devices() const { return m_devices; }
    /// The rows of one device; a multi-user device has several.
    [[nodiscard]] std::vector<const Device*> rowsOf(const QString& deviceId) const;
    /// Returns at most `limit` rows after the first `skip`.
    /// \param late whether to include the devices that connect late
    [[nodiscard]] std::vector<const Device*> rows(qsizetype skip, qsizetype limit, bool late) const;
    /// The same for rows whose name or e-mail contains the text, case-insensitively.
    [[nodiscard]] std::vector<const Device*> found(const QString& text, qsizetype skip, qsizetype limit,
                                                   bool late) const;
    [[nodiscard]] qsizetype size(bool late) const;

private:
    void index();

    std::vector<Device> m_devices;
    /// Search index: folded names and e-mails in one block. Searching 100,000 strings takes some 50 ms, this
    /// block 1 ms.
    QByteArray m_searched;
    std::vector<qsizetype> m_starts; ///< offset of each device in `m_searched`
    QMultiHash<QString, int> m_byId;
};

} // namespace sandbox
