// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <functional>
#include <optional>

#include <QByteArray>
#include <QString>

#include "base/problem.h"

namespace storage {

/// \brief A small private file of the program with a backup copy beside it (`NAME.copy`), readable by its
/// owner alone.
///
/// A damaged file is renamed to a name with the date, and the copy takes its place: the content of an empty
/// or truncated file is not lost.
class KeptFile {
public:
    /// Returns a phrase that describes what is wrong with the content; empty: it is valid.
    using Check = std::function<QString(const QByteArray&)>;

    /// \param title names the content, as the beginning of a sentence: `The saved connections`
    KeptFile(QString path, QString title);

    /// Returns the content, or the copy's if the file is damaged or gone; nothing if there is no valid copy
    /// either: a damaged file was renamed then.  The error is a sentence: the file cannot be read
    /// or renamed, so it must not be overwritten either.
    [[nodiscard]] std::expected<std::optional<QByteArray>, QString> read(const Check& check);
    /// How `read` handled a damaged or missing file, in sentences to be shown once; empty: it was intact.
    [[nodiscard]] const QString& notice() const { return m_notice; }
    /// Creates the folder if it does not exist.
    [[nodiscard]] std::expected<void, base::SaveProblem> write(const QByteArray& bytes) const;
    [[nodiscard]] const QString& path() const { return m_path; }

private:
    [[nodiscard]] QString copyPath() const { return m_path + QStringLiteral(".copy"); }

    QString m_path;
    QString m_title;
    QString m_notice;
};

} // namespace storage
