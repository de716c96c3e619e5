// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include <QString>
#include <QStringList>

#include "storage/paths.h"

namespace storage {

/// \brief The log file: records all of Qt's messages during its lifetime, with UTC time and category,
/// secrets removed.  Rotated at 1 MiB, with two older files kept; readable by its owner alone.
class Log {
public:
    explicit Log(const Paths& paths);
    ~Log();
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    /// From now on the log contains `«secret»` instead of this text, also instead of pieces of it
    /// (`Hidden`).
    void hide(const QString& secret);
    /// Returns the text with all hidden secrets removed.
    [[nodiscard]] QString clean(const QString& text) const;
    /// The last lines of the current file and the previous one.
    [[nodiscard]] QStringList last(qsizetype lines) const;

private:
    class File;
    std::unique_ptr<File> m_file;
};

} // namespace storage
