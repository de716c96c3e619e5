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

/// \brief Locks of files that other computers change, too: a file beside each, with the computer's name.
///
/// A lock of a program on this computer that has ended is removed at once.  One of another computer is
/// removed when it has not changed for some time by this computer's own clock: a server's clock may be wrong,
/// and a program that is at work has its lock for milliseconds.
class ListLocks {
public:
    struct Patience {
        std::chrono::milliseconds wait{2'000};   ///< until a change is given up
        std::chrono::milliseconds stale{30'000}; ///< after which a lock was left behind
    };

    explicit ListLocks(Patience patience)
        : m_patience(patience)
    {
    }

    /// Locked as long as the result lives.  A folder in which no lock can be made is no error.
    /// \returns otherwise who has it and since when, in a sentence
    [[nodiscard]] std::expected<std::unique_ptr<QLockFile>, QString> lock(const QString& path);

private:
    struct Seen {
        QByteArray mark; ///< whose lock it was, and of when
        QElapsedTimer since;
    };

    Patience m_patience;
    QHash<QString, Seen> m_seen;
};

} // namespace devices
