// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/lists.h"

#include <algorithm>

#include <QCollator>
#include <QCoreApplication>
#include <QFile>
#include <QLocale>
#include <QUrl>

namespace devices {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("devices", text);
}

const QString suffix = QStringLiteral(".csv");
constexpr qsizetype longestName = 80;

/// Characters that a file system somewhere refuses.
bool isAwkward(QChar c)
{
    return c.category() == QChar::Other_Control || c == u'%' || QStringView(u"/\\:*?\"<>|").contains(c);
}

/// A list's name as a file name, and back: percent-encoded where it must be.
QString fileNameOf(const QString& name)
{
    QString result;
    for (qsizetype i = 0; i < name.size(); ++i) {
        const auto c = name[i];
        const bool dot = c == u'.' && i == 0;
        if (isAwkward(c) || dot)
            result += QString::fromLatin1(QUrl::toPercentEncoding(QString(c), {}, "."));
        else
            result += c;
    }
    return result + suffix;
}

QString nameOfFile(const QString& fileName)
{
    return QUrl::fromPercentEncoding(fileName.chopped(suffix.size()).toUtf8());
}

} // namespace

Lists::Lists(const QDir& folder)
    : m_folder(folder)
{
}

QStringList Lists::names() const
{
    QStringList names;
    const auto files = m_folder.entryList({u'*' + suffix}, QDir::Files);
    for (const auto& file : files)
        names << nameOfFile(file);
    // The C locale knows no numbers inside of names.
    QCollator collator(QLocale().language() == QLocale::C ? QLocale(QLocale::English) : QLocale());
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    std::ranges::sort(names,
                      [&collator](const QString& a, const QString& b) { return collator.compare(a, b) < 0; });
    return names;
}

std::expected<ReadList, QString> Lists::load(const QString& name) const
{
    return readListFile(m_folder.filePath(fileNameOf(name)));
}

std::expected<void, QString> Lists::save(const QString& name, const QList<Entry>& entries) const
{
    if (!m_folder.exists()) {
        if (!m_folder.mkpath(QStringLiteral(".")))
            return std::unexpected(tr("The folder %1 cannot be made.").arg(m_folder.path()));
        QFile::setPermissions(m_folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    return writeListFile(m_folder.filePath(fileNameOf(name)), entries);
}

std::expected<void, QString> Lists::remove(const QString& name) const
{
    QFile file(m_folder.filePath(fileNameOf(name)));
    if (!file.remove())
        return std::unexpected(file.errorString());
    return {};
}

std::expected<void, QString> Lists::rename(const QString& from, const QString& to) const
{
    QFile file(m_folder.filePath(fileNameOf(from)));
    if (!file.rename(m_folder.filePath(fileNameOf(to))))
        return std::unexpected(file.errorString());
    return {};
}

QString Lists::nameProblem(const QString& name) const
{
    const auto trimmed = name.trimmed();
    if (trimmed.isEmpty())
        return tr("Give the list a name.");
    if (trimmed.size() > longestName)
        return tr("At most %1 characters.").arg(longestName);
    const auto taken = names();
    const bool clash = std::ranges::any_of(
        taken, [&trimmed](const QString& other) { return other.compare(trimmed, Qt::CaseInsensitive) == 0; });
    return clash ? tr("There is a list of this name.") : QString();
}

} // namespace devices
