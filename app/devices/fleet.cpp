// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/fleet.h"

#include <algorithm>

#include <QHash>

#include "devices/names.h"

namespace devices {

namespace {

using Place = quint32;

/// With more changes than these a view is told to start over.
constexpr qsizetype mostRanges = 500;
constexpr size_t mostFormers = 16;

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

constexpr Facet facets[facetCount] = {Facet::Platform, Facet::Standing, Facet::Status, Facet::Version};

QString valueOf(const Device& device, Facet facet)
{
    switch (facet) {
    case Facet::Platform: return device.platform.toCaseFolded();
    case Facet::Standing: return device.obstacle();
    case Facet::Status: return device.status.toCaseFolded();
    case Facet::Version: return device.version;
    }
    Q_UNREACHABLE();
}

} // namespace

/// Rows have a place that they keep; the order is a list of places, and the view the part of it that is
/// shown.
class Fleet::Private {
public:
    /// The number of a text that many rows share.
    quint32 numberOf(const QString& text)
    {
        const auto known = numbers.constFind(text);
        if (known != numbers.cend())
            return *known;
        words << text;
        return *numbers.insert(text, quint32(words.size() - 1));
    }

    /// One copy of a text that many rows share.
    void share(QString& text)
    {
        if (const auto known = numbers.constFind(text); known != numbers.cend())
            text = known.key();
        else
            numberOf(text);
    }

    void set(Place place, Device device)
    {
        for (auto* text : {&device.platform, &device.status, &device.version, &device.ineligibleReason})
            share(*text);
        auto& row = rows[place];
        const auto tick = row.tick;
        const auto named = row.named;
        const bool inList = row.inList;
        row = Row(device);
        row.used = true;
        row.tick = tick;
        row.named = named;
        row.inList = inList;
        for (size_t i = 0; i < facetCount; ++i)
            row.facets[i] = numberOf(valueOf(device, facets[i]));
    }

    Place add(const Device& device)
    {
        Place place;
        if (free.empty()) {
            place = Place(rows.size());
            rows.emplace_back();
        } else {
            place = free.back();
            free.pop_back();
        }
        set(place, device);
        if (!device.deviceId.isEmpty()) {
            byKey.insert(device.key(), place);
            byDevice.insert(device.deviceId, place);
        }
        return place;
    }

    void remove(Place place)
    {
        const auto& device = rows[place].device;
        if (const auto own = byKey.constFind(device.key()); own != byKey.cend() && *own == place)
            byKey.erase(own);
        byDevice.remove(device.deviceId, place);
        rows[place] = Row();
        free.push_back(place);
    }

    /// Takes a changed or new row out of the order and puts it where it belongs.
    void putInOrder(std::vector<Place> fresh, const std::vector<bool>& touched)
    {
        std::erase_if(ordered, [&touched](Place place) { return bool(touched[place]); });
        const Order order(view.order);
        order.sort(fresh, rows);
        std::vector<Place> merged;
        merged.reserve(ordered.size() + fresh.size());
        auto rest = ordered.begin();
        for (const auto place : fresh) {
            const auto next = std::upper_bound(
                rest, ordered.end(), place, [&](Place a, Place b) { return order.before(rows[a], rows[b]); });
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

    [[nodiscard]] bool belongs(const Row& row) const
    {
        switch (view.of) {
        case View::Of::All: return isKnown(row);
        case View::Of::Ticked: return row.used && row.tick > 0;
        case View::Of::List: return row.used && row.inList;
        }
        Q_UNREACHABLE();
    }

    /// Which places pass everything, or everything but one facet.
    [[nodiscard]] std::vector<bool> passing(std::optional<Facet> but = {}) const
    {
        std::vector<std::pair<size_t, std::vector<bool>>> wanted;
        for (auto chosen = view.chosen.cbegin(); chosen != view.chosen.cend(); ++chosen) {
            if (chosen.key() == but)
                continue;
            std::vector<bool> ofWords(size_t(words.size()));
            for (const auto& value : *chosen) {
                if (const auto known = numbers.constFind(value); known != numbers.cend())
                    ofWords[*known] = true;
            }
            wanted.emplace_back(size_t(chosen.key()), std::move(ofWords));
        }
        // By place, not in the view's order: neighbours in memory are read together.
        std::vector<bool> result(rows.size());
        for (size_t place = 0; place < rows.size(); ++place) {
            const auto& row = rows[place];
            result[place] =
                belongs(row) &&
                std::ranges::all_of(
                    wanted, [&row](const auto& one) { return bool(one.second[row.facets[one.first]]); }) &&
                row.matches(terms);
        }
        return result;
    }

    [[nodiscard]] std::vector<Place> toBeShown() const
    {
        const auto passes = passing();
        std::vector<Place> result;
        result.reserve(ordered.size());
        std::ranges::copy_if(ordered, std::back_inserter(result),
                             [&passes](Place place) { return bool(passes[place]); });
        return result;
    }

    /// Typing on narrows what is shown, and going back is to where one has been.
    [[nodiscard]] std::vector<Place> retyped(const QList<Term>& now)
    {
        const auto former = std::ranges::find(formers, now, &Former::terms);
        if (former != formers.end())
            return former->shown;
        const bool narrower = std::ranges::all_of(terms, [&now](const Term& old) {
            return std::ranges::any_of(now, [&old](const Term& term) {
                return (!old.field || old.field == term.field) && contains(term.word, old.word);
            });
        });
        // Of many, all are looked at in the order of memory.
        if (!narrower || shown.size() > rows.size() / 4) {
            terms = now;
            return toBeShown();
        }
        std::vector<Place> result;
        std::ranges::copy_if(shown, std::back_inserter(result),
                             [&](Place place) { return rows[place].matches(now); });
        return result;
    }

    void setShown(std::vector<Place> places)
    {
        shown = std::move(places);
        positions.clear();
    }

    /// Where each place stands in the view, -1 where it does not.
    [[nodiscard]] const std::vector<int>& wherePositions() const
    {
        if (positions.size() != rows.size()) {
            positions.assign(rows.size(), -1);
            for (size_t row = 0; row < shown.size(); ++row)
                positions[shown[row]] = int(row);
        }
        return positions;
    }

    [[nodiscard]] std::vector<Place> placesOf(const Entry& entry)
    {
        const auto& key = entry.key;
        std::vector<Place> found;
        const auto isOf = [this, &key](Place place) {
            return key.email.isEmpty() ||
                   key.email.compare(rows[place].device.email, Qt::CaseInsensitive) == 0;
        };
        if (!key.deviceId.isEmpty()) {
            if (const auto own = byKey.constFind(key); own != byKey.cend() && isKnown(rows[*own]))
                return {*own};
            const auto [begin, end] = std::as_const(byDevice).equal_range(key.deviceId);
            std::ranges::copy_if(begin, end, std::back_inserter(found),
                                 [&](Place place) { return isKnown(rows[place]) && isOf(place); });
        } else if (!entry.name.isEmpty()) {
            std::ranges::copy_if(names.named(entry.name, rows), std::back_inserter(found), isOf);
        } else if (!key.email.isEmpty()) {
            found = names.of(key.email, rows);
        }
        return found;
    }

    /// Finds the rows of the list that is looked at; what the service does not list gets a row that says so.
    /// \returns the places that changed
    std::vector<Place> followList()
    {
        std::vector<Place> fresh;
        for (auto& row : rows)
            row.inList = false;
        if (view.of == View::Of::List) {
            for (const auto& entry : view.list) {
                const auto places = placesOf(entry);
                for (const auto place : places)
                    rows[place].inList = true;
                if (!places.empty()) {
                    handOverTick(entry, places);
                    continue;
                }
                if (const auto own = byKey.constFind(entry.key);
                    !entry.key.deviceId.isEmpty() && own != byKey.cend()) {
                    rows[*own].inList = true; // still ticked
                    continue;
                }
                const auto former = absent.constFind({entry.key, entry.name});
                const auto place = former != absent.cend() ? *former
                                                           : add({.deviceId = entry.key.deviceId,
                                                                  .registrationId = entry.key.registrationId,
                                                                  .email = entry.key.email,
                                                                  .name = entry.name,
                                                                  .platform = entry.platform,
                                                                  .standing = Standing::NotSeen});
                if (former == absent.cend()) {
                    absent.insert({entry.key, entry.name}, place);
                    fresh.push_back(place);
                }
                rows[place].inList = true;
            }
        }
        return fresh;
    }

    /// What was ticked while it was not seen is ticked now that it is, where there is no doubt who it is.
    void handOverTick(const Entry& entry, const std::vector<Place>& places)
    {
        const auto former = absent.constFind({entry.key, entry.name});
        if (former == absent.cend() || rows[*former].tick == 0 || places.size() != 1 ||
            places.front() == *former || !rows[places.front()].device.canBeTicked())
            return;
        auto& now = rows[places.front()].tick;
        if (now > 0)
            --ticked;
        else
            now = rows[*former].tick;
        rows[*former].tick = 0;
    }

    /// The rows that neither the service nor a tick nor the list keeps.
    [[nodiscard]] std::vector<bool> idle() const
    {
        std::vector<bool> result(rows.size());
        for (const auto place : ordered) {
            const auto& row = rows[place];
            result[place] = row.device.standing == Standing::NotSeen && row.tick == 0 && !row.inList;
        }
        return result;
    }

    void drop(const std::vector<bool>& places)
    {
        for (Place place = 0; place < places.size(); ++place) {
            if (!places[place])
                continue;
            const auto& device = rows[place].device;
            absent.remove({device.key(), device.name});
            remove(place);
        }
    }

    void recount()
    {
        knownCount = rememberedCount = 0;
        for (const auto& row : rows) {
            knownCount += isKnown(row);
            rememberedCount += row.used && row.device.standing == Standing::Remembered;
        }
    }

    std::vector<Row> rows;
    std::vector<Place> free;
    QHash<Key, Place> byKey;
    QMultiHash<QString, Place> byDevice;
    QHash<std::pair<Key, QString>, Place> absent; ///< rows that only the list names
    Names names;
    QStringList words;
    QHash<QString, quint32> numbers;
    std::vector<Place> ordered;
    View view;
    QList<Term> terms;
    std::vector<Place> shown;
    mutable std::vector<int> positions; ///< empty: to be computed
    struct Former {
        QList<Term> terms;
        std::vector<Place> shown;
    };
    std::vector<Former> formers; ///< what other searches gave, while nothing else has changed
    quint64 ticks = 0;           ///< ever made
    qsizetype ticked = 0;
    bool ticksMoved = false; ///< since the order was made
    qsizetype knownCount = 0;
    qsizetype rememberedCount = 0;
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
    return d->knownCount;
}

qsizetype Fleet::remembered() const
{
    return d->rememberedCount;
}

const Device* Fleet::find(const Key& key) const
{
    const auto place = d->byKey.constFind(key);
    return place == d->byKey.cend() || !isKnown(d->rows[*place]) ? nullptr : &d->rows[*place].device;
}

QList<Device> Fleet::find(const Entry& entry) const
{
    QList<Device> found;
    const auto places = d->placesOf(entry);
    for (const auto place : places)
        found << d->rows[place].device;
    return found;
}

QList<Device> Fleet::all() const
{
    QList<Device> devices;
    devices.reserve(d->knownCount);
    for (const auto& row : d->rows) {
        if (row.used && row.device.standing == Standing::Listed)
            devices << row.device;
    }
    return devices;
}

int Fleet::usersOn(const QString& deviceId) const
{
    int users = 0;
    const auto [begin, end] = std::as_const(d->byDevice).equal_range(deviceId);
    for (auto place = begin; place != end; ++place)
        users += isKnown(d->rows[*place]);
    return users;
}

void Fleet::beginRefresh()
{
    ++d->refresh;
}

qsizetype Fleet::merge(const QList<Device>& devices)
{
    qsizetype again = 0;
    take(devices, Standing::Listed, again);
    return again;
}

const QDateTime& Fleet::rememberedAt() const
{
    return d->rememberedAt;
}

void Fleet::remember(const QList<Device>& devices, const QDateTime& at)
{
    d->rememberedAt = at;
    qsizetype again = 0;
    take(devices, Standing::Remembered, again);
}

void Fleet::addByHand(const Device& device)
{
    qsizetype again = 0;
    take({device}, Standing::ByHand, again);
}

void Fleet::take(const QList<Device>& devices, Standing standing, qsizetype& again)
{
    std::vector<Place> fresh;
    std::vector<bool> touched(d->rows.size());
    for (auto device : devices) {
        device.standing = standing;
        const auto known = d->byKey.constFind(device.key());
        auto place = known == d->byKey.cend() ? Place(d->rows.size()) : *known;
        if (known != d->byKey.cend()) {
            auto& row = d->rows[place];
            if (standing == Standing::Listed) {
                again += row.named == d->refresh;
                row.named = d->refresh;
            } else if (isKnown(row)) {
                continue; // the service knows better
            }
            if (row.device == device)
                continue;
            d->absent.remove({row.device.key(), row.device.name});
            d->set(place, device);
        } else {
            place = d->add(device);
            d->rows[place].named = standing == Standing::Listed ? d->refresh : 0;
        }
        touched.resize(d->rows.size());
        if (!touched[place])
            fresh.push_back(place);
        touched[place] = true;
    }
    if (fresh.empty())
        return;
    d->formers.clear();
    d->names.forget();
    const auto more = d->followList();
    fresh.insert(fresh.end(), more.begin(), more.end());
    touched.resize(d->rows.size());
    d->positions.clear();
    d->putInOrder(std::move(fresh), touched);
    if (std::exchange(d->ticksMoved, false) && d->ordersByTick())
        Order(d->view.order).sort(d->ordered, d->rows);
    const auto idle = d->idle();
    std::erase_if(d->ordered, [&idle](Place place) { return bool(idle[place]); });
    show(touched);
    d->drop(idle);
    d->recount();
    Q_EMIT sizeChanged();
}

void Fleet::endRefresh(bool complete)
{
    if (!complete)
        return;
    // What was not named goes, but for what is ticked or in the list: that stays and says so.
    std::vector<Place> gone;
    std::vector<bool> touched(d->rows.size());
    for (Place place = 0; place < d->rows.size(); ++place) {
        auto& row = d->rows[place];
        if (!isKnown(row) || row.named == d->refresh || row.device.standing == Standing::ByHand)
            continue;
        touched[place] = true;
        gone.push_back(place);
    }
    if (gone.empty())
        return;
    d->formers.clear();
    for (const auto place : gone) {
        auto device = d->rows[place].device;
        device.standing = Standing::NotSeen;
        d->set(place, device);
    }
    d->names.forget();
    auto more = d->followList();
    gone.insert(gone.end(), more.begin(), more.end());
    touched.resize(d->rows.size());
    d->positions.clear();
    d->putInOrder(std::move(gone), touched);
    const auto idle = d->idle();
    std::erase_if(d->ordered, [&idle](Place place) { return bool(idle[place]); });
    show(touched);
    d->drop(idle);
    d->recount();
    Q_EMIT sizeChanged();
    if (d->ticked > 0)
        Q_EMIT ticksChanged(); // some may be gone
}

void Fleet::clear()
{
    Q_EMIT aboutToReset();
    const auto order = d->view.order;
    d = std::make_unique<Private>();
    d->view.order = order;
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
    const bool retyped = !other && !reordered && view.of != View::Of::Ticked && view.chosen == d->view.chosen;
    const auto terms = termsOf(view.filter);
    Q_EMIT aboutToReset();
    if (retyped) {
        d->view = view;
        auto shown = d->retyped(terms);
        if (std::ranges::find(d->formers, terms, &Private::Former::terms) == d->formers.end()) {
            if (d->formers.size() == mostFormers)
                d->formers.erase(d->formers.begin());
            d->formers.push_back({terms, shown});
        }
        d->terms = terms;
        d->setShown(std::move(shown));
        Q_EMIT reset();
        Q_EMIT ticksChanged();
        return;
    }
    d->formers.clear();
    d->view = view;
    d->terms = terms;
    if (other) {
        const auto fresh = d->followList();
        d->putInOrder(fresh, std::vector<bool>(d->rows.size()));
        d->setShown({});
        const auto idle = d->idle();
        std::erase_if(d->ordered, [&idle](Place place) { return bool(idle[place]); });
        d->drop(idle);
    }
    if (reordered)
        Order(view.order).sort(d->ordered, d->rows);
    d->ticksMoved = false;
    d->setShown(d->toBeShown());
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

quint32 Fleet::numberAt(int row) const
{
    return d->shown[size_t(row)];
}

int Fleet::rowOf(quint32 number) const
{
    const auto& positions = d->wherePositions();
    return number < positions.size() ? positions[number] : -1;
}

int Fleet::viewRow(const Key& key) const
{
    const auto place = d->byKey.constFind(key);
    return place == d->byKey.cend() ? -1 : d->wherePositions()[*place];
}

QList<FacetValue> Fleet::values(Facet facet) const
{
    const auto passes = d->passing(facet);
    std::vector<qsizetype> counts(size_t(d->words.size()));
    for (size_t place = 0; place < d->rows.size(); ++place) {
        if (passes[place])
            ++counts[d->rows[place].facets[size_t(facet)]];
    }
    QList<FacetValue> values;
    for (size_t word = 0; word < counts.size(); ++word) {
        const auto& text = d->words[qsizetype(word)];
        if (counts[word] > 0 || d->view.chosen.value(facet).contains(text))
            values << FacetValue{.value = text, .count = counts[word]};
    }
    std::ranges::sort(values, [](const FacetValue& a, const FacetValue& b) {
        return a.count != b.count ? a.count > b.count : a.value < b.value;
    });
    return values;
}

/// Brings the view from what it shows to what it should show, in steps where they are few.
void Fleet::show(const std::vector<bool>& touched)
{
    Q_EMIT aboutToMerge();
    showSteps(touched);
    Q_EMIT merged();
}

void Fleet::showSteps(const std::vector<bool>& touched)
{
    auto wanted = d->toBeShown();
    std::vector<bool> stays(d->rows.size());
    for (const auto place : wanted)
        stays[place] = true;
    std::vector<bool> wasShown(d->rows.size());
    for (const auto place : d->shown)
        wasShown[place] = true;

    const auto removals =
        rangesOf(int(d->shown.size()), [&](int row) { return !stays[d->shown[size_t(row)]]; });
    const auto inserts =
        rangesOf(int(wanted.size()), [&](int row) { return !wasShown[wanted[size_t(row)]]; });
    std::vector<Place> commonBefore, commonAfter;
    std::ranges::copy_if(d->shown, std::back_inserter(commonBefore),
                         [&](Place place) { return bool(stays[place]); });
    std::ranges::copy_if(wanted, std::back_inserter(commonAfter),
                         [&](Place place) { return bool(wasShown[place]); });

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
        const auto place = d->shown[size_t(row)];
        return touched[place] && wasShown[place];
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
    const auto place = d->byKey.constFind(key);
    return place != d->byKey.cend() && d->rows[*place].tick > 0;
}

void Fleet::tick(const std::vector<quint32>& places, bool ticked)
{
    std::vector<bool> touched(d->rows.size());
    bool any = false;
    for (const auto place : places) {
        auto& row = d->rows[place];
        if ((row.tick > 0) == ticked || (ticked && !row.device.canBeTicked()))
            continue;
        row.tick = ticked ? ++d->ticks : 0;
        d->ticked += ticked ? 1 : -1;
        touched[place] = any = true;
    }
    if (!any)
        return;
    d->ticksMoved = true;
    const auto rows = rangesOf(viewSize(), [&](int row) { return bool(touched[d->shown[size_t(row)]]); });
    if (qsizetype(rows.size()) > mostRanges)
        Q_EMIT changed(0, viewSize() - 1);
    else
        for (const auto& range : rows)
            Q_EMIT changed(range.first, range.last);
    Q_EMIT ticksChanged();
}

void Fleet::setTicked(std::span<const Key> keys, bool ticked)
{
    std::vector<Place> places;
    places.reserve(keys.size());
    for (const auto& key : keys) {
        if (const auto place = d->byKey.constFind(key); place != d->byKey.cend())
            places.push_back(*place);
    }
    tick(places, ticked);
}

bool Fleet::isTickedAt(int row) const
{
    return d->rows[d->shown[size_t(row)]].tick > 0;
}

void Fleet::tickRows(std::span<const Range> rows, bool ticked)
{
    std::vector<Place> places;
    for (const auto& range : rows)
        places.insert(places.end(), d->shown.begin() + range.first, d->shown.begin() + range.last + 1);
    tick(places, ticked);
}

void Fleet::clearTicks()
{
    tick(d->ordered, false);
}

qsizetype Fleet::tickedCount() const
{
    return d->ticked;
}

qsizetype Fleet::tickedNotShown() const
{
    if (d->ticked == 0)
        return 0;
    const auto shown =
        std::ranges::count_if(d->shown, [this](Place place) { return d->rows[place].tick > 0; });
    return d->ticked - shown;
}

QList<Device> Fleet::ticked() const
{
    std::vector<const Row*> rows;
    for (const auto& row : d->rows) {
        if (row.tick > 0)
            rows.push_back(&row);
    }
    std::ranges::sort(rows, {}, &Row::tick);
    QList<Device> devices;
    devices.reserve(qsizetype(rows.size()));
    for (const auto* row : rows)
        devices << row->device;
    return devices;
}

} // namespace devices
