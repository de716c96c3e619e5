// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/text.h"

#include <QCoreApplication>

namespace ui {

namespace {

constexpr qsizetype longest = 200;
constexpr qsizetype longestToolTip = 2000;

/// Characters that would break the line, hide, or turn the text around.
QString visible(QString text)
{
    for (auto& c : text) {
        const auto category = c.category();
        if (category == QChar::Other_Control || category == QChar::Other_Format ||
            category == QChar::Separator_Line || category == QChar::Separator_Paragraph)
            c = u'\u25AF';
    }
    return text;
}

} // namespace

QString shown(const QString& untrusted)
{
    if (untrusted.size() <= longest)
        return visible(untrusted);
    return visible(untrusted.left(longest)) + u'…';
}

QString toolTip(const QString& untrusted)
{
    return QStringLiteral("<qt>%1</qt>").arg(visible(untrusted.left(longestToolTip)).toHtmlEscaped());
}

QString ago(const QDateTime& then, const QDateTime& now)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("ui", text); };
    const auto minutes = then.secsTo(now) / 60;
    if (minutes < 1)
        return tr("now");
    if (minutes < 60)
        return tr("%1 min").arg(minutes);
    if (minutes < 48 * 60)
        return tr("%1 h").arg(minutes / 60);
    return tr("%1 d").arg(minutes / (24 * 60));
}

QString clock(const QDateTime& time)
{
    return time.toLocalTime().toString(QStringLiteral("HH:mm"));
}

QString clockAndDate(const QDateTime& time)
{
    const auto local = time.toLocalTime();
    if (local.date() == QDate::currentDate())
        return clock(time);
    return local.toString(QStringLiteral("yyyy-MM-dd HH:mm"));
}

QString platformName(const QString& platform)
{
    const auto is = [&platform](const char* start) {
        return platform.startsWith(QLatin1StringView(start), Qt::CaseInsensitive);
    };
    if (is("win"))
        return QStringLiteral("Windows");
    if (is("mac") || is("darwin"))
        return QStringLiteral("macOS");
    if (is("linux"))
        return QStringLiteral("Linux");
    return shown(platform);
}

} // namespace ui
