// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>

#include <QString>

class QFileDialog;
class QWidget;

namespace storage {
class Settings;
}

namespace ui {

/// \brief Kinds of files; each has a folder of its own, the one that was used last.
enum class FileKind { Capture, Results, Record, SharedRecord, List };

/// \brief A question for the name of a file.
struct SaveQuestion {
    FileKind kind;
    QString title;
    QString fileName;                             ///< that is proposed
    QString filter;                               ///< as QFileDialog takes it
    QString suffix;                               ///< for a name without one
    std::function<void(QFileDialog*)> setUp = {}; ///< before it is opened
    /// Called with the path that was chosen.
    std::function<void(const QString&)> done = {};
    bool appends = false; ///< what is there stays
};

/// The folder that was used last for this kind; where there is none, or it is gone, the user's downloads for
/// a capture file and documents for a table.
[[nodiscard]] QString folderFor(const storage::Settings& settings, FileKind kind);
/// To be called once the file is saved: a folder that cannot be written is not proposed again.
void rememberFolder(storage::Settings& settings, FileKind kind, const QString& path);

/// Asks where to save a file, and whether one that is there is to be replaced.  The dialog is open when this
/// returns, and deletes itself.
QFileDialog* askSaveFile(QWidget* parent, const storage::Settings& settings, const SaveQuestion& question);

} // namespace ui
