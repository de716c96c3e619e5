// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <utility>

#include <QByteArray>
#include <QList>
#include <QString>

namespace captures {

/// \brief A CSV file to which several computers append their audit logs. It is open, and locked against the
/// others if the file system supports locks.
///
/// Calls may block for as long as a network share does not respond: do not use it in the GUI thread. Errors
/// are phrases: `the disk is full (No space left on device)`.
class RecordFile {
public:
    /// \param header the first line with its line ending; written if the file is empty, otherwise required
    /// \param computer name of this computer; shown to others while the file is open
    /// \param make creates a missing file; otherwise a missing file is an error. The folder of an unmounted
    /// share is empty, and a file written into it would never be seen on the share
    [[nodiscard]] static std::expected<RecordFile, QString>
    open(const QString& path, const QByteArray& header, const QString& computer, bool make);
    ~RecordFile();
    RecordFile(RecordFile&& other) noexcept;
    RecordFile& operator=(RecordFile&&) = delete;

    [[nodiscard]] qint64 size() const { return m_size; } ///< bytes
    /// Returns how many of `rows`, from the first, an interrupted `append` already wrote. Truncates a
    /// partially written row.
    /// \param from file size before that `append`
    [[nodiscard]] std::expected<qsizetype, QString> standing(const QList<QByteArray>& rows, qint64 from);
    /// Appends complete rows; they are on disk when it returns. After an error, the number of rows written is
    /// unknown.
    [[nodiscard]] std::expected<void, QString> append(const QList<QByteArray>& rows);

private:
    RecordFile(int file, QString path)
        : m_file(file)
        , m_path(std::move(path))
    {
    }
    [[nodiscard]] std::expected<void, QString> lock(const QString& computer);
    [[nodiscard]] QByteArray writerPath() const;
    [[nodiscard]] std::expected<void, QString> begin(const QByteArray& header);
    [[nodiscard]] std::expected<QByteArray, QString> read(qint64 from, qint64 most) const;
    [[nodiscard]] std::expected<void, QString> write(const QByteArray& bytes);

    int m_file;
    QString m_path;
    bool m_locked = false;
    qint64 m_size = 0;
};

} // namespace captures
