// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/followed.h"

#include <algorithm>
#include <iterator>

#include "devices/names.h"

namespace devices {

namespace {

QString spaceless(QString text)
{
    text.remove(u' ');
    return text;
}

/// Normalizes an e-mail address for comparison.
QString userName(const QString& email)
{
    return comparable(withoutInvisible(email));
}

} // namespace

void Followed::prepareNames()
{
    if (m_ready)
        return;
    m_ready = true;
    m_hosts.clear();
    m_users.clear();
    for (Place place = 0; place < m_rows.size(); ++place) {
        if (!m_rows[place].isKnown())
            continue;
        m_hosts.insert(spaceless(shortHostName(hostName(m_rows.device(place).name))), place);
        m_users.insert(userName(m_rows.device(place).email), place);
    }
}

/// Finds rows by computer name. Ignores a domain suffix that only one side has. Ignores spaces, unless a
/// device has exactly the same name.
std::vector<Place> Followed::named(const QString& name)
{
    std::vector<Place> found, exact;
    const auto host = hostName(name);
    const auto bare = shortHostName(host);
    if (bare.isEmpty())
        return {}; // would match every device without a name
    const auto [begin, end] = std::as_const(m_hosts).equal_range(spaceless(bare));
    for (auto place = begin; place != end; ++place) {
        const auto other = hostName(m_rows.device(*place).name);
        const auto isSame = [](const QString& one, const QString& two) {
            return spaceless(one) == spaceless(two);
        };
        if (other == host || other == bare || host == shortHostName(other))
            exact.push_back(*place);
        else if (isSame(other, host) || isSame(other, bare) || isSame(host, shortHostName(other)))
            found.push_back(*place);
    }
    return exact.empty() ? found : exact;
}

std::vector<Place> Followed::placesOf(const Entry& entry)
{
    const auto& key = entry.key;
    const auto isOf = [this, &key](Place place) {
        const auto& email = m_rows.device(place).email;
        return key.email.isEmpty() || key.email.compare(email, Qt::CaseInsensitive) == 0 ||
               userName(key.email) == userName(email);
    };
    std::vector<Place> candidates, found;
    if (!key.deviceId.isEmpty()) {
        if (const auto own = m_rows.find(key); own && m_rows[*own].isKnown())
            return {*own};
        candidates = m_rows.on(key.deviceId);
    } else if (!entry.name.isEmpty()) {
        prepareNames();
        candidates = named(entry.name);
    } else if (!key.email.isEmpty()) {
        prepareNames();
        const auto [begin, end] = std::as_const(m_users).equal_range(userName(key.email));
        return {begin, end};
    }
    std::ranges::copy_if(candidates, std::back_inserter(found), isOf);
    return found;
}

std::vector<Place> Followed::follow(const QList<Entry>& list)
{
    std::vector<Place> fresh;
    for (Place place = 0; place < m_rows.size(); ++place)
        m_rows[place].inList = false;
    for (const auto& entry : list) {
        const auto places = placesOf(entry);
        for (const auto place : places)
            m_rows[place].inList = true;
        if (!places.empty()) {
            handOverTick(entry, places);
            continue;
        }
        if (const auto own = m_rows.find(entry.key); !entry.key.deviceId.isEmpty() && own) {
            m_rows[*own].inList = true; // still there because it is ticked
            continue;
        }
        const std::pair name(entry.key, entry.name);
        auto absent = m_absent.constFind(name);
        if (absent == m_absent.cend()) {
            absent = m_absent.insert(name, m_rows.add({.deviceId = entry.key.deviceId,
                                                       .registrationId = entry.key.registrationId,
                                                       .email = entry.key.email,
                                                       .name = entry.name,
                                                       .platform = entry.platform,
                                                       .standing = Standing::NotSeen}));
            fresh.push_back(*absent);
        }
        m_rows[*absent].inList = true;
    }
    return fresh;
}

/// Moves the tick of a placeholder to the listed device, if exactly one matches.
void Followed::handOverTick(const Entry& entry, const std::vector<Place>& places)
{
    const auto former = m_absent.constFind({entry.key, entry.name});
    if (former == m_absent.cend() || m_rows[*former].tick == 0 || places.size() != 1 ||
        places.front() == *former || !m_rows.device(places.front()).canBeTicked())
        return;
    if (m_rows[places.front()].tick == 0)
        m_rows.setTick(places.front(), m_rows[*former].tick);
    m_rows.setTick(*former, 0);
}

void Followed::isListed(Place place)
{
    const auto& device = m_rows.device(place);
    m_absent.remove({device.key(), device.name});
}

void Followed::remove(Place place)
{
    isListed(place);
    m_rows.remove(place);
}

} // namespace devices
