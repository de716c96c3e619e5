// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/text.h"

#include <algorithm>

#include "devices/device.h"
#include "ui/common/tr.h"

namespace ui {

namespace {

constexpr qsizetype longestToolTip = 2000;
constexpr qsizetype longestWord = 40; ///< in a tool tip
constexpr int mostMarks = 4;          ///< on one letter; more of them overlap the lines around
constexpr char16_t box = u'\u25AF';
constexpr char16_t firstStrongIsolate = u'\u2068';
constexpr char16_t popIsolate = u'\u2069';

bool isPrintableAscii(const QString& text)
{
    return std::ranges::all_of(text, [](QChar c) { return c >= u' ' && c <= u'~'; });
}

/// Returns whether the character would break the line, be invisible, change the text direction, or is an
/// unpaired surrogate.
bool isBad(char32_t c)
{
    const auto category = QChar::category(c);
    return category == QChar::Other_Control || category == QChar::Other_Format ||
           category == QChar::Other_Surrogate || category == QChar::Separator_Line ||
           category == QChar::Separator_Paragraph;
}

bool isRightToLeft(QChar::Direction direction)
{
    return direction == QChar::DirR || direction == QChar::DirAL;
}

struct Visible {
    QString text;
    bool rightToLeft = false; ///< at least one character is right-to-left
};

/// \param most characters; a surrogate pair counts as one
Visible visible(const QString& untrusted, qsizetype most)
{
    if (untrusted.size() <= most && isPrintableAscii(untrusted))
        return {.text = untrusted};
    Visible result;
    qsizetype count = 0;
    int marks = 0;
    for (qsizetype i = 0; i < untrusted.size() && count <= most; ++i, ++count) {
        char32_t c = untrusted[i].unicode(); // an unpaired surrogate stays as it is, and is bad
        if (untrusted[i].isHighSurrogate() && i + 1 < untrusted.size() && untrusted[i + 1].isLowSurrogate()) {
            c = QChar::surrogateToUcs4(untrusted[i], untrusted[i + 1]);
            ++i;
        }
        marks = QChar::isMark(c) ? marks + 1 : 0;
        if (count == most) {
            result.text += u'…';
        } else if (isBad(c) || marks > mostMarks) {
            result.text += box;
        } else {
            result.text += QChar::fromUcs4(c);
            result.rightToLeft = result.rightToLeft || isRightToLeft(QChar::direction(c));
        }
    }
    return result;
}

QString isolated(const Visible& visible)
{
    return visible.rightToLeft ? firstStrongIsolate + visible.text + popIsolate : visible.text;
}

/// Inserts break opportunities into long words, because an unbroken word makes a tool tip as wide as itself.
QString broken(const QString& text)
{
    QString result;
    qsizetype word = 0;
    for (const auto c : text) {
        word = c.isSpace() ? 0 : word + 1;
        if (word > longestWord && !c.isLowSurrogate()) {
            result += u'\u200B'; // a zero-width space
            word = 1;
        }
        result += c;
    }
    return result;
}

} // namespace

QString shown(const QString& untrusted, qsizetype most)
{
    return isolated(visible(untrusted, most));
}

QString oneLine(const QString& untrusted, qsizetype most)
{
    return visible(untrusted, most).text;
}

QString toolTip(const QString& untrusted)
{
    auto lines = untrusted.left(longestToolTip).split(u'\n');
    for (auto& line : lines)
        line = broken(shown(line, longestToolTip)).toHtmlEscaped();
    return QStringLiteral("<qt>%1</qt>").arg(lines.join(QStringLiteral("<br>")));
}

QString menuText(QString text)
{
    return text.replace(u'&', QStringLiteral("&&")).replace(u'\t', u' ');
}

QString ago(const QDateTime& then, const QDateTime& now)
{
    const auto minutes = then.secsTo(now) / 60;
    if (minutes < 1)
        return Text::tr("now");
    if (minutes < 60)
        return Text::tr("%1 min").arg(minutes);
    if (minutes < 48 * 60)
        return Text::tr("%1 h").arg(minutes / 60);
    return Text::tr("%1 d").arg(minutes / (24 * 60));
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

QString deviceName(const devices::Device& device, qsizetype most)
{
    for (const auto& text : {device.name, device.deviceId, device.email}) {
        if (!text.trimmed().isEmpty())
            return shown(text, most);
    }
    return Text::tr("Device without a name");
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
