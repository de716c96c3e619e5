// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <optional>

#include <QByteArray>

namespace sandbox {

/// \brief A run of bytes within a file.
struct Slice {
    qsizetype from = 0;
    qsizetype size = 0;

    bool operator==(const Slice&) const = default;
};

/// No byte of the file is in the range: a reply with 416.
struct Unsatisfiable {};

/// What a Range header asks of a file of `size` bytes (RFC 9110, 14.2): nothing where it is absent, not
/// understood, or names several ranges, and then the whole file goes.
[[nodiscard]] std::expected<std::optional<Slice>, Unsatisfiable> sliceOf(const QByteArray& range,
                                                                         qsizetype size);

/// Whether a list of entity tags, as If-None-Match carries it, has this one or is `*`.
[[nodiscard]] bool listsTag(const QByteArray& list, const QByteArray& tag);

} // namespace sandbox
