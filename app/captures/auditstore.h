// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <optional>

#include <QList>
#include <QObject>

#include "captures/deed.h"
#include "storage/database.h"

namespace captures {

/// \brief Interface to the audit entries that a shared file does not contain yet, and to its progress.
///
/// Both calls block until they are done. Call them from a thread that is neither the GUI thread nor the
/// store's own thread.
class AuditStore : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    struct Unshared {
        std::optional<Sharing> sharing; ///< nullopt: no shared file is set, nothing is appended
        QList<Deed> deeds = {};         ///< the next entries, by ID
        qint64 waiting = 0;             ///< total number of entries to append
        qint64 newest = 0;              ///< ID of the newest entry
    };
    /// \param most maximum number of deeds
    [[nodiscard]] virtual std::expected<Unshared, storage::Problem> unshared(int most) = 0;
    [[nodiscard]] virtual std::expected<void, storage::Problem>
    setSharing(const std::optional<Sharing>& sharing) = 0;

Q_SIGNALS:
    void deedsWritten(); ///< new entries are in the store
};

} // namespace captures
