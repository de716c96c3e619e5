// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/fields.h"

#include <cmath>

#include "api/text.h"

namespace api {

QString kindOf(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::Null: return QStringLiteral("null");
    case QJsonValue::Bool: return QStringLiteral("a truth value");
    case QJsonValue::Double: return QStringLiteral("a number");
    case QJsonValue::String:
        return value.toString().isEmpty() ? QStringLiteral("an empty text") : QStringLiteral("a text");
    case QJsonValue::Array: return QStringLiteral("an array");
    case QJsonValue::Object: return QStringLiteral("an object");
    case QJsonValue::Undefined: break;
    }
    return QStringLiteral("nothing");
}

Fields::Fields(const QJsonValue& value, const QString& path)
    : m_object(value.toObject())
    , m_path(path)
{
    if (!value.isObject())
        m_error = DecodeError{.path = path,
                              .problem = QStringLiteral("expected an object, found ") + kindOf(value)};
}

void Fields::expected(const QString& key, const char* what)
{
    if (m_error)
        return;
    m_error = DecodeError{
        .path = pathOf(key),
        .problem = QStringLiteral("expected %1, found %2").arg(QLatin1StringView(what), kindOf(get(key)))};
}

QString Fields::text(const QString& key)
{
    const auto value = get(key);
    if (!value.isString() || value.toString().isEmpty())
        expected(key, "a text");
    return value.toString();
}

qint64 Fields::count(const QString& key)
{
    if (!has(key))
        expected(key, "a whole number");
    return countIf(key).value_or(0);
}

QDateTime Fields::time(const QString& key)
{
    const auto value = timeIf(key);
    if (!value)
        expected(key, "a time");
    return value.value_or(QDateTime());
}

std::optional<QString> Fields::textIf(const QString& key)
{
    if (!has(key))
        return std::nullopt;
    const auto value = get(key);
    if (!value.isString())
        expected(key, "a text");
    return value.toString().isEmpty() ? std::nullopt : std::optional(value.toString());
}

std::optional<bool> Fields::boolIf(const QString& key)
{
    if (!has(key))
        return std::nullopt;
    if (!get(key).isBool())
        expected(key, "a truth value");
    return get(key).toBool();
}

std::optional<qint64> Fields::countIf(const QString& key)
{
    if (!has(key))
        return std::nullopt;
    const auto value = get(key).toDouble(-1);
    constexpr double exact = 9007199254740992.0; // above this a double cannot represent every integer
    if (!get(key).isDouble() || value < 0 || value > exact || std::floor(value) != value) {
        expected(key, "a whole number");
        return std::nullopt;
    }
    return qint64(value);
}

std::optional<QDateTime> Fields::timeIf(const QString& key)
{
    const auto value = textIf(key);
    if (!value)
        return std::nullopt;
    const auto parsed = parseTime(*value);
    if (!parsed)
        expected(key, "a time");
    return parsed;
}

QString Fields::pathOf(const QString& key) const
{
    auto escaped = key;
    escaped.replace(u'~', QLatin1StringView("~0")).replace(u'/', QLatin1StringView("~1"));
    return m_path + u'/' + escaped;
}

} // namespace api
