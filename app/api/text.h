// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace api {

/// \brief Conversions for the API's texts: dates, file names, path parts.

/// Parses an RFC 3339 date to UTC, and the service's own `2023-10-11 00:00:00+00`.  Returns nothing without
/// an offset.
[[nodiscard]] std::optional<QDateTime> parseTime(const QString& text);

/// The decoded last path segment of the service's file name (a plain name or a whole URL); nothing if it is
/// not a safe file name.
[[nodiscard]] std::optional<QString> bareFilename(const QString& text);

/// Percent-encodes one path part, so that no character in it can act as a separator.
[[nodiscard]] QByteArray pathPart(const QString& text);

/// Percent-encodes a query value.  QUrlQuery does not encode `+`, which servers read as a space.
[[nodiscard]] QString queryValue(const QString& text);

} // namespace api
