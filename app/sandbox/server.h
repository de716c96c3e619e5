// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <memory>

#include <QString>

#include "sandbox/options.h"

namespace sandbox {

/// \brief A DEX account on loopback, over real HTTP/1.1: behaves as the service's contract and documentation
/// say.
///
/// What opens it: three bearer tokens, or `X-Auth-Email: sandbox@example.com` with `X-Auth-Key: authKey()`;
/// all of them follow from the seed.  `GET /client/v4/sandbox/stats`, which the service does not have, asks
/// for no key and counts what came in.  `GET /client/v4/sandbox/clock` tells the account's time, and
/// `POST /client/v4/sandbox/clock?advance_s=180` moves a clock of the options.
class Server {
public:
    explicit Server(const Options& options);
    ~Server();

    /// Listens on 127.0.0.1.  The error is a sentence.
    [[nodiscard]] std::expected<void, QString> start();
    /// Returns within some milliseconds, whatever the connections do.  A stopped server is not started again.
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
