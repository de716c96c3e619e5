// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Tables written by other people: whatever the bytes and the operator's choices, each row is accounted for;
// and a list that can be read can be written, and then read back unchanged.

#include <optional>

#include <QByteArray>
#include <QSet>

#include "devices/encoding.h"
#include "devices/fleet.h"
#include "devices/import.h"
#include "devices/listfile.h"

namespace {

void require(bool holds)
{
    if (!holds)
        __builtin_trap();
}

const devices::Fleet& fleet()
{
    static const auto* known = [] {
        auto* made = new devices::Fleet;
        made->merge({{.deviceId = QStringLiteral("0b5e8a54-0001-4000-8000-000000000001"),
                      .registrationId = QStringLiteral("r"),
                      .email = QStringLiteral("ana@example.com"),
                      .name = QStringLiteral("ANA-LT-04")},
                     {.deviceId = QStringLiteral("id-2"),
                      .registrationId = {},
                      .email = QStringLiteral("a@example.com"),
                      .name = QStringLiteral("PC-1")}});
        return made;
    }();
    return *known;
}

/// Checks that each row of the sheet is used, a duplicate, a heading, above the table, or reported with a
/// reason.
void readWhole(const devices::Sheet& sheet, const devices::Layout& layout)
{
    const auto reading = devices::readRows(sheet, layout);
    QSet<int> lines(reading.repeated.begin(), reading.repeated.end());
    for (const auto& row : reading.rows)
        lines.insert(row.line);
    for (const auto& bad : reading.bad)
        lines.insert(bad.line);
    for (auto row = layout.dataFrom(); row < sheet.size(); ++row)
        require(lines.contains(sheet.line(row)));
    QSet<devices::Key> taken;
    auto matches = devices::matchRows(reading.rows, fleet(), taken);
    devices::settleMatches(reading, matches);
    require(matches.size() == reading.rows.size());
    for (qsizetype i = 0; i < matches.size(); ++i)
        (void)devices::entryOf(reading.rows[i], matches[i]);
}

/// \returns the text's encoding; nothing if it is not a table
std::optional<QByteArray> read(const QByteArray& bytes, const devices::TextHints& hints)
{
    const auto text = devices::readSheet(bytes, hints);
    if (!text)
        return std::nullopt;
    const auto& sheet = text->sheet;
    require(!hints.encoding || text->format.encoding == *hints.encoding);
    require(!hints.separator || text->format.separator == *hints.separator);
    require(!text->format.quotedLines || text->hasQuotedLines);
    for (qsizetype row = 0; row < sheet.size(); ++row) {
        require(sheet.line(row) >= 1 && sheet.width(row) >= 1);
        require(row == 0 || sheet.line(row) >= sheet.line(row - 1));
    }
    readWhole(sheet, devices::layoutOf(sheet));
    readWhole(sheet, devices::layoutOf(sheet, &fleet()));
    return text->format.encoding;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char*>(data), qsizetype(size));
    const QLocale none(QLocale::C);
    const auto guessed = read(bytes, {.locale = none}); // guessing is slow, so the calls below reuse it
    read(bytes, {.encoding = guessed, .quotedLines = true, .locale = none});
    // One of the operator's choices each time.
    static const auto encodings = devices::encodings();
    const auto choice = size == 0 ? 0U : unsigned(data[size - 1]);
    read(bytes, {.encoding = encodings[qsizetype(choice) % encodings.size()].name, .locale = none});
    static constexpr QChar separators[] = {u',', u';', u'\t', u'|', u' ', u':'};
    read(bytes, {.encoding = guessed,
                 .separator = separators[choice % std::size(separators)],
                 .quotedLines = choice % 2 == 0,
                 .locale = none});

    const auto first = devices::readList(bytes);
    if (!first)
        return 0;
    const auto second = devices::readList(devices::writeList(first->entries));
    require(second && second->entries == first->entries && second->bad.isEmpty());
    return 0;
}
