// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <vector>

namespace support {

/// \brief One system call that fails for files below a folder.
struct Fault {
    std::string call;  ///< `open` (to write), `tmpfile`, `write`, `sync`, `rename`, `link`, `chmod`, `chown`,
                       ///< `lock`, `access`, `truncate`
    std::string under; ///< how the file's path begins
    int code;          ///< errno; negative: the process is killed at the call
    int after = 0;     ///< calls that still go well
    int times = -1;    ///< calls that fail then; negative: all
};

/// \brief Faults of the file system in this process, Qt's and SQLite's calls among them, as long as it lives.
///
/// The library comes before the C library, and fails calls that it names.  Another program gets it by
/// LD_PRELOAD and reads its faults from the file that `CAPTUREDESK_FAULTS` names, at each call: a line is
/// `CALL CODE PATH`.
class FaultyFiles {
public:
    explicit FaultyFiles(std::vector<Fault> faults);
    ~FaultyFiles();
    FaultyFiles(const FaultyFiles&) = delete;
    FaultyFiles& operator=(const FaultyFiles&) = delete;
};

} // namespace support
