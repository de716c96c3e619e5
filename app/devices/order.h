// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <vector>

#include <QList>

#include "devices/rows.h"

namespace devices {

/// The columns of the device table, in their default order.
enum class Column { Tick, Name, User, Status, Platform, Seen, Version };
inline constexpr int columnCount = 7;

struct SortBy {
    Column column = Column::Name;
    Qt::SortOrder order = Qt::AscendingOrder;
    bool operator==(const SortBy&) const = default;
};

/// \brief Sort order of rows: by the given columns, then by name, then the row seen last first, then by
/// identity. Total: no two rows are equal.
class Order {
public:
    explicit Order(const QList<SortBy>& by);

    [[nodiscard]] bool before(const Rows& rows, Place a, Place b) const;
    /// Sorts row IDs.
    void sort(std::vector<Place>& places, const Rows& rows) const;

    /// The sort keys, compared one after the other.
    enum class Key { Tick, Name, User, Status, Platform, Seen, Version, VersionText, DeviceId, Registration };
    struct Step {
        Key key;
        bool descending = false;
    };

private:
    std::vector<Step> m_steps;
};

} // namespace devices
