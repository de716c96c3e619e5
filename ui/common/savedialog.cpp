// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/savedialog.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>

#include "storage/settings.h"
#include "ui/common/tr.h"

namespace ui {

namespace {

QString keyOf(FileKind kind)
{
    switch (kind) {
    case FileKind::Capture: return QStringLiteral("capture");
    case FileKind::Results: return QStringLiteral("results");
    case FileKind::Record: return QStringLiteral("record");
    case FileKind::SharedRecord: return QStringLiteral("shared-record");
    case FileKind::List: return QStringLiteral("list");
    }
    Q_UNREACHABLE();
}

} // namespace

QString folderFor(const storage::Settings& settings, FileKind kind)
{
    const auto last = settings.get(storage::setting::exportFolder, keyOf(kind));
    if (!last.isEmpty() && QFileInfo(last).isDir())
        return last;
    const auto first =
        kind == FileKind::Capture ? QStandardPaths::DownloadLocation : QStandardPaths::DocumentsLocation;
    const auto usual = QStandardPaths::writableLocation(first);
    return QFileInfo(usual).isDir() ? usual : QDir::homePath();
}

void rememberFolder(storage::Settings& settings, FileKind kind, const QString& path)
{
    settings.set(storage::setting::exportFolder, keyOf(kind), QFileInfo(path).absolutePath());
}

QFileDialog* askSaveFile(QWidget* parent, const storage::Settings& settings, const SaveQuestion& question)
{
    auto* dialog = new QFileDialog(parent, question.title,
                                   QDir(folderFor(settings, question.kind)).filePath(question.fileName),
                                   question.filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(question.suffix);
    if (question.appends) {
        dialog->setOption(QFileDialog::DontConfirmOverwrite);
        dialog->setLabelText(QFileDialog::Accept, Text::tr("Append"));
    }
    if (question.setUp)
        question.setUp(dialog);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, question.done);
    dialog->open();
    return dialog;
}

} // namespace ui
