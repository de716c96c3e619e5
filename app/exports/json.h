// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

#include "exports/table.h"

namespace exports {

/// One row as a JSON object, its keys in the order of the columns.
[[nodiscard]] QByteArray jsonObject(const QStringList& columns, const QList<Cell>& row);

} // namespace exports
