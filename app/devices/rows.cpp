// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/rows.h"

#include <algorithm>
#include <utility>

namespace devices {

namespace {

/// Packs a version into a number with the same order.
quint64 packed(const QString& version)
{
    quint64 result = 0;
    qsizetype at = 0;
    for (int part = 0; part < 4; ++part) {
        quint64 number = 0;
        for (; at < version.size() && version[at].unicode() >= '0' && version[at].unicode() <= '9'; ++at)
            number = std::min<quint64>(number * 10 + (version[at].unicode() - u'0'), 0xffff);
        result = result << 16 | number;
        if (at < version.size() && version[at] == u'.')
            ++at;
    }
    return result;
}

quint64 seenOf(const Device& device)
{
    return device.lastSeen ? quint64(device.lastSeen->toMSecsSinceEpoch()) ^ (quint64(1) << 63) : 0;
}

/// Adds the usual name of the platform for the search.
QString platformText(const QString& platform)
{
    const bool isMac = platform.startsWith(QLatin1StringView("mac"), Qt::CaseInsensitive) &&
                       !platform.startsWith(QLatin1StringView("macos"), Qt::CaseInsensitive);
    return isMac ? QStringLiteral("macos ") + platform : platform;
}

/// Whether only the time differs, as for nearly all rows of a refresh.
bool isOnlySeen(Device before, const Device& now)
{
    before.lastSeen = now.lastSeen;
    return before == now;
}

} // namespace

std::optional<quint32> Rows::numberOf(const QString& word) const
{
    const auto known = m_numbers.constFind(word);
    return known == m_numbers.cend() ? std::nullopt : std::optional(*known);
}

quint32 Rows::number(const QString& text)
{
    if (const auto known = m_numbers.constFind(text); known != m_numbers.cend())
        return *known;
    m_words << text;
    return *m_numbers.insert(text, quint32(m_words.size() - 1));
}

/// Replaces the text by a shared copy.
void Rows::share(QString& text)
{
    text = m_words.at(number(text));
}

void Rows::count(const Row& row, int by)
{
    if (!row.isKnown())
        return;
    m_known += by;
    m_remembered += row.standing == Standing::Remembered ? by : 0;
    if (row.machine != noMachine)
        m_machines[row.machine].known += quint32(by);
}

void Rows::expect(qsizetype count)
{
    m_rows.reserve(size_t(count));
    m_devices.reserve(size_t(count));
    m_byKey.reserve(count);
    m_byDevice.reserve(count);
}

Place Rows::add(const Device& device)
{
    Place place;
    if (m_free.empty()) {
        place = Place(m_rows.size());
        m_rows.emplace_back();
        m_devices.emplace_back();
    } else {
        place = m_free.back();
        m_free.pop_back();
    }
    m_rows[place].used = true;
    m_rows[place].standing = Standing::NotSeen; // not counted until fill()
    if (!device.deviceId.isEmpty()) {
        m_byKey.insert(device.key(), place);
        enter(place, device.deviceId);
    }
    fill(place, device);
    return place;
}

bool Rows::set(Place place, const Device& device)
{
    auto& own = m_devices[place];
    if (own == device)
        return false;
    if (isOnlySeen(own, device)) {
        own.lastSeen = device.lastSeen;
        m_rows[place].seen = seenOf(own);
    } else {
        fill(place, device);
    }
    return true;
}

void Rows::fill(Place place, const Device& device)
{
    auto& row = m_rows[place];
    auto& own = m_devices[place];
    count(row, -1);
    own = device;
    for (auto* text : {&own.platform, &own.status, &own.version, &own.ineligibleReason})
        share(*text);
    row.version = packed(own.version);
    row.seen = seenOf(own);
    row.standing = own.standing;
    count(row, 1);

    const auto obstacle = own.obstacle();
    row.facets[size_t(Facet::Platform)] = number(own.platform.toCaseFolded());
    row.facets[size_t(Facet::Standing)] = number(own.obstacleName());
    row.facets[size_t(Facet::Status)] = number(own.status.toCaseFolded());
    row.facets[size_t(Facet::Version)] = number(own.version);
    const auto platform = platformText(own.platform);
    const auto status = obstacle.isEmpty() ? own.status : QString(obstacle + u' ' + own.status);
    m_texts.set(place,
                {own.name, own.email, own.deviceId, own.registrationId, platform, status, own.version});
}

void Rows::setTick(Place place, quint64 tick)
{
    const auto former = std::exchange(m_rows[place].tick, tick);
    m_ticked += (tick > 0) - (former > 0);
}

void Rows::remove(Place place)
{
    setTick(place, 0);
    const auto& device = m_devices[place];
    if (const auto own = m_byKey.constFind(device.key()); own != m_byKey.cend() && *own == place)
        m_byKey.erase(own);
    count(m_rows[place], -1);
    leave(place);
    m_texts.remove(place);
    m_rows[place] = {};
    m_devices[place] = {};
    m_free.push_back(place);
}

void Rows::enter(Place place, const QString& deviceId)
{
    auto& row = m_rows[place];
    auto machine = m_byDevice.constFind(deviceId);
    if (machine == m_byDevice.cend()) {
        auto fresh = Machine(m_machines.size());
        if (m_freeMachines.empty()) {
            m_machines.emplace_back();
        } else {
            fresh = m_freeMachines.back();
            m_freeMachines.pop_back();
        }
        machine = m_byDevice.insert(deviceId, fresh);
        m_machines[fresh] = {.first = place};
        row.next = row.former = place;
    }
    row.machine = *machine;
    auto& users = m_machines[row.machine];
    if (users.rows++ == 0)
        return;
    auto& first = m_rows[users.first];
    row.next = users.first;
    row.former = first.former;
    m_rows[first.former].next = place;
    first.former = place;
}

void Rows::leave(Place place)
{
    auto& row = m_rows[place];
    if (row.machine == noMachine)
        return;
    auto& users = m_machines[row.machine];
    if (--users.rows == 0) {
        m_byDevice.remove(m_devices[place].deviceId);
        m_freeMachines.push_back(row.machine);
        return;
    }
    m_rows[row.former].next = row.next;
    m_rows[row.next].former = row.former;
    if (users.first == place)
        users.first = row.next;
}

std::optional<Place> Rows::find(const Key& key) const
{
    const auto place = m_byKey.constFind(key);
    return place == m_byKey.cend() ? std::nullopt : std::optional(*place);
}

std::vector<Place> Rows::on(Machine machine) const
{
    std::vector<Place> places;
    const auto& users = m_machines[machine];
    auto place = users.first;
    for (quint32 i = 0; i < users.rows; ++i, place = m_rows[place].next) {
        if (m_rows[place].isKnown())
            places.push_back(place);
    }
    return places;
}

std::vector<Place> Rows::on(const QString& deviceId) const
{
    const auto machine = m_byDevice.constFind(deviceId);
    return machine == m_byDevice.cend() ? std::vector<Place>() : on(*machine);
}

int Rows::usersOn(const QString& deviceId) const
{
    const auto machine = m_byDevice.constFind(deviceId);
    return machine == m_byDevice.cend() ? 0 : int(m_machines[*machine].known);
}

} // namespace devices
