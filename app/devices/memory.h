// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <memory>

#include <QDateTime>
#include <QList>
#include <QObject>
#include <QString>

#include "base/problem.h"
#include "devices/device.h"

namespace devices {

class Fleet;
class Loader;

/// \brief The devices of a complete load, with its time.
struct Snapshot {
    QDateTime at; ///< UTC
    QList<Device> devices;
    bool operator==(const Snapshot&) const = default;
};

/// Writes the file atomically, readable by its owner alone.
[[nodiscard]] std::expected<void, base::SaveProblem> writeSnapshot(const QString& path,
                                                                   const Snapshot& snapshot);
/// The error is for the log: without a snapshot, the devices appear only when the service has sent them.
[[nodiscard]] std::expected<Snapshot, QString> readSnapshot(const QString& path);

/// \brief Disk cache: shows the previous snapshot of devices until the current list is loaded, then saves the
/// current list. Reads and writes its file off the event loop.
class Memory : public QObject {
    Q_OBJECT

public:
    Memory(Fleet* fleet, Loader* loader, const QString& path, QObject* parent = nullptr);

    void recall();

private:
    void show(const Snapshot& snapshot, qsizetype from);
    void keep();
    void gather(const std::shared_ptr<Snapshot>& snapshot, quint32 from);

    Fleet* m_fleet;
    Loader* m_loader;
    QString m_path;
};

} // namespace devices
