// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QString>

namespace devices {
struct Device;
}

namespace ui {

/// A text of somebody else's, fit to be shown on one line beside others: control and direction characters,
/// and what is no character, become visible boxes, it is cut after so many, and what is written from right
/// to left is kept apart from its neighbours.
[[nodiscard]] QString shown(const QString& untrusted, qsizetype most = 200);

/// The same without what keeps it apart: for a line of its own, or to be copied.
[[nodiscard]] QString oneLine(const QString& untrusted, qsizetype most = 200);

/// The same, whole (2,000 characters) and escaped, for a tool tip, which would take markup.  Its lines stay
/// lines.
[[nodiscard]] QString toolTip(const QString& untrusted);

/// The same text for a menu, an action or a button, where an ampersand would mark a key, and a tab a
/// shortcut.
[[nodiscard]] QString menuText(QString text);

/// `now`, `3 min`, `2 h`, `4 d`.
[[nodiscard]] QString ago(const QDateTime& then, const QDateTime& now);

/// A time of day, local: `14:08`.  With seconds it would only be harder to read out.
[[nodiscard]] QString clock(const QDateTime& time);

/// The same with its date, where that is not today's.
[[nodiscard]] QString clockAndDate(const QDateTime& time);

/// What a device is called, shown as above: by its name; without one, by its ID, its user, or words that say
/// so.  Never empty.
[[nodiscard]] QString deviceName(const devices::Device& device, qsizetype most = 200);

/// `Windows`, `macOS`, `Linux`, or the service's own word.
[[nodiscard]] QString platformName(const QString& platform);

} // namespace ui
