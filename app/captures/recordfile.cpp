// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/recordfile.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QThread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/problem.h"
#include "base/when.h"
#include "captures/tr.h"

namespace captures {

namespace {

constexpr int tries = 50; ///< for the lock
constexpr unsigned long tryEveryMs = 100;
constexpr qint64 longestComputer = 100;
constexpr ::mode_t ownerAndGroup = 0660; ///< the file is shared; a network share has its own permissions
const QByteArray bom("\xEF\xBB\xBF");

std::unexpected<QString> failed()
{
    if (errno == ENOENT) // its folder may exist: the folder of an unmounted share is empty
        return std::unexpected(Text::tr("the file is not there (%1)").arg(qt_error_string(ENOENT)));
    return std::unexpected(base::reason(base::problemOf(errno, base::SaveProblem::Step::Write, {})));
}

/// Writes the computer's name for others to read while the file is locked. If that fails, their message has
/// no name.
void sign(const QByteArray& path, const QString& computer)
{
    const int file = ::open(
        path.constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, ownerAndGroup);
    if (file < 0)
        return;
    const auto name = computer.toUtf8();
    [[maybe_unused]] const auto written = ::write(file, name.constData(), size_t(name.size()));
    ::close(file);
}

/// Whether a line begins at this position.
bool isStart(const QByteArray& text, qsizetype at)
{
    return at == 0 || text[at - 1] == '\n';
}

} // namespace

std::expected<RecordFile, QString> RecordFile::open(const QString& path, const QByteArray& header,
                                                    const QString& computer, bool make)
{
    const auto name = QFile::encodeName(path);
    // A pipe must not block the call. Each write goes to the end, even if another computer has appended.
    constexpr int flags = O_RDWR | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    int file = ::open(name.constData(), flags);
    if (file < 0 && errno == ENOENT && make) {
        file = ::open(name.constData(), flags | O_CREAT | O_EXCL, ownerAndGroup);
        if (file >= 0)
            (void)::fchmod(file, ownerAndGroup); // for the folder's group, whatever the umask
        else if (errno == EEXIST)
            file = ::open(name.constData(), flags); // another computer created it first
    }
    if (file < 0)
        return failed();
    RecordFile record(file, path);
    struct ::stat status = {};
    if (::fstat(file, &status) != 0)
        return failed();
    if (!S_ISREG(status.st_mode))
        return std::unexpected(Text::tr("it is not a regular file"));
    if (const auto locked = record.lock(computer); !locked)
        return std::unexpected(locked.error());
    if (const auto begun = record.begin(header); !begun)
        return std::unexpected(begun.error());
    return record;
}

RecordFile::RecordFile(RecordFile&& other) noexcept
    : m_file(std::exchange(other.m_file, -1))
    , m_path(other.m_path)
    , m_locked(other.m_locked)
    , m_size(other.m_size)
{
}

RecordFile::~RecordFile()
{
    if (m_file < 0)
        return;
    if (m_locked)
        ::unlink(writerPath().constData());
    ::close(m_file); // releases the lock
}

/// A lock does not name its owner, so the owner writes its name into a file beside it.
QByteArray RecordFile::writerPath() const
{
    const QFileInfo file(m_path);
    return QFile::encodeName(file.dir().filePath(u'.' + file.fileName() + QStringLiteral(".writer")));
}

/// The lock belongs to the open file, not to the process, which may have the file open twice.
std::expected<void, QString> RecordFile::lock(const QString& computer)
{
    struct ::flock whole = {};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    for (int i = 0; i < tries; ++i) {
        if (::fcntl(m_file, F_OFD_SETLK, &whole) == 0) {
            m_locked = true;
            sign(writerPath(), computer);
            return {};
        }
        if (errno != EAGAIN && errno != EACCES)
            return {}; // no locks on this file system: whole rows in one write have to suffice
        QThread::msleep(tryEveryMs);
    }
    const QFileInfo writer(QFile::decodeName(writerPath()));
    QFile file(writer.filePath());
    const auto other = file.open(QIODevice::ReadOnly)
                           ? QString::fromUtf8(file.read(longestComputer)).simplified()
                           : QString();
    if (other.isEmpty())
        return std::unexpected(Text::tr("another computer is writing to it"));
    return std::unexpected(Text::tr("the computer %1 has been writing to it since %2")
                               .arg(other, base::momentText(writer.lastModified())));
}

std::expected<void, QString> RecordFile::begin(const QByteArray& header)
{
    struct ::stat status = {};
    if (::fstat(m_file, &status) != 0)
        return failed();
    m_size = status.st_size;
    const auto first = bom + header;
    if (m_size == 0)
        return write(first);
    const auto found = read(0, first.size());
    if (!found)
        return std::unexpected(found.error());
    if (m_locked && found->size() < first.size() && first.startsWith(*found)) { // an interrupted header
        if (::ftruncate(m_file, 0) != 0)
            return failed();
        m_size = 0;
        return write(first);
    }
    if (!found->startsWith(first) && !found->startsWith(header))
        return std::unexpected(Text::tr("it is another file: its first line is not that of an audit log"));
    return {};
}

std::expected<QByteArray, QString> RecordFile::read(qint64 from, qint64 most) const
{
    QByteArray bytes(std::min(most, std::max<qint64>(0, m_size - from)), Qt::Uninitialized);
    qsizetype got = 0;
    while (got < bytes.size()) {
        const auto part = ::pread(m_file, bytes.data() + got, size_t(bytes.size() - got), from + got);
        if (part < 0 && errno != EINTR)
            return failed();
        if (part == 0)
            break;
        got += std::max<qsizetype>(0, part);
    }
    bytes.truncate(got);
    return bytes;
}

std::expected<void, QString> RecordFile::write(const QByteArray& bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const auto part = ::write(m_file, bytes.constData() + done, size_t(bytes.size() - done));
        if (part < 0 && errno == EINTR)
            continue;
        if (part < 0) {
            const auto error = failed();
            // Nobody else can have written since, because the file is locked. A partial row would be in the
            // way of all.
            if (m_locked)
                (void)::ftruncate(m_file, m_size);
            return error;
        }
        done += part;
    }
    if (::fsync(m_file) != 0 && errno != EINVAL) // EINVAL: the file system has no fsync
        return failed();
    m_size += bytes.size();
    return {};
}

std::expected<qsizetype, QString> RecordFile::standing(const QList<QByteArray>& rows, qint64 from)
{
    if (from > m_size)
        from = 0; // another file under the same name
    const auto text = read(from, m_size);
    if (!text)
        return std::unexpected(text.error());
    qsizetype count = 0, end = 0;
    for (; count < rows.size(); ++count) {
        auto at = text->indexOf(rows[count], end);
        while (at >= 0 && !isStart(*text, at))
            at = text->indexOf(rows[count], at + 1);
        if (at < 0)
            break;
        end = at + rows[count].size();
    }
    if (count == rows.size() || !m_locked)
        return count;
    for (auto part = std::min(rows[count].size() - 1, text->size() - end); part > 0; --part) {
        const auto at = text->size() - part;
        if (!text->endsWith(rows[count].first(part)) || !isStart(*text, at))
            continue;
        if (::ftruncate(m_file, from + at) != 0)
            return failed();
        m_size = from + at;
        break;
    }
    return count;
}

std::expected<void, QString> RecordFile::append(const QList<QByteArray>& rows)
{
    const auto last = read(std::max<qint64>(0, m_size - 1), 1);
    if (!last)
        return std::unexpected(last.error());
    // A partial row of another computer stays a line of its own.
    const auto lines = rows.join();
    return write(last->endsWith('\n') ? lines : "\r\n" + lines);
}

} // namespace captures
