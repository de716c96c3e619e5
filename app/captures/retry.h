// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "captures/capture.h"

namespace captures {

/// It ended without a file, and can be made anew.
[[nodiscard]] bool canRepeat(State state);

/// What would change so that the next attempt does not end as this one did, as a sentence; empty where there
/// is nothing that the program could change.
[[nodiscard]] QString improvement(const Capture& capture);

/// What making it anew is called: `Send again…`, `Run when free…`, …
/// \pre `canRepeat(capture.state)`
[[nodiscard]] QString repeatText(const Capture& capture);

/// The capture as a new order: the next attempt.
/// \param improve with what `improvement` says
/// \pre `canRepeat(capture.state)`
[[nodiscard]] Order repeatOf(const Capture& capture, bool improve);

} // namespace captures
