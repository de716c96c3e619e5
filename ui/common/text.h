// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QString>

namespace ui {

/// A text of somebody else's, fit to be shown on one line: control and direction characters become visible
/// boxes, and it is cut at 200 characters.
[[nodiscard]] QString shown(const QString& untrusted);

/// The same, whole and escaped, for a tool tip (which would take markup).
[[nodiscard]] QString toolTip(const QString& untrusted);

/// `now`, `3 min`, `2 h`, `4 d`.
[[nodiscard]] QString ago(const QDateTime& then, const QDateTime& now);

/// A time of day, local: `14:08`.  With seconds it would only be harder to read out.
[[nodiscard]] QString clock(const QDateTime& time);

/// The same with its date, where that is not today's.
[[nodiscard]] QString clockAndDate(const QDateTime& time);

/// `Windows`, `macOS`, `Linux`, or the service's own word.
[[nodiscard]] QString platformName(const QString& platform);

} // namespace ui
