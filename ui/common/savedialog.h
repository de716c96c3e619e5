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

/// \brief Kinds of files that the operator saves.  The last used folder is remembered for each kind.
enum class FileKind { Capture, Results, Record, SharedRecord, List };

/// \brief Parameters of a dialog that asks where to save a file.
struct SaveQuestion {
    FileKind kind;
    QString title;
    QString fileName;                             ///< the proposed name
    QString filter;                               ///< in the syntax of QFileDialog
    QString suffix;                               ///< appended to a name that has none
    std::function<void(QFileDialog*)> setUp = {}; ///< called before the dialog opens
    /// Called with the chosen path.
    std::function<void(const QString&)> done = {};
    bool appends = false; ///< the file's present content is kept
};

/// Returns the last used folder of this kind.  If there is none, or it no longer exists, returns the user's
/// downloads folder for a capture file and the documents folder for a table.
[[nodiscard]] QString folderFor(const storage::Settings& settings, FileKind kind);
/// Call it after the file was saved, so that a folder that is not writable is not proposed again.
void rememberFolder(storage::Settings& settings, FileKind kind, const QString& path);

/// Asks where to save a file, and whether to replace an existing one.  The dialog is open when this returns,
/// and deletes itself when it is closed.
QFileDialog* askSaveFile(QWidget* parent, const storage::Settings& settings, const SaveQuestion& question);

} // namespace ui
