// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/text.h"

#include <algorithm>

#include <QRegularExpression>
#include <QTimeZone>
#include <QUrl>

namespace api {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestFilename = 255; // bytes, as file systems count

bool isUnsafe(QChar c)
{
    const auto category = c.category();
    const bool separates = category == QChar::Separator_Line || category == QChar::Separator_Paragraph;
    // Some format characters change the direction of the text, so that a name reads as a different one.
    const bool hides = category == QChar::Other_Control || category == QChar::Other_Format;
    return separates || hides || c == u'/' || c == u'\\' || c == QChar::ReplacementCharacter;
}

} // namespace

std::optional<QDateTime> parseTime(const QString& text)
{
    static const QRegularExpression form(
        uR"(\A([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))? ?(?:[Zz]|([+-])([0-9]{2})(?::?([0-9]{2}))?)\z)"_s);
    const auto match = form.match(text);
    if (!match.hasMatch())
        return {};
    const auto number = [&match](int group) { return match.capturedView(group).toInt(); };
    const bool leapSecond = number(6) == 60;
    const auto fraction = match.captured(7).left(3).leftJustified(3, u'0').toInt();
    const QDate date(number(1), number(2), number(3));
    const QTime time(number(4), number(5), leapSecond ? 59 : number(6), fraction);
    if (!date.isValid() || !time.isValid() || number(9) > 23 || number(10) > 59)
        return {};
    const int offset = (number(9) * 60 + number(10)) * 60 * (match.capturedView(8) == u'-' ? -1 : 1);
    return QDateTime(date, time, Qt::UTC).addSecs((leapSecond ? 1 : 0) - offset);
}

std::optional<QString> bareFilename(const QString& text)
{
    const auto end = std::ranges::find_if(text, [](QChar c) { return c == u'?' || c == u'#'; });
    const auto path = text.left(end - text.begin());
    const auto name = QUrl::fromPercentEncoding(path.mid(path.lastIndexOf(u'/') + 1).toUtf8());
    if (name.isEmpty() || name == "."_L1 || name == ".."_L1 || name.toUtf8().size() > longestFilename ||
        std::ranges::any_of(name, isUnsafe))
        return {};
    return name;
}

QByteArray pathPart(const QString& text)
{
    return QUrl::toPercentEncoding(text);
}

QString queryValue(const QString& text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

} // namespace api
