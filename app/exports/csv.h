// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

#include "exports/table.h"

namespace exports {

/// \brief Writers for CSV as in RFC 4180, one line at a time.
/// \param separator `,`; or `;`, with which numbers have a decimal comma
[[nodiscard]] QByteArray csvHeader(const QStringList& columns, char separator = ',');
[[nodiscard]] QByteArray csvLine(const QList<Cell>& row, char separator = ',');
void appendCsvLine(QByteArray& line, const QList<Cell>& row, char separator = ',');

} // namespace exports
