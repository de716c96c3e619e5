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

/// A URL's path as the log may have it: an account by its last four characters, no file's name, no query.
[[nodiscard]] QString shortPath(const QUrl& url);

/// An error without anybody's words: `HTTP 403, 10000, 9109`.
[[nodiscard]] QString brief(const Error& error);

/// One line in the log for a request that has ended.
void trace(const char* method, const QUrl& url, const Ending& ending, std::chrono::milliseconds took);

} // namespace api
