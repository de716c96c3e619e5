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
        Busy,     ///< another program has the file open, or it is a mount of its own
        NoFolder, ///< or the target of a link is not there
        Name,     ///< too long, or with characters that the file system does not accept
        IsFolder,
        NotAFile, ///< a device, a pipe, a socket
        Loop,     ///< of symbolic links
        Away,     ///< a share whose server does not answer
        Fault,    ///< of the device
        NoLocks,
        Other
    } kind = Kind::Other;
    enum class Step { Find, Create, Write, Sync, Rights, Replace, Copy, Lock } step = Step::Find;
    /// What became of the file that was there.
    enum class Former {
        None,     ///< there was none
        Unharmed, ///< as before
        Copied    ///< damaged; `copy` holds what it was
    } former = Former::None;
    QString path;      ///< as it was asked for
    QString target;    ///< where `path` is a symbolic link: the file itself
    QString copy = {}; ///< of `Former::Copied`
    QString words;     ///< the system's own
    int code = 0;      ///< errno

    bool operator==(const SaveProblem&) const = default;
};

/// Whether the operator may choose another place for the file.
enum class Elsewhere { No, Offered };

/// \param code errno
[[nodiscard]] SaveProblem problemOf(int code, SaveProblem::Step step, const QString& path);

/// A phrase with the system's own words: `the disk is full (No space left on device)`.
[[nodiscard]] QString reason(const SaveProblem& problem);
/// Which file, where, why; and what became of the file that was there.
[[nodiscard]] QString whatOf(const SaveProblem& problem);
[[nodiscard]] QString todoOf(const SaveProblem& problem, Elsewhere elsewhere);
/// The two above in one line.
[[nodiscard]] QString sentence(const SaveProblem& problem, Elsewhere elsewhere = Elsewhere::No);
/// For whoever looks after the computer: the step, the whole path, the code.
[[nodiscard]] QString details(const SaveProblem& problem);

} // namespace base
