// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace base {

/// \brief A file that was being overwritten when the program ended, and the copy of what it held before.
struct Leftover {
    QString path;
    QString copy;
    bool operator==(const Leftover&) const = default;
};

/// The note beside a copy: which file is being overwritten.  It lies there until that has ended, or has been
/// told.  \param copy encoded
[[nodiscard]] QByteArray noteOf(const QByteArray& copy);

/// Tidies the program's own folder for copies (`copyFolder`) after a crash.  To be called at the start, by
/// the one program that saves with this folder.
/// \returns the files that may be damaged; each is returned once, and its copy stays
[[nodiscard]] QList<Leftover> takeLeftovers();

/// For the operator.
[[nodiscard]] QString sentence(const Leftover& leftover);

} // namespace base
