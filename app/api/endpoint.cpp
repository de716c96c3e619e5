// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/endpoint.h"

#include <QHostAddress>

#include "api/tr.h"

namespace api {

bool isLoopback(const QString& host)
{
    return host.compare(QLatin1StringView("localhost"), Qt::CaseInsensitive) == 0 ||
           QHostAddress(host).isLoopback();
}

std::optional<QString> baseUrlProblem(const QUrl& url)
{
    if (!url.isValid() || url.host().isEmpty())
        return Text::tr("This is not an address. It looks like https://api.example.com/client/v4.");
    if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment())
        return Text::tr("The address may have a host and a path, nothing else.");
    if (url.scheme() == QLatin1StringView("https"))
        return std::nullopt;
    if (url.scheme() == QLatin1StringView("http"))
        return isLoopback(url.host())
                   ? std::nullopt
                   : std::optional(Text::tr("Plain http would show the key to the network: use https."));
    return Text::tr("The address begins with https://.");
}

} // namespace api
