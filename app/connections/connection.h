// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <optional>

#include <QMap>
#include <QString>
#include <QStringList>

#include "api/endpoint.h"
#include "api/requests.h"

class QProcessEnvironment;

namespace connections {

/// \brief A named account: its address, credentials and request format.
struct Connection {
    enum class Kind { Sandbox, Environment, Typed } kind = Kind::Typed;
    QString id; ///< of a saved connection; never changes
    QString name;
    api::Endpoint endpoint;
    api::FormatChoice format = api::FormatChoice::Automatic;
    std::optional<int> hue = {}; ///< hue of its colour, 0 to 359; nothing: derived from the account
    bool readOnly = false;       ///< as far as is known, its key cannot start captures

    /// The display name: `Contoso`, or for an Environment connection
    /// `Environment (…9f3a at api.cloudflare.com)`, so that customers can be distinguished.
    [[nodiscard]] QString label() const;

    bool operator==(const Connection&) const = default;
};

/// The service's standard address.
[[nodiscard]] QUrl defaultBaseUrl();

/// All texts of a connection that must not appear in a log.
[[nodiscard]] QStringList secretsOf(const Connection& connection);

/// A description for logs: the connection's kind, host and format, and the last four characters of its
/// account.
[[nodiscard]] QString describe(const Connection& connection);

/// \brief The input of the connection form, and its errors, one sentence for each field.
struct Draft {
    enum class Field { Name, AccountId, Token, Email, Key, BaseUrl, ProxyHost, ProxyPort, ProxyUser, CaFile };

    QString name;
    QString accountId;
    bool withToken = true; ///< false: e-mail and key
    QString token;
    QString email;
    QString key;
    QString baseUrl; ///< empty: the service's standard address
    api::FormatChoice format = api::FormatChoice::Automatic;
    std::optional<int> hue = {};
    api::Route::Proxy proxy = api::Route::Proxy::System;
    QString proxyHost; ///< of a typed proxy, as are the next three
    QString proxyPort;
    QString proxyUser;
    QString proxyPassword;
    QString caFile;

    [[nodiscard]] static Draft from(const Connection& connection);

    /// The errors of all fields that apply.  An empty required field is an error too; a field that does not
    /// apply (the key, with a token) never is.
    [[nodiscard]] QMap<Field, QString> errors() const;
    /// The connection for this input, with surrounding white space removed.
    /// \pre `errors()` is empty
    [[nodiscard]] Connection connection() const;
};

/// The connection defined by the `CLOUDFLARE_*` environment variables, which the vendor's own tools use.
/// Nothing if none of them sets a key or account; an error sentence if they are incomplete or wrong.
[[nodiscard]] std::expected<std::optional<Connection>, QString>
fromEnvironment(const QProcessEnvironment& environment);

} // namespace connections
