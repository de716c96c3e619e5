// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/watch.h"

#include "captures/engine.h"

namespace captures {

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
    m_check.setSingleShot(true);
    m_check.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &Watch::look);
    connect(&m_check, &QTimer::timeout, this, &Watch::check);
    const auto checkSoon = [this] {
        if (!m_check.isActive())
            m_check.start();
    };
    connect(fleet, &devices::Fleet::sizeChanged, this, checkSoon);
    connect(loader, &devices::Loader::finished, this, checkSoon);
    connect(engine, &Engine::capturesAdded, this, checkSoon);
    connect(engine, &Engine::captureChanged, this, checkSoon);
}

/// A search for each device, or all devices anew: what takes fewer requests.
void Watch::look()
{
    m_searches.clear();
    const auto awaited = m_engine->awaited();
    for (const auto index : awaited) {
        const auto& device = m_engine->captures()[index].order.device;
        m_searches.insert(device.name.isEmpty() ? device.email : devices::shortHostName(device.name));
    }
    const auto pages = m_fleet->size() / api::maxPerPage + 1;
    if (m_searches.contains(QString()) || m_searches.size() >= pages) {
        m_searches.clear();
        m_loader->start();
    }
    search();
}

/// One after the other.
void Watch::search()
{
    if (m_searches.isEmpty()) {
        schedule();
        return;
    }
    const auto text = *m_searches.cbegin();
    m_searches.remove(text);
    auto* reply = m_client->send(api::ListDevices{.search = text});
    connect(reply, &api::Call::finished, this, [this, reply] {
        if (reply->result()) {
            QList<devices::Device> rows;
            for (const auto& row : reply->result()->rows)
                rows << devices::fromRow(row);
            m_fleet->merge(rows);
            check();
        }
        search();
    });
}

void Watch::check()
{
    const auto awaited = m_engine->awaited();
    for (const auto index : awaited) {
        const auto& wanted = m_engine->captures()[index].order.device;
        auto found = m_fleet->find(devices::entryOf(wanted));
        found.removeIf(
            [](const devices::Device& device) { return device.standing != devices::Standing::Listed; });
        if (found.size() > 1) {
            m_engine->stillWaits(index,
                                 tr("Several devices or users fit. Tick the right one, and run on it."));
        } else if (found.size() == 1) {
            const auto& device = found.first();
            if (const auto obstacle = device.obstacle(); !obstacle.isEmpty())
                m_engine->stillWaits(index, tr("The device is there, but: %1.").arg(obstacle));
            else if (device.status.compare(QLatin1StringView("disconnected"), Qt::CaseInsensitive) == 0)
                m_engine->stillWaits(index, tr("The device is there, but its client is disconnected."));
            else
                m_engine->appeared(index, device);
        } else {
            m_engine->stillWaits(index, {});
        }
    }
    schedule();
}

void Watch::schedule()
{
    if (m_engine->awaited().isEmpty())
        m_timer.stop();
    else if (!m_timer.isActive())
        m_timer.start(m_every);
}

} // namespace captures
