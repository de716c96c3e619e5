// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <vector>

#include <QHash>
#include <QString>

#include "devices/order.h"

namespace devices {

/// \brief Finds rows by what people call them.  Made when it is first asked, since most lists name IDs.
class Names {
public:
    void forget() { m_ready = false; }
    /// Rows of a computer; a domain suffix that only one side has is passed over.
    [[nodiscard]] std::vector<quint32> named(const QString& name, const std::vector<Row>& rows);
    [[nodiscard]] std::vector<quint32> of(const QString& email, const std::vector<Row>& rows);

private:
    void prepare(const std::vector<Row>& rows);

    bool m_ready = false;
    QMultiHash<QString, quint32> m_hosts; ///< by the name without its domain
    QMultiHash<QString, quint32> m_users;
};

/// Whether the row stands for a device that the service lists, or that was typed in.
[[nodiscard]] bool isKnown(const Row& row);

} // namespace devices
