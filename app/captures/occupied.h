// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QList>

#include "captures/order.h"

namespace captures {

/// \brief Which captures occupy which device, and which orders have to wait for them.
///
/// A Windows device fails a second capture at once. On other platforms the packet capture and the diagnostics
/// of one user run in parallel. Two users of one device, or two captures of one type, run one after the
/// other.
class Occupied {
public:
    void add(const Order& order);
    void add(const api::Command& command);
    [[nodiscard]] bool blocks(const Order& order) const;

private:
    struct Work {
        QString registrationId; ///< empty: unknown
        QString type;
    };
    QHash<QString, QList<Work>> m_work; ///< by device ID
};

} // namespace captures
