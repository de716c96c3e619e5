// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <optional>

#include <QByteArray>
#include <QDateTime>
#include <QList>

namespace api {

/// \brief The headers of a reply that mean something here.

/// A content type without its parameters, in small letters.
[[nodiscard]] QByteArray mediaType(const QByteArray& contentType);

/// `application/json` or a `+json` type.
[[nodiscard]] bool isJson(const QByteArray& contentType);

/// A page for a browser, by its type or, whatever that says, by how it begins.
[[nodiscard]] bool isWebPage(const QByteArray& contentType, const QByteArray& body);

/// \brief `bytes 5-9/10`: which bytes of a file a reply has.
struct ContentRange {
    qint64 first = 0;
    qint64 last = 0;             ///< included
    std::optional<qint64> total; ///< of the whole file; nothing for `*`
    [[nodiscard]] bool isAll() const { return first == 0 && total && last + 1 == *total; }
    bool operator==(const ContentRange&) const = default;
};

/// Nothing for anything that contradicts itself, and for several ranges.
[[nodiscard]] std::optional<ContentRange> parseContentRange(const QByteArray& header);

/// The seconds of a `Retry-After`; nothing for a date or anything else.
[[nodiscard]] std::optional<std::chrono::seconds> parseRetryAfter(const QByteArray& header);

/// A `Date` in the form that HTTP prescribes, in UTC; nothing for anything else.
[[nodiscard]] std::optional<QDateTime> parseDate(const QByteArray& header);

/// One parameter of a structured field such as `"default";r=50;t=30`; with several items the first item's.
[[nodiscard]] std::optional<qint64> parameter(const QByteArray& header, char name);

} // namespace api
