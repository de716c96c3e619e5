// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFile>
#include <QString>
#include <QTemporaryDir>

#include <sched.h>
#include <sys/mount.h>

namespace support {

/// \brief A small file system, visible to this process alone, that can be filled.
///
/// `isThere` is false where the system does not allow mounts.
class SmallDisk {
public:
    SmallDisk()
        : m_isThere(::unshare(CLONE_NEWNS) == 0 &&
                    ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                    ::mount("tmpfs", name().constData(), "tmpfs", 0, "size=256k,mode=700") == 0)
    {
    }
    ~SmallDisk()
    {
        if (m_isThere)
            ::umount2(name().constData(), MNT_DETACH);
    }
    Q_DISABLE_COPY_MOVE(SmallDisk)

    [[nodiscard]] bool isThere() const { return m_isThere; }
    [[nodiscard]] QString path() const { return m_folder.path(); }
    [[nodiscard]] QString path(const char* file) const { return m_folder.filePath(QLatin1StringView(file)); }

    /// Writes until no byte is free.
    void fill() const
    {
        QFile filler(path("filler"));
        if (!filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            return; // no space even for the filler
        for (qint64 size = 1 << 16; size > 0; size /= 2) {
            const QByteArray bytes(size, 'x');
            while (filler.write(bytes) == size) {
            }
        }
    }
    void empty() const { QFile::remove(path("filler")); }

private:
    [[nodiscard]] QByteArray name() const { return QFile::encodeName(m_folder.path()); }

    QTemporaryDir m_folder;
    bool m_isThere;
};

} // namespace support
