// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/probe.h"

#include <cerrno>
#include <cstdio>

#include <QDir>
#include <QFile>

#include <fcntl.h>
#include <unistd.h>

#include "base/descriptor.h"

namespace base {

namespace {

using Step = SaveProblem::Step;

} // namespace

std::optional<SaveProblem> probe(const QString& folder)
{
    const auto problem = [&folder](int code, Step step) { return problemOf(code, step, folder); };
    auto made = makeHidden(QFile::encodeName(QDir(folder).absolutePath()));
    if (!made)
        return problem(made.error(), Step::Create);
    const auto& file = made->file;
    auto name = made->name;
    std::optional<SaveProblem> result;
    struct ::flock whole = {};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    if (const int failed = file.write(QByteArray(1 << 13, 'x')))
        result = problem(failed, Step::Write);
    else if (::fcntl(file.get(), F_SETLK, &whole) != 0)
        result = problem(errno, Step::Lock);
    else if (const int unsynced = file.sync())
        result = problem(unsynced, Step::Sync);
    else if (::rename(name.constData(), (name + '2').constData()) != 0)
        result = problem(errno, Step::Replace);
    else
        name += '2';
    if (result && result->step == Step::Lock)
        result->kind = SaveProblem::Kind::NoLocks; // no other program can hold this lock
    ::unlink(name.constData());
    return result;
}

} // namespace base
