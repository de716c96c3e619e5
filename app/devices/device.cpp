// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/device.h"

#include <QVersionNumber>

#include "devices/tr.h"
#include "devices/names.h"
#include "api/requests.h"

namespace devices {

namespace {

/// The oldest client version that supports remote captures, from the service's documentation.
const QVersionNumber& oldestVersion()
{
    static const QVersionNumber version{2024, 12, 492, 0};
    return version;
}

bool says(const QString& text, const char* word)
{
    return text.contains(QLatin1StringView(word), Qt::CaseInsensitive);
}

/// The names start with a colon, because a reason from the service does not.
constexpr QLatin1StringView notSeen(":not-seen"), tooOld(":client-too-old"), platformWrong(":platform"),
    modeWrong(":client-mode"), notEligible(":not-eligible"), noEmail(":no-email");

} // namespace

size_t qHash(const Key& key, size_t seed) noexcept
{
    return qHashMulti(seed, key.deviceId, key.registrationId, key.email);
}

bool Device::isWindows() const
{
    return platform.startsWith(QLatin1StringView("win"), Qt::CaseInsensitive);
}

bool Device::isConnected() const
{
    return status.compare(QLatin1StringView("connected"), Qt::CaseInsensitive) == 0;
}

QString Device::obstacleName() const
{
    if (standing == Standing::NotSeen)
        return notSeen;
    if (!eligible) {
        const auto number = QVersionNumber::fromString(version);
        if (says(ineligibleReason, "version") || (!number.isNull() && number < oldestVersion()))
            return tooOld;
        if (says(ineligibleReason, "platform") || says(ineligibleReason, "operating system"))
            return platformWrong;
        if (says(ineligibleReason, "mode"))
            return modeWrong;
        return ineligibleReason.isEmpty() ? QString(notEligible) : ineligibleReason;
    }
    return email.isEmpty() ? QString(noEmail) : QString();
}

QString Device::obstacle() const
{
    return obstacleText(obstacleName());
}

QString obstacleText(const QString& name)
{
    if (name == notSeen)
        return Text::tr("not seen in the last hour");
    if (name == tooOld)
        return Text::tr("client too old");
    if (name == platformWrong)
        return Text::tr("platform not supported");
    if (name == modeWrong)
        return Text::tr("client mode cannot capture");
    if (name == notEligible)
        return Text::tr("not eligible");
    if (name == noEmail)
        return Text::tr("no e-mail known");
    return name;
}

bool Device::canBeTicked() const
{
    return standing == Standing::NotSeen || obstacle().isEmpty();
}

Entry entryOf(const Device& device)
{
    return {.key = device.key(), .name = device.name, .platform = device.platform};
}

QString hostName(const QString& name)
{
    auto host = comparable(QStringView(name).trimmed()).trimmed();
    if (host.contains(u'\\')) { // removes a domain before the name, or a share after it
        const bool isShare = host.startsWith(QLatin1StringView("\\\\"));
        const auto parts = host.split(u'\\', Qt::SkipEmptyParts);
        if (!parts.isEmpty())
            host = isShare ? parts.first() : parts.last();
    }
    if (host.endsWith(u'$'))
        host.chop(1);
    return host;
}

QString shortHostName(const QString& hostName)
{
    return hostName.left(hostName.indexOf(u'.'));
}

Device fromRow(const api::DeviceRow& row)
{
    return {.deviceId = row.deviceId,
            .registrationId = row.registrationId.value_or(QString()),
            .email = row.personEmail.value_or(QString()),
            .name = row.deviceName.value_or(QString()),
            .platform = row.platform.value_or(QString()),
            .status = row.status.value_or(QString()),
            .version = row.version.value_or(QString()),
            .lastSeen = row.lastSeen,
            // An absent value counts as eligible: the service itself rejects what it does not accept.
            .eligible = row.eligible.value_or(true),
            .ineligibleReason = row.ineligibleReason.value_or(QString())};
}

} // namespace devices
