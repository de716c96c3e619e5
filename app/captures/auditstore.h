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

/// \brief The audit entries that a shared file does not have yet, and how far that file has come.
///
/// The two calls are for another thread than the window's and the store's own: they wait until it is done.
class AuditStore : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    struct Unshared {
        std::optional<Sharing> sharing; ///< none: nothing is to be appended
        QList<Deed> deeds = {};         ///< the next ones, by number
        qint64 waiting = 0;             ///< how many there are in all
        qint64 newest = 0;              ///< the last of all
    };
    /// \param most deeds
    [[nodiscard]] virtual std::expected<Unshared, storage::Problem> unshared(int most) = 0;
    [[nodiscard]] virtual std::expected<void, storage::Problem>
    setSharing(const std::optional<Sharing>& sharing) = 0;

Q_SIGNALS:
    void deedsWritten(); ///< there are new ones
};

} // namespace captures
