// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/view.h"

#include <algorithm>

namespace devices {

namespace {

bool belongs(const Row& row, View::Of of)
{
    switch (of) {
    case View::Of::All: return row.isKnown();
    case View::Of::Ticked: return row.used && row.tick > 0;
    case View::Of::List: return row.used && row.inList;
    }
    Q_UNREACHABLE();
}

/// Devices with several users.
struct Machines {
    std::vector<bool> isShared;                 ///< by row ID
    QHash<Machine, std::vector<Place>> users{}; ///< the matching rows, in order
};

Machines sharedMachines(const Rows& rows, const std::vector<bool>& passes, const std::vector<Place>& ordered)
{
    Machines machines{.isShared = std::vector<bool>(rows.size())};
    bool any = false;
    for (Place place = 0; place < rows.size(); ++place) {
        machines.isShared[place] = passes[place] && rows.isShared(rows[place].machine);
        any = any || machines.isShared[place];
    }
    if (!any)
        return machines;
    for (const auto place : ordered) {
        if (machines.isShared[place])
            machines.users[rows[place].machine].push_back(place);
    }
    return machines;
}

} // namespace

std::vector<bool> passing(const Rows& rows, const View& view, const QList<Term>& terms,
                          std::optional<Facet> but)
{
    std::vector<std::pair<size_t, std::vector<bool>>> wanted;
    for (auto chosen = view.chosen.cbegin(); chosen != view.chosen.cend(); ++chosen) {
        if (chosen.key() == but)
            continue;
        std::vector<bool> ofWords(size_t(rows.words().size()));
        for (const auto& value : *chosen) {
            if (const auto known = rows.numberOf(value))
                ofWords[*known] = true;
        }
        wanted.emplace_back(size_t(chosen.key()), std::move(ofWords));
    }
    // By row ID, not in the view's order: the rows are contiguous in memory.
    std::vector<bool> result(rows.size());
    for (Place place = 0; place < rows.size(); ++place) {
        const auto& row = rows[place];
        result[place] =
            belongs(row, view.of) &&
            std::ranges::all_of(
                wanted, [&row](const auto& one) { return bool(one.second[row.facets[one.first]]); }) &&
            rows.texts().matches(place, terms);
    }
    return result;
}

Shown::Shown(Rows& rows, const View& view, const QList<Term>& terms, const std::vector<Place>& ordered)
{
    const auto passes = passing(rows, view, terms);
    const bool folds = view.folds && view.of == View::Of::All;
    const auto machines = folds ? sharedMachines(rows, passes, ordered) : Machines();
    m_places.reserve(ordered.size());
    for (const auto place : ordered) {
        if (!passes[place])
            continue;
        const auto users = machines.users.isEmpty() || !machines.isShared[place]
                               ? machines.users.cend()
                               : machines.users.constFind(rows[place].machine);
        if (users == machines.users.cend() || users->size() < 2)
            m_places.push_back(place);
        else if (users->front() == place)
            addMachine(rows, *users);
    }
}

void Shown::addMachine(Rows& rows, const std::vector<Place>& users)
{
    using Part = Group::Part;
    const auto machine = rows[users.front()].machine;
    if (std::ranges::any_of(users, [&rows](Place place) { return rows[place].tick > 0; }))
        rows.setOpen(machine, true);
    const bool open = rows.isOpen(machine);
    for (const auto place : users) {
        const bool first = place == users.front();
        m_groups.insert(place, {.part = !open   ? Part::Closed
                                        : first ? Part::First
                                                : Part::Other,
                                .users = int(users.size())});
        if (open || first)
            m_places.push_back(place);
    }
}

void Shown::insert(int row, std::span<const Place> places)
{
    m_places.insert(m_places.begin() + row, places.begin(), places.end());
    m_rows.clear();
}

void Shown::remove(int first, int last)
{
    m_places.erase(m_places.begin() + first, m_places.begin() + last + 1);
    m_rows.clear();
}

int Shown::rowOf(Place place, const Rows& rows) const
{
    if (m_rows.size() != rows.size()) {
        m_rows.assign(rows.size(), -1);
        for (int row = 0; row < size(); ++row)
            m_rows[m_places[size_t(row)]] = row;
        QHash<Machine, int> closed;
        std::vector<Place> hidden;
        for (auto group = m_groups.cbegin(); group != m_groups.cend(); ++group) {
            if (group->part != Group::Part::Closed)
                continue;
            if (m_rows[group.key()] >= 0)
                closed.insert(rows[group.key()].machine, m_rows[group.key()]);
            else
                hidden.push_back(group.key());
        }
        for (const auto one : hidden)
            m_rows[one] = closed.value(rows[one].machine, -1);
    }
    return place < m_rows.size() ? m_rows[place] : -1;
}

void Shown::touchMachines(const Shown& former, const Rows& rows, std::vector<bool>& touched) const
{
    QSet<Machine> others; // collapsed devices of which any row changed
    for (auto group = m_groups.cbegin(); group != m_groups.cend(); ++group) {
        if (group->part == Group::Part::Closed && touched[group.key()])
            others.insert(rows[group.key()].machine);
    }
    for (auto group = m_groups.cbegin(); group != m_groups.cend(); ++group) {
        if (others.contains(rows[group.key()].machine) || former.m_groups.value(group.key()) != *group)
            touched[group.key()] = true;
    }
    for (auto group = former.m_groups.cbegin(); group != former.m_groups.cend(); ++group) {
        if (!m_groups.contains(group.key()))
            touched[group.key()] = true;
    }
}

} // namespace devices
