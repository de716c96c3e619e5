// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sandbox/fleet.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <QUuid>

namespace sandbox {

namespace {

constexpr std::array people = {"ana",    "bo",    "carla",   "deniz", "eva",  "farid", "greta",
                               "hugo",   "ines",  "jan",     "kim",   "lena", "marco", "nadia",
                               "otto",   "priya", "quentin", "rosa",  "sami", "tara",  "uma",
                               "viktor", "wanda", "xenia",   "yusuf", "zoe"};
constexpr std::array places = {"LT", "WS", "TAB", "DESK"};

/// Returns shared strings, as all texts with few values are: 100,000 devices must need little memory.
QString versionAt(quint64 draw)
{
    static const std::array versions = {QStringLiteral("2025.4.943.0"), QStringLiteral("2025.6.1335.0"),
                                        QStringLiteral("2025.10.118.0"), QStringLiteral("2026.2.410.0"),
                                        QStringLiteral("2024.12.492.0")};
    return versions[draw % versions.size()];
}

constexpr char fieldEnd = '\0'; ///< occurs in no name and no e-mail

enum What : quint64 { DeviceId = 1, RegistrationId, Platform, Person, Version, Standing, Seen, Users, Late };

QString personName(quint64 number)
{
    const auto first = QString::fromLatin1(people[number % people.size()]);
    const auto round = number / people.size();
    return round == 0 ? first : first + QString::number(round);
}

Device make(quint32 seed, quint64 number)
{
    const auto draw = [&](What what) { return mix(seed, number * 64 + what); };
    Device device;
    device.deviceId = uuidFrom(seed, number * 64 + DeviceId);
    device.registrationId = uuidFrom(seed, number * 64 + RegistrationId);
    const auto platform = draw(Platform) % 10;
    device.platform = platform < 7   ? QStringLiteral("windows")
                      : platform < 9 ? QStringLiteral("mac")
                                     : QStringLiteral("linux");
    const auto person = personName(number);
    device.email =
        person + (draw(Person) % 4 == 0 ? QStringLiteral("@example.org") : QStringLiteral("@example.com"));
    device.name = QStringLiteral("%1-%2-%3")
                      .arg(person.toUpper(), QString::fromLatin1(places[draw(Person) % places.size()]))
                      .arg(number % 97, 2, 10, QLatin1Char('0'));
    device.version = versionAt(draw(Version));
    const auto standing = draw(Standing) % 100;
    device.connected = standing >= 12;
    device.late = draw(Late) % 5 == 0;
    if (standing >= 94) {
        device.version = QStringLiteral("2024.9.346.0");
        device.ineligibleReason = QStringLiteral("Client version does not support remote captures");
    } else if (standing == 93) {
        device.ineligibleReason = QStringLiteral("Remote captures are disabled for this device");
    }
    device.seenSecondsAgo = int(draw(Seen) % 3500);
    device.shortTime = draw(Seen) % 3 == 0;
    return device;
}

Device plain(quint32 seed, quint64 number, const QString& name, const QString& email, const QString& platform)
{
    auto device = make(seed, number);
    device.name = name;
    device.email = email;
    device.platform = platform;
    device.version = QStringLiteral("2026.2.410.0");
    device.ineligibleReason.clear();
    device.connected = true;
    device.late = false;
    device.seenSecondsAgo = int(number * 37);
    return device;
}

} // namespace

quint64 mix(quint64 seed, quint64 what)
{
    // SplitMix64.
    auto z = seed * 0x9E3779B97F4A7C15ULL + what * 0xBF58476D1CE4E5B9ULL + 0x94D049BB133111EBULL;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

QString uuidFrom(quint64 seed, quint64 what)
{
    std::array<quint64, 2> bits = {mix(seed, what), mix(seed + 1, what)};
    QByteArray bytes(reinterpret_cast<const char*>(bits.data()), 16);
    bytes[6] = char((bytes[6] & 0x0f) | 0x40);
    bytes[8] = char((bytes[8] & 0x3f) | 0x80);
    return QUuid::fromRfc4122(bytes).toString(QUuid::WithoutBraces);
}

Fleet::Fleet(quint32 seed, int count)
{
    const auto windows = QStringLiteral("windows");
    const auto total = size_t(count);
    m_devices.reserve(total);
    quint64 number = 0;
    const auto add = [&](Device device) {
        if (m_devices.size() < total)
            m_devices.push_back(std::move(device));
        ++number;
    };
    if (count >= 10) {
        add(plain(seed, 0, QStringLiteral("ANA-LT-04"), QStringLiteral("ana@example.com"), windows));
        add(plain(seed, 1, QStringLiteral("BUILD-MAC-2"), QStringLiteral("ci@example.com"),
                  QStringLiteral("mac")));
        auto kiosk = plain(seed, 2, QStringLiteral("KIOSK-17"), QStringLiteral("front@example.com"), windows);
        kiosk.late = true;
        add(kiosk);
        for (const auto* user : {"late@example.com", "night@example.com"}) {
            auto row = plain(seed, number, kiosk.name, QString::fromLatin1(user), windows);
            row.deviceId = kiosk.deviceId;
            row.late = kiosk.late;
            add(row);
        }
        add(plain(seed, number, QStringLiteral("<b>bold</b>"), QStringLiteral("markup@example.com"),
                  QStringLiteral("linux")));
        add(plain(seed, number, QStringLiteral("=HYPERLINK(\"https://example.org\",\"click\")"),
                  QStringLiteral("formula@example.com"), QStringLiteral("linux")));
        add(plain(seed, number, QStringLiteral("\u202EGNP.TPOTPAL"), QStringLiteral("mirror@example.com"),
                  QStringLiteral("mac")));
        add(plain(seed, number, QString(300, u'L') + QStringLiteral("ONG"),
                  QStringLiteral("long@example.com"), windows));
        auto old = plain(seed, number, QStringLiteral("OLD-LT-9"), QStringLiteral("bo@example.com"), windows);
        old.version = QStringLiteral("2024.9.346.0");
        old.ineligibleReason = QStringLiteral("Client version does not support remote captures");
        add(old);
    }
    while (m_devices.size() < total) {
        const auto device = make(seed, number);
        const auto users =
            mix(seed, number * 64 + Users) % 50 == 0 && device.isWindows() ? 2 + int(number % 3) : 1;
        add(device);
        for (int user = 1; user < users; ++user) {
            auto row = make(seed, number);
            row.deviceId = device.deviceId;
            row.name = device.name;
            row.platform = device.platform;
            row.version = device.version;
            row.ineligibleReason = device.ineligibleReason;
            add(row);
        }
    }
    index();
}

void Fleet::index()
{
    m_byId.reserve(qsizetype(m_devices.size()));
    m_starts.reserve(m_devices.size());
    for (int i = 0; i < int(m_devices.size()); ++i) {
        const auto& device = m_devices[size_t(i)];
        m_byId.insert(device.deviceId, i);
        m_starts.push_back(m_searched.size());
        m_searched +=
            device.name.toCaseFolded().toUtf8() + fieldEnd + device.email.toCaseFolded().toUtf8() + fieldEnd;
    }
    m_searched.squeeze();
}

qsizetype Fleet::size(bool late) const
{
    return late ? qsizetype(m_devices.size()) : std::ranges::count(m_devices, false, &Device::late);
}

std::vector<const Device*> Fleet::rows(qsizetype skip, qsizetype limit, bool late) const
{
    std::vector<const Device*> result;
    const auto count = qsizetype(m_devices.size());
    for (auto i = late ? std::min(skip, count) : 0; i < count && qsizetype(result.size()) < limit; ++i) {
        const auto& device = m_devices[size_t(i)];
        if (!late && (device.late || skip-- > 0))
            continue;
        result.push_back(&device);
    }
    return result;
}

std::vector<const Device*> Fleet::found(const QString& text, qsizetype skip, qsizetype limit, bool late) const
{
    std::vector<const Device*> rows;
    const auto wanted = text.toCaseFolded().toUtf8();
    if (wanted.isEmpty() || wanted.contains(fieldEnd))
        return rows;
    qsizetype at = 0;
    while (qsizetype(rows.size()) < limit) {
        const auto* hit = ::memmem(m_searched.constData() + at, size_t(m_searched.size() - at),
                                   wanted.constData(), size_t(wanted.size()));
        if (!hit)
            break;
        const auto place = static_cast<const char*>(hit) - m_searched.constData();
        const auto next = std::ranges::upper_bound(m_starts, place);
        const auto& device = m_devices[size_t(next - m_starts.begin()) - 1];
        if ((late || !device.late) && skip-- <= 0)
            rows.push_back(&device);
        if (next == m_starts.end())
            break;
        at = *next;
    }
    return rows;
}

std::vector<const Device*> Fleet::rowsOf(const QString& deviceId) const
{
    std::vector<const Device*> rows;
    const auto [begin, end] = m_byId.equal_range(deviceId);
    for (auto it = begin; it != end; ++it)
        rows.push_back(&m_devices[size_t(*it)]);
    std::ranges::reverse(rows);
    return rows;
}

} // namespace sandbox
