// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "captures/capture.h"

namespace ui {

/// \brief A capture as Markdown, for the ticket.
/// \param customer the connection's name
[[nodiscard]] QString summaryOf(const captures::Capture& capture, const QString& customer);

/// A file name for it, from ticket, device, type and date: letters, digits, dots, dashes and underscores
/// alone, that Linux and Windows take.
[[nodiscard]] QString fileNameFor(const captures::Capture& capture);

} // namespace ui
