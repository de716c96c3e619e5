// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/history.h"

namespace captures {

namespace {

/// Maximum age of a command that may still be in progress: a capture ends or has failed long before.
constexpr qint64 longestMs = 3600'000;
/// Upper bound on pages; stops at a server that never ends the list.
constexpr int mostPages = 2000;

} // namespace

History::History(api::Client* client, Clock clock, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_clock(std::move(clock))
{
}

void History::read(Extent extent, const QSet<QString>& wanted)
{
    Q_ASSERT(!m_reading);
    m_reading = true;
    m_extent = extent;
    m_page = 0;
    m_wanted = wanted;
    m_former = QSet<QString>(m_commands.keyBegin(), m_commands.keyEnd());
    m_seen.clear();
    m_steady = true;
    m_shrank = false;
    m_descends = m_ascends = false;
    m_total.reset();
    m_oldest.reset();
    m_now = {.commands = {}, .whole = false, .odd = {}, .nameless = {}, .begun = m_clock()};
    readPage();
}

void History::readPage()
{
    auto* reply = m_client->send(api::ListCommands{.page = ++m_page});
    connect(reply, &api::Call::finished, this, [this, reply] {
        m_now.ahead = aheadOf(m_clock(), m_client->serviceTime());
        if (!reply->result())
            end(std::unexpected(reply->result().error()));
        else if (isLast(*reply->result()))
            end(std::move(m_now));
        else
            readPage();
    });
}

/// Adds the rows of a page.
/// \param former set to whether the last row was known before this read
/// \returns whether the page had new rows
bool History::take(const api::ListCommands::Value& page, bool& former)
{
    bool progress = false;
    const auto latest = m_now.begun.utc.addDays(1);
    for (const auto& command : page.rows) {
        if (m_seen.contains(command.id))
            continue; // the list grew meanwhile: this row was on the previous page, too
        progress = true;
        former = m_former.contains(command.id);
        m_seen.insert(command.id);
        m_wanted.remove(command.id);
        m_commands.insert(command.id, command);
        m_known.insert(command.id, command.deviceId);
        m_now.commands << command;
        if (!command.created) {
            m_ascends = true; // its place in the order is unknown
            continue;
        }
        m_descends = m_descends || (m_oldest && *command.created < *m_oldest);
        m_ascends = m_ascends || (m_oldest && *command.created > *m_oldest);
        m_oldest = command.created;
        // A creation time in the future says nothing about the present.
        if ((!m_newest || *command.created > *m_newest) && *command.created <= latest)
            m_newest = command.created;
    }
    for (const auto& row : page.remnants) {
        if (!row.id) {
            m_now.nameless << row;
            continue;
        }
        progress = progress || !m_now.odd.contains(*row.id);
        m_now.odd.insert(*row.id, row);
        m_odd.insert(*row.id);
    }
    if (m_total && page.totalCount && *m_total != *page.totalCount)
        m_steady = false;
    if (m_total && page.totalCount && *page.totalCount < *m_total)
        m_shrank = true;
    if (page.totalCount)
        m_total = page.totalCount;
    return progress;
}

/// Adds the rows of a page.
/// \returns whether no further page is needed
bool History::isLast(const api::ListCommands::Value& page)
{
    bool former = false; // the last row was known before this read, and so are all older rows
    const bool progress = take(page, former);
    const auto found = m_seen.size() + m_now.odd.size() + m_now.nameless.size();
    const bool isShort = page.received() < api::maxPerPage;
    // A short page ends the list, unless the total count shows that rows are missing: the service may send
    // fewer rows a page.
    if (isShort && (!progress || !m_total || found >= *m_total)) {
        // A list that grew during the read is still complete if no row is missing.
        m_now.whole = m_steady || (!m_shrank && m_total && found >= *m_total);
        if (m_now.whole)
            m_commands.removeIf([this](const auto& command) {
                return !m_seen.contains(command.key()) && !m_now.odd.contains(command.key());
            });
        return true;
    }
    // A service that repeats the same page would never end the list.
    if ((!progress && page.unreadable.isEmpty()) || m_page == mostPages)
        return true;
    if (m_extent == Extent::Everything || !m_descends || m_ascends)
        return false;
    const bool old = m_oldest && m_newest && m_oldest->msecsTo(*m_newest) > longestMs;
    return (former || old) && (m_extent == Extent::News || m_wanted.isEmpty());
}

void History::end(std::expected<Listing, api::Error> listing)
{
    m_reading = false;
    m_listing = std::move(listing);
    Q_EMIT finished();
}

Before History::before(const QSet<QString>& devices) const
{
    Before result{.ids = m_odd, .newest = m_newest};
    for (auto known = m_known.cbegin(); known != m_known.cend(); ++known) {
        if (devices.contains(known.value()))
            result.ids.insert(known.key());
    }
    return result;
}

QList<api::Command> History::running() const
{
    QList<api::Command> result;
    for (const auto& command : m_commands) {
        const bool ended = command.completed || command.status == QLatin1StringView("SUCCESS") ||
                           command.status == QLatin1StringView("FAILED");
        // By the service's clock, because ours may be wrong.
        const bool stale = command.created && m_newest && command.created->msecsTo(*m_newest) > longestMs;
        if (!ended && !stale)
            result << command;
    }
    return result;
}

} // namespace captures
