// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <utility>

#include <QByteArray>

#include <sys/types.h>

namespace base {

/// \brief Owns a file descriptor and closes it when destroyed.  Functions that return `int` return 0 or
/// errno.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int file)
        : m_file(file)
    {
    }
    ~Descriptor() { close(); }
    Descriptor(Descriptor&& other) noexcept
        : m_file(std::exchange(other.m_file, -1))
    {
    }
    Descriptor& operator=(Descriptor&& other) noexcept
    {
        if (this != &other) {
            close();
            m_file = std::exchange(other.m_file, -1);
        }
        return *this;
    }

    [[nodiscard]] bool isOpen() const { return m_file >= 0; }
    [[nodiscard]] int get() const { return m_file; }
    void close();

    [[nodiscard]] int write(const QByteArray& bytes) const; ///< at the current file offset
    [[nodiscard]] int writeAt(const char* bytes, qint64 size, qint64 at) const;
    /// Flushes the data to the disk before it returns.  A file system without fsync is not an error.  Also
    /// duplicates and closes the descriptor, because some network file systems report a failed write only on
    /// close.
    [[nodiscard]] int sync() const;
    /// Copies the bytes `[from, to)` of another file to the same offset in this one.
    [[nodiscard]] int copy(const Descriptor& other, qint64 from, qint64 to) const;

private:
    int m_file = -1;
};

/// \brief A new file under a unique name, readable by its owner alone unless `mode` says otherwise.
struct Fresh {
    Descriptor file;
    QByteArray name; ///< with its folder; empty while the file has no name yet
};

inline constexpr int mostNames = 100; ///< how many random names are tried before giving up

inline constexpr char hiddenPrefix[] = ".capturedesk-";
[[nodiscard]] QByteArray hiddenName(const QByteArray& folder);
/// Creates a new hidden file.  \param folder encoded, as all file names here
[[nodiscard]] std::expected<Fresh, int> makeHidden(const QByteArray& folder, ::mode_t mode = 0600);

/// The folder that contains a file.
[[nodiscard]] QByteArray folderOf(const QByteArray& name);

} // namespace base
