// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <map>

#include <QSet>
#include <QString>

namespace storage {

/// \brief Secrets that are cut out of texts: whole or in pieces, as they are, percent-encoded and in base64,
/// also when white space breaks them.
///
/// A piece is eight characters of a secret of twelve or more.  A shorter secret is found whole only, and one
/// of less than four not at all: without them no text could be read any more.
class Hidden {
public:
    void add(const QString& secret);

    /// The text with `«secret»` in each such place.
    [[nodiscard]] QString clean(const QString& text) const;

private:
    void addForm(const QString& form, qsizetype piece);

    std::map<qsizetype, QSet<QString>> m_pieces; ///< by their length, case and white space taken out
};

} // namespace storage
