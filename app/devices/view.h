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

/// \brief Which rows are shown, and in which order.
struct View {
    enum class Of { All, Ticked, List } of = Of::All;
    QString filter;                    ///< words, as `termsOf` reads them
    QMap<Facet, QSet<QString>> chosen; ///< of each facet one of these; no key: any
    QList<Entry> list;                 ///< with Of::List
    QList<SortBy> order{SortBy{}};
    /// With Of::All: a machine with several users that pass is one row until it is opened.
    bool folds = false;

    bool operator==(const View&) const = default;
};

/// \brief One value of a facet.
struct FacetValue {
    QString value;       ///< folded; of Standing the obstacle, empty where there is none
    qsizetype count = 0; ///< rows that have it and pass everything but this facet
    bool operator==(const FacetValue&) const = default;
};

/// \brief How a row stands for a machine with several users.
struct Group {
    enum class Part {
        None,   ///< the row is one user's, alone
        Closed, ///< it stands for all of them
        First,  ///< of an open machine: the others follow
        Other
    } part = Part::None;
    int users = 1; ///< that pass the view
    bool operator==(const Group&) const = default;
};

/// Which places pass everything that a view asks for, or everything but one facet.
[[nodiscard]] std::vector<bool> passing(const Rows& rows, const View& view, const QList<Term>& terms,
                                        std::optional<Facet> but = {});

/// \brief What a view shows: places, one row after the other, and how machines fold in it.
class Shown {
public:
    Shown() = default;
    /// \param ordered all places that may be shown, in the view's order.  Machines with a tick are opened.
    Shown(Rows& rows, const View& view, const QList<Term>& terms, const std::vector<Place>& ordered);

    [[nodiscard]] int size() const { return int(m_places.size()); }
    [[nodiscard]] Place operator[](int row) const { return m_places[size_t(row)]; }
    [[nodiscard]] const std::vector<Place>& places() const { return m_places; }
    /// Of the rows that are part of a machine with several users: those that a closed one hides, too.
    [[nodiscard]] const QHash<Place, Group>& groups() const { return m_groups; }
    void setGroups(const QHash<Place, Group>& groups) { m_groups = groups; }

    void insert(int row, std::span<const Place> places);
    void remove(int first, int last);
    /// The row of a place, or of the closed machine that hides it; -1 where there is none.
    [[nodiscard]] int rowOf(Place place, const Rows& rows) const;
    /// Adds the rows whose machine looks otherwise than in the former view.
    void touchMachines(const Shown& former, const Rows& rows, std::vector<bool>& touched) const;
    void forgetRows() { m_rows.clear(); } ///< places have come or gone

private:
    void addMachine(Rows& rows, const std::vector<Place>& users);

    std::vector<Place> m_places;
    QHash<Place, Group> m_groups;
    mutable std::vector<int> m_rows; ///< by place; empty: to be computed
};

} // namespace devices
