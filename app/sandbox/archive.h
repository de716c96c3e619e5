// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <list>
#include <mutex>

#include <QByteArray>

#include "sandbox/account.h"

namespace sandbox {

/// The zip that a command left: the same bytes each time it is asked for.
[[nodiscard]] QByteArray archiveOf(const Command& command, const Device& device);

/// \brief The archives asked for last, so that a download in parts makes its archive once.  Thread-safe.
class Archives {
public:
    [[nodiscard]] QByteArray of(const Command& command, const Device& device);

private:
    struct Made {
        QString id;
        QByteArray bytes;
    };

    std::mutex m_mutex;
    std::list<Made> m_made; ///< the one asked for last is first
};

} // namespace sandbox
