// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <utility>

#include <QByteArray>

#include <sys/types.h>

namespace base {

/// \brief An open file, closed with this object.  Results are 0 or errno.
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

    [[nodiscard]] int write(const QByteArray& bytes) const; ///< at the current place
    [[nodiscard]] int writeAt(const char* bytes, qint64 size, qint64 at) const;
    /// On the disk when it returns.  A file system without fsync is no error; a network file system that
    /// reports a failed write when the file is closed is one.
    [[nodiscard]] int sync() const;
    /// Copies `[from, to)` of another file into the same place of this one.
    [[nodiscard]] int copy(const Descriptor& other, qint64 from, qint64 to) const;

private:
    int m_file = -1;
};

/// \brief A file with a name of its own, readable by its owner alone unless `mode` says otherwise.
struct Fresh {
    Descriptor file;
    QByteArray name; ///< with its folder; empty: it has none yet
};

inline constexpr int mostNames = 100; ///< that are tried until one is free

inline constexpr char hiddenPrefix[] = ".capturedesk-";
[[nodiscard]] QByteArray hiddenName(const QByteArray& folder);
/// A hidden one.  \param folder encoded, as all names here
[[nodiscard]] std::expected<Fresh, int> makeHidden(const QByteArray& folder, ::mode_t mode = 0600);

/// The folder in which a file lies.
[[nodiscard]] QByteArray folderOf(const QByteArray& name);

} // namespace base
