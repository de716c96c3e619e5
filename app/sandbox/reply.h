// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QString>

namespace sandbox {

/// \brief One error in a reply of the service.
struct Problem {
    int code;
    QString message;
    QString pointer; ///< empty: none
};

/// \brief A reply: an HTTP status and a JSON envelope.
struct Reply {
    int status = 200;
    QByteArray body;
};

/// Formats a time for an HTTP header.
[[nodiscard]] QByteArray httpDate(const QDateTime& utc);

[[nodiscard]] Reply success(const QJsonValue& result, const QJsonValue& resultInfo = {},
                            const QJsonArray& messages = {});
[[nodiscard]] Reply failure(int status, const QList<Problem>& problems);
[[nodiscard]] Reply failure(int status, int code, const QString& message, const QString& pointer = {});

} // namespace sandbox
