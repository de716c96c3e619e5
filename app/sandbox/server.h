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
/// Keys: three bearer tokens, or the e-mail sandbox@example.com with a key.  `GET /client/v4/sandbox/stats`,
/// which the service does not have, counts what came in.
class Server {
public:
    explicit Server(const Options& options);
    ~Server();

    /// Listens on 127.0.0.1.  The error is a sentence.
    [[nodiscard]] std::expected<void, QString> start();
    void stop();

    [[nodiscard]] QString baseUrl() const; ///< `http://127.0.0.1:PORT/client/v4`
    [[nodiscard]] QString accountId() const;
    [[nodiscard]] QString token() const;
    [[nodiscard]] QString readOnlyToken() const;
    [[nodiscard]] QString accountToken() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sandbox
