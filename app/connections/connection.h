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

/// \brief A named account: where, with which key, in which request format.
struct Connection {
    enum class Kind { Sandbox, Environment, Typed } kind = Kind::Typed;
    QString id; ///< of a saved one; never changes
    QString name;
    api::Endpoint endpoint;
    api::FormatChoice format = api::FormatChoice::Automatic;
    std::optional<int> hue = {}; ///< of its colour, 0 to 359; nothing: it follows from the account
    bool readOnly = false;       ///< its key may look, and start nothing, as far as is known

    /// `Contoso`, and for an Environment connection `Environment (…9f3a at api.cloudflare.com)`: enough to
    /// tell customers apart.
    [[nodiscard]] QString label() const;

    bool operator==(const Connection&) const = default;
};

/// The service's own address.
[[nodiscard]] QUrl defaultBaseUrl();

/// Every text of it that must not reach a log.
[[nodiscard]] QStringList secretsOf(const Connection& connection);

/// A connection as logs may have it: its kind, host and format, its account by the last four characters.
[[nodiscard]] QString describe(const Connection& connection);

/// \brief The connection form: what was typed, and what is wrong with it, a sentence for each field.
struct Draft {
    enum class Field { Name, AccountId, Token, Email, Key, BaseUrl, ProxyHost, ProxyPort, ProxyUser, CaFile };

    QString name;
    QString accountId;
    bool withToken = true; ///< else e-mail and key
    QString token;
    QString email;
    QString key;
    QString baseUrl; ///< empty: the service's own
    api::FormatChoice format = api::FormatChoice::Automatic;
    std::optional<int> hue = {};
    api::Route::Proxy proxy = api::Route::Proxy::System;
    QString proxyHost; ///< of a typed one, and so are the next three
    QString proxyPort;
    QString proxyUser;
    QString proxyPassword;
    QString caFile;

    [[nodiscard]] static Draft from(const Connection& connection);

    /// An empty field that is required is an error too; a field that does not count (the key, with a token)
    /// never is.
    [[nodiscard]] QMap<Field, QString> errors() const;
    /// White space around pasted text does not count.
    /// \pre `errors()` is empty
    [[nodiscard]] Connection connection() const;
};

/// The connection of the `CLOUDFLARE_*` variables that the vendor's own tools read.  Nothing where none of
/// them names a key and account; the error is a sentence where they are incomplete or wrong.
[[nodiscard]] std::expected<std::optional<Connection>, QString>
fromEnvironment(const QProcessEnvironment& environment);

} // namespace connections
