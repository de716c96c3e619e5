// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/keptfile.h"

#include <cerrno>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>

#include "base/rename.h"
#include "base/savefile.h"
#include "storage/paths.h"
#include "storage/tr.h"

namespace storage {

namespace {

Q_LOGGING_CATEGORY(keptLog, "capturedesk.settings", QtInfoMsg)

} // namespace

KeptFile::KeptFile(QString path, QString title)
    : m_path(std::move(path))
    , m_title(std::move(title))
{
}

std::expected<std::optional<QByteArray>, QString> KeptFile::read(const Check& check)
{
    const auto former = [this, &check] {
        QFile copy(copyPath());
        auto bytes = copy.open(QIODevice::ReadOnly) ? copy.readAll() : QByteArray();
        return bytes.isEmpty() || !check(bytes).isEmpty() ? QByteArray() : bytes;
    };
    QFile file(m_path);
    if (!file.exists()) {
        auto copied = former();
        if (copied.isEmpty())
            return std::nullopt;
        qCWarning(keptLog).noquote() << m_path << "is gone; its copy is used";
        m_notice = Text::tr("%1 were missing. They are back as they were last saved.").arg(m_title);
        if (const auto saved = base::saveFile(m_path, copied, base::Rights::Private); !saved)
            m_notice += u' ' + base::sentence(saved.error());
        return copied;
    }
    const auto unreadable = [this](const QString& why) {
        return std::unexpected(
            Text::tr("%1 cannot be read (%2): %3. The file is left as it is, and nothing is saved "
                     "in its place.")
                .arg(m_title, QDir::toNativeSeparators(m_path), why));
    };
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(file.errorString());
    auto bytes = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return unreadable(file.errorString());
    file.close();
    const auto damage = bytes.isEmpty() ? Text::tr("the file is empty") : check(bytes);
    if (damage.isEmpty())
        return bytes;
    qCWarning(keptLog).noquote() << m_path << "is damaged:" << damage;
    auto copied = former();
    if (copied.isEmpty()) {
        const auto aside = base::putAside(m_path);
        if (!aside)
            return unreadable(damage + QStringLiteral("; ") + base::reason(aside.error()));
        m_notice = Text::tr("%1 cannot be read any more: %2. The damaged file is kept as %3.")
                       .arg(m_title, damage, QDir::toNativeSeparators(*aside));
        return std::nullopt;
    }
    // The damaged file is replaced only after it was saved under another name.  If the disk is full, it
    // stays, and the next start finds it and the copy again.
    const auto aside = base::asideName(m_path);
    auto saved = base::saveFile(aside, bytes, base::Rights::Private);
    m_notice =
        Text::tr("%1 could not be read: %2. They are back as they were last saved.").arg(m_title, damage);
    if (saved) {
        m_notice += u' ' + Text::tr("The damaged file is kept as %1.").arg(QDir::toNativeSeparators(aside));
        saved = base::saveFile(m_path, copied, base::Rights::Private);
    }
    if (!saved)
        m_notice += u' ' + base::sentence(saved.error());
    return copied;
}

std::expected<void, base::SaveProblem> KeptFile::write(const QByteArray& bytes) const
{
    errno = 0;
    if (const auto folder = QFileInfo(m_path).dir(); !makePrivate(folder))
        return std::unexpected(
            base::problemOf(errno != 0 ? errno : EACCES, base::SaveProblem::Step::Create, m_path));
    if (const auto saved = base::saveFile(m_path, bytes, base::Rights::Private); !saved)
        return saved;
    if (const auto saved = base::saveFile(copyPath(), bytes, base::Rights::Private); !saved)
        qCWarning(keptLog).noquote() << "the copy was not saved:" << base::details(saved.error());
    return {};
}

} // namespace storage
