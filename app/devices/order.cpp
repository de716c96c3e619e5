// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/order.h"

#include <algorithm>
#include <compare>
#include <limits>

namespace devices {

namespace {

std::strong_ordering compareText(const QString& a, const QString& b)
{
    return a.compare(b) <=> 0;
}

std::strong_ordering compareBy(const Row& a, const Row& b, Column by, bool aTicked, bool bTicked)
{
    switch (by) {
    case Column::Tick: return bTicked <=> aTicked;
    case Column::Name: return compareText(a.name, b.name);
    case Column::User: return compareText(a.user, b.user);
    case Column::Status: return compareText(a.device.status, b.device.status);
    case Column::Platform: return compareText(a.device.platform, b.device.platform);
    case Column::Seen: return b.seen <=> a.seen; // the latest first
    case Column::Version: return QVersionNumber::compare(a.version, b.version) <=> 0;
    }
    Q_UNREACHABLE();
}

} // namespace

Row::Row(const Device& of)
    : device(of)
    , name(of.name.toCaseFolded())
    , user(of.email.toCaseFolded())
    , text(QStringList{name, user, of.deviceId.toCaseFolded(), of.platform.toCaseFolded(),
                       of.status.toCaseFolded(), of.version.toCaseFolded(), of.registrationId.toCaseFolded(),
                       of.obstacle().toCaseFolded()}
               .join(u'\n'))
    , version(QVersionNumber::fromString(of.version))
    , seen(of.lastSeen ? of.lastSeen->toMSecsSinceEpoch() : std::numeric_limits<qint64>::min())
{
}

QStringList filterWords(const QString& filter)
{
    return filter.toCaseFolded().split(u' ', Qt::SkipEmptyParts);
}

bool matches(const Row& row, const QStringList& words)
{
    return std::ranges::all_of(words, [&row](const QString& word) { return row.text.contains(word); });
}

bool before(const Row& a, const Row& b, Column by, Qt::SortOrder order, bool aTicked, bool bTicked)
{
    if (const auto c = compareBy(a, b, by, aTicked, bTicked); c != 0)
        return order == Qt::AscendingOrder ? c < 0 : c > 0;
    if (const auto c = compareText(a.name, b.name); c != 0)
        return c < 0;
    if (a.seen != b.seen)
        return a.seen > b.seen;
    return a.device.key() < b.device.key();
}

} // namespace devices
