// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/cells.h"

#include <algorithm>

#include "devices/names.h"
#include "exports/table.h"

namespace devices {

namespace {

bool separatesEmails(QChar c)
{
    return c == u';' || c == u',' || c == u'|' || c == u'<' || c == u'>' || c == u'(' || c == u')' ||
           c == u'"' || c == u'[' || c == u']' || c.isSpace();
}

/// Whether it is one address and nothing else, in ASCII: what nearly every cell of e-mails is.
bool isBareEmail(QStringView text)
{
    const auto at = text.indexOf(u'@');
    return at > 0 && at < text.size() - 1 &&
           std::ranges::none_of(
               text,
               [](QChar c) { return c.unicode() >= 0x80 || c == u':' || c == u'\\' || separatesEmails(c); });
}

/// Counts instead of leaving at the first: compilers make such loops of vectors.
template<class Wanted>
bool isAll(QStringView text, Wanted wanted)
{
    qsizetype others = 0;
    for (const auto c : text)
        others += !wanted(c.unicode());
    return others == 0;
}

/// A UUID as the service writes it.
bool isWrittenUuid(QStringView text)
{
    const auto isHex = [](char16_t c) {
        return char16_t(c - u'0') < 10 || char16_t(c - u'a') < 6; // below, it wraps around
    };
    return text.size() == 36 && text[8] == u'-' && text[13] == u'-' && text[18] == u'-' && text[23] == u'-' &&
           isAll(text.first(8), isHex) && isAll(text.sliced(9, 4), isHex) &&
           isAll(text.sliced(14, 4), isHex) && isAll(text.sliced(19, 4), isHex) &&
           isAll(text.last(12), isHex);
}

/// Trimmed, without a call where there is nothing to trim.
QStringView trimmedCell(QStringView cell)
{
    const auto isInk = [](QChar c) { return c > u' ' && c < u'\x7F'; };
    return cell.isEmpty() || (isInk(cell.front()) && isInk(cell.back())) ? cell : cell.trimmed();
}

QStringView without(QStringView text, QStringView start)
{
    while (text.startsWith(start, Qt::CaseInsensitive))
        text = text.sliced(start.size());
    return text;
}

QString addressOf(QStringView word)
{
    const auto clean = withoutInvisible(word);
    QStringView address(clean), before;
    while (address != before) {
        before = address;
        address = without(without(address, u"mailto:"), u"smtp:");
    }
    return address.toString();
}

} // namespace

QStringView plainCell(QStringView cell, QString& changed)
{
    cell = trimmedCell(cell);
    if (isAll(cell, [](char16_t c) { return c != u'\'' && c != u'"' && c != 0xFEFF; }))
        return cell;
    if (cell.contains(QChar(0xFEFF))) { // a mark in the middle: two files put together
        auto text = cell.toString();
        text.remove(QChar(0xFEFF));
        changed = plainCell(text);
        return changed;
    }
    if (cell.size() >= 3 && cell.startsWith(u"=\"") && cell.endsWith(u'"') &&
        !cell.sliced(2).chopped(1).contains(u'"'))
        return cell.sliced(2).chopped(1).trimmed();
    if (!cell.contains(u'\''))
        return cell;
    changed = exports::restored(cell.toString()).trimmed();
    return changed;
}

QString plainCell(QStringView cell)
{
    QString changed;
    return plainCell(cell, changed).toString();
}

std::optional<QString> uuidOf(QStringView text)
{
    if (text.size() < 32 || text.size() > 60)
        return std::nullopt;
    if (isWrittenUuid(text))
        return text.toString();
    text = without(without(text, u"urn:"), u"uuid:");
    if (text.startsWith(u'{') && text.endsWith(u'}'))
        text = text.sliced(1).chopped(1);
    if (text.size() != 36 && text.size() != 32)
        return std::nullopt;
    const bool hyphens = text.size() == 36;
    QString id(36, Qt::Uninitialized);
    auto* to = id.data();
    const auto* from = text.utf16();
    for (int at = 0; at < 36; ++at) {
        if (at == 8 || at == 13 || at == 18 || at == 23) {
            if (hyphens && *from++ != u'-')
                return std::nullopt;
            *to++ = u'-';
            continue;
        }
        const auto c = *from++;
        if ((c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'))
            *to++ = QChar(c);
        else if (c >= u'A' && c <= u'F')
            *to++ = QChar(char16_t(c + (u'a' - u'A')));
        else
            return std::nullopt;
    }
    return id;
}

QString plainId(QStringView text)
{
    if (auto id = uuidOf(text))
        return *id;
    auto clean = withoutInvisible(text);
    auto id = uuidOf(clean);
    return id ? *id : clean;
}

bool isEmail(QStringView text)
{
    const auto at = text.indexOf(u'@');
    return at > 0 && at < text.size() - 1 &&
           std::ranges::none_of(text, [](QChar c) { return c.isSpace() || c == u'\\'; });
}

QStringList emailsOf(QStringView all)
{
    if (!all.contains(u'@'))
        return {};
    if (isBareEmail(all))
        return {all.toString()};
    const bool alone =
        all.count(u'@') == 1 && std::ranges::none_of(all, [](QChar c) {
            return c == u';' || c == u',' || c == u'|' || c == u'<' || (c.isSpace() && c != u'\u00A0');
        });
    if (alone) { // whatever else it has: the service knows it so
        const auto address = addressOf(all);
        return isEmail(address) ? QStringList{address} : QStringList();
    }
    QStringList emails;
    for (qsizetype at = 0; at < all.size();) {
        auto end = at;
        while (end < all.size() && !(separatesEmails(all[end]) && all[end] != u'\u00A0'))
            ++end;
        const auto word = addressOf(all.sliced(at, end - at));
        if (isEmail(word) && !emails.contains(word, Qt::CaseInsensitive))
            emails << word;
        at = end + 1;
    }
    return emails;
}

} // namespace devices
