// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/fields.h"

#include <cmath>

#include <QRegularExpression>
#include <QTimeZone>

namespace api {

std::optional<QDateTime> parseTime(const QString& text)
{
    static const QRegularExpression form(
        QStringLiteral("\\A(\\d{4}-\\d\\d-\\d\\d)[Tt ](\\d\\d:\\d\\d:\\d\\d)(\\.\\d+)?(?:([Zz])|([+-])(\\d\\d)(?::?(\\d\\d))?)\\z"));
    const auto match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const auto date = QDate::fromString(match.captured(1), Qt::ISODate);
    const auto time = QTime::fromString(match.captured(2), Qt::ISODate);
    if (!date.isValid() || !time.isValid())
        return std::nullopt;
    QDateTime result(date, time, Qt::UTC);
    if (match.hasCaptured(3))
        result = result.addMSecs(qint64(std::round(QString(u'0' + match.captured(3)).toDouble() * 1000)));
    if (match.hasCaptured(5)) {
        const auto offset = match.captured(6).toInt() * 3600 + match.captured(7).toInt() * 60;
        result = result.addSecs(match.captured(5) == u'-' ? offset : -offset);
    }
    return result;
}

QString kindOf(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::Null: return QStringLiteral("null");
    case QJsonValue::Bool: return QStringLiteral("a truth value");
    case QJsonValue::Double: return QStringLiteral("a number");
    case QJsonValue::String: return QStringLiteral("a text");
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
        m_error = DecodeError{.path = path, .problem = QStringLiteral("expected an object, found ") + kindOf(value)};
}

void Fields::expected(const QString& key, const char* what)
{
    if (m_error)
        return;
    m_error = DecodeError{.path = m_path + u'/' + key,
                          .problem = QStringLiteral("expected %1, found %2").arg(QLatin1StringView(what), kindOf(get(key)))};
}

QString Fields::id(const QString& key)
{
    const auto value = text(key);
    if (value.isEmpty())
        expected(key, "a text that is not empty");
    return value;
}

QString Fields::text(const QString& key)
{
    if (!get(key).isString())
        expected(key, "a text");
    return get(key).toString();
}

qint64 Fields::count(const QString& key)
{
    if (!has(key))
        expected(key, "a whole number");
    return countIf(key).value_or(0);
}

QDateTime Fields::time(const QString& key)
{
    const auto value = parseTime(text(key));
    if (!value)
        expected(key, "a time");
    return value.value_or(QDateTime());
}

std::optional<QString> Fields::textIf(const QString& key)
{
    if (!has(key))
        return std::nullopt;
    return text(key);
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
    constexpr double exact = 9007199254740992.0; // beyond it a double skips whole numbers
    if (!get(key).isDouble() || value < 0 || value > exact || std::floor(value) != value) {
        expected(key, "a whole number");
        return std::nullopt;
    }
    return qint64(value);
}

std::optional<QDateTime> Fields::timeIf(const QString& key)
{
    const auto value = textIf(key);
    if (!value || value->isEmpty())
        return std::nullopt;
    const auto parsed = parseTime(*value);
    if (!parsed)
        expected(key, "a time");
    return parsed;
}

} // namespace api
