// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/descriptor.h"

#include <algorithm>
#include <cerrno>
#include <vector>

#include <QRandomGenerator>

#include <fcntl.h>
#include <unistd.h>

namespace base {

namespace {

constexpr qint64 piece = 1 << 18;

bool hasNoSync(int code)
{
    return code == EINVAL || code == ENOSYS || code == EOPNOTSUPP;
}

/// \param writePart writes from an offset on, and returns what ::write returns
int writeAll(qint64 size, auto writePart)
{
    for (qint64 done = 0; done < size;) {
        const ::ssize_t part = writePart(done);
        if (part < 0 && errno == EINTR)
            continue;
        if (part <= 0)
            return part < 0 ? errno : ENOSPC;
        done += part;
    }
    return 0;
}

} // namespace

void Descriptor::close()
{
    if (m_file >= 0)
        ::close(std::exchange(m_file, -1));
}

int Descriptor::write(const QByteArray& bytes) const
{
    return writeAll(bytes.size(), [this, &bytes](qint64 done) {
        return ::write(m_file, bytes.constData() + done, size_t(bytes.size() - done));
    });
}

int Descriptor::writeAt(const char* bytes, qint64 size, qint64 at) const
{
    return writeAll(size, [this, bytes, size, at](qint64 done) {
        return ::pwrite(m_file, bytes + done, size_t(size - done), at + done);
    });
}

int Descriptor::sync() const
{
    if (::fsync(m_file) != 0 && !hasNoSync(errno))
        return errno;
    const int twin = ::fcntl(m_file, F_DUPFD_CLOEXEC, 0);
    return twin >= 0 && ::close(twin) != 0 && errno != EINTR ? errno : 0;
}

int Descriptor::copy(const Descriptor& other, qint64 from, qint64 to) const
{
    std::vector<char> buffer(size_t(std::clamp<qint64>(to - from, 0, piece)));
    while (from < to) {
        const auto part = ::pread(other.m_file, buffer.data(),
                                  size_t(std::min<qint64>(to - from, qint64(buffer.size()))), from);
        if (part < 0 && errno == EINTR)
            continue;
        if (part <= 0)
            return part < 0 ? errno : EIO; // the file was truncated meanwhile
        if (const int failed = writeAt(buffer.data(), part, from))
            return failed;
        from += part;
    }
    return 0;
}

QByteArray hiddenName(const QByteArray& folder)
{
    return folder + '/' + hiddenPrefix + QByteArray::number(QRandomGenerator::system()->generate64(), 36);
}

std::expected<Fresh, int> makeHidden(const QByteArray& folder, ::mode_t mode)
{
    for (int i = 0; i < mostNames; ++i) {
        const auto name = hiddenName(folder);
        Descriptor file(::open(name.constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode));
        if (file.isOpen())
            return Fresh{std::move(file), name};
        if (errno != EEXIST)
            break;
    }
    return std::unexpected(errno);
}

QByteArray folderOf(const QByteArray& name)
{
    const auto end = name.lastIndexOf('/');
    return end < 0 ? QByteArray(".") : end == 0 ? QByteArray("/") : name.first(end);
}

} // namespace base
