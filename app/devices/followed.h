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

/// \brief The rows that a list means: those that are known; and for what the service does not list, a row
/// that says so.
class Followed {
public:
    explicit Followed(Rows& rows)
        : m_rows(rows)
    {
    }

    /// As `Fleet::find(entry)` says.
    [[nodiscard]] std::vector<Place> placesOf(const Entry& entry);
    /// Marks the rows of the list that is looked at, and takes the mark from all others.
    /// \returns the rows that it had to add
    std::vector<Place> follow(const QList<Entry>& list);
    void forgetNames() { m_ready = false; } ///< rows have changed
    void isListed(Place place);             ///< a row that stood for something not seen
    void remove(Place place);               ///< a row that nothing keeps any more

private:
    void prepareNames();
    [[nodiscard]] std::vector<Place> named(const QString& name);
    void handOverTick(const Entry& entry, const std::vector<Place>& places);

    Rows& m_rows;
    QHash<std::pair<Key, QString>, Place> m_absent; ///< rows that only the list names
    // What people call rows by: made when it is first asked, since most lists name IDs.
    bool m_ready = false;
    QMultiHash<QString, Place> m_hosts; ///< by the name without its domain
    QMultiHash<QString, Place> m_users;
};

} // namespace devices
