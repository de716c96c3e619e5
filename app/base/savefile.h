// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <optional>

#include <QIODevice>

#include "base/descriptor.h"
#include "base/problem.h"
#include "base/target.h"

namespace base {

/// Who may read a file that is saved.  One that is there keeps its rights, its owner and its group, but for
/// `Private`.
enum class Rights {
    Own,     ///< a new one: its owner alone
    Shared,  ///< a new one: as the system's mask says
    Private, ///< in any case its owner alone
};

/// \brief Saves a file whole or not at all.  Each step is checked, and the file is on the disk when `commit`
/// returns.
///
/// The new content is written beside the file and takes its place by a rename.  Where that is refused (a
/// share on which somebody has the file open, a folder that may not be written) or would take something away
/// (hard links, a foreign owner, an access list), the complete content is written into the file itself:
/// `overwrite`.  A symbolic link stays one.
class SaveFile : public QIODevice {
    Q_OBJECT

public:
    explicit SaveFile(const QString& path, Rights rights = Rights::Own, QObject* parent = nullptr);
    ~SaveFile() override; ///< without a `commit` nothing has changed

    [[nodiscard]] const QString& path() const { return m_path; }
    /// What failed so far.
    [[nodiscard]] const std::optional<SaveProblem>& problem() const { return m_problem; }
    /// To be called before anything is written.
    [[nodiscard]] std::expected<void, SaveProblem> begin();
    /// Also reports what failed before.
    [[nodiscard]] std::expected<void, SaveProblem> commit();
    [[nodiscard]] bool isSequential() const override { return true; }

protected:
    qint64 readData(char* data, qint64 most) override;
    qint64 writeData(const char* data, qint64 size) override;

private:
    [[nodiscard]] SaveProblem failure(int code, SaveProblem::Step step) const;
    [[nodiscard]] bool flush();
    [[nodiscard]] bool keepRights();
    [[nodiscard]] int giveName();
    [[nodiscard]] int replace();
    [[nodiscard]] std::expected<void, SaveProblem> writeNew();

    QString m_path;
    Rights m_rights;
    Target m_target;
    Fresh m_new;
    qint64 m_size = 0;
    QByteArray m_buffer;
    bool m_inPlace = false; ///< it is not to be replaced
    std::optional<SaveProblem> m_problem;
};

/// The whole of it at once.
[[nodiscard]] std::expected<void, SaveProblem> saveFile(const QString& path, const QByteArray& bytes,
                                                        Rights rights = Rights::Own);

} // namespace base
