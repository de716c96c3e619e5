// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>

#include <QByteArrayView>
#include <QJsonObject>
#include <QList>

#include "api/error.h"

namespace api {

/// \brief The service's frame around every reply: `success`, `errors`, `result`.
struct Envelope {
    bool success = false;
    QList<Notice> errors; ///< those that can be read
    QJsonObject object;   ///< the whole of it
};

/// Anything but an object with a truth value `success` is an error.
[[nodiscard]] std::expected<Envelope, DecodeError> decodeEnvelope(QByteArrayView bytes);

} // namespace api
