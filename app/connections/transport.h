// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "api/error.h"

namespace connections {

/// \brief What stopped a request on its way, and what the operator can do: never to go on all the same.
struct Sentences {
    QString what;
    QString todo; ///< may be empty
};

[[nodiscard]] Sentences sentencesOf(const api::TransportError& error);

} // namespace connections
