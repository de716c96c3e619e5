// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <expected>
#include <memory>

#include <QByteArray>
#include <QElapsedTimer>
#include <QHash>
#include <QLockFile>
#include <QString>

namespace devices {

/// \brief Lock files for list files that other computers also change. A lock file is beside the list file and
/// names its computer.
///
/// A lock left by a program on this computer that has ended is removed at once. A lock of another computer is
/// removed when it has not changed for some time by this computer's steady clock: the clock of a file server
/// may be wrong, and a running program holds its lock for milliseconds only.
class ListLocks {
public:
    struct Patience {
        std::chrono::milliseconds wait{2'000};   ///< timeout for acquiring a lock
        std::chrono::milliseconds stale{30'000}; ///< age after which a lock counts as abandoned
    };

    explicit ListLocks(Patience patience)
        : m_patience(patience)
    {
    }

    /// Holds the lock for the lifetime of the result. A folder in which no lock file can be created is not an
    /// error.
    /// \returns on failure, a sentence that says who holds the lock and since when
    [[nodiscard]] std::expected<std::unique_ptr<QLockFile>, QString> lock(const QString& path);

private:
    struct Seen {
        QByteArray mark; ///< host, process and time of the lock
        QElapsedTimer since;
    };

    Patience m_patience;
    QHash<QString, Seen> m_seen;
};

} // namespace devices
