// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>

#include "base/descriptor.h"
#include "base/problem.h"
#include "base/target.h"

namespace base {

/// The program's own folder for copies of what is being overwritten.
[[nodiscard]] QString copyFolderName();
/// The same, made where it is not there; encoded.
[[nodiscard]] std::expected<QByteArray, int> copyFolder();

/// Writes into a file that cannot be replaced: a copy of what is there is on the disk first, the space is
/// there before the first old byte goes, and after a failure the old bytes are written back.
/// \param source what the file shall be, whole
/// \param size of it
[[nodiscard]] std::expected<void, SaveProblem> overwrite(const Target& target, const Descriptor& source,
                                                         qint64 size, const QString& path);

} // namespace base
