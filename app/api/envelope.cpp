// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/envelope.h"

#include <cmath>
#include <limits>

#include <QJsonArray>
#include <QJsonDocument>

#include "api/fields.h"

namespace api {

namespace {

std::optional<QString> textAt(const QJsonObject& object, QStringView key)
{
    const auto value = object.value(key);
    return value.isString() ? std::optional(value.toString()) : std::nullopt;
}

/// Skips malformed notices: a refusal must stay a refusal even if one of its notices is malformed.
QList<Notice> decodeNotices(const QJsonValue& value)
{
    QList<Notice> notices;
    const auto list = value.toArray();
    for (const auto& item : list) {
        const auto object = item.toObject();
        const auto code = object.value(u"code");
        const auto message = textAt(object, u"message");
        const auto number = code.toDouble(-1);
        if (!message || number < 0 || number > std::numeric_limits<int>::max() ||
            std::floor(number) != number)
            continue;
        notices << Notice{.code = int(number),
                          .message = *message,
                          .documentationUrl = textAt(object, u"documentation_url"),
                          .pointer = textAt(object.value(u"source").toObject(), u"pointer")};
    }
    return notices;
}

} // namespace

std::expected<Envelope, DecodeError> decodeEnvelope(QByteArrayView bytes)
{
    QJsonParseError parse;
    const auto document =
        QJsonDocument::fromJson(QByteArray::fromRawData(bytes.data(), bytes.size()), &parse);
    if (parse.error != QJsonParseError::NoError) {
        return std::unexpected(
            DecodeError{.path = {}, .problem = QStringLiteral("expected JSON: ") + parse.errorString()});
    }
    if (!document.isObject())
        return std::unexpected(DecodeError{.path = {}, .problem = QStringLiteral("expected an object")});
    const auto object = document.object();
    const auto success = object.value(u"success");
    if (!success.isBool()) {
        return std::unexpected(
            DecodeError{.path = QStringLiteral("/success"),
                        .problem = QStringLiteral("expected a truth value, found ") + kindOf(success)});
    }
    return Envelope{
        .success = success.toBool(), .errors = decodeNotices(object.value(u"errors")), .object = object};
}

} // namespace api
