// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sandbox/reply.h"

#include <QJsonDocument>
#include <QLocale>

namespace sandbox {

QByteArray httpDate(const QDateTime& utc)
{
    return QLocale::c().toString(utc, QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'")).toLatin1();
}

Reply success(const QJsonValue& result, const QJsonValue& resultInfo, const QJsonArray& messages)
{
    QJsonObject envelope{{QStringLiteral("success"), true},
                         {QStringLiteral("errors"), QJsonArray()},
                         {QStringLiteral("messages"), messages},
                         {QStringLiteral("result"), result}};
    if (resultInfo.isObject())
        envelope.insert(QStringLiteral("result_info"), resultInfo);
    return {.status = 200, .body = QJsonDocument(envelope).toJson(QJsonDocument::Compact)};
}

Reply failure(int status, const QList<Problem>& problems)
{
    QJsonArray errors;
    for (const auto& problem : problems) {
        QJsonObject error{{QStringLiteral("code"), problem.code},
                          {QStringLiteral("message"), problem.message}};
        if (!problem.pointer.isEmpty())
            error.insert(QStringLiteral("source"), QJsonObject{{QStringLiteral("pointer"), problem.pointer}});
        errors << error;
    }
    const QJsonObject envelope{{QStringLiteral("success"), false},
                               {QStringLiteral("errors"), errors},
                               {QStringLiteral("messages"), QJsonArray()},
                               {QStringLiteral("result"), QJsonValue::Null}};
    return {.status = status, .body = QJsonDocument(envelope).toJson(QJsonDocument::Compact)};
}

Reply failure(int status, int code, const QString& message, const QString& pointer)
{
    return failure(status, QList<Problem>{{.code = code, .message = message, .pointer = pointer}});
}

} // namespace sandbox
