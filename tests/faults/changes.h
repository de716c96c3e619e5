// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>

#include <QJsonObject>
#include <QUrl>

#include "server.h"

namespace faults {

using Change = std::function<void(Act&)>;

// What can become of an answer.
[[nodiscard]] Change nothing(Act::Then then); ///< no byte of it comes
[[nodiscard]] Change cutShort();
[[nodiscard]] Change invalidJson();
[[nodiscard]] Change wrongTypes(); ///< JSON, an envelope, and yet not what was asked for
[[nodiscard]] Change wrongContentType();
/// HTML, of a box in between.  \param retryAfter seconds; -1: does not say
[[nodiscard]] Change page(int status, int retryAfter = -1);
/// An envelope that refuses.
[[nodiscard]] Change refusal(int status, int code, const char* words, int retryAfter = -1);
[[nodiscard]] Change redirect(int status, const QUrl& to);

// What can become of what it says.
void edit(Act& act, const std::function<void(QJsonObject&)>& change);
void editRows(Act& act, const QString& list, const std::function<void(QJsonObject&)>& change);
[[nodiscard]] Change rows(const QString& list, const std::function<void(QJsonObject&)>& change);
[[nodiscard]] Change result(const std::function<void(QJsonObject&)>& change);

} // namespace faults
