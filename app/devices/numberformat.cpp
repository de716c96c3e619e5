// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/numberformat.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <QDate>
#include <QLocale>

namespace devices {

namespace {

constexpr qint64 secondsOfADay = 86400;
constexpr double lastDay = 2'958'466; ///< first day of the year 10000: the upper limit

/// Appends a number with leading zeros. Faster than QString::arg() and QDate::toString(), which would
/// dominate the time to read a column of dates.
void appendPadded(QString& text, qint64 number, int width)
{
    const auto digits = QString::number(number);
    for (auto missing = width - digits.size(); missing > 0; --missing)
        text += u'0';
    text += digits;
}

QString clockText(qint64 seconds)
{
    QString text;
    text.reserve(8);
    appendPadded(text, seconds / 3600, 2);
    text += u':';
    appendPadded(text, seconds / 60 % 60, 2);
    text += u':';
    appendPadded(text, seconds % 60, 2);
    return text;
}

QString dayText(qint64 day, bool from1904)
{
    // Spreadsheets follow Lotus 1-2-3, which has a 29 February 1900.
    if (day == 60 && !from1904)
        return QStringLiteral("1900-02-29");
    const auto first = from1904 ? QDate(1904, 1, 1) : QDate(1899, 12, day < 60 ? 31 : 30);
    int year = 0, month = 0, dayOfMonth = 0;
    first.addDays(day).getDate(&year, &month, &dayOfMonth);
    QString text;
    text.reserve(19); // room for the time as well
    appendPadded(text, year, 4);
    text += u'-';
    appendPadded(text, month, 2);
    text += u'-';
    appendPadded(text, dayOfMonth, 2);
    return text;
}

QString momentText(double value, NumberFormat::Kind kind, bool from1904)
{
    const auto seconds = std::llround(value * double(secondsOfADay));
    const auto day = seconds / secondsOfADay;
    const auto clock = clockText(seconds % secondsOfADay);
    switch (kind) {
    case NumberFormat::Kind::Duration: return clockText(seconds);
    case NumberFormat::Kind::Time: return day == 0 ? clock : dayText(day, from1904) + u'T' + clock;
    case NumberFormat::Kind::Date:
        if (seconds % secondsOfADay == 0)
            return dayText(day, from1904);
        [[fallthrough]];
    case NumberFormat::Kind::DateTime:
        return day == 0 && !from1904 ? clock : dayText(day, from1904) + u'T' + clock;
    case NumberFormat::Kind::Plain: break;
    }
    return numberText(value);
}

bool allDigits(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Whether a number can be used as it is: at most 15 characters, no leading zero, and no trailing zero after
/// the point: `45000.25`.
bool isPlain(std::string_view raw)
{
    if (raw.size() > 15 || raw.empty() || raw.front() == '0' || raw.front() == '.')
        return false;
    const auto point = raw.find('.');
    return allDigits(raw.substr(0, point)) &&
           (point == std::string_view::npos || (allDigits(raw.substr(point + 1)) && raw.back() != '0'));
}

QString padded(QString text, const NumberFormat& format)
{
    const bool negative = text.startsWith(u'-');
    if (negative)
        text.remove(0, 1);
    auto point = text.indexOf(u'.');
    if (text.contains(u'e'))
        return negative ? u'-' + text : text;
    if (format.decimals > 0 && point < 0) {
        point = text.size();
        text += u'.';
    }
    if (point >= 0)
        text = text.leftJustified(point + 1 + format.decimals, u'0');
    const auto whole = point < 0 ? text.size() : point;
    if (whole < format.digits)
        text.prepend(QString(format.digits - whole, u'0'));
    return negative ? u'-' + text : text;
}

} // namespace

NumberFormat builtInFormat(qint64 id)
{
    using Kind = NumberFormat::Kind;
    if (id == 2 || id == 4 || id == 39 || id == 40)
        return {.digits = 1, .decimals = 2};
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) || id == 57 ||
        id == 58)
        return {.kind = Kind::Date};
    if ((id >= 18 && id <= 21) || id == 32 || id == 33 || id == 45 || id == 47)
        return {.kind = Kind::Time};
    if (id == 22)
        return {.kind = Kind::DateTime};
    if (id == 46)
        return {.kind = Kind::Duration};
    return {};
}

NumberFormat formatOfCode(QStringView code)
{
    bool date = false, time = false, duration = false, month = false;
    int digits = 0, decimals = 0;
    bool zerosOnly = true, point = false;
    for (qsizetype i = 0; i < code.size() && code[i] != u';'; ++i) {
        const auto c = code[i].toLower();
        if (c == u'"') { // quoted text
            const auto end = code.indexOf(u'"', i + 1);
            i = end < 0 ? code.size() : end;
            zerosOnly = false;
            continue;
        }
        if (c == u'\\' || c == u'_' || c == u'*') { // the next character is a literal
            ++i;
            zerosOnly = false;
            continue;
        }
        if (c == u'[') { // [Red], [$-409], [h]
            const auto end = code.indexOf(u']', i + 1);
            const auto inside = code.sliced(i + 1, (end < 0 ? code.size() : end) - i - 1);
            duration |= !inside.isEmpty() && std::ranges::all_of(inside, [&inside](QChar letter) {
                const auto lower = letter.toLower();
                return lower == inside[0].toLower() && (lower == u'h' || lower == u'm' || lower == u's');
            });
            i = end < 0 ? code.size() : end;
            zerosOnly &= !duration;
            continue;
        }
        date |= c == u'y' || c == u'd';
        time |= c == u'h' || c == u's';
        month |= c == u'm';
        if (c == u'0')
            ++(point ? decimals : digits);
        else if (c == u'.' && !point)
            point = true;
        else
            zerosOnly = false;
    }
    using Kind = NumberFormat::Kind;
    // “General” and “Standard” are the default format; their letters are not date codes.
    if (code.startsWith(u"General", Qt::CaseInsensitive) || code.startsWith(u"Standard", Qt::CaseInsensitive))
        return {};
    date |= month && !time && !duration;
    if (date)
        return {.kind = time || duration ? Kind::DateTime : Kind::Date};
    if (duration)
        return {.kind = Kind::Duration};
    if (time)
        return {.kind = Kind::Time};
    constexpr int most = 30; // limit of a cell's display
    return zerosOnly ? NumberFormat{.digits = std::min(digits, most), .decimals = std::min(decimals, most)}
                     : NumberFormat{};
}

QString numberText(double value)
{
    const auto size = std::abs(value);
    if (size != 0 && (size >= 1e21 || size < 1e-10))
        return QString::number(value, 'g', 15);
    if (value == std::trunc(value))
        return QString::number(value, 'f', QLocale::FloatingPointShortest);
    // 15 digits, as spreadsheets display: 0.3, not 0.30000000000000004
    return QString::number(QString::number(value, 'g', 15).toDouble(), 'f', QLocale::FloatingPointShortest);
}

QString cellText(std::string_view raw, const NumberFormat& format, bool from1904)
{
    const auto text = [&raw] { return QString::fromUtf8(raw.data(), qsizetype(raw.size())); };
    if (format == NumberFormat{} && (allDigits(raw) || isPlain(raw)))
        return text();
    double value = 0;
    const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), value);
    if (error != std::errc() || end != raw.data() + raw.size() || !std::isfinite(value))
        return text();
    if (format.kind == NumberFormat::Kind::Plain)
        return padded(allDigits(raw) ? text() : numberText(value), format);
    if (value < 0 || value >= lastDay)
        return numberText(value); // a spreadsheet shows ##### here
    return momentText(value, format.kind, from1904);
}

} // namespace devices
