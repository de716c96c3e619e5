// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <utility>

#include <QByteArray>
#include <QList>
#include <QString>

namespace captures {

/// \brief A CSV file to which several computers append their records of runs: open, and locked against the
/// others where the file system has locks.
///
/// Its calls may block for as long as a share does not answer: not for the window's thread.  Errors are
/// phrases: `the disk is full (No space left on device)`.
class RecordFile {
public:
    /// \param header its first line, with its end; written where the file is empty, and required of any other
    /// \param computer this one's name; others are told it while this is open
    /// \param make where there is none; else that is an error: a share that is not mounted has none, and
    /// what is written into its empty folder would never be seen there
    [[nodiscard]] static std::expected<RecordFile, QString>
    open(const QString& path, const QByteArray& header, const QString& computer, bool make);
    ~RecordFile();
    RecordFile(RecordFile&& other) noexcept;
    RecordFile& operator=(RecordFile&&) = delete;

    [[nodiscard]] qint64 size() const { return m_size; } ///< bytes
    /// How many of the rows, from the first, an earlier `append` has brought in, though it was not seen to
    /// end well.  A part of the next one is taken away.
    /// \param from the size before it
    [[nodiscard]] std::expected<qsizetype, QString> standing(const QList<QByteArray>& rows, qint64 from);
    /// Whole rows behind what is there, on the disk when it returns.  An error leaves it open how many are.
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
