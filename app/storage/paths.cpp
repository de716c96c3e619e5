// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/paths.h"

#include <QFile>
#include <QStandardPaths>

namespace storage {

Paths standardPaths()
{
    const auto at = [](QStandardPaths::StandardLocation location) {
        return QDir(QStandardPaths::writableLocation(location));
    };
    const auto data = at(QStandardPaths::AppLocalDataLocation);
    return {.config = at(QStandardPaths::AppConfigLocation),
            .data = data,
            .log = QDir(data.filePath(QStringLiteral("log")))};
}

bool makePrivate(const QDir& folder)
{
    if (folder.exists())
        return true;
    if (!folder.mkpath(QStringLiteral(".")))
        return false;
    return QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

} // namespace storage
