// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/text.h"

#include <algorithm>

#include <QCoreApplication>
#include <QLocale>

namespace ui {

namespace {

bool isHarmless(QChar c)
{
    switch (c.category()) {
    case QChar::Other_Control:
    case QChar::Other_Format: // the marks that turn the direction, and those without width
    case QChar::Other_NotAssigned:
    case QChar::Other_PrivateUse:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph: return false;
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
    case QChar::Mark_Enclosing:
    case QChar::Number_DecimalDigit:
    case QChar::Number_Letter:
    case QChar::Number_Other:
    case QChar::Separator_Space:
    case QChar::Other_Surrogate:
    case QChar::Letter_Uppercase:
    case QChar::Letter_Lowercase:
    case QChar::Letter_Titlecase:
    case QChar::Letter_Modifier:
    case QChar::Letter_Other:
    case QChar::Punctuation_Connector:
    case QChar::Punctuation_Dash:
    case QChar::Punctuation_Open:
    case QChar::Punctuation_Close:
    case QChar::Punctuation_InitialQuote:
    case QChar::Punctuation_FinalQuote:
    case QChar::Punctuation_Other:
    case QChar::Symbol_Math:
    case QChar::Symbol_Currency:
    case QChar::Symbol_Modifier:
    case QChar::Symbol_Other: return true;
    }
    return false;
}

QChar replacement(QChar c)
{
    if (c.unicode() < 0x20)
        return QChar(0x2400 + c.unicode()); // the control pictures: ␊, ␉, …
    return c.unicode() == 0x7f ? QChar(0x2421) : QChar(QChar::ReplacementCharacter);
}

/// The tags and other invisible characters beyond the first plane.
bool isHiddenPair(QChar high, QChar low)
{
    const auto category = QChar::category(QChar::surrogateToUcs4(high, low));
    return category == QChar::Other_Format || category == QChar::Other_NotAssigned ||
           category == QChar::Other_PrivateUse;
}

} // namespace

QString shown(const QString& untrusted, qsizetype most)
{
    const bool plain = std::ranges::all_of(untrusted, [](QChar c) {
        return (c.unicode() >= 0x20 && c.unicode() < 0x7f) || (!c.isSurrogate() && isHarmless(c));
    });
    if (plain && untrusted.size() <= most)
        return untrusted;

    QString result;
    result.reserve(std::min(untrusted.size(), most + 1));
    for (qsizetype i = 0; i < untrusted.size(); ++i) {
        if (result.size() >= most) {
            result += u'…';
            break;
        }
        const auto c = untrusted[i];
        if (!c.isSurrogate()) {
            result += isHarmless(c) ? c : replacement(c);
        } else if (c.isHighSurrogate() && i + 1 < untrusted.size() && untrusted[i + 1].isLowSurrogate()) {
            const auto low = untrusted[++i];
            if (isHiddenPair(c, low)) {
                result += QChar(QChar::ReplacementCharacter);
            } else {
                result += c;
                result += low;
            }
        } else {
            result += QChar(QChar::ReplacementCharacter);
        }
    }
    return result;
}

QString counted(qsizetype number, const QString& one, const QString& many)
{
    return number == 1 ? one : many.arg(QLocale().toString(qlonglong(number)));
}

QString ago(const QDateTime& when, const QDateTime& now)
{
    const auto minutes = when.secsTo(now) / 60;
    if (minutes < 1)
        return QCoreApplication::translate("ui", "now");
    if (minutes < 60)
        return QCoreApplication::translate("ui", "%1 min").arg(minutes);
    if (minutes < 48 * 60)
        return QCoreApplication::translate("ui", "%1 h").arg(minutes / 60);
    return QCoreApplication::translate("ui", "%1 d").arg(minutes / (24 * 60));
}

QString clockTime(const QDateTime& when, const QDateTime& now)
{
    const auto local = when.toLocalTime();
    const auto days = now.toLocalTime().date().daysTo(local.date());
    const auto time = local.toString(QStringLiteral("HH:mm"));
    if (days == 0)
        return time;
    if (days == 1)
        return QCoreApplication::translate("ui", "tomorrow %1").arg(time);
    return QLocale().toString(local, QStringLiteral("ddd d MMM HH:mm"));
}

} // namespace ui
