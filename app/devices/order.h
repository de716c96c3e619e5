// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QVersionNumber>

#include "devices/device.h"
#include "devices/fleet.h"

namespace devices {

/// \brief A device with what filtering and ordering need at hand, so that neither folds case nor parses a row
/// twice.
struct Row {
    explicit Row(const Device& of);

    Device device;
    QString name; ///< folded
    QString user; ///< folded
    QString text; ///< folded: everything that the filter looks at, a line each
    QVersionNumber version;
    qint64 seen; ///< ms since the epoch, the earliest where unknown
};

/// The words of a filter, folded; all must be found.
[[nodiscard]] QStringList filterWords(const QString& filter);
[[nodiscard]] bool matches(const Row& row, const QStringList& words);

/// Whether `a` stands before `b`.  A total order: ties are settled by name, then the one seen last first,
/// then the key.
/// \param ticked whether they are, for the tick column
[[nodiscard]] bool before(const Row& a, const Row& b, Column by, Qt::SortOrder order, bool aTicked,
                          bool bTicked);

} // namespace devices
