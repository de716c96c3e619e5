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

QString plainCell(QStringView cell)
{
    cell = cell.trimmed();
    if (cell.contains(QChar(0xFEFF))) { // a mark in the middle: two files put together
        auto text = cell.toString();
        text.remove(QChar(0xFEFF));
        return plainCell(text);
    }
    if (cell.size() >= 3 && cell.startsWith(u"=\"") && cell.endsWith(u'"') &&
        !cell.sliced(2).chopped(1).contains(u'"'))
        return cell.sliced(2).chopped(1).trimmed().toString();
    if (!cell.contains(u'\''))
        return cell.toString();
    return exports::restored(cell.toString()).trimmed();
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

QStringList emailsOf(const QString& cell)
{
    if (!cell.contains(u'@'))
        return {};
    const QStringView all(cell);
    const bool simple = std::ranges::none_of(
        all, [](QChar c) { return separatesEmails(c) || c == u':' || c.unicode() >= 0x80; });
    if (simple)
        return isEmail(all) ? QStringList{cell} : QStringList();
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
