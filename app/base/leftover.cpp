// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/leftover.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include "base/descriptor.h"
#include "base/overwrite.h"
#include "base/tr.h"

namespace base {

namespace {

constexpr qint64 compared = 1 << 18;
const auto noteSuffix = QStringLiteral(".of");

bool isSame(const QString& one, const QString& other)
{
    QFile first(one), second(other);
    if (!first.open(QIODevice::ReadOnly) || !second.open(QIODevice::ReadOnly) ||
        first.size() != second.size())
        return false;
    while (!first.atEnd()) {
        const auto part = first.read(compared);
        if (part.isEmpty() || part != second.read(part.size()))
            return false;
    }
    return true;
}

QString targetIn(const QString& note)
{
    QFile file(note);
    return file.open(QIODevice::ReadOnly) ? QFile::decodeName(file.readAll()) : QString();
}

} // namespace

QByteArray noteOf(const QByteArray& copy)
{
    return copy + QFile::encodeName(noteSuffix);
}

QList<Leftover> takeLeftovers()
{
    const QDir folder(copyFolderName());
    // Temporary files of a new content or of a copy.  The former content is complete without them: in the
    // target file or in its copy.
    const auto parts =
        folder.entryList({QString::fromLatin1(hiddenPrefix) + u'*'}, QDir::Files | QDir::Hidden);
    for (const auto& part : parts)
        QFile::remove(folder.filePath(part));
    QList<Leftover> result;
    const auto notes = folder.entryList({u'*' + noteSuffix}, QDir::Files, QDir::Name);
    for (const auto& name : notes) {
        const auto note = folder.filePath(name);
        const Leftover found{.path = targetIn(note), .copy = note.chopped(noteSuffix.size())};
        if (QFileInfo::exists(found.copy)) {
            if (found.path.isEmpty() || isSame(found.path, found.copy))
                QFile::remove(found.copy);
            else
                result << found;
        }
        QFile::remove(note);
    }
    return result;
}

QString sentence(const Leftover& leftover)
{
    const QFileInfo file(leftover.path);
    return Text::tr("“%1” in %2 was being saved when Capture Desk ended. Check it: it may be damaged. What "
                    "it held before is in %3.")
        .arg(file.fileName(), QDir::toNativeSeparators(file.path()), QDir::toNativeSeparators(leftover.copy));
}

} // namespace base
