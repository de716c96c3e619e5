// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <optional>

#include <QByteArray>

namespace sandbox {

/// \brief A byte range within a file.
struct Slice {
    qsizetype from = 0;
    qsizetype size = 0;

    bool operator==(const Slice&) const = default;
};

/// The range is outside the file; the reply is 416.
struct Unsatisfiable {};

/// Parses a Range header for a file of `size` bytes (RFC 9110, 14.2). Returns nothing if the header is
/// absent, not understood, or has several ranges: then the whole file is sent.
[[nodiscard]] std::expected<std::optional<Slice>, Unsatisfiable> sliceOf(const QByteArray& range,
                                                                         qsizetype size);

/// Whether a list of entity tags, as in If-None-Match, contains the tag or is `*`.
[[nodiscard]] bool listsTag(const QByteArray& list, const QByteArray& tag);

} // namespace sandbox
