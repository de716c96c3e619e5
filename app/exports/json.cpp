// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "exports/json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonValue>

namespace exports {

namespace {

struct ToJson {
    QJsonValue operator()(std::monostate) const { return QJsonValue::Null; }
    QJsonValue operator()(const QString& text) const { return text; }
    QJsonValue operator()(qint64 number) const { return number; }
    QJsonValue operator()(double number) const { return number; }
    QJsonValue operator()(bool truth) const { return truth; }
    QJsonValue operator()(const QDateTime& time) const { return time.toUTC().toString(Qt::ISODateWithMs); }
};

} // namespace

QByteArray jsonObject(const QStringList& columns, const QList<Cell>& row)
{
    // QJsonObject would sort the keys, so each member is written separately.
    const auto bare = [](const QJsonValue& value) {
        const auto list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
        return list.mid(1, list.size() - 2);
    };
    QByteArray object = "{";
    for (qsizetype i = 0; i < row.size(); ++i) {
        if (i > 0)
            object += ',';
        object += bare(columns[i]) + ':' + bare(std::visit(ToJson{}, row[i]));
    }
    object += '}';
    return object;
}

} // namespace exports
