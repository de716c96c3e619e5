// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QDateTime>
#include <QJsonObject>
#include <QString>

#include "api/error.h"

namespace api {

/// \brief Strict reader for the fields of one JSON object.  The first missing or mistyped field is the
/// error, reported with its path.  Such a field yields an empty or default value, so check `error()` before
/// a value is used.  For optional fields, absent, null and an empty text are the same.
class Fields {
public:
    Fields(const QJsonValue& value, const QString& path);

    [[nodiscard]] QString text(const QString& key); ///< never empty
    [[nodiscard]] qint64 count(const QString& key); ///< a whole number, not negative
    [[nodiscard]] QDateTime time(const QString& key);
    [[nodiscard]] std::optional<QString> textIf(const QString& key);
    [[nodiscard]] std::optional<bool> boolIf(const QString& key);
    [[nodiscard]] std::optional<qint64> countIf(const QString& key);
    [[nodiscard]] std::optional<QDateTime> timeIf(const QString& key);

    [[nodiscard]] QString pathOf(const QString& key) const; ///< JSON pointer
    [[nodiscard]] const std::optional<DecodeError>& error() const { return m_error; }

private:
    [[nodiscard]] QJsonValue get(const QString& key) const { return m_object.value(key); }
    [[nodiscard]] bool has(const QString& key) const { return !get(key).isUndefined() && !get(key).isNull(); }
    void expected(const QString& key, const char* what);

    QJsonObject m_object;
    QString m_path;
    std::optional<DecodeError> m_error;
};

/// The type of a JSON value, for an error message: `a number`, `null`, `nothing`.
[[nodiscard]] QString kindOf(const QJsonValue& value);

} // namespace api
