// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <utility>
#include <vector>

#include <QHash>
#include <QList>
#include <QMultiHash>

#include "devices/rows.h"

namespace devices {

/// \brief Maps list entries to rows; adds placeholder rows for devices that the service does not list.
class Followed {
public:
    explicit Followed(Rows& rows)
        : m_rows(rows)
    {
    }

    /// See `Fleet::find(entry)`.
    [[nodiscard]] std::vector<Place> placesOf(const Entry& entry);
    /// Marks the rows of the displayed list, and clears the mark of all other rows.
    /// \returns the placeholder rows that were added
    std::vector<Place> follow(const QList<Entry>& list);
    void forgetNames() { m_ready = false; } ///< call after rows have changed
    void isListed(Place place);             ///< a placeholder is now a device that the service lists
    void remove(Place place);               ///< removes a row that nothing refers to any more

private:
    void prepareNames();
    [[nodiscard]] std::vector<Place> named(const QString& name);
    void handOverTick(const Entry& entry, const std::vector<Place>& places);

    Rows& m_rows;
    QHash<std::pair<Key, QString>, Place> m_absent; ///< placeholder rows that only the list names
    // Index of names and users, built on first use: most lists name IDs.
    bool m_ready = false;
    QMultiHash<QString, Place> m_hosts; ///< by the name without its domain suffix
    QMultiHash<QString, Place> m_users;
};

} // namespace devices
