// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <set>

#include <QList>
#include <QSet>

#include "captures/capture.h"

namespace captures {

/// \brief Table of an account's captures, by an index that never changes. It tracks which captures are open
/// and which have changed.
class Roll {
public:
    [[nodiscard]] const QList<Capture>& captures() const { return m_captures; }
    /// The order of each capture, for the planner.
    [[nodiscard]] const QList<Order>& orders() const { return m_orders; }
    [[nodiscard]] const std::set<qsizetype>& open() const { return m_open; }   ///< without a final state
    [[nodiscard]] const std::set<qsizetype>& files() const { return m_files; } ///< that have or had a file
    [[nodiscard]] std::optional<qsizetype> find(qint64 id) const;

    [[nodiscard]] const Capture& operator[](qsizetype index) const { return m_captures[index]; }
    /// For changes to anything but state and order; call `touch` afterwards.
    [[nodiscard]] Capture& operator[](qsizetype index) { return m_captures[index]; }
    void touch(qsizetype index) { m_changed.insert(index); }

    /// \returns its index
    qsizetype append(const Capture& capture);
    void setOrder(qsizetype index, const Order& order);
    void setState(qsizetype index, State state);

    /// Indexes changed since the last call, ascending.
    [[nodiscard]] QList<qsizetype> takeChanged();
    /// Runs that ended since the last call.
    [[nodiscard]] QList<qint64> takeEnded();

private:
    QList<Capture> m_captures;
    QList<Order> m_orders;
    std::set<qsizetype> m_open;
    std::set<qsizetype> m_files;
    QSet<qsizetype> m_changed;
    QSet<qint64> m_openRuns;
};

} // namespace captures
