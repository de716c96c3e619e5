// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <span>
#include <vector>

#include <QHash>
#include <QList>
#include <QMap>
#include <QSet>

#include "devices/order.h"

namespace devices {

/// \brief Query for devices: which rows to show, and in which order.
struct View {
    enum class Of { All, Ticked, List } of = Of::All;
    QString filter;                    ///< search terms, see `termsOf`
    QMap<Facet, QSet<QString>> chosen; ///< for each facet, the accepted values; no key: any value
    QList<Entry> list;                 ///< with Of::List
    QList<SortBy> order{SortBy{}};
    /// With Of::All: shows a multi-user device of which several rows match as one row, until it is expanded.
    bool folds = false;

    bool operator==(const View&) const = default;
};

/// \brief One value of a facet.
struct FacetValue {
    QString value;       ///< case-folded; of Facet::Standing, the obstacle's name, empty: none
    qsizetype count = 0; ///< rows with the value that match the view without this facet
    bool operator==(const FacetValue&) const = default;
};

/// \brief How a row represents a multi-user device.
struct Group {
    enum class Part {
        None,   ///< the row is one user's only
        Closed, ///< collapsed: the row represents all users
        First,  ///< the first row of an expanded device
        Other
    } part = Part::None;
    int users = 1; ///< that match the view
    bool operator==(const Group&) const = default;
};

/// Which rows match all conditions of a view, optionally without one facet; by row ID.
[[nodiscard]] std::vector<bool> passing(const Rows& rows, const View& view, const QList<Term>& terms,
                                        std::optional<Facet> but = {});

/// \brief Result of a view: the visible rows in order, and how multi-user devices are folded.
class Shown {
public:
    Shown() = default;
    /// \param ordered all rows that may be shown, in the view's order. Devices with a ticked user are
    /// expanded.
    Shown(Rows& rows, const View& view, const QList<Term>& terms, const std::vector<Place>& ordered);

    [[nodiscard]] int size() const { return int(m_places.size()); }
    [[nodiscard]] Place operator[](int row) const { return m_places[size_t(row)]; }
    [[nodiscard]] const std::vector<Place>& places() const { return m_places; }
    /// Groups of the rows of multi-user devices, rows hidden by a collapsed device included.
    [[nodiscard]] const QHash<Place, Group>& groups() const { return m_groups; }
    void setGroups(const QHash<Place, Group>& groups) { m_groups = groups; }

    void insert(int row, std::span<const Place> places);
    void remove(int first, int last);
    /// The index of the row, or of the collapsed device that hides it; -1 if neither is visible.
    [[nodiscard]] int rowOf(Place place, const Rows& rows) const;
    /// Marks rows whose group display changed since `former`.
    void touchMachines(const Shown& former, const Rows& rows, std::vector<bool>& touched) const;
    void forgetRows() { m_rows.clear(); } ///< call after rows were added or removed

private:
    void addMachine(Rows& rows, const std::vector<Place>& users);

    std::vector<Place> m_places;
    QHash<Place, Group> m_groups;
    mutable std::vector<int> m_rows; ///< by row ID; empty: computed on demand
};

} // namespace devices
