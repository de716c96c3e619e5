// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sandbox/stats.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

namespace sandbox {

namespace {

QString kindOf(const QString& path)
{
    const auto parts = path.split(u'/', Qt::SkipEmptyParts).mid(2); // without "client" and "v4"
    if (parts.size() == 3 && parts[0] == QLatin1StringView("user"))
        return QStringLiteral("verify");
    if (parts.size() == 4 && parts[2] == QLatin1StringView("tokens"))
        return QStringLiteral("verify");
    if (parts.size() == 7 && parts[5] == QLatin1StringView("downloads"))
        return QStringLiteral("download");
    if (parts.size() == 4 && parts[3] == QLatin1StringView("commands"))
        return QStringLiteral("commands");
    for (const auto& leaf : {QStringLiteral("devices"), QStringLiteral("quota")}) {
        if (parts.size() == 5 && parts[4] == leaf)
            return leaf;
    }
    return QStringLiteral("other");
}

} // namespace

void Stats::count(const QByteArray& method, const QString& path)
{
    gets += method == "GET" ? 1 : 0;
    posts += method == "POST" ? 1 : 0;
    ++requests[QString::fromLatin1(method) + u' ' + kindOf(path)];
}

QByteArray Stats::toJson(const Limits& limits, const Present& present) const
{
    QJsonObject kinds;
    for (const auto& [kind, number] : requests)
        kinds.insert(kind, number);
    const QJsonObject json{{QStringLiteral("requests"), kinds},
                           {QStringLiteral("gets"), gets},
                           {QStringLiteral("posts"), posts},
                           {QStringLiteral("created"), created},
                           {QStringLiteral("connections"), present.connections},
                           {QStringLiteral("delayed"), present.delayed},
                           {QStringLiteral("busiest_second"), qint64(limits.busiestSecond())},
                           {QStringLiteral("refused_for_rate"), limits.refused()}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

} // namespace sandbox
