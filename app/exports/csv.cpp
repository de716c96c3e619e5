// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "exports/csv.h"

#include <algorithm>

namespace exports {

namespace {

bool runs(QChar c)
{
    return c == u'=' || c == u'+' || c == u'-' || c == u'@' || c == u'\t' || c == u'\r';
}

/// Apostrophes in front, then something that a spreadsheet would take for a formula.
bool isFormula(const QString& text)
{
    const auto first = std::ranges::find_if(text, [](QChar c) { return c != u'\''; });
    return first != text.end() && runs(*first);
}

/// UTF-8 at the end of the line, with nothing made in between: most of what is exported is plain.
void appendUtf8(QByteArray& line, const QString& text)
{
    const auto start = line.size();
    line.resize(start + text.size());
    auto* to = line.data() + start;
    for (const auto c : text) {
        if (c.unicode() >= 0x80) {
            line.resize(start);
            line += text.toUtf8();
            return;
        }
        *to++ = char(c.unicode());
    }
}

void append(QByteArray& line, const QString& text)
{
    const bool quoted =
        std::ranges::any_of(text,
                            [](QChar c) { return c == u'"' || c == u',' || c == u'\n' || c == u'\r'; }) ||
        text.startsWith(u' ') || text.endsWith(u' ');
    if (!quoted) {
        if (isFormula(text))
            line += '\'';
        appendUtf8(line, text);
        return;
    }
    line += '"';
    for (const char c : guarded(text).toUtf8()) {
        if (c == '"')
            line += '"';
        line += c;
    }
    line += '"';
}

struct Append {
    QByteArray& line;

    void operator()(std::monostate) const {}
    void operator()(const QString& text) const { append(line, text); }
    void operator()(qint64 number) const { line += QByteArray::number(number); }
    void operator()(double number) const { line += QByteArray::number(number, 'g', 15); }
    void operator()(bool truth) const { line += truth ? "true" : "false"; }
    void operator()(const QDateTime& time) const
    {
        line += time.toUTC().toString(Qt::ISODateWithMs).toLatin1();
    }
};

} // namespace

QString guarded(const QString& text)
{
    return isFormula(text) ? QString(u'\'' + text) : text;
}

QString restored(const QString& text)
{
    return text.startsWith(u'\'') && isFormula(text) ? text.mid(1) : text;
}

QByteArray csvHeader(const QStringList& columns)
{
    QList<Cell> cells;
    for (const auto& column : columns)
        cells << column;
    return csvLine(cells);
}

QByteArray csvLine(const QList<Cell>& row)
{
    QByteArray line;
    appendCsvLine(line, row);
    return line;
}

void appendCsvLine(QByteArray& line, const QList<Cell>& row)
{
    for (qsizetype i = 0; i < row.size(); ++i) {
        if (i > 0)
            line += ',';
        std::visit(Append{line}, row[i]);
    }
    line += "\r\n";
}

} // namespace exports
