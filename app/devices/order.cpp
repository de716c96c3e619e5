// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/order.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>

namespace devices {

namespace {

using SortKey = Order::Key;
using Step = Order::Step;

/// 8 bytes of a sort key, as a number with the same order.
struct Chunk {
    quint64 value;
    bool more = false; ///< the key continues after these bytes
};

/// Names are compared up to 1,024 bytes; for longer ones the next sort key decides.
constexpr qsizetype mostDepth = 128;

Chunk chunkOf(QByteArrayView text, qsizetype depth)
{
    const auto at = depth * 8;
    if (at >= text.size())
        return {0};
    const auto length = std::min<qsizetype>(8, text.size() - at);
    quint64 bytes = 0;
    std::memcpy(&bytes, text.data() + at, size_t(length));
    if constexpr (std::endian::native == std::endian::little)
        bytes = __builtin_bswap64(bytes);
    return {bytes, text.size() > at + 8 && depth + 1 < mostDepth};
}

Chunk chunkOf(const Rows& rows, Place place, SortKey key, qsizetype depth)
{
    const auto text = [&](Field field) { return chunkOf(rows.texts().text(place, field), depth); };
    switch (key) {
    case SortKey::Tick: return {rows[place].tick > 0 ? 0U : 1U};
    case SortKey::Name: return text(Field::Name);
    case SortKey::User: return text(Field::User);
    case SortKey::Status: return text(Field::Status);
    case SortKey::Platform: return text(Field::Platform);
    case SortKey::Seen: return {~rows[place].seen};
    case SortKey::Version: return {rows[place].version};
    case SortKey::VersionText: return text(Field::Version);
    case SortKey::DeviceId: return text(Field::DeviceId);
    case SortKey::Registration: return text(Field::Registration);
    }
    Q_UNREACHABLE();
}

SortKey keyOf(Column column)
{
    switch (column) {
    case Column::Tick: return SortKey::Tick;
    case Column::Name: return SortKey::Name;
    case Column::User: return SortKey::User;
    case Column::Status: return SortKey::Status;
    case Column::Platform: return SortKey::Platform;
    case Column::Seen: return SortKey::Seen;
    case Column::Version: return SortKey::Version;
    }
    Q_UNREACHABLE();
}

std::vector<Step> stepsOf(const QList<SortBy>& by)
{
    std::vector<Step> steps;
    for (const auto& one : by) {
        const bool descending = one.order == Qt::DescendingOrder;
        steps.push_back({keyOf(one.column), descending});
        if (one.column == Column::Version)
            steps.push_back({SortKey::VersionText, descending});
    }
    for (const auto key :
         {SortKey::Name, SortKey::Seen, SortKey::DeviceId, SortKey::Registration, SortKey::User}) {
        if (std::ranges::find(steps, key, &Step::key) == steps.end())
            steps.push_back({key});
    }
    return steps;
}

struct Item {
    quint64 chunk;
    Place place;
};

/// Radix-like sort: by 8 bytes at a time, and only rows that are equal by the next 8. The numbers are
/// contiguous in memory; a text is read once for each chunk.
class Sorter {
public:
    Sorter(const Rows& rows, const std::vector<Step>& steps)
        : m_rows(rows)
        , m_steps(steps)
    {
    }

    void sort(std::span<Item> items, size_t step, qsizetype depth) const
    {
        const auto [key, descending] = m_steps[step];
        bool more = false, differ = false;
        for (auto& item : items) {
            const auto chunk = chunkOf(m_rows, item.place, key, depth);
            item.chunk = descending ? ~chunk.value : chunk.value;
            more = more || chunk.more;
            differ = differ || item.chunk != items.front().chunk;
        }
        if (differ)
            std::ranges::sort(items, {}, &Item::chunk);
        if (!more && step + 1 == m_steps.size())
            return;
        for (size_t begin = 0; begin < items.size();) {
            auto end = begin + 1;
            while (end < items.size() && items[end].chunk == items[begin].chunk)
                ++end;
            if (end - begin > 1)
                sort(items.subspan(begin, end - begin), more ? step : step + 1, more ? depth + 1 : 0);
            begin = end;
        }
    }

private:
    const Rows& m_rows;
    const std::vector<Step>& m_steps;
};

} // namespace

Order::Order(const QList<SortBy>& by)
    : m_steps(stepsOf(by))
{
}

void Order::sort(std::vector<Place>& places, const Rows& rows) const
{
    if (places.empty())
        return;
    // In memory order, because each row is read.
    std::vector<bool> wanted(rows.size());
    for (const auto place : places)
        wanted[place] = true;
    std::vector<Item> items;
    items.reserve(places.size());
    for (Place place = 0; place < wanted.size(); ++place) {
        if (wanted[place])
            items.push_back({0, place});
    }
    Sorter(rows, m_steps).sort(items, 0, 0);
    std::ranges::transform(items, places.begin(), &Item::place);
}

bool Order::before(const Rows& rows, Place a, Place b) const
{
    for (const auto& [key, descending] : m_steps) {
        for (qsizetype depth = 0;; ++depth) {
            const auto left = chunkOf(rows, a, key, depth);
            const auto right = chunkOf(rows, b, key, depth);
            if (left.value != right.value)
                return descending ? right.value < left.value : left.value < right.value;
            if (!left.more && !right.more)
                break;
        }
    }
    return false;
}

} // namespace devices
