// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "captures/capture.h"

namespace ui {

/// \brief Summarizes a capture as Markdown, for the ticket.
/// \param customer the connection's name
[[nodiscard]] QString summaryOf(const captures::Capture& capture, const QString& customer);

/// Proposes a file name for a capture from ticket, device, type and date.  It contains only letters, digits,
/// dots, dashes and underscores, and is valid on Linux and Windows.
[[nodiscard]] QString fileNameFor(const captures::Capture& capture);

} // namespace ui
