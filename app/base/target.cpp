// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/target.h"

#include <cerrno>
#include <climits>

#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <unistd.h>

#include "base/descriptor.h"

namespace base {

namespace {

using Kind = SaveProblem::Kind;
using Step = SaveProblem::Step;

constexpr int mostLinks = 40; ///< the kernel's limit

} // namespace

std::expected<Target, SaveProblem> targetOf(const QString& path)
{
    Target target{.name = QFile::encodeName(QFileInfo(path).absoluteFilePath())};
    const auto failed = [&](SaveProblem problem) {
        if (target.isLink)
            problem.target = QFile::decodeName(target.name);
        if (target.isThere)
            problem.former = SaveProblem::Former::Unharmed;
        return std::unexpected(problem);
    };
    const auto fails = [&](int code, Step step) { return failed(problemOf(code, step, path)); };
    for (int links = 0;; ++links) {
        if (::lstat(target.name.constData(), &target.status) != 0) {
            if (errno != ENOENT)
                return fails(errno, Step::Find);
            break;
        }
        if (!S_ISLNK(target.status.st_mode)) {
            target.isThere = true;
            break;
        }
        char text[PATH_MAX];
        const auto size = ::readlink(target.name.constData(), text, sizeof text);
        if (size < 0 || links == mostLinks)
            return fails(size < 0 ? errno : ELOOP, Step::Find);
        const QByteArray to(text, size);
        target.name = to.startsWith('/') ? to : folderOf(target.name) + '/' + to;
        target.isLink = true;
    }
    if (!target.isThere) {
        struct ::stat folder = {};
        if (::stat(folderOf(target.name).constData(), &folder) != 0)
            return fails(errno, Step::Find);
        return target;
    }
    if (!S_ISREG(target.status.st_mode)) {
        target.isThere = false; // only a regular file has content to lose
        const bool isFolder = S_ISDIR(target.status.st_mode);
        auto problem = problemOf(isFolder ? EISDIR : ENXIO, Step::Find, path);
        problem.kind = isFolder ? Kind::IsFolder : Kind::NotAFile;
        if (!isFolder)
            problem.words.clear(); // no system call failed
        return failed(problem);
    }
    // A rename would replace even a read-only file.
    if (::faccessat(AT_FDCWD, target.name.constData(), W_OK, AT_EACCESS) != 0)
        return fails(errno, Step::Create);
    return target;
}

} // namespace base
