// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QIcon>
#include <QLatin1StringView>

class QApplication;
class QFont;

namespace ui {

/// \brief How the window looks; System is as light or dark as the desktop.
enum class Appearance { System, Light, Dark };

/// Sets style and palette of the whole program; may be called again at any time.
void applyAppearance(QApplication& app, Appearance appearance);

/// \brief What a colour says.  Never by itself: a word or an icon says it too.
enum class Tone { Good, Bad, Busy, Waiting, Warning };

/// Readable (4.5 to 1) on the window's and the tables' background, in either appearance.  Not on a highlight:
/// use `QPalette::HighlightedText` there.
[[nodiscard]] QColor tone(Tone tone);

/// Text that counts less; just as readable.
[[nodiscard]] QColor quiet();

/// The thin line between places of the window.
[[nodiscard]] QColor hairline();

/// The colour that tells one account from another, always the same for a name.
[[nodiscard]] QColor accountColour(const QString& name);

/// A drawing of resources/icons in the colour of the text around it, whatever the appearance is at the
/// moment: add, check, clock, device, … (file names without `.svg`).
[[nodiscard]] QIcon icon(QLatin1StringView name);

/// The same in the colour of a tone; white where its row is highlighted.
[[nodiscard]] QIcon icon(QLatin1StringView name, Tone colour);

/// The program's own icon, in its own colours.
[[nodiscard]] QIcon appIcon();

/// The font of a heading inside a page or dialog.
[[nodiscard]] QFont headingFont();

} // namespace ui
