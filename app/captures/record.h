// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QByteArray>
#include <QString>

#include "captures/capture.h"
#include "captures/options.h"

namespace captures {

// How captures are written down: texts that a later version of the program, and a person, can read.

[[nodiscard]] QByteArray written(const devices::Device& device);
[[nodiscard]] devices::Device deviceFrom(const QByteArray& text);

[[nodiscard]] QByteArray written(const Options& options);
[[nodiscard]] Options optionsFrom(const QByteArray& text);

/// `waiting-turn`, …; independent of the language of the window.
[[nodiscard]] QString nameOf(State state);
[[nodiscard]] std::optional<State> stateFrom(const QString& name);

} // namespace captures
