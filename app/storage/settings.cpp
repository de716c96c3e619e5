// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/settings.h"

#include <QFile>
#include <QUrl>

namespace storage {

// The path is given: a default-constructed QSettings would look into the whole system's files, too.
Settings::Settings(const Paths& paths)
    : m_paths(paths)
    , m_file(paths.config.filePath(QStringLiteral("capturedesk.ini")), QSettings::IniFormat)
{
    m_file.setFallbacksEnabled(false);
}

/// Encoded: QSettings takes slashes for groups, and makes one of two.
QString Settings::nameFor(const char* name, const QString& of)
{
    return QLatin1StringView(name) + u'/' + QString::fromLatin1(QUrl::toPercentEncoding(of));
}

void Settings::save()
{
    if (!makePrivate(m_paths.config))
        return; // nowhere to write: they last until the program ends
    m_file.sync();
    QFile::setPermissions(m_file.fileName(), QFile::ReadOwner | QFile::WriteOwner);
}

} // namespace storage
