// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <vector>

#include <QHash>
#include <QString>

namespace sandbox {

/// One number out of a seed and what it is for: the same each time.
[[nodiscard]] quint64 mix(quint64 seed, quint64 what);

/// A UUID out of a seed and what it is for.
[[nodiscard]] QString uuidFrom(quint64 seed, quint64 what);

/// \brief One registration on one device, as the service would list it.
struct Device {
    QString deviceId;
    QString registrationId;
    QString name;
    QString email;
    QString platform;
    QString version;
    QString ineligibleReason; ///< empty: eligible
    bool connected = true;
    bool late = false; ///< where the fault is on, it connects some time after the start
    int seenSecondsAgo = 0;
    bool shortTime = false; ///< its timestamp is written `2023-10-11 00:00:00+00`

    [[nodiscard]] bool isWindows() const { return platform == QLatin1StringView("windows"); }
};

/// \brief The account's devices.  From 10 on they include Ana's laptop, a kiosk with three users, and hostile
/// names.
class Fleet {
public:
    Fleet(quint32 seed, int count);

    [[nodiscard]] const std::vector<Device>& devices() const { return m_devices; }
    /// Rows of one device: more than one on a machine with several users.
    [[nodiscard]] std::vector<const Device*> rowsOf(const QString& deviceId) const;
    /// At most `limit` rows after the first `skip` of them.  \param late also those that connect late
    [[nodiscard]] std::vector<const Device*> rows(qsizetype skip, qsizetype limit, bool late) const;
    /// The same of the rows whose name or e-mail contains the text in any case.
    [[nodiscard]] std::vector<const Device*> found(const QString& text, qsizetype skip, qsizetype limit,
                                                   bool late) const;
    [[nodiscard]] qsizetype size(bool late) const;

private:
    void index();

    std::vector<Device> m_devices;
    /// What a search looks through, folded, in one piece: searching 100,000 strings takes some 50 ms, this 1
    /// ms.
    QByteArray m_searched;
    std::vector<qsizetype> m_starts; ///< of each device in it
    QMultiHash<QString, int> m_byId;
};

} // namespace sandbox
