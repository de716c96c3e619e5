// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/error.h"

#include <QStringList>

namespace api {

namespace {

QString join(const QList<Notice>& notices)
{
    QStringList lines;
    for (const auto& notice : notices) {
        QString line = QString::number(notice.code) + QStringLiteral(": ") + notice.message;
        if (notice.pointer)
            line += QStringLiteral(" (") + *notice.pointer + u')';
        if (notice.documentationUrl)
            line += u' ' + *notice.documentationUrl;
        lines << line;
    }
    return lines.join(u'\n');
}

struct Describe {
    QString operator()(const TransportError& error) const { return error.message; }
    QString operator()(const HttpError& error) const
    {
        return QStringLiteral("HTTP %1, %2: %3").arg(QString::number(error.status), error.contentType, error.excerpt);
    }
    QString operator()(const ServiceError& error) const
    {
        return QStringLiteral("HTTP %1\n%2").arg(QString::number(error.status), join(error.errors));
    }
    QString operator()(const DecodeError& error) const
    {
        return QStringLiteral("HTTP %1, unreadable at %2: %3")
            .arg(QString::number(error.status), error.path.isEmpty() ? QStringLiteral("/") : error.path, error.problem);
    }
    QString operator()(const StorageError& error) const { return error.message; }
    QString operator()(const Cancelled&) const { return QStringLiteral("cancelled"); }
};

} // namespace

Effect effectOf(const Error& error)
{
    if (const auto* transport = std::get_if<TransportError>(&error))
        return transport->mayHaveSent ? Effect::Unknown : Effect::NotSent;
    if (const auto* service = std::get_if<ServiceError>(&error)) {
        if (service->status == 429)
            return Effect::NotSent;
        if (service->status >= 400 && service->status < 500 && service->status != 408)
            return Effect::Refused;
    }
    return Effect::Unknown;
}

QString describe(const Error& error)
{
    return std::visit(Describe{}, error);
}

} // namespace api
