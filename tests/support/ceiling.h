// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <csignal>

#include <QtGlobal>

#include <sys/resource.h>

namespace support {

/// No file grows beyond so many bytes, as if the disk ended there.
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
