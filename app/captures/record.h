// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QByteArray>
#include <QString>

#include "captures/capture.h"
#include "captures/options.h"

namespace captures {

// Serialization of captures as text that later versions of the program, and people, can read.

[[nodiscard]] QByteArray written(const devices::Device& device);
[[nodiscard]] devices::Device deviceFrom(const QByteArray& text);

[[nodiscard]] QByteArray written(const Options& options);
[[nodiscard]] Options optionsFrom(const QByteArray& text);

/// `waiting-turn`, …; independent of the window's language.
[[nodiscard]] QString nameOf(State state);
[[nodiscard]] std::optional<State> stateFrom(const QString& name);

} // namespace captures
