// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/listlock.h"

#include <QDateTime>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QSysInfo>

#include "base/when.h"
#include "devices/tr.h"

namespace devices {

namespace {

Q_LOGGING_CATEGORY(lockLog, "capturedesk.lists", QtInfoMsg)

} // namespace

std::expected<std::unique_ptr<QLockFile>, QString> ListLocks::lock(const QString& path)
{
    auto lock = std::make_unique<QLockFile>(path);
    lock->setStaleLockTime(0); // off: Qt would compare the share's time with this computer's
    const auto failed = [this, &lock] {
        return !lock->tryLock(int(m_patience.wait.count())) && lock->error() == QLockFile::LockFailedError;
    };
    if (!failed()) {
        m_seen.remove(path);
        return lock;
    }
    qint64 process = 0;
    QString host, program;
    const bool known = lock->getLockInfo(&process, &host, &program);
    const auto made = QFileInfo(path).lastModified();
    const auto mark = host.toUtf8() + ' ' + QByteArray::number(process) + ' ' +
                      QByteArray::number(made.toMSecsSinceEpoch());
    auto& seen = m_seen[path];
    if (seen.mark != mark) {
        seen.mark = mark;
        seen.since.start();
    }
    if (seen.since.hasExpired(m_patience.stale.count())) {
        qCWarning(lockLog).noquote() << "a lock of" << host << process << "was left behind:" << path;
        lock->removeStaleLockFile();
        if (!failed()) {
            m_seen.remove(path);
            return lock;
        }
    }
    const auto todo = Text::tr("Try again in half a minute; a lock that was left behind is removed then.");
    if (!known || host.isEmpty())
        return std::unexpected(Text::tr("Somebody else has been writing this list since %1. %2")
                                   .arg(base::momentText(made), todo));
    if (host == QSysInfo::machineHostName())
        return std::unexpected(
            Text::tr("Another program on this computer (%1, process %2) has been writing this "
                     "list since %3. %4")
                .arg(program)
                .arg(process)
                .arg(base::momentText(made), todo));
    return std::unexpected(Text::tr("The computer %1 has been writing this list since %2. %3")
                               .arg(host, base::momentText(made), todo));
}

} // namespace devices
