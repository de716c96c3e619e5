// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/watch.h"

#include <algorithm>

#include "captures/engine.h"
#include "captures/plan.h"

namespace captures {

namespace {

constexpr int mostPages = 10; ///< of one search; a name that matches more rows needs a complete load

} // namespace

Watch::Watch(Engine* engine, api::Client* client, devices::Fleet* fleet, devices::Loader* loader,
             std::chrono::milliseconds every, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_client(client)
    , m_fleet(fleet)
    , m_loader(loader)
    , m_every(every)
{
    m_timer.setSingleShot(true);
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &Watch::look);
    connect(&m_soon, &QTimer::timeout, this, &Watch::lookSoon);
    connect(loader, &devices::Loader::finished, this, [this](const std::optional<api::Error>& error) {
        if (!error && m_loader->isWhole())
            check(nullptr);
        else
            m_failed = true;
        if (std::exchange(m_loading, false))
            end();
    });
    connect(engine, &Engine::agreed, this, [this] {
        if (m_looking)
            m_more = true;
        else
            look();
    });
    connect(engine, &Engine::capturesAdded, &m_soon, qOverload<>(&QTimer::start));
    connect(engine, &Engine::captureChanged, &m_soon, qOverload<>(&QTimer::start));
}

/// Searches at once if more captures wait than at the last check.
void Watch::lookSoon()
{
    const auto count = m_engine->awaited().size();
    if (count == 0)
        m_timer.stop();
    else if (count > m_awaited && !m_looking)
        look();
    else if (!m_timer.isActive() && !m_looking)
        m_timer.start(m_every);
    m_awaited = count;
}

/// Searches for each device, or reloads all devices, whichever needs fewer requests.
void Watch::look()
{
    // Overlapping searches would share `m_searches`: the first to find it empty would report devices as not
    // found while the other still waits for a reply.
    m_timer.stop();
    m_searches.clear();
    m_requests = 0;
    m_failed = m_more = false;
    const auto awaited = m_engine->awaited();
    m_sought = awaited;
    if (awaited.isEmpty())
        return;
    m_looking = true;
    for (const auto index : awaited) {
        const auto& device = m_engine->captures()[index].order.device;
        m_searches.insert(device.name.isEmpty() ? device.email
                                                : devices::shortHostName(devices::hostName(device.name)));
    }
    const auto pages = m_fleet->size() / api::maxPerPage + 1;
    if (m_searches.contains(QString()) || m_searches.size() >= pages) {
        m_searches.clear();
        m_requests = int(pages);
        m_loading = true;
        m_loader->start(); // no effect if it is running
    } else {
        search();
    }
}

/// Sends the next search; they run one after the other.
void Watch::search()
{
    if (m_searches.isEmpty()) {
        end();
        return;
    }
    const auto text = *m_searches.cbegin();
    m_searches.remove(text);
    readPage(text, 1);
}

void Watch::readPage(const QString& text, int page)
{
    ++m_requests;
    auto* reply = m_client->send(api::ListDevices{.page = page, .search = text});
    connect(reply, &api::Call::finished, this, [this, reply, text, page] {
        bool more = false;
        if (reply->result()) {
            QList<devices::Device> rows;
            QSet<devices::Key> named;
            for (const auto& row : reply->result()->rows) {
                rows << devices::fromRow(row);
                named.insert(rows.last().key());
            }
            m_fleet->merge(rows);
            check(&named);
            more = reply->result()->received() >= api::maxPerPage && page < mostPages;
        } else {
            m_failed = true;
        }
        if (more)
            readPage(text, page + 1);
        else
            search();
    });
}

/// Schedules the next search: the more requests this one used, the later, because others share the request
/// budget.
void Watch::end()
{
    m_looking = false;
    m_engine->notSeen(m_sought, !m_failed);
    if (m_more) {
        look();
        return;
    }
    m_timer.start(std::max<std::chrono::milliseconds>(m_every, m_every * m_requests / 20));
}

/// \param named the rows just listed; null: all rows that the inventory has as listed
void Watch::check(const QSet<devices::Key>* named)
{
    QList<Engine::Sighting> sightings;
    const auto awaited = m_engine->awaited();
    for (const auto index : awaited) {
        const auto& wanted = m_engine->captures()[index].order.device;
        auto found = m_fleet->find(devices::entryOf(wanted));
        found.removeIf(
            [](const devices::Device& device) { return device.standing != devices::Standing::Listed; });
        const auto isNamed = [named](const devices::Device& device) {
            return !named || named->contains(device.key());
        };
        if (found.isEmpty() && !named) {
            sightings.push_back({index, {}, {}});
        } else if (std::ranges::none_of(found, isNamed)) {
            continue;
        } else if (found.size() > 1) {
            sightings.push_back(
                {index, {}, tr("Several devices or users fit. Tick the right one, and run on it.")});
        } else {
            const auto& device = found.first();
            if (const auto obstacle = device.obstacle(); !obstacle.isEmpty())
                sightings.push_back({index, {}, tr("The device is there, but: %1.").arg(obstacle)});
            else if (const auto away = absence(device); !away.isEmpty())
                sightings.push_back({index, {}, tr("The device is there, but its client is %1.").arg(away)});
            else
                sightings.push_back({index, device, {}});
        }
    }
    m_engine->sighted(sightings);
}

} // namespace captures
