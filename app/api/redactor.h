// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

#include "api/endpoint.h"
#include "api/error.h"
#include "storage/hidden.h"

namespace api {

/// \brief Removes a connection's secrets from texts: what `storage::Hidden` finds, and base64 pairs of user
/// and secret as HTTP sends them.
class Redactor {
public:
    explicit Redactor(const Credentials& credentials);
    explicit Redactor(const Endpoint& endpoint); ///< includes the proxy's password

    [[nodiscard]] QString clean(QString text) const;
    [[nodiscard]] Error clean(Error error) const;

private:
    void add(const QString& secret, const QString& user);

    storage::Hidden m_hidden;
    QList<QString> m_pairs; ///< user and secret, base64-encoded
};

} // namespace api
