// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <memory>

#include <QString>

#include "sandbox/options.h"

namespace sandbox {

/// \brief A simulated DEX account on loopback, over real HTTP/1.1. It behaves as the service's contract and
/// documentation say.
///
/// Credentials: three bearer tokens, or `X-Auth-Email: sandbox@example.com` with `X-Auth-Key: authKey()`; all
/// are derived from the seed.
///
/// Endpoints that the service does not have, without credentials:
/// - `GET /client/v4/sandbox/stats` returns counts of the requests;
/// - `GET /client/v4/sandbox/clock` returns the account's time;
/// - `POST /client/v4/sandbox/clock?advance_s=180` advances a manual clock.
class Server {
public:
    explicit Server(const Options& options);
    ~Server();

    /// Listens on 127.0.0.1.  The error is a sentence.
    [[nodiscard]] std::expected<void, QString> start();
    /// Returns within some milliseconds, in any state of the connections. A stopped server cannot be started
    /// again.
    void stop();

    [[nodiscard]] QString baseUrl() const; ///< `http://127.0.0.1:PORT/client/v4`
    [[nodiscard]] QString accountId() const;
    [[nodiscard]] QString token() const;
    [[nodiscard]] QString readOnlyToken() const;
    [[nodiscard]] QString accountToken() const; ///< owned by the account: `cfat_…`
    [[nodiscard]] QString authEmail() const;
    [[nodiscard]] QString authKey() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sandbox
