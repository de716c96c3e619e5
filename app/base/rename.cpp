// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/rename.h"

#include <cerrno>
#include <cstdio>

#include <QDateTime>
#include <QFile>
#include <QDir>
#include <QFileInfo>

#include <fcntl.h>
#include <unistd.h>

namespace base {

std::expected<void, SaveProblem> renameFile(const QString& from, const QString& to)
{
    const auto old = QFile::encodeName(from), name = QFile::encodeName(to);
    const auto failed = [&to](int code) {
        return std::unexpected(problemOf(code, SaveProblem::Step::Replace, to));
    };
    if (::renameat2(AT_FDCWD, old.constData(), AT_FDCWD, name.constData(), RENAME_NOREPLACE) == 0)
        return {};
    if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP)
        return failed(errno);
    // The file system does not support RENAME_NOREPLACE.
    if (::faccessat(AT_FDCWD, name.constData(), F_OK, AT_SYMLINK_NOFOLLOW) == 0)
        return failed(EEXIST);
    if (::rename(old.constData(), name.constData()) != 0)
        return failed(errno);
    return {};
}

QString asideName(const QString& path)
{
    const QFileInfo file(path);
    const auto stem = QStringLiteral("%1 %2").arg(
        file.completeBaseName(), QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-hhmmss")));
    for (int n = 1;; ++n) {
        const auto number = n == 1 ? QString() : QStringLiteral("-%1").arg(n);
        const auto name = file.dir().filePath(QStringLiteral("%1%2.%3").arg(stem, number, file.suffix()));
        if (!QFileInfo::exists(name))
            return name;
    }
}

std::expected<QString, SaveProblem> putAside(const QString& path)
{
    const auto aside = asideName(path);
    if (const auto renamed = renameFile(path, aside); !renamed)
        return std::unexpected(renamed.error());
    return aside;
}

} // namespace base
