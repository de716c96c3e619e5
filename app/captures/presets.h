// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

#include "captures/options.h"

namespace captures {

/// \brief A named set of options for a kind of complaint.
struct Preset {
    QString name;
    QString help; ///< one sentence
    Options options;
};

/// The built-in presets; the first is the default.
[[nodiscard]] QList<Preset> presets();

/// Indexes into that list.
inline constexpr qsizetype presetHeavyTraffic = 2;
inline constexpr qsizetype presetDiagnosticsAlone = 5; ///< “Check many devices”
inline constexpr qsizetype presetServiceDefaults = 6;

} // namespace captures
