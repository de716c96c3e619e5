// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <utility>

#include <QList>
#include <QString>

#include "storage/log.h"
#include "storage/paths.h"

namespace storage {

/// The text for a support request: the program and the system, `facts` from the caller, and the end of the
/// log.  Readable, without secrets, and with the home folder as `~`.
[[nodiscard]] QString diagnostics(const Log& log, const Paths& paths,
                                  const QList<std::pair<QString, QString>>& facts);

} // namespace storage
