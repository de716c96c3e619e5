// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <list>
#include <mutex>

#include <QByteArray>

#include "sandbox/account.h"

namespace sandbox {

/// Generates the zip file of a command, always with the same bytes.
[[nodiscard]] QByteArray archiveOf(const Command& command, const Device& device);

/// \brief Cache of the most recently requested archives, so that a download in ranges generates its archive
/// once. Thread-safe.
class Archives {
public:
    [[nodiscard]] QByteArray of(const Command& command, const Device& device);

private:
    struct Made {
        QString id;
        QByteArray bytes;
    };

    std::mutex m_mutex;
    std::list<Made> m_made; ///< most recently used first
};

} // namespace sandbox
