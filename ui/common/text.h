// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QString>

namespace ui {

/// A text from an end user's machine, made fit to be shown: one line, no character that is invisible, breaks
/// a line or turns the direction of what follows, and no longer than `most`.  To be used for display only,
/// never for comparing.
[[nodiscard]] QString shown(const QString& untrusted, qsizetype most = 200);

/// A number with its noun: `one` for 1, else `many` with the number in place of `%1`, grouped as the locale
/// does.
[[nodiscard]] QString counted(qsizetype number, const QString& one, const QString& many);

/// How long ago, roughly: `now`, `3 min`, `2 h`, `4 d`.  Times to come count as now.
[[nodiscard]] QString ago(const QDateTime& when, const QDateTime& now);

/// Local time, with the date where it is not today's: `14:08`, `tomorrow 02:00`, `Mon 24 Nov 14:08`.
[[nodiscard]] QString clockTime(const QDateTime& when, const QDateTime& now);

} // namespace ui
