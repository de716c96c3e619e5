// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/trace.h"

#include <QUrl>

namespace api {

Q_LOGGING_CATEGORY(wireLog, "capturedesk.api", QtInfoMsg)

QString shortPath(const QUrl& url)
{
    auto parts = url.path(QUrl::FullyEncoded).split(u'/');
    for (qsizetype i = 1; i < parts.size(); ++i) {
        if (parts[i - 1] == QLatin1StringView("accounts"))
            parts[i] = QStringLiteral("…") + parts[i].right(4);
        else if (parts[i - 1] == QLatin1StringView("downloads"))
            parts[i] = QStringLiteral("…"); // the file name may contain a person's name
    }
    return parts.join(u'/');
}

QString brief(const Error& error)
{
    if (const auto* transport = std::get_if<TransportError>(&error))
        return describe(
            TransportError{.kind = transport->kind, .message = {}, .mayHaveSent = transport->mayHaveSent});
    if (const auto* http = std::get_if<HttpError>(&error))
        return QStringLiteral("HTTP %1, not of the service").arg(http->status);
    if (const auto* service = std::get_if<ServiceError>(&error)) {
        auto text = QStringLiteral("HTTP %1").arg(service->status);
        for (const auto& notice : service->errors)
            text += QStringLiteral(", %1").arg(notice.code);
        return text;
    }
    if (const auto* decode = std::get_if<DecodeError>(&error))
        return QStringLiteral("HTTP %1, unreadable at %2").arg(QString::number(decode->status), decode->path);
    if (std::holds_alternative<StorageError>(error))
        return QStringLiteral("not written here");
    return describe(error);
}

void trace(const char* method, const QUrl& url, const Ending& ending, std::chrono::milliseconds took)
{
    const auto broken = interruption(ending);
    const auto what =
        broken ? brief(*broken) : QStringLiteral("%1, %2 bytes").arg(ending.status).arg(ending.body.size());
    qCInfo(wireLog).noquote() << method << shortPath(url) << what << "in" << took.count() << "ms";
}

} // namespace api
