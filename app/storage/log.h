// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include <QString>
#include <QStringList>

#include "storage/paths.h"

namespace storage {

/// \brief The log file, for as long as this lives: all of Qt's messages, with UTC time and category, secrets
/// cut out. It is rotated at 1 MiB, two older ones are kept, and only its owner can read it.
class Log {
public:
    explicit Log(const Paths& paths);
    ~Log();
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    /// From now on this text, also in pieces (`Hidden`), is written as `«secret»`.
    void hide(const QString& secret);
    /// A text with all that is hidden cut out.
    [[nodiscard]] QString clean(const QString& text) const;
    /// The last lines, of the file and the older one before it.
    [[nodiscard]] QStringList last(qsizetype lines) const;

private:
    class File;
    std::unique_ptr<File> m_file;
};

} // namespace storage
