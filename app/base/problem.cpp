// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/problem.h"

#include <cerrno>

#include <QDir>
#include <QFileInfo>

#include "base/tr.h"

namespace base {

using Kind = SaveProblem::Kind;
using Step = SaveProblem::Step;

namespace {

Kind kindOf(int code, Step step)
{
    switch (code) {
    case ENOSPC: return Kind::Full;
    case EDQUOT: return Kind::Quota;
    case EFBIG: return Kind::TooLarge;
    case EROFS: return Kind::ReadOnly;
    case EACCES:
    case EPERM: return Kind::NotAllowed;
    case EBUSY:
    case ETXTBSY: return Kind::Busy;
    case ENOENT:
    case ENOTDIR: return Kind::NoFolder;
    case ENAMETOOLONG:
    case EILSEQ: return Kind::Name;
    case EINVAL: // a name with a colon on a Windows share; in other steps the code has no specific meaning
        return step == Step::Find || step == Step::Create || step == Step::Replace ? Kind::Name : Kind::Other;
    case EISDIR: return Kind::IsFolder;
    case ELOOP: return Kind::Loop;
    case ESTALE:
    case EHOSTDOWN:
    case EHOSTUNREACH:
    case ENETDOWN:
    case ENETUNREACH:
    case ENOTCONN:
    case ETIMEDOUT:
    case ECONNREFUSED:
    case ECONNRESET:
    case ECONNABORTED:
    case ENODEV:
    case ENXIO: return Kind::Away;
    case EIO: return Kind::Fault;
    case ENOLCK: return Kind::NoLocks;
    default: return Kind::Other;
    }
}

QString phrase(Kind kind)
{
    switch (kind) {
    case Kind::Full: return Text::tr("the disk is full");
    case Kind::Quota: return Text::tr("your share of the disk is used up");
    case Kind::TooLarge: return Text::tr("a file of this size is not accepted there");
    case Kind::ReadOnly: return Text::tr("the disk is read-only");
    case Kind::NotAllowed: return Text::tr("you may not write there");
    case Kind::Busy: return Text::tr("another program has the file open");
    case Kind::NoFolder: return Text::tr("the folder is not there");
    case Kind::Name: return Text::tr("the file name is not accepted there");
    case Kind::IsFolder: return Text::tr("there is a folder of this name");
    case Kind::NotAFile: return Text::tr("it is a device or a pipe, not a file");
    case Kind::Loop: return Text::tr("it is a link that leads back to itself");
    case Kind::Away: return Text::tr("the disk or share does not answer");
    case Kind::Fault: return Text::tr("the disk or share reports a fault");
    case Kind::NoLocks: return Text::tr("the disk or share has no locks");
    case Kind::Other: break;
    }
    return Text::tr("the system refuses");
}

/// The end of a sentence that names the first thing to do.
QString ending(Elsewhere elsewhere)
{
    return elsewhere == Elsewhere::Offered ? Text::tr(", or save it elsewhere.")
                                           : Text::tr(", then try again.");
}

QLatin1StringView nameOf(Step step)
{
    switch (step) {
    case Step::Find: return QLatin1StringView("find");
    case Step::Create: return QLatin1StringView("create");
    case Step::Write: return QLatin1StringView("write");
    case Step::Sync: return QLatin1StringView("fsync");
    case Step::Rights: return QLatin1StringView("permissions");
    case Step::Replace: return QLatin1StringView("replace");
    case Step::Copy: return QLatin1StringView("copy of the former file");
    case Step::Lock: return QLatin1StringView("lock");
    }
    Q_UNREACHABLE();
}

} // namespace

SaveProblem problemOf(int code, Step step, const QString& path)
{
    return {.kind = kindOf(code, step),
            .step = step,
            .path = path,
            .target = {},
            .words = qt_error_string(code),
            .code = code};
}

QString reason(const SaveProblem& problem)
{
    const auto why = phrase(problem.kind);
    return problem.words.isEmpty() ? why : QStringLiteral("%1 (%2)").arg(why, problem.words);
}

QString whatOf(const SaveProblem& problem)
{
    const QFileInfo file(problem.path);
    auto folder = QDir::toNativeSeparators(QFileInfo(file.absoluteFilePath()).path());
    auto text = problem.step == Step::Copy
                    ? Text::tr("“%1” was not saved in %2. It cannot be replaced there, and before it is "
                               "overwritten a copy must be kept: %3.")
                    : Text::tr("“%1” was not saved in %2: %3.");
    text = text.arg(file.fileName(), folder, reason(problem));
    if (!problem.target.isEmpty())
        text += u' ' + Text::tr("It is a link to %1.").arg(QDir::toNativeSeparators(problem.target));
    switch (problem.former) {
    case SaveProblem::Former::None: break;
    case SaveProblem::Former::Unharmed:
        text += u' ' + Text::tr("The file that was there is unharmed.");
        break;
    case SaveProblem::Former::Copied:
        text += u' ' + Text::tr("The file that was there is damaged. What it held is in %1.")
                           .arg(QDir::toNativeSeparators(problem.copy));
        break;
    }
    return text;
}

QString todoOf(const SaveProblem& problem, Elsewhere elsewhere)
{
    const auto with = [elsewhere](const QString& first) { return QString(first + ending(elsewhere)); };
    switch (problem.kind) {
    case Kind::Full: return with(Text::tr("Free space there"));
    case Kind::Quota: return with(Text::tr("Delete files of yours there"));
    case Kind::ReadOnly:
    case Kind::NotAllowed: return with(Text::tr("Ask for the right to write there"));
    case Kind::Busy: return with(Text::tr("Close it in the other program"));
    case Kind::NoFolder: return with(Text::tr("Connect the share or make the folder"));
    case Kind::Away:
    case Kind::Fault: return with(Text::tr("Check the disk and the network"));
    case Kind::Name:
    case Kind::IsFolder:
    case Kind::NotAFile:
    case Kind::Loop: return Text::tr("Choose another name or another folder.");
    case Kind::TooLarge:
    case Kind::NoLocks:
    case Kind::Other: break;
    }
    return elsewhere == Elsewhere::Offered ? Text::tr("Save it elsewhere.")
                                           : Text::tr("Choose another folder.");
}

QString sentence(const SaveProblem& problem, Elsewhere elsewhere)
{
    return whatOf(problem) + u' ' + todoOf(problem, elsewhere);
}

QString details(const SaveProblem& problem)
{
    return Text::tr("Step: %1. File: %2. Error %3: %4")
        .arg(nameOf(problem.step),
             QDir::toNativeSeparators(problem.target.isEmpty() ? problem.path : problem.target))
        .arg(problem.code)
        .arg(problem.words);
}

} // namespace base
