// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace api {

/// \brief The small formats of the wire: dates, file names, path parts.

/// An RFC 3339 date as UTC; the service's own `2023-10-11 00:00:00+00` too.  Nothing without an offset.
[[nodiscard]] std::optional<QDateTime> parseTime(const QString& text);

/// The last path segment of what the service calls a file name (a bare name or a whole URL), decoded; nothing
/// where it could not be a plain file name.
[[nodiscard]] std::optional<QString> bareFilename(const QString& text);

/// One part of a path, percent-encoded so that no character of it can end the part.
[[nodiscard]] QByteArray pathPart(const QString& text);

/// A query's value, percent-encoded: QUrlQuery itself leaves `+` alone, which servers read as a space.
[[nodiscard]] QString queryValue(const QString& text);

} // namespace api
