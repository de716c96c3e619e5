// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QList>

#include "captures/order.h"

namespace captures {

/// \brief What is at work on which device, and what therefore has to wait.
///
/// A Windows device fails a second capture at once.  Elsewhere the packet capture and the diagnostics of one
/// user go together; two users of one device, and two captures of one type, go one after the other.
class Occupied {
public:
    void add(const Order& order);
    void add(const api::Command& command);
    [[nodiscard]] bool blocks(const Order& order) const;

private:
    struct Work {
        QString registrationId; ///< empty where it is not known
        QString type;
    };
    QHash<QString, QList<Work>> m_work; ///< by device ID
};

} // namespace captures
