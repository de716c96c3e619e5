// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <map>

#include <QSet>
#include <QString>

namespace storage {

/// \brief Removes secrets from texts: whole or in pieces, plain, percent-encoded or in base64, also if white
/// space interrupts them.
///
/// A piece is eight characters of a secret of twelve or more.  A shorter secret is found only as a whole,
/// and one of less than four characters not at all, because hiding it would make every text unreadable.
class Hidden {
public:
    void add(const QString& secret);

    /// Returns the text with each occurrence replaced by `«secret»`.
    [[nodiscard]] QString clean(const QString& text) const;

private:
    void addForm(const QString& form, qsizetype piece);

    std::map<qsizetype, QSet<QString>> m_pieces; ///< by length, case-folded and without white space
};

} // namespace storage
