// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <vector>

#include <QByteArray>
#include <QList>

#include "devices/device.h"
#include "devices/filter.h"

namespace devices {

/// The columns of the device table, in their first order.
enum class Column { Tick, Name, User, Status, Platform, Seen, Version };
inline constexpr int columnCount = 7;

struct SortBy {
    Column column = Column::Name;
    Qt::SortOrder order = Qt::AscendingOrder;
    bool operator==(const SortBy&) const = default;
};

/// \brief A device with what filtering and ordering need at hand, so that neither folds case nor parses a row
/// twice.
struct Row {
    Row() = default;
    explicit Row(const Device& of);

    [[nodiscard]] QByteArrayView text(Field field) const;
    [[nodiscard]] bool matches(const QList<Term>& terms) const;

    Device device;
    QByteArray texts;                           ///< what the filter looks at, folded, a line each
    std::array<quint32, fieldCount + 1> ends{}; ///< where each begins, and the last ends
    quint64 version = 0;                        ///< its first four numbers
    quint64 seen = 0;                           ///< grows with the time, 0 where unknown

    // What the fleet notes on it.
    quint64 tick = 0;                ///< counts the ticks; 0: is not ticked
    quint32 named = 0;               ///< the refresh that named it last
    std::array<quint32, 4> facets{}; ///< the numbers of its values
    bool used = false;               ///< or a gap
    bool inList = false;             ///< that is looked at
};

/// \brief An order of rows: by the given columns, then by name, then the one seen last first, then by
/// identity. Total: no two rows are equal.
class Order {
public:
    explicit Order(const QList<SortBy>& by);

    [[nodiscard]] bool before(const Row& a, const Row& b) const;
    /// Brings places of rows into it.
    void sort(std::vector<quint32>& places, const std::vector<Row>& rows) const;

    /// What rows are compared by, one after the other.
    enum class Key { Tick, Name, User, Status, Platform, Seen, Version, VersionText, DeviceId, Registration };
    struct Step {
        Key key;
        bool descending = false;
    };

private:
    std::vector<Step> m_steps;
};

} // namespace devices
