// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>

#include "base/descriptor.h"
#include "base/problem.h"
#include "base/target.h"

namespace base {

/// The program's folder for the copies of files that are being overwritten.
[[nodiscard]] QString copyFolderName();
/// The same folder, created if it does not exist; encoded.
[[nodiscard]] std::expected<QByteArray, int> copyFolder();

/// Writes into a file that cannot be replaced by a rename.  First copies the former content to the disk and
/// reserves the space, then overwrites.  After a failure the former content is written back.
/// \param source the complete new content
/// \param size of `source`, in bytes
[[nodiscard]] std::expected<void, SaveProblem> overwrite(const Target& target, const Descriptor& source,
                                                         qint64 size, const QString& path);

} // namespace base
