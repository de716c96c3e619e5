// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/filter.h"

#include <algorithm>
#include <map>

#include "devices/names.h"

namespace devices {

namespace {

std::optional<Field> fieldNamed(const QString& name)
{
    static const std::map<QString, Field> names = {
        {QStringLiteral("device"), Field::Name},
        {QStringLiteral("name"), Field::Name},
        {QStringLiteral("host"), Field::Name},
        {QStringLiteral("hostname"), Field::Name},
        {QStringLiteral("user"), Field::User},
        {QStringLiteral("email"), Field::User},
        {QStringLiteral("e-mail"), Field::User},
        {QStringLiteral("mail"), Field::User},
        {QStringLiteral("id"), Field::DeviceId},
        {QStringLiteral("device_id"), Field::DeviceId},
        {QStringLiteral("registration"), Field::Registration},
        {QStringLiteral("registration_id"), Field::Registration},
        {QStringLiteral("platform"), Field::Platform},
        {QStringLiteral("os"), Field::Platform},
        {QStringLiteral("status"), Field::Status},
        {QStringLiteral("client"), Field::Status},
        {QStringLiteral("version"), Field::Version},
    };
    const auto found = names.find(name.toCaseFolded());
    return found == names.end() ? std::nullopt : std::optional(found->second);
}

} // namespace

QByteArray folded(const QString& text)
{
    auto bytes = comparable(text).toUtf8();
    bytes.replace('\n', ' ');
    return bytes;
}

QList<Term> termsOf(const QString& filter)
{
    QList<Term> terms;
    for (qsizetype at = 0; at < filter.size();) {
        if (filter[at].isSpace()) {
            ++at;
            continue;
        }
        std::optional<Field> field;
        QString word;
        bool quoted = false;
        for (; at < filter.size() && (quoted || !filter[at].isSpace()); ++at) {
            const auto c = filter[at];
            if (c == u'"') {
                quoted = !quoted; // an unclosed quote extends to the end: it is still being typed
            } else if (c == u':' && !quoted && !field && fieldNamed(word)) {
                field = fieldNamed(word);
                word.clear();
            } else {
                word += c;
            }
        }
        if (const auto plain = folded(word); !plain.isEmpty())
            terms << Term{.word = plain, .field = field};
    }
    return terms;
}

std::vector<Mark> marksIn(const QString& shown, Field field, const QList<Term>& terms)
{
    std::vector<Mark> marks;
    std::vector<qsizetype> places; // source index of each character: folding changes the length (ß, composed
                                   // letters, invisible characters)
    const auto text = comparable(shown, places);
    places.push_back(shown.size());
    for (const auto& term : terms) {
        if (term.field && *term.field != field)
            continue;
        const auto word = QString::fromUtf8(term.word);
        for (auto at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.size())) {
            const auto start = places[size_t(at)];
            auto end = size_t(at + word.size());
            while (end + 1 < places.size() && places[end] == places[end - 1]) // whole source characters
                ++end;
            marks.push_back({start, places[end] - start});
        }
    }
    std::ranges::sort(marks, {}, &Mark::start);
    std::vector<Mark> joined;
    for (const auto& mark : marks) {
        if (!joined.empty() && mark.start <= joined.back().start + joined.back().length) {
            auto& last = joined.back();
            last.length = std::max(last.start + last.length, mark.start + mark.length) - last.start;
        } else {
            joined.push_back(mark);
        }
    }
    return joined;
}

} // namespace devices
