// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QString>

namespace base {

/// Formats a time for use in a sentence, in local time and the current locale: the time of day, with the
/// date if it is not today.
[[nodiscard]] QString momentText(const QDateTime& moment);

} // namespace base
