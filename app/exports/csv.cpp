// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "exports/csv.h"

#include <algorithm>

namespace exports {

namespace {

bool runsInside(QChar c)
{
    return c == u'=' || c == u'+' || c == u'-' || c == u'@';
}

bool runsAtStart(QChar c)
{
    return runsInside(c) || c == u'\t' || c == u'\r';
}

/// Whether a spreadsheet that is set to another separator than the file's may end a cell at this character.
/// Quotation marks do not prevent that.
bool ends(QChar c)
{
    return c == u',' || c == u';' || c == u'\t' || c == u'\n' || c == u'\r';
}

/// Calls `act` for each position at which a spreadsheet would begin a formula, with the position and the
/// number of apostrophes between it and the formula.
template<class Act>
void eachFormula(const QString& text, Act act)
{
    for (qsizetype start = 0; start < text.size(); ++start) {
        if (start > 0 && !ends(text[start - 1]))
            continue;
        auto at = start;
        while (at < text.size() && text[at] == u'\'')
            ++at;
        if (at < text.size() && (start == 0 ? runsAtStart(text[at]) : runsInside(text[at])))
            act(start, at - start);
    }
}

/// Fast path for plain text, which most exported text is: appends it without an intermediate copy.  The
/// loops have no exits, so that the compiler can vectorize them.
/// \returns whether the text was plain
bool appendPlain(QByteArray& line, QStringView text)
{
    if (text.isEmpty())
        return true;
    const auto* from = text.utf16();
    const auto size = text.size();
    unsigned other = 0;
    for (qsizetype i = 0; i < size; ++i) {
        const unsigned c = from[i];
        other |= unsigned(c < 0x20) | unsigned(c >= 0x80) | unsigned(c == '"') | unsigned(c == ',') |
                 unsigned(c == ';');
    }
    const auto first = text.front();
    if (other != 0 || first == u'\'' || first == u' ' || text.back() == u' ' || runsAtStart(first))
        return false;
    const auto start = line.size();
    line.resize(start + size);
    auto* to = line.data() + start;
    for (qsizetype i = 0; i < size; ++i)
        to[i] = char(from[i]);
    return true;
}

void append(QByteArray& line, const QString& text, char separator)
{
    if (appendPlain(line, text))
        return;
    const bool quoted =
        std::ranges::any_of(text,
                            [separator](QChar c) {
                                return c == u'"' || c == QLatin1Char(separator) || c == u'\n' || c == u'\r';
                            }) ||
        text.startsWith(u' ') || text.endsWith(u' ');
    if (!quoted) {
        line += guarded(text).toUtf8();
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
    char separator;

    void operator()(std::monostate) const {}
    void operator()(const QString& text) const { append(line, text, separator); }
    void operator()(qint64 number) const { line += QByteArray::number(number); }
    void operator()(double number) const
    {
        auto text = QByteArray::number(number, 'g', 15);
        if (separator == ';')
            text.replace('.', ',');
        line += text;
    }
    void operator()(bool truth) const { line += truth ? "true" : "false"; }
    void operator()(const QDateTime& time) const
    {
        line += time.toUTC().toString(Qt::ISODateWithMs).toLatin1();
    }
};

} // namespace

QString guarded(const QString& text)
{
    QString result;
    qsizetype done = 0;
    eachFormula(text, [&](qsizetype start, qsizetype) {
        result += QStringView(text).sliced(done, start - done);
        result += u'\'';
        done = start;
    });
    return done == 0 && result.isEmpty() ? text : result.append(QStringView(text).sliced(done));
}

QString restored(const QString& text)
{
    QString result;
    qsizetype done = 0;
    eachFormula(text, [&](qsizetype start, qsizetype apostrophes) {
        if (apostrophes == 0)
            return;
        result += QStringView(text).sliced(done, start - done);
        done = start + 1;
    });
    return done == 0 ? text : result.append(QStringView(text).sliced(done));
}

QByteArray csvHeader(const QStringList& columns, char separator)
{
    QList<Cell> cells;
    for (const auto& column : columns)
        cells << column;
    return csvLine(cells, separator);
}

QByteArray csvLine(const QList<Cell>& row, char separator)
{
    QByteArray line;
    appendCsvLine(line, row, separator);
    return line;
}

void appendCsvLine(QByteArray& line, const QList<Cell>& row, char separator)
{
    for (qsizetype i = 0; i < row.size(); ++i) {
        if (i > 0)
            line += separator;
        std::visit(Append{line, separator}, row[i]);
    }
    line += "\r\n";
}

} // namespace exports
