// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/fleet.h"

#include <algorithm>
#include <vector>

#include "devices/order.h"

namespace devices {

namespace {

using Slot = quint32;

/// With more changes than these a view is told to start over.
constexpr qsizetype mostRanges = 500;

struct Range {
    int first;
    int last;
};

/// The stretches of [0, count) for which `wanted` holds.
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

/// Rows live in slots that they keep; the order is a list of slots, and the view the part of it that is
/// shown.
class Fleet::Private {
public:
    struct Tick {
        quint64 sequence;
        Device device; ///< as last known
    };

    [[nodiscard]] bool isTicked(const Row& row) const { return ticks.contains(row.device.key()); }

    [[nodiscard]] auto less() const
    {
        const bool byTick = view.orderBy == Column::Tick;
        return [this, byTick](Slot a, Slot b) {
            return before(rows[a], rows[b], view.orderBy, view.order, byTick && isTicked(rows[a]),
                          byTick && isTicked(rows[b]));
        };
    }

    [[nodiscard]] std::vector<Slot> shownSlots() const
    {
        const auto words = filterWords(view.filter);
        std::vector<Slot> result;
        result.reserve(ordered.size());
        for (const auto slot : ordered) {
            const auto& row = rows[slot];
            if (view.of == View::Of::Ticked && !isTicked(row))
                continue;
            if (view.of == View::Of::List && !view.list.contains(row.device.key()))
                continue;
            if (matches(row, words))
                result.push_back(slot);
        }
        return result;
    }

    void setShown(std::vector<Slot> slots)
    {
        shown = std::move(slots);
        positions.clear();
    }

    /// Where each slot stands in the view, -1 where it does not.
    [[nodiscard]] const std::vector<int>& wherePositions() const
    {
        if (positions.size() != rows.size()) {
            positions.assign(rows.size(), -1);
            for (size_t row = 0; row < shown.size(); ++row)
                positions[shown[row]] = int(row);
        }
        return positions;
    }

    std::vector<Row> rows;
    std::vector<Slot> free;
    QHash<Key, Slot> byKey;
    QHash<QString, int> users;
    std::vector<Slot> ordered;
    View view;
    std::vector<Slot> shown;
    mutable std::vector<int> positions; ///< empty: to be computed
    QHash<Key, Tick> ticks;
    quint64 nextTick = 0;
    QSet<Key> named; ///< by the refresh that runs
    bool refreshing = false;
};

Fleet::Fleet(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
}

Fleet::~Fleet() = default;

qsizetype Fleet::size() const
{
    return d->byKey.size();
}

const Device* Fleet::find(const Key& key) const
{
    const auto slot = d->byKey.find(key);
    return slot == d->byKey.end() ? nullptr : &d->rows[*slot].device;
}

QSet<Key> Fleet::resolve(const QList<Key>& keys) const
{
    QSet<Key> found;
    QMultiHash<QString, Key> vague;
    for (const auto& key : keys) {
        if (d->byKey.contains(key))
            found.insert(key);
        else if (key.registrationId.isEmpty())
            vague.insert(key.deviceId, key);
    }
    if (vague.isEmpty())
        return found;
    for (auto row = d->byKey.keyBegin(); row != d->byKey.keyEnd(); ++row) {
        const auto [begin, end] = vague.equal_range(row->deviceId);
        const bool meant = std::any_of(begin, end, [&row](const Key& key) {
            return key.email.isEmpty() || key.email.compare(row->email, Qt::CaseInsensitive) == 0;
        });
        if (meant)
            found.insert(*row);
    }
    return found;
}

int Fleet::usersOn(const QString& deviceId) const
{
    return d->users.value(deviceId);
}

void Fleet::beginRefresh()
{
    d->named.clear();
    d->refreshing = true;
}

qsizetype Fleet::merge(const QList<Device>& devices)
{
    qsizetype again = 0;
    std::vector<Slot> fresh;
    std::vector<bool> touched(d->rows.size());
    bool any = false;
    for (const auto& device : devices) {
        const auto key = device.key();
        if (d->named.contains(key))
            ++again;
        d->named.insert(key);
        if (const auto known = d->byKey.find(key); known != d->byKey.end()) {
            if (d->rows[*known].device == device)
                continue;
            d->rows[*known] = Row(device);
            touched.resize(d->rows.size());
            if (!touched[*known])
                fresh.push_back(*known);
            touched[*known] = true;
        } else {
            Slot slot;
            if (d->free.empty()) {
                slot = Slot(d->rows.size());
                d->rows.emplace_back(device);
            } else {
                slot = d->free.back();
                d->free.pop_back();
                d->rows[slot] = Row(device);
            }
            touched.resize(d->rows.size());
            touched[slot] = true;
            d->byKey.insert(key, slot);
            ++d->users[device.deviceId];
            fresh.push_back(slot);
        }
        if (auto tick = d->ticks.find(key); tick != d->ticks.end())
            tick->device = device;
        any = true;
    }
    if (!any)
        return again;
    touched.resize(d->rows.size());
    d->positions.clear();
    std::erase_if(d->ordered, [&touched](Slot slot) { return touched[slot]; });
    std::ranges::sort(fresh, d->less());
    const auto middle = d->ordered.insert(d->ordered.end(), fresh.begin(), fresh.end());
    std::inplace_merge(d->ordered.begin(), middle, d->ordered.end(), d->less());
    show(touched);
    Q_EMIT sizeChanged();
    return again;
}

void Fleet::endRefresh(bool complete)
{
    d->refreshing = false;
    if (!complete)
        return;
    std::vector<bool> gone(d->rows.size());
    bool any = false;
    for (const auto slot : d->ordered) {
        const auto& device = d->rows[slot].device;
        if (d->named.contains(device.key()))
            continue;
        gone[slot] = any = true;
        d->byKey.remove(device.key());
        if (--d->users[device.deviceId] == 0)
            d->users.remove(device.deviceId);
    }
    if (!any)
        return;
    std::erase_if(d->ordered, [&gone](Slot slot) { return gone[slot]; });
    show(std::vector<bool>(d->rows.size()));
    for (Slot slot = 0; slot < gone.size(); ++slot) {
        if (gone[slot])
            d->free.push_back(slot);
    }
    Q_EMIT sizeChanged();
}

void Fleet::clear()
{
    Q_EMIT aboutToReset();
    const auto view = d->view;
    d = std::make_unique<Private>();
    d->view.orderBy = view.orderBy;
    d->view.order = view.order;
    Q_EMIT reset();
    Q_EMIT sizeChanged();
    Q_EMIT ticksChanged();
}

const View& Fleet::view() const
{
    return d->view;
}

void Fleet::setView(const View& view)
{
    const bool reordered =
        view.orderBy != d->view.orderBy || view.order != d->view.order || view.orderBy == Column::Tick;
    Q_EMIT aboutToReset();
    d->view = view;
    if (reordered)
        std::ranges::sort(d->ordered, d->less());
    d->setShown(d->shownSlots());
    Q_EMIT reset();
    Q_EMIT ticksChanged(); // how many of them are shown
}

int Fleet::viewSize() const
{
    return int(d->shown.size());
}

const Device& Fleet::viewAt(int row) const
{
    return d->rows[d->shown[size_t(row)]].device;
}

int Fleet::viewRow(const Key& key) const
{
    const auto slot = d->byKey.find(key);
    return slot == d->byKey.end() ? -1 : d->wherePositions()[*slot];
}

/// Brings the view from what it shows to what it should show, in steps where they are few.
void Fleet::show(const std::vector<bool>& touched)
{
    auto wanted = d->shownSlots();
    std::vector<bool> stays(d->rows.size());
    for (const auto slot : wanted)
        stays[slot] = true;
    std::vector<bool> wasShown(d->rows.size());
    for (const auto slot : d->shown)
        wasShown[slot] = true;

    const auto removals =
        rangesOf(int(d->shown.size()), [&](int row) { return !stays[d->shown[size_t(row)]]; });
    const auto inserts =
        rangesOf(int(wanted.size()), [&](int row) { return !wasShown[wanted[size_t(row)]]; });
    std::vector<Slot> commonBefore, commonAfter;
    std::ranges::copy_if(d->shown, std::back_inserter(commonBefore),
                         [&](Slot slot) { return bool(stays[slot]); });
    std::ranges::copy_if(wanted, std::back_inserter(commonAfter),
                         [&](Slot slot) { return bool(wasShown[slot]); });

    if (qsizetype(removals.size() + inserts.size()) > mostRanges || commonBefore != commonAfter) {
        Q_EMIT aboutToReset();
        d->setShown(std::move(wanted));
        Q_EMIT reset();
        return;
    }
    for (auto range = removals.rbegin(); range != removals.rend(); ++range) {
        Q_EMIT aboutToRemove(range->first, range->last);
        d->shown.erase(d->shown.begin() + range->first, d->shown.begin() + range->last + 1);
        d->positions.clear();
        Q_EMIT removed();
    }
    for (const auto& range : inserts) {
        Q_EMIT aboutToInsert(range.first, range.last);
        d->shown.insert(d->shown.begin() + range.first, wanted.begin() + range.first,
                        wanted.begin() + range.last + 1);
        d->positions.clear();
        Q_EMIT inserted();
    }
    const auto changes = rangesOf(int(d->shown.size()), [&](int row) {
        const auto slot = d->shown[size_t(row)];
        return touched[slot] && wasShown[slot];
    });
    if (qsizetype(changes.size()) > mostRanges) {
        Q_EMIT changed(0, int(d->shown.size()) - 1);
        return;
    }
    for (const auto& range : changes)
        Q_EMIT changed(range.first, range.last);
}

bool Fleet::isTicked(const Key& key) const
{
    return d->ticks.contains(key);
}

void Fleet::setTicked(std::span<const Key> keys, bool ticked)
{
    std::vector<bool> touched(d->rows.size());
    bool any = false;
    for (const auto& key : keys) {
        const auto* device = find(key);
        if (ticked) {
            if (!device || !device->obstacle().isEmpty() || d->ticks.contains(key))
                continue;
            d->ticks.insert(key, {d->nextTick++, *device});
        } else if (!d->ticks.remove(key)) {
            continue;
        }
        any = true;
        if (device)
            touched[d->byKey.value(key)] = true;
    }
    if (!any)
        return;
    const auto rows = rangesOf(viewSize(), [&](int row) { return bool(touched[d->shown[size_t(row)]]); });
    if (qsizetype(rows.size()) > mostRanges)
        Q_EMIT changed(0, viewSize() - 1);
    else
        for (const auto& range : rows)
            Q_EMIT changed(range.first, range.last);
    Q_EMIT ticksChanged();
}

void Fleet::clearTicks()
{
    const auto keys = d->ticks.keys();
    setTicked(keys, false);
}

qsizetype Fleet::tickedCount() const
{
    return d->ticks.size();
}

qsizetype Fleet::tickedNotShown() const
{
    const auto keys = d->ticks.keys();
    return std::ranges::count_if(keys, [this](const Key& key) { return viewRow(key) < 0; });
}

QList<Device> Fleet::ticked() const
{
    auto ticks = d->ticks.values();
    std::ranges::sort(ticks, {}, &Private::Tick::sequence);
    QList<Device> devices;
    devices.reserve(ticks.size());
    for (const auto& tick : std::as_const(ticks))
        devices << tick.device;
    return devices;
}

} // namespace devices
