// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace base {

/// \brief A file whose overwriting was interrupted by a crash, and the copy of its former content.
struct Leftover {
    QString path;
    QString copy;
    bool operator==(const Leftover&) const = default;
};

/// The name of the note beside a copy.  The note holds the path of the file that is being overwritten; it is
/// removed when overwriting has ended, or when `takeLeftovers` has reported the file.  \param copy encoded
[[nodiscard]] QByteArray noteOf(const QByteArray& copy);

/// Cleans up the folder for copies (`copyFolder`) after a crash.  Call it at the start, and only in the one
/// program that saves with this folder.
/// \returns the files that may be damaged.  Each is returned only once; its copy is not deleted.
[[nodiscard]] QList<Leftover> takeLeftovers();

/// The message for the operator.
[[nodiscard]] QString sentence(const Leftover& leftover);

} // namespace base
