// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "api/error.h"

namespace connections {

/// \brief The message for a transport error: what stopped the request and what the operator can do.  It
/// never suggests ignoring a security problem.
struct Sentences {
    QString what;
    QString todo; ///< may be empty
};

[[nodiscard]] Sentences sentencesOf(const api::TransportError& error);

} // namespace connections
