// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/memory.h"

#include <memory>

#include <QCoreApplication>
#include <QDataStream>
#include <QFile>
#include <QLoggingCategory>
#include <QPointer>
#include <QThreadPool>
#include <QTimer>

#include "base/savefile.h"
#include "devices/fleet.h"
#include "devices/loader.h"

namespace devices {

namespace {

Q_LOGGING_CATEGORY(memoryLog, "capturedesk.devices", QtInfoMsg)

constexpr quint32 magic = 0x43444d31; ///< "CDM1"; change it with the format
constexpr quint32 mostDevices = 1'000'000;
constexpr qsizetype slice = 2000; ///< devices processed without returning to the event loop

} // namespace

std::expected<void, base::SaveProblem> writeSnapshot(const QString& path, const Snapshot& snapshot)
{
    base::SaveFile file(path, base::Rights::Private);
    if (const auto begun = file.begin(); !begun)
        return begun;
    QDataStream out(&file);
    out.setVersion(QDataStream::Qt_6_4);
    out << magic << snapshot.at << quint32(snapshot.devices.size());
    for (const auto& one : snapshot.devices)
        out << one.deviceId << one.registrationId << one.email << one.name << one.platform << one.status
            << one.version << one.lastSeen.value_or(QDateTime()) << one.eligible << one.ineligibleReason;
    return file.commit();
}

std::expected<Snapshot, QString> readSnapshot(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(file.errorString());
    QDataStream in(&file);
    in.setVersion(QDataStream::Qt_6_4);
    Snapshot snapshot;
    quint32 begin = 0, count = 0;
    in >> begin >> snapshot.at >> count;
    if (begin != magic || !snapshot.at.isValid() || count > mostDevices)
        return std::unexpected(QStringLiteral("no snapshot of devices"));
    for (quint32 i = 0; i < count && in.status() == QDataStream::Ok; ++i) {
        Device one;
        QDateTime seen;
        in >> one.deviceId >> one.registrationId >> one.email >> one.name >> one.platform >> one.status >>
            one.version >> seen >> one.eligible >> one.ineligibleReason;
        if (seen.isValid())
            one.lastSeen = seen;
        one.standing = Standing::Remembered;
        snapshot.devices << std::move(one);
    }
    if (in.status() != QDataStream::Ok)
        return std::unexpected(QStringLiteral("the snapshot of devices is damaged"));
    return snapshot;
}

Memory::Memory(Fleet* fleet, Loader* loader, const QString& path, QObject* parent)
    : QObject(parent)
    , m_fleet(fleet)
    , m_loader(loader)
    , m_path(path)
{
    // Queued, because copying 100,000 devices takes time, as did the merge before it.
    connect(
        loader, &Loader::finished, this,
        [this] {
            if (m_loader->isWhole())
                keep();
        },
        Qt::QueuedConnection);
}

void Memory::recall()
{
    QThreadPool::globalInstance()->start([path = m_path, self = QPointer<Memory>(this)] {
        auto snapshot = std::make_shared<std::expected<Snapshot, QString>>(readSnapshot(path));
        QMetaObject::invokeMethod(QCoreApplication::instance(), [snapshot, self] {
            if (self && *snapshot)
                self->show(**snapshot, 0);
        });
    });
}

void Memory::show(const Snapshot& snapshot, qsizetype from)
{
    if (m_loader->isWhole())
        return; // the current list is already loaded
    if (from == 0)
        m_fleet->expect(snapshot.devices.size());
    m_fleet->remember(snapshot.devices.mid(from, slice), snapshot.at);
    if (from + slice < snapshot.devices.size())
        QTimer::singleShot(0, this, [this, snapshot, from] { show(snapshot, from + slice); });
}

void Memory::keep()
{
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->at = QDateTime::currentDateTimeUtc();
    snapshot->devices.reserve(m_fleet->size());
    gather(snapshot, 0);
}

void Memory::gather(const std::shared_ptr<Snapshot>& snapshot, quint32 from)
{
    const auto next = m_fleet->listed(from, slice, snapshot->devices);
    if (next != 0) {
        QTimer::singleShot(0, this, [this, snapshot, next] { gather(snapshot, next); });
        return;
    }
    QThreadPool::globalInstance()->start([path = m_path, snapshot] {
        if (const auto written = writeSnapshot(path, *snapshot); !written) // the next start is only slower
            qCWarning(memoryLog).noquote() << "the devices were not kept:" << base::details(written.error());
    });
}

} // namespace devices
