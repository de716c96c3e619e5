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

/// \brief A small file of the program's own, readable by its owner alone, with a copy of the same beside it
/// (`NAME.copy`).
///
/// A file that is damaged is put aside under a name with the date, and the copy takes its place: what an
/// empty or truncated file held is not lost.
class KeptFile {
public:
    /// What is wrong with a content, a phrase; empty: nothing.
    using Check = std::function<QString(const QByteArray&)>;

    /// \param title what it holds, as the beginning of a sentence: `The saved connections`
    KeptFile(QString path, QString title);

    /// Its content, or the copy's; nothing where there is none.  The error is a sentence: what is there
    /// cannot be read or put aside, so it must not be written either.
    [[nodiscard]] std::expected<std::optional<QByteArray>, QString> read(const Check& check);
    /// What `read` had to do about a damaged file, in sentences, to be said once; empty: nothing.
    [[nodiscard]] const QString& notice() const { return m_notice; }
    /// The folder is made where it is not there.
    [[nodiscard]] std::expected<void, base::SaveProblem> write(const QByteArray& bytes) const;
    [[nodiscard]] const QString& path() const { return m_path; }

private:
    [[nodiscard]] QString copyPath() const { return m_path + QStringLiteral(".copy"); }

    QString m_path;
    QString m_title;
    QString m_notice;
};

} // namespace storage
