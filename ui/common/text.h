// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QString>

namespace devices {
struct Device;
}

namespace ui {

/// Sanitizes an untrusted text for display on one line beside others.  Control and direction characters and
/// invalid characters become visible boxes, the text is cut after `most` characters, and right-to-left text
/// is isolated from its neighbours.
[[nodiscard]] QString shown(const QString& untrusted, qsizetype most = 200);

/// Like `shown`, without the isolation: for a line of its own, or for copying.
[[nodiscard]] QString oneLine(const QString& untrusted, qsizetype most = 200);

/// Like `shown`, but longer (2,000 characters) and HTML-escaped, because a tool tip interprets markup.  Line
/// breaks are kept.
[[nodiscard]] QString toolTip(const QString& untrusted);

/// Escapes a text for a menu, an action or a button, where an ampersand marks an access key and a tab marks a
/// shortcut.
[[nodiscard]] QString menuText(QString text);

/// Formats an age: `now`, `3 min`, `2 h`, `4 d`.
[[nodiscard]] QString ago(const QDateTime& then, const QDateTime& now);

/// Formats a local time of day: `14:08`.  Seconds would only make it harder to read aloud.
[[nodiscard]] QString clock(const QDateTime& time);

/// Like `clock`, with the date in front if it is not today.
[[nodiscard]] QString clockAndDate(const QDateTime& time);

/// Returns a device's display name, sanitized like `shown`: its name, else its ID, else its user, else a text
/// that says that there is no name.  Never empty.
[[nodiscard]] QString deviceName(const devices::Device& device, qsizetype most = 200);

/// Returns `Windows`, `macOS`, `Linux`, or the service's own word.
[[nodiscard]] QString platformName(const QString& platform);

} // namespace ui
