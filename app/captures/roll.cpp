// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/roll.h"

#include <algorithm>

namespace captures {

namespace {

/// Whether it has a file, or had one until the service deleted it.
bool hasFile(const Capture& capture)
{
    return capture.state == State::Ready || (capture.state == State::Deleted && capture.filename);
}

} // namespace

qsizetype Roll::append(const Capture& capture)
{
    const auto index = m_captures.size();
    m_captures << capture;
    m_orders << capture.order;
    if (hasFile(capture))
        m_files.insert(index);
    if (!isFinal(capture.state)) {
        m_open.insert(index);
        m_openRuns.insert(capture.run);
    }
    return index;
}

void Roll::setOrder(qsizetype index, const Order& order)
{
    m_captures[index].order = order;
    m_orders[index] = order;
}

void Roll::setState(qsizetype index, State state)
{
    auto& capture = m_captures[index];
    if (capture.state == state && state != State::WaitingTurn)
        return;
    capture.state = state;
    if (isFinal(state)) {
        m_open.erase(index);
    } else {
        m_open.insert(index);
        m_openRuns.insert(capture.run);
    }
    if (hasFile(capture))
        m_files.insert(index);
    else
        m_files.erase(index);
    touch(index);
}

QList<qsizetype> Roll::takeChanged()
{
    QList<qsizetype> result(m_changed.begin(), m_changed.end());
    m_changed.clear();
    std::ranges::sort(result);
    return result;
}

QList<qint64> Roll::takeEnded()
{
    QSet<qint64> open;
    for (const auto index : m_open)
        open.insert(m_captures[index].run);
    auto ended = (m_openRuns - open).values();
    m_openRuns &= open;
    std::ranges::sort(ended);
    return ended;
}

std::optional<qsizetype> Roll::find(qint64 id) const
{
    if (id == 0)
        return std::nullopt;
    const auto found = std::ranges::find(m_captures, id, &Capture::id);
    return found == m_captures.end() ? std::nullopt : std::optional(found - m_captures.begin());
}

} // namespace captures
