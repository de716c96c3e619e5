// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <optional>

#include <QObject>

#include "api/client.h"
#include "connections/connection.h"

class QNetworkAccessManager;

namespace connections {

/// \brief Tests a connection: verifies its token at the right endpoint, reads the quota, which proves read
/// access, then tests whether the key may start captures.
class Test : public QObject {
    Q_OBJECT

public:
    /// The capabilities of a working connection.
    struct Verdict {
        api::Quota quota;
        std::optional<api::Access> access; ///< nothing: unknown
    };

    /// \param network used by this connection alone
    Test(const Connection& connection, QNetworkAccessManager* network, QObject* parent = nullptr);

    void start();

Q_SIGNALS:
    void passed(const connections::Test::Verdict& verdict);
    void failed(const api::Error& error);

private:
    void readQuota();
    void probe(const api::Quota& quota);

    Connection m_connection;
    api::Client m_client;
};

} // namespace connections
