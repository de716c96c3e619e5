// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/sheet.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "devices/tr.h"
#include "devices/csvparser.h"
#include "devices/encoding.h"
#include "devices/headings.h"
#include "devices/workbook.h"

namespace devices {

namespace {

constexpr qsizetype mostNotes = 1000;
constexpr qsizetype wholeUpTo = 256 * 1024; ///< characters that are all looked at to tell the separator
constexpr qsizetype headSize = 64 * 1024;   ///< of a longer text: its beginning …
constexpr qsizetype chunkSize = 8 * 1024;   ///< … and so much of each of so many places
constexpr int chunks = 12;
constexpr qsizetype headingWithin = 60; ///< rows

/// What a file is that is no text, so that the operator knows what to do with it.
QString otherKind(QByteArrayView bytes)
{
    if (startsAsWorkbook(bytes))
        return Text::tr(
            "This is a workbook (XLSX or ODS). Save it as CSV in the spreadsheet, or copy its rows and paste "
            "them.");
    return foreignKind(bytes);
}

bool isLineEnd(QChar c)
{
    return c == u'\n' || c == u'\r';
}

/// \brief A line `sep=;` above a table, as Excel obeys it.
struct SeparatorLine {
    std::optional<QChar> separator;
    qsizetype tableAt = 0; ///< behind it
    int tableLine = 1;
};

/// Quoted or not, behind empty lines, and with the separators that a spreadsheet adds to each line.
SeparatorLine separatorLine(QStringView text)
{
    qsizetype at = 0;
    int line = 1;
    const auto pass = [&] { // a line end
        at += at + 1 < text.size() && text[at] == u'\r' && text[at + 1] == u'\n' ? 2 : 1;
        ++line;
    };
    while (at < text.size() && (text[at].isSpace() || text[at] == u'\xFEFF')) {
        if (isLineEnd(text[at]))
            pass();
        else
            ++at;
    }
    auto end = at;
    while (end < text.size() && !isLineEnd(text[end]))
        ++end;
    auto words = text.sliced(at, end - at);
    const bool quoted = words.startsWith(u'"');
    if (quoted)
        words = words.sliced(1);
    if (!words.startsWith(u"sep=", Qt::CaseInsensitive))
        return {};
    words = words.sliced(4);
    QChar separator = u',';
    if (words.startsWith(u"\\t")) {
        separator = u'\t';
        words = words.sliced(2);
    } else if (!words.isEmpty() && words[0] != u'"' && !words[0].isLetterOrNumber()) {
        separator = words[0];
        words = words.sliced(1);
    } else {
        return {};
    }
    for (const auto c : words) {
        if (c != u'"' && c != separator && c != u',' && c != u';' && !c.isSpace())
            return {}; // a text that only begins so
    }
    at = end;
    if (at < text.size())
        pass();
    return {.separator = separator, .tableAt = std::min(at, text.size()), .tableLine = line};
}

/// Qt looks for a character in vectors, but counts one after the other; most texts have none.
qsizetype countOf(const QString& text, char16_t wanted)
{
    const QChar c(wanted);
    return text.contains(c) ? text.count(c) : 0;
}

/// All of a text, or of a long one its beginning and whole lines from all over it.
QString sampleOf(QStringView text)
{
    if (text.size() <= wholeUpTo)
        return text.toString();
    const auto nextLine = [text](qsizetype from) {
        const auto found = text.indexOf(u'\n', from);
        return found < 0 ? text.size() : found + 1;
    };
    QString sample = text.first(std::min(nextLine(headSize), headSize * 2)).toString();
    for (int i = 1; i <= chunks; ++i) {
        const auto start = nextLine(headSize + (text.size() - headSize - chunkSize) / chunks * (i - 1));
        const auto end = std::min({nextLine(start + chunkSize), start + chunkSize * 2, text.size()});
        if (start < end) {
            sample += u'\n';
            sample += text.sliced(start, end - start);
        }
    }
    return sample;
}

/// How much a sheet looks like a table: as many cells in each row, more than one, below words that name
/// columns.
double worthOf(const Sheet& sheet)
{
    struct Rows {
        qsizetype first;
        qsizetype count;
    };
    std::map<qsizetype, Rows> widths;
    for (qsizetype row = 0; row < sheet.size(); ++row)
        ++widths.try_emplace(sheet.width(row), Rows{row, 0}).first->second.count;
    double best = 0;
    for (const auto& [width, rows] : widths) {
        if (width < 2)
            continue;
        // What stands above the table is no part of it.
        const auto share = double(rows.count) / double(sheet.size() - rows.first);
        best = std::max(best, share * share * (1 + 0.3 * std::log2(double(width - 1))));
    }
    if (best == 0)
        return 0;
    qsizetype named = 0;
    for (qsizetype row = 0; row < std::min(headingWithin, sheet.size()); ++row) {
        qsizetype names = 0;
        for (qsizetype column = 0; column < std::min<qsizetype>(sheet.width(row), 200); ++column)
            names += headingOf(sheet.cell(row, column).trimmed()).part != Part::Nothing;
        if (sheet.width(row) > 1)
            named = std::max(named, names);
    }
    return best + (named > 1 ? 0.75 : named == 1 ? 0.5 : 0);
}

struct Separator {
    QChar separator = u',';
    double worth = 0; ///< 0: nothing is a table with any
};

Separator separatorOf(QStringView text)
{
    const auto sample = sampleOf(text);
    Separator best;
    for (const QChar candidate : {u'\t', u';', u',', u'|'}) {
        if (!sample.contains(candidate))
            continue;
        if (const auto worth = worthOf(CsvParser(candidate).parse(sample)); worth > best.worth)
            best = {.separator = candidate, .worth = worth};
    }
    return best;
}

/// Whether nearly all lines begin with a quote.
bool linesBeginQuoted(QStringView text)
{
    int lines = 0, quoted = 0;
    for (qsizetype at = 0; at < text.size() && lines < 200;) {
        while (at < text.size() && text[at].isSpace())
            ++at;
        if (at == text.size())
            break;
        ++lines;
        quoted += text[at] == u'"';
        while (at < text.size() && !isLineEnd(text[at]))
            ++at;
    }
    return lines > 0 && quoted + 1 >= lines && quoted > 0; // the heading may stand without
}

/// What stands in the rows that have one cell with text; empty where a row in ten has more.
QString onlyCellsOf(const Sheet& sheet)
{
    const auto rows = std::min<qsizetype>(sheet.size(), 2000);
    qsizetype alone = 0;
    QString inner;
    for (qsizetype row = 0; row < rows; ++row) {
        qsizetype filled = 0;
        for (qsizetype column = 0; column < sheet.width(row); ++column)
            filled += !sheet.cell(row, column).trimmed().isEmpty();
        if (filled == 1 && !sheet.cell(row, 0).isEmpty()) {
            ++alone;
            inner += sheet.cell(row, 0);
            inner += u'\n';
        }
    }
    return alone * 10 >= rows * 9 || alone + 1 == rows ? inner : QString();
}

} // namespace

qsizetype Sheet::widest() const
{
    qsizetype widest = 0;
    for (qsizetype row = 0; row < size(); ++row)
        widest = std::max(widest, width(row));
    return widest;
}

void Sheet::reserve(qsizetype characters, qsizetype rows)
{
    m_text.reserve(characters);
    m_rows.reserve(size_t(rows));
}

void Sheet::beginRow(int line)
{
    m_rows.push_back({.line = line, .first = quint32(m_cells.size())});
}

void Sheet::addCell(QStringView text)
{
    m_cells.push_back({quint32(m_text.size()), quint32(text.size())});
    m_text += text;
}

void Sheet::endRow()
{
    const auto first = m_rows.back().first;
    for (auto at = size_t(first); at < m_cells.size(); ++at) {
        for (const auto c : view(m_cells[at])) {
            if (!c.isSpace())
                return;
        }
    }
    m_cells.resize(first);
    m_rows.pop_back();
}

void noteDamage(Sheet& sheet, const QString& encoding)
{
    for (qsizetype row = 0; row < sheet.size() && sheet.notes.size() < mostNotes; ++row) {
        for (qsizetype column = 0; column < sheet.width(row); ++column) {
            const auto cell = sheet.cell(row, column);
            if (cell.contains(QChar(QChar::ReplacementCharacter))) {
                sheet.notes << BadLine{.line = sheet.line(row),
                                       .reason = Text::tr("“%1” has a character that is no %2")
                                                     .arg(cell.left(60).toString(), encoding)};
                break;
            }
        }
    }
}

std::expected<TextSheet, QString> readSheet(const QByteArray& bytes, const TextHints& hints)
{
    if (const auto kind = otherKind(bytes); !kind.isEmpty())
        return std::unexpected(kind);
    TextSheet result;
    auto& format = result.format;
    format.encoding = hints.encoding ? *hints.encoding : guessedEncoding(bytes, hints.locale);
    auto text = decoded(bytes, format.encoding);
    // A text may hold a stray NUL; a program or a picture is full of them.
    if (!hints.separator && !hints.encoding && countOf(text, u'\0') > 8 + text.size() / 50)
        return std::unexpected(Text::tr("This is no text file."));
    // The file itself may have that character, from an earlier accident.
    const auto replaced = countOf(text, QChar::ReplacementCharacter);
    const bool damaged =
        replaced > 0 && (format.encoding != "UTF-8" || replaced > bytes.count("\xEF\xBF\xBD"));

    const auto told = separatorLine(text);
    const auto table = QStringView(text).sliced(told.tableAt);
    if (hints.separator)
        format.separator = *hints.separator;
    else
        format.separator = told.separator ? *told.separator : separatorOf(table).separator;
    const bool quoted = linesBeginQuoted(table);
    auto sheet = CsvParser(format.separator).parse(std::move(text), told.tableAt, told.tableLine);
    if (sheet.isEmpty())
        return std::unexpected(Text::tr("The file is empty."));
    if (quoted) {
        const auto inner = separatorOf(onlyCellsOf(sheet));
        result.hasQuotedLines = inner.worth > 0.5;
        if (hints.quotedLines && result.hasQuotedLines) {
            format.quotedLines = true;
            if (!hints.separator)
                format.separator = inner.separator;
            sheet = CsvParser(format.separator).parseCells(std::move(sheet));
        }
    }
    if (damaged)
        noteDamage(sheet, QString::fromLatin1(format.encoding));
    result.sheet = std::move(sheet);
    return result;
}

} // namespace devices
