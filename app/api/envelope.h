// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>

#include <QByteArray>
#include <QJsonObject>

#include "api/error.h"

namespace api {

/// \brief An HTTP reply as it came.
struct Answer {
    int status = 0;
    QByteArray contentType;
    QByteArray body;
    QByteArray retryAfter; ///< the header, as it is
    bool whole = true;     ///< false where the connection broke before the body's end
};

/// Decides what a reply is, in one order: a broken reply, a redirect, something that is no envelope, a refusal, an envelope
/// that says success.  The same for every endpoint.
[[nodiscard]] std::expected<QJsonObject, Error> readEnvelope(const Answer& answer);

/// Seconds of a `Retry-After` header; nothing for a date or anything else.
[[nodiscard]] std::optional<std::chrono::seconds> retryAfter(const QByteArray& header);

} // namespace api
