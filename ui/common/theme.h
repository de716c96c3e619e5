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
appearanceFrom(const QString& name); ///< `name` is the setting's text: `system`, `light`, `dark`
[[nodiscard]] QString nameOf(Appearance appearance);

/// \brief Sets the program's appearance: Fusion with our own palettes.
/// \param desktopIsDark for `System`; if unknown, the desktop's palette decides
void applyAppearance(QApplication& app, Appearance appearance, std::optional<bool> desktopIsDark = {});

/// The meaning of a colour.  Colour is never the only carrier of a meaning.
enum class Tone { Plain, Good, Bad, Busy, Quiet, Warning };

/// Returns a colour that is readable on the background of windows and tables, light or dark.
[[nodiscard]] QColor tone(Tone tone);

/// Sets the tone of a widget's text.  The text follows later changes of the appearance.
void setTone(QWidget* widget, Tone tone);

/// Returns one of the program's icons in a tone.  The icon is drawn in the current colours, so it follows a
/// change of the appearance.
[[nodiscard]] QIcon icon(QLatin1StringView name, Tone tone = Tone::Plain);

} // namespace ui
