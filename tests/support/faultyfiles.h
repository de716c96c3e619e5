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
    std::string under; ///< prefix of the file's path
    int code;          ///< errno; negative: kills the process at the call
    int after = 0;     ///< calls that succeed first
    int times = -1;    ///< calls that fail after that; negative: all
};

/// \brief Injects file system faults into this process, including Qt's and SQLite's calls, for its lifetime.
///
/// The library is loaded before the C library and fails the calls that a `Fault` names.  Another program
/// loads it with LD_PRELOAD and reads its faults, at each call, from the file that `CAPTUREDESK_FAULTS`
/// names.  Each line is `CALL CODE PATH`.
class FaultyFiles {
public:
    explicit FaultyFiles(std::vector<Fault> faults);
    ~FaultyFiles();
    FaultyFiles(const FaultyFiles&) = delete;
    FaultyFiles& operator=(const FaultyFiles&) = delete;
};

} // namespace support
