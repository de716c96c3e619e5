// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/savefile.h"

#include <cerrno>
#include <cstdio>

#include <QFile>

#include <fcntl.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/overwrite.h"

namespace base {

namespace {

using Step = SaveProblem::Step;

constexpr qsizetype buffered = 1 << 18;
constexpr ::mode_t everything = 07777;

/// Opens an unnamed file, which leaves nothing behind after a crash, or a named one where the file system
/// does not support unnamed files.
std::expected<Fresh, int> makeBeside(const QByteArray& folder, ::mode_t mode)
{
    Fresh unnamed{Descriptor(::open(folder.constData(), O_TMPFILE | O_RDWR | O_CLOEXEC, mode)), {}};
    if (unnamed.file.isOpen())
        return unnamed;
    return makeHidden(folder, mode); // any error of O_TMPFILE can occur where named files work
}

/// Whether the error code means that the file cannot be replaced but may still be writable, as on some
/// shares.
bool mayBeWritten(int code)
{
    switch (code) {
    case EACCES:
    case EPERM:
    case EBUSY:
    case ETXTBSY:
    case EXDEV:
    case EEXIST:
    case EINVAL:
    case EOPNOTSUPP:
    case ENOSYS: return true;
    default: return false;
    }
}

/// Copies the access list.  \returns whether the new file now has the same one
bool copyAccess(const QByteArray& from, int to)
{
    constexpr auto name = "system.posix_acl_access";
    const auto size = ::getxattr(from.constData(), name, nullptr, 0);
    if (size <= 0) {
        const bool hasNone = size == 0 || errno == ENODATA || errno == EOPNOTSUPP || errno == ENOSYS;
        (void)::fremovexattr(to, name); // a new file inherits one from its folder
        return hasNone;
    }
    QByteArray list(size, Qt::Uninitialized);
    const auto got = ::getxattr(from.constData(), name, list.data(), size_t(list.size()));
    return got >= 0 && ::fsetxattr(to, name, list.constData(), size_t(got), 0) == 0;
}

} // namespace

SaveFile::SaveFile(const QString& path, Rights rights, QObject* parent)
    : QIODevice(parent)
    , m_path(path)
    , m_rights(rights)
{
}

SaveFile::~SaveFile()
{
    if (!m_new.name.isEmpty())
        ::unlink(m_new.name.constData());
}

SaveProblem SaveFile::failure(int code, Step step) const
{
    auto result = problemOf(code, step, m_path);
    if (m_target.isThere)
        result.former = SaveProblem::Former::Unharmed;
    if (m_target.isLink)
        result.target = QFile::decodeName(m_target.name);
    return result;
}

std::expected<void, SaveProblem> SaveFile::begin()
{
    auto target = targetOf(m_path);
    if (!target) {
        m_problem = target.error();
        return std::unexpected(*m_problem);
    }
    m_target = *std::move(target);
    m_inPlace = m_target.isThere && m_target.status.st_nlink > 1;
    const bool shared = m_rights == Rights::Shared && !m_target.isThere;
    auto made = makeBeside(folderOf(m_target.name), shared ? 0666 : 0600);
    if (!made && m_target.isThere &&
        (made.error() == EACCES || made.error() == EPERM || made.error() == EROFS)) {
        m_inPlace = true; // the file may be written, its folder may not
        if (const auto folder = copyFolder())
            made = makeHidden(*folder);
    }
    if (!made) {
        m_problem = failure(made.error(), Step::Create);
        return std::unexpected(*m_problem);
    }
    m_new = *std::move(made);
    open(WriteOnly);
    return {};
}

qint64 SaveFile::readData(char*, qint64)
{
    return -1;
}

qint64 SaveFile::writeData(const char* data, qint64 size)
{
    if (m_problem)
        return -1;
    m_buffer.append(data, size);
    return m_buffer.size() < buffered || flush() ? size : -1;
}

bool SaveFile::flush()
{
    if (!m_problem) {
        if (const int failed = m_new.file.write(m_buffer))
            m_problem = failure(failed, Step::Write);
        m_size += m_buffer.size();
        m_buffer.resize(0);
    }
    if (m_problem)
        setErrorString(m_problem->words);
    return !m_problem;
}

std::expected<void, SaveProblem> SaveFile::commit()
{
    const auto fails = [this](const SaveProblem& why) {
        m_problem = why;
        return std::unexpected(why);
    };
    if (!flush())
        return std::unexpected(*m_problem);
    if (const int failed = m_new.file.sync())
        return fails(failure(failed, Step::Sync));
    if (!keepRights())
        m_inPlace = true;
    if (!m_inPlace) {
        const int failed = replace();
        if (failed == 0) {
            const Descriptor folder(
                ::open(folderOf(m_target.name).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
            if (folder.isOpen())
                (void)folder.sync(); // the rename has succeeded; some file systems have no fsync for folders
            return {};
        }
        if (!mayBeWritten(failed))
            return fails(failure(failed, Step::Replace));
    }
    const auto written = m_target.isThere ? overwrite(m_target, m_new.file, m_size, m_path) : writeNew();
    return written ? written : fails(written.error());
}

/// \returns false if the replacement would have different permissions or another owner
bool SaveFile::keepRights()
{
    const int file = m_new.file.get();
    if (m_rights == Rights::Private || !m_target.isThere) {
        // A file system without permissions refuses; it has no means of protection anyway.
        if (m_rights == Rights::Private)
            (void)::fchmod(file, 0600);
        return true;
    }
    const auto& old = m_target.status;
    struct ::stat now = {};
    if (::fstat(file, &now) != 0)
        return false;
    if ((now.st_uid != old.st_uid || now.st_gid != old.st_gid) &&
        ::fchown(file, now.st_uid == old.st_uid ? ::uid_t(-1) : old.st_uid, old.st_gid) != 0)
        return false;
    if (!copyAccess(m_target.name, file) || ::fstat(file, &now) != 0)
        return false;
    return (now.st_mode & everything) == (old.st_mode & everything) ||
           ::fchmod(file, old.st_mode & everything) == 0;
}

/// \returns errno
int SaveFile::giveName()
{
    const auto unnamed = "/proc/self/fd/" + QByteArray::number(m_new.file.get());
    for (int i = 0; i < mostNames; ++i) {
        const auto name = hiddenName(folderOf(m_target.name));
        if (::linkat(AT_FDCWD, unnamed.constData(), AT_FDCWD, name.constData(), AT_SYMLINK_FOLLOW) == 0) {
            m_new.name = name;
            return 0;
        }
        if (errno != EEXIST)
            break;
    }
    // Links are not supported here: copy the content into a named file.
    struct ::stat status = {};
    if (::fstat(m_new.file.get(), &status) != 0)
        return errno;
    auto named = makeHidden(folderOf(m_target.name), 0600);
    if (!named)
        return named.error();
    int failed = named->file.copy(m_new.file, 0, m_size);
    if (failed == 0)
        failed = named->file.sync();
    if (failed != 0) {
        ::unlink(named->name.constData());
        return failed;
    }
    m_new = *std::move(named);
    return keepRights() ? 0 : EPERM;
}

/// \returns errno
int SaveFile::replace()
{
    if (m_new.name.isEmpty()) {
        if (const int failed = giveName())
            return failed;
    }
    if (::rename(m_new.name.constData(), m_target.name.constData()) != 0) {
        const int failed = errno;
        ::unlink(std::exchange(m_new.name, {}).constData());
        return failed;
    }
    m_new.name.clear();
    return 0;
}

/// Used if the target does not exist and the rename is refused: no old content can be lost.
std::expected<void, SaveProblem> SaveFile::writeNew()
{
    const auto name = m_target.name.constData();
    const Descriptor file(
        ::open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, m_rights == Rights::Shared ? 0666 : 0600));
    if (!file.isOpen())
        return std::unexpected(failure(errno, Step::Create));
    int failed = file.copy(m_new.file, 0, m_size);
    if (failed == 0)
        failed = file.sync();
    if (failed == 0)
        return {};
    ::unlink(name);
    return std::unexpected(failure(failed, Step::Write));
}

std::expected<void, SaveProblem> saveFile(const QString& path, const QByteArray& bytes, Rights rights)
{
    SaveFile file(path, rights);
    if (const auto begun = file.begin(); !begun)
        return begun;
    (void)file.write(bytes); // commit() reports what fails
    return file.commit();
}

} // namespace base
