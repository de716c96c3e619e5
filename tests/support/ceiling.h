// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <csignal>

#include <QtGlobal>

#include <sys/resource.h>

namespace support {

/// Limits how large any file of this process can grow, as if the disk were full at that size.
class Ceiling {
public:
    explicit Ceiling(qint64 bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_former);
        const rlimit lower{.rlim_cur = rlim_t(bytes), .rlim_max = m_former.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &lower);
    }
    ~Ceiling() { ::setrlimit(RLIMIT_FSIZE, &m_former); }
    Q_DISABLE_COPY_MOVE(Ceiling)

private:
    rlimit m_former{};
};

} // namespace support
