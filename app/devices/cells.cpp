// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/cells.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "devices/names.h"
#include "devices/utf8.h"
#include "exports/table.h"

namespace devices {

namespace {

bool separatesEmails(QChar c)
{
    return c == u';' || c == u',' || c == u'|' || c == u'<' || c == u'>' || c == u'(' || c == u')' ||
           c == u'"' || c == u'[' || c == u']' || c.isSpace();
}

/// Counts instead of returning early: compilers vectorize such loops.
template<class Wanted>
bool isAll(QStringView text, Wanted wanted)
{
    qsizetype others = 0;
    for (const auto c : text)
        others += !wanted(c);
    return others == 0;
}

// Flags of a byte: cannot be in a bare e-mail address; not a lower-case hex digit.
enum Kind : quint8 { NoAddress = 1, NoHex = 2 };

constexpr auto byteKinds = [] {
    std::array<quint8, 256> table{};
    for (int c = 0; c < 256; ++c) {
        const auto byte = char(c);
        const bool isHex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        const bool isNoAddress =
            isAsciiSpace(byte) || (c < 0x80 && std::string_view(":\\;,|<>()\"[]").contains(byte));
        table[size_t(c)] = quint8((isNoAddress ? NoAddress : 0) | (isHex ? 0 : NoHex));
    }
    return table;
}();

/// The flags of all bytes, combined.
unsigned kindsOf(const char* begin, const char* end)
{
    unsigned all = 0;
    for (; begin < end; ++begin)
        all |= byteKinds[uchar(*begin)];
    return all;
}

/// Whether one of eight bytes is a quote, an apostrophe, or not ASCII.
bool isSpecial(quint64 eight)
{
    constexpr quint64 ones = 0x0101010101010101, highs = ones * 0x80;
    const auto quotes = eight ^ (ones * '"'), apostrophes = eight ^ (ones * '\'');
    const auto zeros = ((quotes - ones) & ~quotes) | ((apostrophes - ones) & ~apostrophes);
    return ((eight | zeros) & highs) != 0;
}

bool isAnySpecial(const char* begin, const char* end)
{
    quint64 eight = 0;
    if (end - begin < qsizetype(sizeof eight)) {
        std::copy(begin, end, reinterpret_cast<char*>(&eight)); // the rest is zero
        return isSpecial(eight);
    }
    for (; end - begin > qsizetype(sizeof eight); begin += sizeof eight) {
        std::memcpy(&eight, begin, sizeof eight);
        if (isSpecial(eight))
            return true;
    }
    std::memcpy(&eight, end - sizeof eight, sizeof eight); // overlaps the last block
    return isSpecial(eight);
}

/// Trims; avoids the call if there is nothing to trim.
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
    if (isAll(cell, [](QChar c) { return c != u'\'' && c != u'"' && c != u'\xFEFF'; }))
        return cell;
    if (cell.contains(QChar(0xFEFF))) { // a byte order mark in the middle: two concatenated files
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

std::optional<QLatin1StringView> asciiCell(QByteArrayView utf8)
{
    const auto* begin = utf8.begin();
    const auto* end = utf8.end();
    while (begin < end && isAsciiSpace(*begin))
        ++begin;
    while (begin < end && isAsciiSpace(end[-1]))
        --end;
    if (isAnySpecial(begin, end))
        return std::nullopt;
    return QLatin1StringView(begin, end - begin);
}

QString plainCell(QStringView cell)
{
    QString changed;
    return plainCell(cell, changed).toString();
}

bool isWrittenUuid(QLatin1StringView text)
{
    if (text.size() != 36)
        return false;
    const auto* at = text.data();
    const auto others = kindsOf(at, at + 8) | kindsOf(at + 9, at + 13) | kindsOf(at + 14, at + 18) |
                        kindsOf(at + 19, at + 23) | kindsOf(at + 24, at + 36);
    return at[8] == '-' && at[13] == '-' && at[18] == '-' && at[23] == '-' && (others & NoHex) == 0;
}

std::optional<QString> uuidOf(QStringView text)
{
    if (text.size() < 32 || text.size() > 60)
        return std::nullopt;
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

bool isBareEmail(QLatin1StringView text)
{
    const auto at = text.indexOf(u'@');
    return at > 0 && at < text.size() - 1 && (kindsOf(text.begin(), text.end()) & NoAddress) == 0;
}

QStringList emailsOf(QStringView all)
{
    if (!all.contains(u'@'))
        return {};
    const bool alone =
        all.count(u'@') == 1 && std::ranges::none_of(all, [](QChar c) {
            return c == u';' || c == u',' || c == u'|' || c == u'<' || (c.isSpace() && c != u'\u00A0');
        });
    if (alone) { // keeps all other characters: the service may know the address with them
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
