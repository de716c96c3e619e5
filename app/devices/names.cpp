// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/names.h"

#include <algorithm>

namespace devices {

namespace {

bool isAscii(QStringView text)
{
    char16_t all = 0;
    for (const auto c : text)
        all |= c.unicode();
    return all < 0x80;
}

/// \returns the character's equivalent for comparison, 0 if it is ignored
char16_t plainForm(char16_t c)
{
    if (c < 0x80)
        return c;
    switch (c) {
    case 0x00A0: // no-break space
    case 0x1680:
    case 0x202F:
    case 0x205F:
    case 0x3000: return u' ';
    case 0x00B4: // acute accent, typed as an apostrophe
    case 0x02B9:
    case 0x02BC:
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x2032:
    case 0xFF07: return u'\'';
    case 0x2212: return u'-';
    default: break;
    }
    if (c >= 0x2000 && c <= 0x200A)
        return u' ';
    if (c >= 0x2010 && c <= 0x2014)
        return u'-';
    return isInvisible(c) ? u'\0' : c;
}

/// Whether the character may combine with the previous one in NFC.
bool joins(QChar c)
{
    return c.isMark() || (c.unicode() >= 0x1160 && c.unicode() <= 0x11FF); // Hangul vowels and finals
}

QString plainFormOf(QStringView text)
{
    QString result(text.size(), Qt::Uninitialized);
    auto* to = result.data();
    for (const auto c : text) {
        if (const auto plain = plainForm(c.unicode()); plain != 0 || c == u'\0')
            *to++ = QChar(plain);
    }
    result.truncate(to - result.constData());
    return result;
}

} // namespace

bool isInvisible(char16_t c)
{
    return c == 0x00AD || c == 0x034F || c == 0x061C || c == 0x180E || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) ||
           c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB);
}

QString comparable(QStringView text)
{
    if (isAscii(text))
        return text.toString().toCaseFolded();
    return plainFormOf(text).normalized(QString::NormalizationForm_C).toCaseFolded();
}

QString comparable(QStringView text, std::vector<qsizetype>& places)
{
    QString result;
    places.clear();
    for (qsizetype at = 0; at < text.size();) {
        auto end = at + 1;
        while (end < text.size() &&
               (joins(text[end]) || text[end].isLowSurrogate() || isInvisible(text[end].unicode())))
            ++end;
        result += comparable(text.sliced(at, end - at));
        places.resize(size_t(result.size()), at);
        at = end;
    }
    return result;
}

QString withoutInvisible(QStringView text)
{
    QString result = text.toString();
    const auto isNothing = [](QChar c) {
        return c.unicode() >= 0x80 && (c.isSpace() || isInvisible(c.unicode()));
    };
    if (std::ranges::any_of(result, isNothing))
        result.removeIf(isNothing);
    return result;
}

} // namespace devices
