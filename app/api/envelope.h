// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>

#include <QByteArrayView>
#include <QJsonObject>
#include <QList>

#include "api/error.h"

namespace api {

/// \brief The JSON object that wraps every reply of the service: `success`, `errors`, `result`.
struct Envelope {
    bool success = false;
    QList<Notice> errors; ///< only the readable ones
    QJsonObject object;   ///< the complete object
};

/// Parses an envelope.  Anything but an object with a boolean `success` is an error.
[[nodiscard]] std::expected<Envelope, DecodeError> decodeEnvelope(QByteArrayView bytes);

} // namespace api
