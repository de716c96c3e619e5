// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/envelope.h"

#include <algorithm>

#include <QJsonArray>
#include <QJsonDocument>

#include "api/fields.h"

namespace api {

namespace {

bool isJson(const QByteArray& contentType)
{
    const auto type = contentType.left(contentType.indexOf(';')).trimmed().toLower();
    return type == "application/json" || type.endsWith("+json");
}

HttpError foreign(const Answer& answer)
{
    auto excerpt = QString::fromUtf8(answer.body.left(800)).simplified().left(200);
    return {.status = answer.status, .contentType = QString::fromLatin1(answer.contentType), .excerpt = excerpt};
}

QList<Notice> notices(const QJsonValue& value)
{
    QList<Notice> result;
    const auto list = value.toArray();
    for (const auto& item : list) {
        // A refusal stays one even where a notice in it is malformed: what can be read of it is kept.
        const auto object = item.toObject();
        const auto text = [](const QJsonValue& field) {
            return field.isString() ? std::optional(field.toString()) : std::nullopt;
        };
        const Notice notice{.code = object.value(u"code").toInt(),
                            .message = object.value(u"message").toString(),
                            .documentationUrl = text(object.value(u"documentation_url")),
                            .pointer = text(object.value(u"source").toObject().value(u"pointer"))};
        if (notice.code != 0 || !notice.message.isEmpty())
            result << notice;
    }
    return result;
}

} // namespace

std::optional<std::chrono::seconds> retryAfter(const QByteArray& header)
{
    bool ok = false;
    const auto seconds = header.trimmed().toLongLong(&ok);
    if (!ok || seconds < 0)
        return std::nullopt;
    return std::chrono::seconds(std::min<qint64>(seconds, 3600));
}

std::expected<QJsonObject, Error> readEnvelope(const Answer& answer)
{
    const bool fine = answer.status >= 200 && answer.status < 300;
    if (fine && !answer.whole)
        return std::unexpected(TransportError{.kind = TransportError::Kind::Lost,
                                              .message = QStringLiteral("the reply was cut short"),
                                              .mayHaveSent = true});
    if (answer.status >= 300 && answer.status < 400)
        return std::unexpected(foreign(answer));
    if (!isJson(answer.contentType))
        return std::unexpected(foreign(answer));

    QJsonParseError parse;
    const auto document = QJsonDocument::fromJson(answer.body, &parse);
    const auto undecodable = [&](const QString& path, const QString& problem) -> Error {
        if (!fine)
            return foreign(answer);
        return DecodeError{.path = path, .problem = problem, .status = answer.status};
    };
    if (parse.error != QJsonParseError::NoError)
        return std::unexpected(undecodable({}, parse.errorString()));
    const auto object = document.object();
    const auto success = object.value(u"success");
    if (!success.isBool())
        return std::unexpected(
            undecodable(QStringLiteral("/success"), QStringLiteral("expected a truth value, found ") + kindOf(success)));
    if (!success.toBool()) {
        return std::unexpected(ServiceError{.status = answer.status,
                                            .errors = notices(object.value(u"errors")),
                                            .retryAfter = retryAfter(answer.retryAfter)});
    }
    if (!fine)
        return std::unexpected(foreign(answer)); // success in the body, failure in the status: believe neither
    return object;
}

} // namespace api
