// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <set>

#include <QList>
#include <QSet>

#include "captures/capture.h"

namespace captures {

/// \brief The captures of an account by their index, which never changes; which of them are open, and what
/// has changed since it was last asked.
class Roll {
public:
    [[nodiscard]] const QList<Capture>& captures() const { return m_captures; }
    [[nodiscard]] const QList<Order>& orders() const { return m_orders; }      ///< theirs, for the planner
    [[nodiscard]] const std::set<qsizetype>& open() const { return m_open; }   ///< without a final state
    [[nodiscard]] const std::set<qsizetype>& files() const { return m_files; } ///< that have or had a file
    [[nodiscard]] std::optional<qsizetype> find(qint64 id) const;

    [[nodiscard]] const Capture& operator[](qsizetype index) const { return m_captures[index]; }
    /// To be changed, but for its state and order; then it is to be touched.
    [[nodiscard]] Capture& operator[](qsizetype index) { return m_captures[index]; }
    void touch(qsizetype index) { m_changed.insert(index); }

    /// \returns its index
    qsizetype append(const Capture& capture);
    void setOrder(qsizetype index, const Order& order);
    void setState(qsizetype index, State state);

    /// Indexes changed since the last call, ascending.
    [[nodiscard]] QList<qsizetype> takeChanged();
    /// Runs that came to their end since the last call.
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
