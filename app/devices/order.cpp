// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/order.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>

namespace devices {

namespace {

using Key = Order::Key;
using Step = Order::Step;

/// The next 8 bytes of a row's key, as a number that compares as they do.
struct Chunk {
    quint64 value;
    bool more = false; ///< there are more after these
};

/// A name of a thousand characters is compared no further: it is somebody's joke, and the ID settles it.
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

Chunk chunkOf(const Row& row, Key key, qsizetype depth)
{
    switch (key) {
    case Key::Tick: return {row.tick > 0 ? 0U : 1U};
    case Key::Name: return chunkOf(row.text(Field::Name), depth);
    case Key::User: return chunkOf(row.text(Field::User), depth);
    case Key::Status: return chunkOf(row.text(Field::Status), depth);
    case Key::Platform: return chunkOf(row.text(Field::Platform), depth);
    case Key::Seen: return {~row.seen};
    case Key::Version: return {row.version};
    case Key::VersionText: return chunkOf(row.text(Field::Version), depth);
    case Key::DeviceId: return chunkOf(row.text(Field::DeviceId), depth);
    case Key::Registration: return chunkOf(row.text(Field::Registration), depth);
    }
    Q_UNREACHABLE();
}

Key keyOf(Column column)
{
    switch (column) {
    case Column::Tick: return Key::Tick;
    case Column::Name: return Key::Name;
    case Column::User: return Key::User;
    case Column::Status: return Key::Status;
    case Column::Platform: return Key::Platform;
    case Column::Seen: return Key::Seen;
    case Column::Version: return Key::Version;
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
            steps.push_back({Key::VersionText, descending});
    }
    for (const auto key : {Key::Name, Key::Seen, Key::DeviceId, Key::Registration, Key::User}) {
        if (std::ranges::find(steps, key, &Step::key) == steps.end())
            steps.push_back({key});
    }
    return steps;
}

struct Item {
    quint64 chunk;
    quint32 place;
};

/// Sorts by 8 bytes at a time, and only what is still equal by the next 8: the numbers lie side by side in
/// memory, and texts that begin alike cost one look each.
class Sorter {
public:
    Sorter(const std::vector<Row>& rows, const std::vector<Step>& steps)
        : m_rows(rows)
        , m_steps(steps)
    {
    }

    void sort(std::span<Item> items, size_t step, qsizetype depth) const
    {
        const auto [key, descending] = m_steps[step];
        bool more = false, differ = false;
        for (auto& item : items) {
            const auto chunk = chunkOf(m_rows[item.place], key, depth);
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
    const std::vector<Row>& m_rows;
    const std::vector<Step>& m_steps;
};

quint64 packed(const QString& version)
{
    quint64 result = 0;
    qsizetype at = 0;
    for (int part = 0; part < 4; ++part) {
        quint64 number = 0;
        for (; at < version.size() && version[at].unicode() >= '0' && version[at].unicode() <= '9'; ++at)
            number = std::min<quint64>(number * 10 + (version[at].unicode() - u'0'), 0xffff);
        result = result << 16 | number;
        if (at < version.size() && version[at] == u'.')
            ++at;
    }
    return result;
}

/// The platform as people look for it, too.
QByteArray platformText(const Device& device)
{
    const auto word = folded(device.platform);
    if (word.startsWith("mac") && !word.startsWith("macos"))
        return "macos " + word;
    return word;
}

} // namespace

Row::Row(const Device& of)
    : device(of)
    , version(packed(of.version))
    , seen(of.lastSeen ? quint64(of.lastSeen->toMSecsSinceEpoch()) ^ (quint64(1) << 63) : 0)
{
    const auto obstacle = of.obstacle();
    const std::array<QByteArray, fieldCount> parts = {
        folded(of.name),
        folded(of.email),
        folded(of.deviceId),
        folded(of.registrationId),
        platformText(of),
        obstacle.isEmpty() ? folded(of.status) : QByteArray(folded(obstacle) + ' ' + folded(of.status)),
        folded(of.version)};
    qsizetype size = 0;
    for (const auto& part : parts)
        size += part.size() + 1;
    texts.reserve(size);
    for (size_t i = 0; i < parts.size(); ++i) {
        ends[i] = quint32(texts.size());
        texts += parts[i];
        texts += '\n';
    }
    ends.back() = quint32(texts.size());
}

QByteArrayView Row::text(Field field) const
{
    const auto begin = ends[size_t(field)];
    return QByteArrayView(texts).sliced(begin, ends[size_t(field) + 1] - begin - 1);
}

bool Row::matches(const QList<Term>& terms) const
{
    return std::ranges::all_of(terms, [this](const Term& term) {
        return contains(term.field ? text(*term.field) : QByteArrayView(texts), term.word);
    });
}

Order::Order(const QList<SortBy>& by)
    : m_steps(stepsOf(by))
{
}

void Order::sort(std::vector<quint32>& places, const std::vector<Row>& rows) const
{
    if (places.empty())
        return;
    std::vector<Item> items;
    items.reserve(places.size());
    for (const auto place : places)
        items.push_back({0, place});
    Sorter(rows, m_steps).sort(items, 0, 0);
    std::ranges::transform(items, places.begin(), &Item::place);
}

bool Order::before(const Row& a, const Row& b) const
{
    for (const auto& [key, descending] : m_steps) {
        for (qsizetype depth = 0;; ++depth) {
            const auto left = chunkOf(a, key, depth);
            const auto right = chunkOf(b, key, depth);
            if (left.value != right.value)
                return descending ? right.value < left.value : left.value < right.value;
            if (!left.more && !right.more)
                break;
        }
    }
    return false;
}

} // namespace devices
