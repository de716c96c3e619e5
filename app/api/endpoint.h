// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <variant>

#include <QString>
#include <QUrl>

#include "api/route.h"

namespace api {

/// \brief An API token.
struct BearerToken {
    QString token;
    bool operator==(const BearerToken&) const = default;
};

/// \brief An e-mail address and its Global API key.
struct EmailAndKey {
    QString email;
    QString key;
    bool operator==(const EmailAndKey&) const = default;
};

using Credentials = std::variant<BearerToken, EmailAndKey>;

/// \brief The address of an account, its credentials, and the network route to it.
struct Endpoint {
    QUrl baseUrl; ///< ends in `/client/v4`, no trailing slash; https, or http on loopback only
    QString accountId;
    Credentials credentials;
    Route route = {};
    bool operator==(const Endpoint&) const = default;
};

/// Whether a host name means this computer: `localhost`, 127.0.0.0/8 or ::1.
[[nodiscard]] bool isLoopback(const QString& host);

/// Why a base URL cannot be used (wrong scheme, plain http beyond loopback, user info, query), or nothing.
[[nodiscard]] std::optional<QString> baseUrlProblem(const QUrl& url);

} // namespace api
