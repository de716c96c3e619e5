// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

#include "api/endpoint.h"
#include "api/error.h"
#include "storage/hidden.h"

namespace api {

/// \brief Cuts a connection's secrets out of texts, as `storage::Hidden` finds them; and what HTTP makes of
/// an e-mail and a key together.
class Redactor {
public:
    explicit Redactor(const Credentials& credentials);
    explicit Redactor(const Endpoint& endpoint); ///< the proxy's password too

    [[nodiscard]] QString clean(QString text) const;
    [[nodiscard]] Error clean(Error error) const;

private:
    void add(const QString& secret, const QString& user);

    storage::Hidden m_hidden;
    QList<QString> m_pairs; ///< user and secret in base64
};

} // namespace api
