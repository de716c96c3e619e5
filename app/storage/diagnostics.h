// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <utility>

#include <QList>
#include <QString>

#include "storage/log.h"
#include "storage/paths.h"

namespace storage {

/// What helps somebody else to help: the program and the system, what the caller knows besides, and the end
/// of the log.  For people to read and to paste, without secrets and with the home folder as `~`.
[[nodiscard]] QString diagnostics(const Log& log, const Paths& paths,
                                  const QList<std::pair<QString, QString>>& facts);

} // namespace storage
