// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>

#include <QLoggingCategory>
#include <QString>

#include "api/classify.h"

class QUrl;

namespace api {

Q_DECLARE_LOGGING_CATEGORY(wireLog)

/// A URL's path for the log: only the last four characters of the account, no file name, no query.
[[nodiscard]] QString shortPath(const QUrl& url);

/// A short form of an error without texts from others: `HTTP 403, 10000, 9109`.
[[nodiscard]] QString brief(const Error& error);

/// Logs one line for a finished request.
void trace(const char* method, const QUrl& url, const Ending& ending, std::chrono::milliseconds took);

} // namespace api
