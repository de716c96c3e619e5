// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QString>

namespace base {

/// A moment for a sentence, local and as the locale writes it: the time of day, with the date where that is
/// not today's.
[[nodiscard]] QString momentText(const QDateTime& moment);

} // namespace base
