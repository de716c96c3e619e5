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

/// Who may read a saved file.  An existing file keeps its permissions, owner and group, except with
/// `Private`.
enum class Rights {
    Own,     ///< new file: its owner alone
    Shared,  ///< new file: as the umask allows
    Private, ///< new or existing file: its owner alone
};

/// \brief Saves a file completely or not at all.  Each step is checked, and the data is on the disk when
/// `commit` returns.
///
/// The new content is written to a temporary file beside the target, which is then renamed over it.  If the
/// rename is refused (another program has the file open on a share, the folder is not writable) or would
/// lose something (hard links, a foreign owner, an access list), the complete content is written into the
/// existing file: `overwrite`.  A symbolic link is followed, not replaced.
class SaveFile : public QIODevice {
    Q_OBJECT

public:
    explicit SaveFile(const QString& path, Rights rights = Rights::Own, QObject* parent = nullptr);
    ~SaveFile() override; ///< without a `commit` the target is unchanged

    [[nodiscard]] const QString& path() const { return m_path; }
    /// The first failure so far.
    [[nodiscard]] const std::optional<SaveProblem>& problem() const { return m_problem; }
    /// Call it before anything is written.
    [[nodiscard]] std::expected<void, SaveProblem> begin();
    /// Also reports an earlier failure.
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
    bool m_inPlace = false; ///< overwrite the existing file instead of replacing it
    std::optional<SaveProblem> m_problem;
};

/// Saves `bytes` in one call.
[[nodiscard]] std::expected<void, SaveProblem> saveFile(const QString& path, const QByteArray& bytes,
                                                        Rights rights = Rights::Own);

} // namespace base
