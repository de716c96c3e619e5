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

    [[nodiscard]] QString clean(QString text) const;
    [[nodiscard]] Error clean(Error error) const;

private:
    storage::Hidden m_hidden;
    QList<QString> m_pairs; ///< e-mail and key in base64
};

} // namespace api
