// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/sheet.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <QStringEncoder>

#include "devices/tr.h"
#include "devices/csvparser.h"
#include "devices/encoding.h"
#include "devices/headings.h"
#include "devices/utf8.h"
#include "devices/workbook.h"

namespace devices {

namespace {

constexpr qsizetype mostNotes = 1000;
constexpr QByteArrayView replacement("\xEF\xBF\xBD"); ///< U+FFFD
constexpr qsizetype wholeUpTo = 256 * 1024;           ///< bytes; smaller texts are sampled as a whole
constexpr qsizetype headSize = 64 * 1024;             ///< of a longer text: its beginning …
constexpr qsizetype chunkSize = 8 * 1024;             ///< … and this much from each of `chunks` positions
constexpr int chunks = 12;
constexpr qsizetype headingWithin = 60; ///< rows

/// Describes a file that is not text, with advice for the operator; empty: it may be text.
QString otherKind(QByteArrayView bytes)
{
    if (startsAsWorkbook(bytes))
        return Text::tr(
            "This is a workbook (XLSX or ODS). Save it as CSV in the spreadsheet, or copy its rows and paste "
            "them.");
    return foreignKind(bytes);
}

bool isLineEnd(char c)
{
    return c == '\n' || c == '\r';
}

/// Returns the end of the line that contains `at`.
qsizetype lineEnd(QByteArrayView text, qsizetype at)
{
    while (at < text.size() && !isLineEnd(text[at]))
        ++at;
    return at;
}

/// \brief A line `sep=;` above a table, as Excel supports it.
struct SeparatorLine {
    std::optional<QChar> separator;
    qsizetype tableAt = 0; ///< offset after the line
    int tableLine = 1;
};

/// Parses the line: quoted or not, after empty lines, and with trailing separators that a spreadsheet adds.
SeparatorLine separatorLine(QByteArrayView text)
{
    qsizetype at = 0;
    int line = 1;
    const auto pass = [&] { // skips a line end
        at += at + 1 < text.size() && text[at] == '\r' && text[at + 1] == '\n' ? 2 : 1;
        ++line;
    };
    while (at < text.size()) {
        const auto [code, size] = charAt(text, at);
        if (!QChar::isSpace(code) && code != QChar::ByteOrderMark)
            break;
        if (size == 1 && isLineEnd(text[at]))
            pass();
        else
            at += size;
    }
    const auto end = lineEnd(text, at);
    const auto said = textOf(text.sliced(at, end - at));
    QStringView words(said);
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
            return {}; // ordinary text that begins the same
    }
    at = end;
    if (at < text.size())
        pass();
    return {.separator = separator, .tableAt = std::min(at, text.size()), .tableLine = line};
}

/// Returns the beginning of the text, without splitting a character.
QByteArrayView beginningOf(QByteArrayView text, qsizetype size)
{
    while (size > 0 && size < text.size() && (uchar(text[size]) & 0xC0) == 0x80)
        --size;
    return text.first(std::min(size, text.size()));
}

/// Returns the whole text; of a long one, its beginning and lines from all over it.
QByteArray sampleOf(QByteArrayView text)
{
    if (text.size() <= wholeUpTo)
        return text.toByteArray();
    const auto nextLine = [text](qsizetype from) {
        const auto found = text.indexOf('\n', from);
        return found < 0 ? text.size() : found + 1;
    };
    auto sample = beginningOf(text, std::min(nextLine(headSize), headSize * 2)).toByteArray();
    for (int i = 1; i <= chunks; ++i) {
        const auto start = nextLine(headSize + (text.size() - headSize - chunkSize) / chunks * (i - 1));
        const auto rest = text.sliced(start);
        if (!rest.isEmpty()) {
            sample += '\n';
            sample += beginningOf(rest, std::min(nextLine(start + chunkSize) - start, chunkSize * 2));
        }
    }
    return sample;
}

/// Scores a sheet as a table: rows of equal width, more than one cell, and known headings.
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
        // Rows above the table do not count.
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
    double worth = 0; ///< 0: no separator gives a table
};

Separator separatorOf(QByteArrayView text)
{
    const auto sample = sampleOf(text);
    Separator best;
    for (const char candidate : {'\t', ';', ',', '|'}) {
        if (!sample.contains(candidate))
            continue;
        const QChar separator = QLatin1Char(candidate);
        if (const auto worth = worthOf(CsvParser(separator).parse(sample)); worth > best.worth)
            best = {.separator = separator, .worth = worth};
    }
    return best;
}

/// Whether nearly all lines begin with a quote.
bool linesBeginQuoted(QByteArrayView text)
{
    int lines = 0, quoted = 0;
    for (qsizetype at = 0; at < text.size() && lines < 200; at = lineEnd(text, at)) {
        while (at < text.size()) {
            const auto [code, size] = charAt(text, at);
            if (!QChar::isSpace(code))
                break;
            at += size;
        }
        if (at == text.size())
            break;
        ++lines;
        quoted += text[at] == '"';
    }
    return lines > 0 && quoted + 1 >= lines && quoted > 0; // the heading may be unquoted
}

/// Returns the text of the rows with a single filled cell; empty if more than a tenth of the rows have
/// others.
QByteArray onlyCellsOf(const Sheet& sheet)
{
    const auto rows = std::min<qsizetype>(sheet.size(), 2000);
    qsizetype alone = 0;
    QByteArray inner;
    for (qsizetype row = 0; row < rows; ++row) {
        qsizetype filled = 0;
        for (qsizetype column = 0; column < sheet.width(row); ++column)
            filled += !isBlank(sheet.utf8Cell(row, column));
        if (filled == 1 && !sheet.utf8Cell(row, 0).isEmpty()) {
            ++alone;
            inner += sheet.utf8Cell(row, 0);
            inner += '\n';
        }
    }
    return alone * 10 >= rows * 9 || alone + 1 == rows ? inner : QByteArray();
}

/// \brief A file's text in UTF-8.
struct Utf8Text {
    QByteArray text; ///< shares the file's bytes if they are valid UTF-8
    qsizetype start; ///< offset after the byte order marks
};

Utf8Text utf8TextOf(const QByteArray& bytes, const QByteArray& encoding)
{
    constexpr QByteArrayView mark("\xEF\xBB\xBF");
    if (encoding != "UTF-8" || !bytes.isValidUtf8())
        return {.text = decoded(bytes, encoding).toUtf8(), .start = 0};
    qsizetype start = 0;
    for (int marks = 0; marks < 2 && QByteArrayView(bytes).sliced(start).startsWith(mark); ++marks)
        start += mark.size(); // two: a concatenated file has its own after the first
    return {.text = bytes, .start = start};
}

/// A text may have a few NULs; a program or a picture has many.
bool isFullOfNuls(QByteArrayView text)
{
    if (!text.contains('\0'))
        return false;
    const auto nuls = std::ranges::count(text, '\0');
    return nuls > 8 && nuls > 8 + textOf(text).size() / 50;
}

} // namespace

qsizetype Sheet::widest() const
{
    qsizetype widest = 0;
    for (qsizetype row = 0; row < size(); ++row)
        widest = std::max(widest, width(row));
    return widest;
}

QString Sheet::cell(qsizetype row, qsizetype column) const
{
    return textOf(utf8Cell(row, column));
}

void Sheet::beginRow(int line)
{
    m_rows.push_back({.line = line, .first = quint32(m_cells.size())});
}

void Sheet::addCell(QStringView text)
{
    const auto at = m_text.size();
    QStringEncoder encoder(QStringEncoder::Utf8, QStringEncoder::Flag::Stateless);
    m_text.resize(at + encoder.requiredSpace(text.size()));
    const auto* const end = encoder.appendToBuffer(m_text.data() + at, text);
    m_text.resize(end - m_text.constData());
    m_cells.push_back({quint32(at), quint32(m_text.size() - at)});
}

void Sheet::endRow()
{
    const auto first = m_rows.back().first;
    if (!std::all_of(m_cells.begin() + first, m_cells.end(),
                     [this](Piece piece) { return isBlank(view(piece)); }))
        return;
    m_cells.resize(first);
    m_rows.pop_back();
}

void noteDamage(Sheet& sheet, const QString& encoding)
{
    for (qsizetype row = 0; row < sheet.size() && sheet.notes.size() < mostNotes; ++row) {
        for (qsizetype column = 0; column < sheet.width(row); ++column) {
            if (sheet.utf8Cell(row, column).contains(replacement)) {
                sheet.notes << BadLine{.line = sheet.line(row),
                                       .reason = Text::tr("“%1” has a character that is not %2")
                                                     .arg(sheet.cell(row, column).left(60), encoding)};
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
    auto [text, start] = utf8TextOf(bytes, format.encoding);
    const auto content = QByteArrayView(text).sliced(start);
    if (!hints.separator && !hints.encoding && isFullOfNuls(content))
        return std::unexpected(Text::tr("Not a text file."));
    // The file itself may already contain U+FFFD, from an earlier conversion.
    const auto replaced = text.isSharedWith(bytes) ? 0 : text.count(replacement);
    const bool damaged = replaced > 0 && (format.encoding != "UTF-8" || replaced > bytes.count(replacement));

    const auto told = separatorLine(content);
    const auto table = content.sliced(told.tableAt);
    if (hints.separator)
        format.separator = *hints.separator;
    else
        format.separator = told.separator ? *told.separator : separatorOf(table).separator;
    const bool quoted = linesBeginQuoted(table);
    auto sheet = CsvParser(format.separator).parse(std::move(text), start + told.tableAt, told.tableLine);
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
