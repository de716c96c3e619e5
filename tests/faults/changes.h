// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>

#include <QJsonObject>
#include <QUrl>

#include "server.h"

namespace faults {

using Change = std::function<void(Act&)>;

// Faults of an answer.
[[nodiscard]] Change nothing(Act::Then then); ///< not a single byte arrives
[[nodiscard]] Change cutShort();
[[nodiscard]] Change invalidJson();
[[nodiscard]] Change wrongTypes(); ///< valid JSON, but not what was requested
[[nodiscard]] Change wrongContentType();
/// An HTML page of a gateway.  \param retryAfter seconds; -1: no such header
[[nodiscard]] Change page(int status, int retryAfter = -1);
/// An envelope with `success: false`.
[[nodiscard]] Change refusal(int status, int code, const char* words, int retryAfter = -1);
[[nodiscard]] Change redirect(int status, const QUrl& to);

// Changes of the answer's content.
void edit(Act& act, const std::function<void(QJsonObject&)>& change);
void editRows(Act& act, const QString& list, const std::function<void(QJsonObject&)>& change);
[[nodiscard]] Change rows(const QString& list, const std::function<void(QJsonObject&)>& change);
[[nodiscard]] Change result(const std::function<void(QJsonObject&)>& change);

} // namespace faults
