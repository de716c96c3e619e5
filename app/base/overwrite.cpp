// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/overwrite.h"

#include <algorithm>
#include <cerrno>

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <fcntl.h>
#include <unistd.h>

#include "base/leftover.h"

namespace base {

namespace {

using Former = SaveProblem::Former;
using Step = SaveProblem::Step;

/// \returns errno
int writeNote(const QByteArray& note, const QByteArray& target)
{
    const Descriptor file(::open(note.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file.isOpen())
        return errno;
    int code = file.write(target);
    if (code == 0)
        code = file.sync();
    if (code != 0)
        ::unlink(note.constData());
    return code;
}

/// Makes a complete copy and flushes it to the disk.  The note is written before the copy gets its final
/// name, so that the next start finds it after a crash.
/// \param name the final name of the copy
std::expected<Fresh, int> copyInto(const QByteArray& folder, const QByteArray& name, const Target& target,
                                   const Descriptor& file)
{
    auto copy = makeHidden(folder);
    if (!copy)
        return copy;
    const auto whole = folder + '/' + name;
    int code = copy->file.copy(file, 0, target.status.st_size);
    if (code == 0)
        code = copy->file.sync();
    if (code == 0)
        code = writeNote(noteOf(whole), target.name);
    if (code == 0 && ::rename(copy->name.constData(), whole.constData()) != 0) {
        code = errno;
        ::unlink(noteOf(whole).constData());
    }
    if (code != 0) {
        ::unlink(copy->name.constData());
        return std::unexpected(code);
    }
    copy->name = whole;
    return copy;
}

/// Makes the copy in the program's folder or, if that fails, beside the file.
std::expected<Fresh, int> copyOf(const Target& target, const Descriptor& file)
{
    const auto time = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-hhmmss-zzz "));
    const auto name = QFile::encodeName(time) + target.name.mid(target.name.lastIndexOf('/') + 1);
    const auto folder = copyFolder();
    if (folder) {
        if (auto copy = copyInto(*folder, name, target, file))
            return copy;
    }
    const auto beside = folderOf(target.name) + '/' + name;
    Fresh copy{Descriptor(::open(beside.constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600)), beside};
    int code = copy.file.isOpen() ? copy.file.copy(file, 0, target.status.st_size) : errno;
    if (code == 0)
        code = copy.file.sync();
    if (code == 0)
        return copy;
    if (copy.file.isOpen())
        ::unlink(beside.constData());
    return std::unexpected(code);
}

/// Writes the part beyond the former end first, because only that part needs additional disk space.
/// \param harmed set if old bytes may have been overwritten
int write(const Descriptor& file, const Descriptor& source, qint64 former, qint64 size, bool& harmed)
{
    if (size > former) {
        if (::fallocate(file.get(), FALLOC_FL_KEEP_SIZE, former, size - former) != 0 &&
            (errno == ENOSPC || errno == EDQUOT || errno == EFBIG))
            return errno;
        int failed = file.copy(source, former, size);
        if (failed == 0)
            failed = file.sync();
        if (failed != 0)
            return failed;
    }
    harmed = true;
    if (const int failed = file.copy(source, 0, std::min(former, size)))
        return failed;
    if (size < former && ::ftruncate(file.get(), size) != 0)
        return errno;
    return file.sync();
}

} // namespace

QString copyFolderName()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) +
           QStringLiteral("/unsaved");
}

std::expected<QByteArray, int> copyFolder()
{
    const QDir folder(copyFolderName());
    errno = 0;
    if (!folder.exists() && !folder.mkpath(QStringLiteral(".")))
        return std::unexpected(errno != 0 ? errno : EACCES);
    QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return QFile::encodeName(folder.path());
}

std::expected<void, SaveProblem> overwrite(const Target& target, const Descriptor& source, qint64 size,
                                           const QString& path)
{
    auto problem = [&](int code, Step step) {
        auto result = problemOf(code, step, path);
        result.former = Former::Unharmed;
        if (target.isLink)
            result.target = QFile::decodeName(target.name);
        return result;
    };
    const Descriptor file(::open(target.name.constData(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
    if (!file.isOpen())
        return std::unexpected(problem(errno, Step::Create));
    struct ::stat now = {};
    if (::fstat(file.get(), &now) != 0)
        return std::unexpected(problem(errno, Step::Find));
    auto there = target;
    there.status = now;
    const auto former = qint64(now.st_size);
    const auto copy = copyOf(there, file);
    if (!copy)
        return std::unexpected(problem(copy.error(), Step::Copy));
    const auto note = noteOf(copy->name);
    bool harmed = false;
    if (const int code = write(file, source, former, size, harmed)) {
        auto result = problem(code, Step::Write);
        const bool restored = (!harmed || file.copy(copy->file, 0, former) == 0) &&
                              ::ftruncate(file.get(), former) == 0 && file.sync() == 0;
        if (restored) {
            ::unlink(copy->name.constData());
        } else {
            result.former = Former::Copied;
            result.copy = QFile::decodeName(copy->name);
        }
        ::unlink(note.constData());
        return std::unexpected(result);
    }
    ::unlink(copy->name.constData());
    ::unlink(note.constData());
    return {};
}

} // namespace base
