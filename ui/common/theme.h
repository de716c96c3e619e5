// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QColor>
#include <QIcon>
#include <QLatin1StringView>

class QApplication;
class QString;
class QWidget;

namespace ui {

enum class Appearance { System, Light, Dark };

[[nodiscard]] Appearance
appearanceFrom(const QString& name); ///< the setting's text: `system`, `light`, `dark`
[[nodiscard]] QString nameOf(Appearance appearance);

/// \brief Sets the program's look: Fusion, with palettes of our own.
/// \param desktopIsDark for `System`; where that is not known, the desktop's palette is taken for a hint
void applyAppearance(QApplication& app, Appearance appearance, std::optional<bool> desktopIsDark = {});

/// What a colour says; never the only thing that says it.
enum class Tone { Plain, Good, Bad, Busy, Quiet, Warning };

/// Readable on the window's and the tables' background, in either appearance.
[[nodiscard]] QColor tone(Tone tone);

/// Writes a widget's text in a tone, in each appearance that is chosen from now on.
void setTone(QWidget* widget, Tone tone);

/// One of the program's icons, in a tone.  It is drawn in the colours of the moment, so it follows a change
/// of the appearance.
[[nodiscard]] QIcon icon(QLatin1StringView name, Tone tone = Tone::Plain);

} // namespace ui
