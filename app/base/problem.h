// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace base {

/// \brief Why a file was not saved.
struct SaveProblem {
    enum class Kind {
        Full,
        Quota,
        TooLarge,
        ReadOnly,
        NotAllowed,
        Busy,     ///< another program has the file open, or the file is a mount point
        NoFolder, ///< the folder, or the target of a link, does not exist
        Name,     ///< too long, or contains characters that the file system does not accept
        IsFolder,
        NotAFile, ///< a device, a pipe, a socket
        Loop,     ///< a cycle of symbolic links
        Away,     ///< a disk or network share that does not respond
        Fault,    ///< the device reports an I/O error
        NoLocks,
        Other
    } kind = Kind::Other;
    enum class Step { Find, Create, Write, Sync, Rights, Replace, Copy, Lock } step = Step::Find;
    /// What happened to the existing file.
    enum class Former {
        None,     ///< there was no file
        Unharmed, ///< unchanged
        Copied    ///< damaged; `copy` names a file with its former content
    } former = Former::None;
    QString path;      ///< as requested by the caller
    QString target;    ///< if `path` is a symbolic link: the file it points to
    QString copy = {}; ///< set for `Former::Copied`
    QString words;     ///< the system's error message
    int code = 0;      ///< errno

    bool operator==(const SaveProblem&) const = default;
};

/// Whether the operator can choose another location for the file.
enum class Elsewhere { No, Offered };

/// \param code errno
[[nodiscard]] SaveProblem problemOf(int code, SaveProblem::Step step, const QString& path);

/// A phrase with the system's error message: `the disk is full (No space left on device)`.
[[nodiscard]] QString reason(const SaveProblem& problem);
/// Which file was not saved, where and why, and what happened to the existing file.
[[nodiscard]] QString whatOf(const SaveProblem& problem);
[[nodiscard]] QString todoOf(const SaveProblem& problem, Elsewhere elsewhere);
/// `whatOf` and `todoOf` in one line.
[[nodiscard]] QString sentence(const SaveProblem& problem, Elsewhere elsewhere = Elsewhere::No);
/// For the system administrator: the step, the full path, the error code.
[[nodiscard]] QString details(const SaveProblem& problem);

} // namespace base
