// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

#include "api/endpoint.h"
#include "api/error.h"

namespace api {

/// \brief Cuts a connection's secrets out of texts: as they are, percent-encoded, and in base64.
class Redactor {
public:
    explicit Redactor(const Credentials& credentials);
    explicit Redactor(const Endpoint& endpoint); ///< the proxy's password too

    [[nodiscard]] QString clean(QString text) const;
    [[nodiscard]] Error clean(Error error) const;

private:
    void add(const QString& secret, const QString& user);

    QList<QString> m_forms; ///< the longest first
};

} // namespace api
