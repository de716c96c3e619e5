// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sandbox/ranges.h"

#include <algorithm>

#include <QByteArrayList>

namespace sandbox {

namespace {

std::optional<qsizetype> numberIn(const QByteArray& text)
{
    // toLongLong() would also accept a sign and spaces.
    const bool digits =
        !text.isEmpty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    bool ok = false;
    const auto value = digits ? text.toLongLong(&ok) : 0;
    return ok ? std::optional<qsizetype>(value) : std::nullopt;
}

} // namespace

std::expected<std::optional<Slice>, Unsatisfiable> sliceOf(const QByteArray& range, qsizetype size)
{
    if (!range.startsWith("bytes=") || range.contains(','))
        return std::nullopt;
    const auto spec = range.mid(6).trimmed();
    const auto dash = spec.indexOf('-');
    if (dash < 0)
        return std::nullopt;
    const auto first = numberIn(spec.left(dash));
    const auto last = numberIn(spec.mid(dash + 1));
    if (dash == 0) { // suffix range: the last bytes
        if (!last)
            return std::nullopt;
        if (*last == 0 || size == 0)
            return std::unexpected(Unsatisfiable{});
        const auto count = std::min(*last, size);
        return Slice{.from = size - count, .size = count};
    }
    if (!first || (!last && dash + 1 < spec.size()) || (last && *last < *first))
        return std::nullopt;
    if (*first >= size)
        return std::unexpected(Unsatisfiable{});
    return Slice{.from = *first, .size = std::min(last.value_or(size - 1), size - 1) - *first + 1};
}

bool listsTag(const QByteArray& list, const QByteArray& tag)
{
    const auto tags = list.split(',');
    return std::ranges::any_of(tags, [&tag](const QByteArray& one) {
        const auto text = one.trimmed();
        return text == "*" || text == tag || (text.startsWith("W/") && text.mid(2) == tag);
    });
}

} // namespace sandbox
