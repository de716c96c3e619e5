// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/numbertext.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <QStringList>

#include "captures/tr.h"

namespace captures {

namespace {

constexpr QChar arabicDecimal(0x066B);
constexpr QChar arabicGroup(0x066C);

bool isMinus(QChar c)
{
    return c == u'-' || c == QChar(0x2212);
}

/// Converts typed text to ASCII digits, `-`, the decimal separators as typed, and `'` for every other group
/// separator; nullopt if it contains anything else. Drops direction marks, which some locales put beside a
/// sign.
std::optional<QString> normalized(const QString& typed)
{
    QString result;
    const auto text = typed.trimmed();
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto c = text[i];
        if (c.isHighSurrogate() && i + 1 < text.size()) {
            const auto digit = QChar::digitValue(QChar::surrogateToUcs4(c, text[i + 1]));
            if (digit < 0)
                return std::nullopt;
            result += QChar(u'0' + digit);
            ++i;
        } else if (const auto digit = QChar::digitValue(c.unicode());
                   digit >= 0 && c.category() == QChar::Number_DecimalDigit) {
            result += QChar(u'0' + digit);
        } else if (c == u'.' || c == u',' || c == arabicDecimal) {
            result += c;
        } else if (c.isSpace() || c == u'\'' || c == QChar(0x2019) || c == arabicGroup) {
            result += u'\'';
        } else if (isMinus(c)) {
            if (!result.isEmpty())
                return std::nullopt;
            result += u'-';
        } else if (c.category() != QChar::Other_Format) {
            return std::nullopt;
        }
    }
    return result;
}

bool isAllDigits(QStringView text)
{
    return !text.isEmpty() && std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

/// `1 234 567`, or, as in India, `12 34 567`.
bool isGrouped(const QList<QStringView>& groups)
{
    if (!std::ranges::all_of(groups, isAllDigits) || groups.last().size() != 3 || groups.first().size() > 3 ||
        groups.first().startsWith(u'0'))
        return false;
    return std::ranges::all_of(groups.sliced(1),
                               [](QStringView group) { return group.size() == 2 || group.size() == 3; });
}

/// The value of a normalized text with these two separators; nullopt if it is no number. Each `'` is a group
/// separator, too.
std::optional<double> readWith(QString text, QChar decimal, QChar group)
{
    const bool isNegative = text.startsWith(u'-');
    if (isNegative)
        text.remove(0, 1);
    if (text.count(decimal) > 1)
        return std::nullopt;
    const auto point = text.indexOf(decimal);
    auto integer = point < 0 ? text : text.left(point);
    const auto fraction = point < 0 ? QString() : text.mid(point + 1);
    if (point >= 0 && !isAllDigits(fraction))
        return std::nullopt;
    if (integer.contains(group) && integer.contains(u'\''))
        return std::nullopt;
    integer.replace(group, u'\'');
    if (const auto groups = QStringView(integer).split(u'\''); groups.size() > 1) {
        if (!isGrouped(groups))
            return std::nullopt;
        integer.remove(u'\'');
    }
    if (!isAllDigits(integer))
        return std::nullopt;
    const auto plain = point < 0 ? integer : integer + u'.' + fraction;
    const double value = QLocale::c().toDouble(plain);
    return std::isfinite(value) ? std::optional(isNegative ? -value : value) : std::nullopt;
}

bool isWhole(double value)
{
    return value == std::floor(value);
}

} // namespace

QString numberText(double value, const QLocale& locale)
{
    auto shown = locale;
    shown.setNumberOptions(QLocale::OmitGroupSeparator);
    auto text = shown.toString(value, 'f', QLocale::FloatingPointShortest);
    // Three digits after the point look like a group of thousands; four do not.
    const auto point = text.indexOf(shown.decimalPoint());
    if (point >= 0 && text.size() - point - shown.decimalPoint().size() == 3 * shown.zeroDigit().size())
        text += shown.zeroDigit();
    return text;
}

std::expected<double, NumberProblem> parseNumber(const QString& typed, bool whole, const QLocale& locale)
{
    using Kind = NumberProblem::Kind;
    const auto text = normalized(typed);
    if (!text)
        return std::unexpected(NumberProblem{});
    // A locale with other separators accepts these two as well, as in the C locale.
    const bool comma = locale.decimalPoint() == u',';
    const QChar decimal = comma ? u',' : u'.';
    const QChar group = comma ? u'.' : u',';
    auto own = *text;
    if (own.contains(arabicDecimal)) {
        if (own.contains(decimal))
            return std::unexpected(NumberProblem{});
        own.replace(arabicDecimal, decimal);
        const auto value = readWith(own, decimal, group);
        if (!value)
            return std::unexpected(NumberProblem{});
        if (whole && !isWhole(*value))
            return std::unexpected(NumberProblem{.kind = Kind::NotWhole});
        return *value;
    }
    const auto value = readWith(own, decimal, group);
    const auto other = readWith(own, group, decimal);
    if (!value && !other)
        return std::unexpected(NumberProblem{});
    if (!value)
        return std::unexpected(NumberProblem{.kind = Kind::OtherReading, .value = *other, .other = *other});
    const bool allowsValue = !whole || isWhole(*value);
    const bool allowsOther = other && *other != *value && (!whole || isWhole(*other));
    if (allowsOther)
        return std::unexpected(NumberProblem{.kind = Kind::Ambiguous, .value = *value, .other = *other});
    if (!allowsValue)
        return std::unexpected(NumberProblem{.kind = Kind::NotWhole});
    return *value;
}

QString textOf(const NumberProblem& problem, const QString& typed, const QLocale& locale)
{
    const auto what = typed.trimmed();
    switch (problem.kind) {
    case NumberProblem::Kind::NotANumber: return Text::tr("Not a number.");
    case NumberProblem::Kind::NotWhole: return Text::tr("Only whole numbers.");
    case NumberProblem::Kind::OtherReading:
        return Text::tr("%1: did you mean %2?").arg(what, numberText(problem.other, locale));
    case NumberProblem::Kind::Ambiguous: {
        const auto larger = std::max(problem.value, problem.other);
        const auto smaller = std::min(problem.value, problem.other);
        return Text::tr("%1: did you mean %2 or %3?")
            .arg(what, numberText(larger, locale), numberText(smaller, locale));
    }
    }
    Q_UNREACHABLE();
}

} // namespace captures
