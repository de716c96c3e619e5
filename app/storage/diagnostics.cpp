// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/diagnostics.h"

#include <QDateTime>
#include <QDir>
#include <QRegularExpression>
#include <QSysInfo>

namespace storage {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype logLines = 200;

QString withoutHome(QString text)
{
    // Only complete path components: /home/ana must not match in /home/anabel.
    const auto home = QDir::homePath();
    if (home.size() > 1)
        text.replace(QRegularExpression(QRegularExpression::escape(home) + u"(?![\\w.-])"_s), u"~"_s);
    return text;
}

} // namespace

QString diagnostics(const Log& log, const Paths& paths, const QList<std::pair<QString, QString>>& facts)
{
    QList<std::pair<QString, QString>> all{
        {u"Capture Desk"_s, QStringLiteral(CAPTUREDESK_VERSION)},
        {u"Time"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODate)},
        {u"Qt"_s, QString::fromLatin1(qVersion())},
        {u"System"_s, QSysInfo::prettyProductName() + u", "_s + QSysInfo::kernelType() + u' ' +
                          QSysInfo::kernelVersion() + u", "_s + QSysInfo::currentCpuArchitecture()},
        {u"Settings"_s, paths.config.path()},
        {u"Data"_s, paths.data.path()},
        {u"Log"_s, paths.log.path()}};
    all << facts;
    QString text;
    for (const auto& [name, value] : all)
        text += name + u": "_s + value + u'\n';
    const auto lines = log.last(logLines);
    text += u"\nThe last %1 lines of the log:\n"_s.arg(lines.size()) + lines.join(u'\n') + u'\n';
    return withoutHome(log.clean(text));
}

} // namespace storage
