// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <optional>

#include <QByteArray>
#include <QDateTime>
#include <QList>

namespace api {

/// \brief Parsers for the reply headers that the client uses.

/// A content type without its parameters, in lower case.
[[nodiscard]] QByteArray mediaType(const QByteArray& contentType);

/// `application/json` or a `+json` type.
[[nodiscard]] bool isJson(const QByteArray& contentType);

/// Whether the body is an HTML page, by its content type or, whatever that is, by its first bytes.
[[nodiscard]] bool isWebPage(const QByteArray& contentType, const QByteArray& body);

/// \brief A parsed `Content-Range` (`bytes 5-9/10`): which bytes of a file a reply contains.
struct ContentRange {
    qint64 first = 0;
    qint64 last = 0;             ///< inclusive
    std::optional<qint64> total; ///< size of the whole file; nothing for `*`
    [[nodiscard]] bool isAll() const { return first == 0 && total && last + 1 == *total; }
    bool operator==(const ContentRange&) const = default;
};

/// Returns nothing for a contradictory header or for several ranges.
[[nodiscard]] std::optional<ContentRange> parseContentRange(const QByteArray& header);

/// The seconds of a `Retry-After`; nothing for a date or any other value.
[[nodiscard]] std::optional<std::chrono::seconds> parseRetryAfter(const QByteArray& header);

/// A `Date` header in the format that HTTP prescribes, in UTC; nothing for any other format.
[[nodiscard]] std::optional<QDateTime> parseDate(const QByteArray& header);

/// One parameter of a structured field such as `"default";r=50;t=30`; of the first item if there are
/// several.
[[nodiscard]] std::optional<qint64> parameter(const QByteArray& header, char name);

} // namespace api
