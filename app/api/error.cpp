// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/error.h"

#include <algorithm>

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

QString word(TransportError::Kind kind)
{
    using Kind = TransportError::Kind;
    switch (kind) {
    case Kind::Settings: return QStringLiteral("connection's settings");
    case Kind::Refused: return QStringLiteral("connection refused");
    case Kind::NameNotFound: return QStringLiteral("name not found");
    case Kind::Tls: return QStringLiteral("TLS failed");
    case Kind::Proxy: return QStringLiteral("proxy failed");
    case Kind::TimedOut: return QStringLiteral("timed out");
    case Kind::Lost: break;
    }
    return QStringLiteral("connection lost");
}

QString word(ProxyFault fault)
{
    switch (fault) {
    case ProxyFault::Refused: return QStringLiteral("connection refused");
    case ProxyFault::NameNotFound: return QStringLiteral("name not found");
    case ProxyFault::Password: return QStringLiteral("password asked for");
    case ProxyFault::Denied: return QStringLiteral("not allowed");
    case ProxyFault::Unreachable: return QStringLiteral("service not reached");
    case ProxyFault::TimedOut: return QStringLiteral("timed out");
    case ProxyFault::Lost: return QStringLiteral("connection lost");
    case ProxyFault::Other: break;
    }
    return QStringLiteral("unexpected answer");
}

struct Describe {
    QString operator()(const TransportError& error) const
    {
        QStringList head{word(error.kind)};
        if (error.proxy)
            head << word(*error.proxy);
        if (error.tls) {
            for (const auto fault : error.tls->faults)
                head << word(fault);
        }
        if (!error.message.isEmpty())
            head << error.message;
        QStringList lines{head.join(QStringLiteral(": ")) +
                          (error.mayHaveSent ? QString() : QStringLiteral(" (nothing was sent)"))};
        if (error.tls)
            lines << factsOf(*error.tls);
        return lines.join(u'\n');
    }
    QString operator()(const HttpError& error) const
    {
        auto text = QStringLiteral("HTTP %1").arg(error.status);
        if (!error.contentType.isEmpty())
            text += QStringLiteral(", ") + error.contentType;
        return error.excerpt.isEmpty() ? text : text + QStringLiteral(": ") + error.excerpt;
    }
    QString operator()(const ServiceError& error) const
    {
        const auto later = error.retryAfter
                               ? QStringLiteral(", retry after %1 s").arg(error.retryAfter->count())
                               : QString();
        return QStringLiteral("HTTP %1").arg(error.status) + later + u'\n' + join(error.errors);
    }
    QString operator()(const DecodeError& error) const
    {
        return QStringLiteral("HTTP %1, unreadable at %2: %3")
            .arg(QString::number(error.status), error.path.isEmpty() ? QStringLiteral("/") : error.path,
                 error.problem);
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
    if (const auto* cancelled = std::get_if<Cancelled>(&error))
        return cancelled->mayHaveSent ? Effect::Unknown : Effect::NotSent;
    return Effect::Unknown;
}

QString describe(const Error& error)
{
    return std::visit(Describe{}, error);
}

bool isNotAllowed(const ServiceError& error)
{
    if (error.status == 401 || error.status == 403)
        return true;
    // With a 5xx status the service uses the same codes for other things.
    return error.status < 500 && std::ranges::any_of(
                                     error.errors,
                                     [](const Notice& notice) {
                                         return notice.code == 9109 || notice.code == 10000 ||
                                                notice.code == 10001;
                                     });
}

} // namespace api
