// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/fleet.h"

#include <algorithm>

#include <QHash>

#include "devices/followed.h"
#include "devices/rows.h"

namespace devices {

namespace {

/// With more ranges than this, the view is reset.
constexpr qsizetype mostRanges = 500;

/// Returns the ranges of [0, count) for which `wanted` holds.
template<class Wanted>
std::vector<Range> rangesOf(int count, Wanted wanted)
{
    std::vector<Range> ranges;
    for (int row = 0; row < count; ++row) {
        if (!wanted(row))
            continue;
        if (!ranges.empty() && ranges.back().last == row - 1)
            ranges.back().last = row;
        else
            ranges.push_back({row, row});
    }
    return ranges;
}

} // namespace

/// All rows in sort order, and the part of them that is shown.
class Fleet::Private {
public:
    /// Moves changed and new rows to their sorted position.
    void putInOrder(std::vector<Place> places, const std::vector<bool>& moved)
    {
        std::erase_if(ordered, [&moved](Place place) { return place < moved.size() && moved[place]; });
        const Order order(view.order);
        order.sort(places, rows);
        std::vector<Place> merged;
        merged.reserve(ordered.size() + places.size());
        auto rest = ordered.begin();
        for (const auto place : places) {
            const auto next = std::upper_bound(rest, ordered.end(), place,
                                               [&](Place a, Place b) { return order.before(rows, a, b); });
            merged.insert(merged.end(), rest, next);
            merged.push_back(place);
            rest = next;
        }
        merged.insert(merged.end(), rest, ordered.end());
        ordered = std::move(merged);
    }

    [[nodiscard]] bool ordersByTick() const
    {
        return std::ranges::any_of(view.order, [](const SortBy& by) { return by.column == Column::Tick; });
    }

    [[nodiscard]] Shown toBeShown() { return {rows, view, terms, ordered}; }

    /// Finds the rows that neither the service nor a tick nor the list refers to. Removes them from the
    /// order; the caller drops them once they are no longer shown.
    [[nodiscard]] std::vector<bool> takeIdle()
    {
        std::vector<bool> result(rows.size());
        for (Place place = 0; place < rows.size(); ++place) {
            const auto& row = rows[place];
            result[place] = row.used && row.standing == Standing::NotSeen && row.tick == 0 && !row.inList;
        }
        std::erase_if(ordered, [&result](Place place) { return bool(result[place]); });
        return result;
    }

    void drop(const std::vector<bool>& places)
    {
        for (Place place = 0; place < places.size(); ++place) {
            if (places[place])
                followed.remove(place);
        }
    }

    void followList()
    {
        for (const auto place : followed.follow(view.of == View::Of::List ? view.list : QList<Entry>()))
            touch(place);
    }

    void touch(Place place)
    {
        touched.resize(rows.size());
        if (!touched[place])
            fresh.push_back(place);
        touched[place] = true;
    }

    Rows rows;
    Followed followed{rows};
    std::vector<Place> ordered;
    View view;
    QList<Term> terms;
    Shown shown;
    std::vector<Place> fresh;  ///< changed rows that are not shown yet …
    std::vector<bool> touched; ///< … and the same by row ID
    quint64 ticks = 0;         ///< number of ticks so far
    bool ticksMoved = false;   ///< since the last sort
    QDateTime rememberedAt;
    quint32 refresh = 0;
};

Fleet::Fleet(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
}

Fleet::~Fleet() = default;

qsizetype Fleet::size() const
{
    return d->rows.known();
}

qsizetype Fleet::remembered() const
{
    return d->rows.remembered();
}

const QDateTime& Fleet::rememberedAt() const
{
    return d->rememberedAt;
}

const Device* Fleet::find(const Key& key) const
{
    const auto place = d->rows.find(key);
    return place && d->rows[*place].isKnown() ? &d->rows.device(*place) : nullptr;
}

QList<Device> Fleet::find(const Entry& entry) const
{
    QList<Device> found;
    const auto places = d->followed.placesOf(entry);
    for (const auto place : places)
        found << d->rows.device(place);
    return found;
}

QList<Device> Fleet::all() const
{
    QList<Device> devices;
    devices.reserve(size());
    (void)listed(0, size(), devices);
    return devices;
}

quint32 Fleet::listed(quint32 from, qsizetype most, QList<Device>& devices) const
{
    for (auto place = from; place < d->rows.size(); ++place) {
        if (!d->rows[place].used || d->rows[place].standing != Standing::Listed)
            continue;
        if (most-- == 0)
            return place;
        devices << d->rows.device(place);
    }
    return 0;
}

int Fleet::usersOn(const QString& deviceId) const
{
    return d->rows.usersOn(deviceId);
}

void Fleet::beginRefresh()
{
    ++d->refresh;
}

void Fleet::expect(qsizetype count)
{
    d->rows.expect(count);
}

void Fleet::merge(const QList<Device>& devices)
{
    add(devices);
    showAdded();
}

void Fleet::add(const QList<Device>& devices)
{
    take(devices, Standing::Listed);
}

void Fleet::remember(const QList<Device>& devices, const QDateTime& at)
{
    d->rememberedAt = at;
    take(devices, Standing::Remembered);
    showAdded();
}

void Fleet::take(const QList<Device>& devices, Standing standing)
{
    for (auto device : devices) {
        device.standing = standing;
        auto place = d->rows.find(device.key());
        bool differs = true;
        if (!place) {
            place = d->rows.add(device);
        } else {
            if (standing != Standing::Listed && d->rows[*place].isKnown())
                continue; // a snapshot does not overwrite a known row
            d->followed.isListed(*place);
            differs = d->rows.set(*place, device);
        }
        if (standing == Standing::Listed)
            d->rows[*place].named = d->refresh;
        if (differs)
            d->touch(*place);
    }
}

void Fleet::showAdded()
{
    if (!d->fresh.empty())
        settle();
}

void Fleet::endRefresh(bool complete)
{
    showAdded();
    if (!complete)
        return;
    // Devices that were not named become NotSeen. settle() removes them, unless they are ticked or in the
    // list.
    for (Place place = 0; place < d->rows.size(); ++place) {
        const auto& row = d->rows[place];
        if (!row.isKnown() || row.named == d->refresh)
            continue;
        auto device = d->rows.device(place);
        device.standing = Standing::NotSeen;
        d->rows.set(place, device);
        d->touch(place);
    }
    if (d->fresh.empty())
        return;
    settle();
    if (d->rows.ticked() > 0)
        Q_EMIT ticksChanged(); // ticked devices may have changed their state
}

/// Sorts and shows the changed rows.
void Fleet::settle()
{
    d->followed.forgetNames();
    d->followList();
    const auto touched = std::exchange(d->touched, {});
    d->shown.forgetRows();
    d->putInOrder(std::exchange(d->fresh, {}), touched);
    if (std::exchange(d->ticksMoved, false) && d->ordersByTick())
        Order(d->view.order).sort(d->ordered, d->rows);
    const auto idle = d->takeIdle();
    show(touched);
    d->drop(idle);
    Q_EMIT sizeChanged();
}

void Fleet::clear()
{
    Q_EMIT aboutToReset();
    const auto order = d->view.order;
    const auto folds = d->view.folds;
    d = std::make_unique<Private>();
    d->view.order = order;
    d->view.folds = folds;
    Q_EMIT reset();
    Q_EMIT sizeChanged();
    Q_EMIT ticksChanged();
}

const View& Fleet::view() const
{
    return d->view;
}

const QList<Term>& Fleet::terms() const
{
    return d->terms;
}

void Fleet::setView(const View& view)
{
    const bool other = view.of != d->view.of || view.list != d->view.list;
    const bool reordered = view.order != d->view.order || (d->ticksMoved && d->ordersByTick());
    if (other || reordered)
        showAdded();
    Q_EMIT aboutToReset();
    d->view = view;
    d->terms = termsOf(view.filter);
    if (other) {
        d->followList();
        d->touched.clear();
        d->putInOrder(std::exchange(d->fresh, {}), {});
        d->shown = {};
        d->drop(d->takeIdle());
    }
    if (reordered) {
        Order(view.order).sort(d->ordered, d->rows);
        d->ticksMoved = false;
    }
    d->shown = d->toBeShown();
    Q_EMIT reset();
    Q_EMIT ticksChanged(); // the number of ticked rows shown may have changed
}

int Fleet::viewSize() const
{
    return d->shown.size();
}

const Device& Fleet::viewAt(int row) const
{
    return d->rows.device(d->shown[row]);
}

Group Fleet::groupAt(int row) const
{
    const auto& groups = d->shown.groups();
    return groups.isEmpty() ? Group() : groups.value(d->shown[row]);
}

QList<Device> Fleet::devicesAt(int row) const
{
    if (groupAt(row).part != Group::Part::Closed)
        return {viewAt(row)};
    QList<Device> devices{viewAt(row)};
    const auto place = d->shown[row];
    for (const auto other : d->rows.on(d->rows[place].machine)) {
        if (other != place && d->shown.groups().contains(other))
            devices << d->rows.device(other);
    }
    return devices;
}

void Fleet::setOpen(int row, bool open)
{
    if (groupAt(row).part == Group::Part::None)
        return;
    const auto machine = d->rows[d->shown[row]].machine;
    if (d->rows.isOpen(machine) == open)
        return;
    d->rows.setOpen(machine, open); // a device with ticked users is expanded again
    show({});
}

quint32 Fleet::numberAt(int row) const
{
    return d->shown[row];
}

int Fleet::rowOf(quint32 number) const
{
    return d->shown.rowOf(number, d->rows);
}

int Fleet::viewRow(const Key& key) const
{
    const auto place = d->rows.find(key);
    return place ? d->shown.rowOf(*place, d->rows) : -1;
}

QList<FacetValue> Fleet::values(Facet facet) const
{
    const auto passes = passing(d->rows, d->view, d->terms, facet);
    std::vector<qsizetype> counts(size_t(d->rows.words().size()));
    for (Place place = 0; place < d->rows.size(); ++place) {
        if (passes[place])
            ++counts[d->rows[place].facets[size_t(facet)]];
    }
    QList<FacetValue> values;
    for (size_t word = 0; word < counts.size(); ++word) {
        const auto& text = d->rows.words().at(qsizetype(word));
        if (counts[word] > 0 || d->view.chosen.value(facet).contains(text))
            values << FacetValue{.value = text, .count = counts[word]};
    }
    std::ranges::sort(values, [](const FacetValue& a, const FacetValue& b) {
        return a.count != b.count ? a.count > b.count : a.value < b.value;
    });
    return values;
}

/// Updates the shown rows, in single steps if they are few, else by a reset.
void Fleet::show(const std::vector<bool>& touched)
{
    Q_EMIT aboutToMerge();
    showSteps(touched);
    Q_EMIT merged();
}

void Fleet::showSteps(std::vector<bool> touched)
{
    auto wanted = d->toBeShown();
    auto& shown = d->shown;
    touched.resize(d->rows.size());
    wanted.touchMachines(shown, d->rows, touched);
    std::vector<bool> stays(d->rows.size());
    for (const auto place : wanted.places())
        stays[place] = true;
    std::vector<bool> wasShown(d->rows.size());
    for (const auto place : shown.places())
        wasShown[place] = true;

    const auto removals = rangesOf(shown.size(), [&](int row) { return !stays[shown[row]]; });
    const auto inserts = rangesOf(wanted.size(), [&](int row) { return !wasShown[wanted[row]]; });
    std::vector<Place> commonBefore, commonAfter;
    std::ranges::copy_if(shown.places(), std::back_inserter(commonBefore),
                         [&](Place place) { return bool(stays[place]); });
    std::ranges::copy_if(wanted.places(), std::back_inserter(commonAfter),
                         [&](Place place) { return bool(wasShown[place]); });

    if (qsizetype(removals.size() + inserts.size()) > mostRanges || commonBefore != commonAfter) {
        Q_EMIT aboutToReset();
        shown = std::move(wanted);
        Q_EMIT reset();
        return;
    }
    shown.setGroups(wanted.groups());
    for (auto range = removals.rbegin(); range != removals.rend(); ++range) {
        Q_EMIT aboutToRemove(range->first, range->last);
        shown.remove(range->first, range->last);
        Q_EMIT removed();
    }
    for (const auto& [first, last] : inserts) {
        Q_EMIT aboutToInsert(first, last);
        shown.insert(first, std::span(wanted.places()).subspan(size_t(first), size_t(last - first + 1)));
        Q_EMIT inserted();
    }
    tellChanged([&](Place place) { return touched[place] && wasShown[place]; });
}

template<class Wanted>
void Fleet::tellChanged(Wanted wanted)
{
    const auto ranges = rangesOf(viewSize(), [&](int row) { return wanted(d->shown[row]); });
    if (qsizetype(ranges.size()) > mostRanges) {
        Q_EMIT changed(0, viewSize() - 1);
        return;
    }
    for (const auto& range : ranges)
        Q_EMIT changed(range.first, range.last);
}

bool Fleet::isTicked(const Key& key) const
{
    const auto place = d->rows.find(key);
    return place && d->rows[*place].tick > 0;
}

void Fleet::tick(const std::vector<Place>& places, bool ticked)
{
    std::vector<bool> touched(d->rows.size());
    bool any = false, hidden = false;
    for (const auto place : places) {
        if ((d->rows[place].tick > 0) == ticked || (ticked && !d->rows.device(place).canBeTicked()))
            continue;
        d->rows.setTick(place, ticked ? ++d->ticks : 0);
        touched[place] = any = true;
        hidden = hidden || d->shown.groups().value(place).part == Group::Part::Closed;
    }
    if (!any)
        return;
    d->ticksMoved = true;
    if (hidden)
        show(touched);
    else
        tellChanged([&](Place place) { return bool(touched[place]); });
    Q_EMIT ticksChanged();
}

void Fleet::setTicked(std::span<const Key> keys, bool ticked)
{
    std::vector<Place> places;
    places.reserve(keys.size());
    for (const auto& key : keys) {
        if (const auto place = d->rows.find(key))
            places.push_back(*place);
    }
    tick(places, ticked);
}

bool Fleet::isTickedAt(int row) const
{
    return d->rows[d->shown[row]].tick > 0;
}

int Fleet::tickRows(std::span<const Range> rows, bool ticked)
{
    std::vector<Place> places;
    const auto& shown = d->shown.places();
    for (const auto& range : rows)
        places.insert(places.end(), shown.begin() + range.first, shown.begin() + range.last + 1);
    int opened = 0;
    if (!d->shown.groups().isEmpty()) {
        std::erase_if(places, [&](Place place) {
            if (d->shown.groups().value(place).part != Group::Part::Closed)
                return false;
            if (ticked) {
                d->rows.setOpen(d->rows[place].machine, true);
                ++opened;
            }
            return true;
        });
    }
    tick(places, ticked);
    if (opened > 0)
        show({});
    return opened;
}

void Fleet::clearTicks()
{
    tick(d->ordered, false);
}

qsizetype Fleet::tickedCount() const
{
    return d->rows.ticked();
}

qsizetype Fleet::tickedNotShown() const
{
    if (tickedCount() == 0)
        return 0;
    const auto shown =
        std::ranges::count_if(d->shown.places(), [this](Place place) { return d->rows[place].tick > 0; });
    return tickedCount() - shown;
}

QList<Device> Fleet::ticked() const
{
    std::vector<Place> places;
    for (Place place = 0; place < d->rows.size(); ++place) {
        if (d->rows[place].tick > 0)
            places.push_back(place);
    }
    std::ranges::sort(places, {}, [this](Place place) { return d->rows[place].tick; });
    QList<Device> devices;
    devices.reserve(qsizetype(places.size()));
    for (const auto place : places)
        devices << d->rows.device(place);
    return devices;
}

} // namespace devices
