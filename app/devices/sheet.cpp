// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/sheet.h"

#include <algorithm>

#include <QStringDecoder>

#include "devices/tr.h"

namespace devices {

namespace {

/// What Windows has between 0x80 and 0x9f, where Latin-1 has control characters.
constexpr char16_t windows[] =
    u"\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d"
    u"\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161"
    u"\u203a\u0153\u009d\u017e\u0178";

QString fromWindows(QByteArrayView bytes)
{
    auto text = QString::fromLatin1(bytes);
    for (auto& c : text) {
        if (c.unicode() >= 0x80 && c.unicode() <= 0x9f)
            c = windows[c.unicode() - 0x80];
    }
    return text;
}

/// UTF-16 without a mark: text of which every other byte is 0.
std::optional<Encoding> unmarkedUtf16(QByteArrayView bytes)
{
    const auto sample = bytes.first(std::min<qsizetype>(bytes.size(), 2000) & ~qsizetype(1));
    qsizetype even = 0, odd = 0;
    for (qsizetype i = 0; i + 1 < sample.size(); i += 2) {
        even += sample[i] == 0;
        odd += sample[i + 1] == 0;
    }
    const auto pairs = sample.size() / 2;
    if (pairs >= 4 && odd * 10 >= pairs * 7 && even * 10 <= pairs)
        return Encoding::Utf16Little;
    if (pairs >= 4 && even * 10 >= pairs * 7 && odd * 10 <= pairs)
        return Encoding::Utf16Big;
    return std::nullopt;
}

/// Half of a surrogate pair could not be written again.
QString wellFormed(QString text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!text[i].isSurrogate())
            continue;
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            ++i;
        else
            text[i] = QChar::ReplacementCharacter;
    }
    return text;
}

QString decode(QByteArrayView bytes, Encoding encoding)
{
    switch (encoding) {
    case Encoding::Utf8: return QString::fromUtf8(bytes);
    case Encoding::Utf16Little: return wellFormed(QStringDecoder(QStringDecoder::Utf16LE)(bytes));
    case Encoding::Utf16Big: return wellFormed(QStringDecoder(QStringDecoder::Utf16BE)(bytes));
    case Encoding::Latin1: return fromWindows(bytes);
    }
    Q_UNREACHABLE();
}

struct Decoded {
    Encoding encoding;
    QString text;
};

Decoded decoded(QByteArrayView bytes)
{
    const auto marked = [&bytes](QByteArrayView mark) {
        if (!bytes.startsWith(mark))
            return false;
        bytes = bytes.sliced(mark.size());
        return true;
    };
    if (marked("\xEF\xBB\xBF"))
        return {Encoding::Utf8, decode(bytes, Encoding::Utf8)};
    if (marked("\xFF\xFE"))
        return {Encoding::Utf16Little, decode(bytes, Encoding::Utf16Little)};
    if (marked("\xFE\xFF"))
        return {Encoding::Utf16Big, decode(bytes, Encoding::Utf16Big)};
    if (const auto utf16 = unmarkedUtf16(bytes))
        return {*utf16, decode(bytes, *utf16)};
    QStringDecoder strict(QStringDecoder::Utf8);
    const QString text = strict(bytes);
    const auto encoding = strict.hasError() ? Encoding::Latin1 : Encoding::Utf8;
    return {encoding,
            decode(bytes, encoding)}; // anew: the strict one keeps half a character at the end to itself
}

/// What a file is that is no text, so that the operator knows what to do with it.
QString otherKind(QByteArrayView bytes)
{
    if (bytes.startsWith("PK\x03\x04"))
        return Text::tr(
            "This is a workbook (XLSX or ODS). Save it as CSV in the spreadsheet, or copy its rows and paste "
            "them.");
    if (bytes.startsWith("\xD0\xCF\x11\xE0"))
        return Text::tr(
            "This is an old Excel workbook. Save it as CSV in the spreadsheet, or copy its rows and "
            "paste them.");
    if (bytes.startsWith("%PDF"))
        return Text::tr("This is a PDF, not a table.");
    return {};
}

/// Cuts a text into rows and cells.
class Parser {
public:
    Parser(QStringView text, QChar separator)
        : m_text(text)
        , m_separator(separator)
    {
    }

    std::vector<SheetRow> rows;
    QList<BadLine> bad;

    void parse()
    {
        while (m_at < m_text.size())
            row();
    }

private:
    [[nodiscard]] bool atEndOfLine() const
    {
        return m_at == m_text.size() || m_text[m_at] == u'\n' || m_text[m_at] == u'\r';
    }

    void endLine()
    {
        if (m_at < m_text.size() && m_text[m_at] == u'\r' && m_at + 1 < m_text.size() &&
            m_text[m_at + 1] == u'\n')
            ++m_at;
        ++m_at;
        ++m_line;
    }

    void row()
    {
        SheetRow row{.line = m_line, .cells = {}};
        for (;;) {
            row.cells << cell();
            if (atEndOfLine())
                break;
            ++m_at; // the separator
        }
        endLine();
        if (std::ranges::any_of(row.cells, [](const QString& text) { return !text.trimmed().isEmpty(); }))
            rows.push_back(std::move(row));
    }

    QString cell()
    {
        auto begin = m_at;
        while (begin < m_text.size() && m_text[begin] == u' ')
            ++begin;
        if (begin < m_text.size() && m_text[begin] == u'"') {
            if (auto text = quoted(begin))
                return *text;
        }
        const auto start = m_at;
        while (!atEndOfLine() && m_text[m_at] != m_separator)
            ++m_at;
        return m_text.sliced(start, m_at - start).toString();
    }

    /// A quoted cell, with what may stand behind its quote; nothing where the quote is never closed.
    std::optional<QString> quoted(qsizetype begin)
    {
        if (m_openFrom >= 0 && begin >= m_openFrom)
            return std::nullopt; // known not to be closed behind this place
        QString text;
        int lines = 0;
        auto at = begin + 1;
        for (; at < m_text.size(); ++at) {
            const auto c = m_text[at];
            if (c == u'"') {
                if (at + 1 >= m_text.size() || m_text[at + 1] != u'"')
                    break;
                ++at;
            } else if (c == u'\n' || (c == u'\r' && (at + 1 == m_text.size() || m_text[at + 1] != u'\n'))) {
                ++lines;
            }
            text += c;
        }
        if (at >= m_text.size()) {
            bad << BadLine{.line = m_line, .reason = Text::tr("a quote is opened and never closed")};
            m_openFrom = begin;
            return std::nullopt;
        }
        m_line += lines;
        m_at = at + 1;
        while (!atEndOfLine() && m_text[m_at] != m_separator) {
            if (m_text[m_at] != u' ')
                text += m_text[m_at];
            ++m_at;
        }
        return text;
    }

    QStringView m_text;
    QChar m_separator;
    qsizetype m_at = 0;
    int m_line = 1;
    qsizetype m_openFrom = -1; ///< the first quote that is never closed
};

/// The separator that cuts the first lines into the most cells, and each into as many.
QChar separatorOf(QStringView text)
{
    constexpr int lines = 20;
    qsizetype end = 0;
    for (int line = 0; line < lines && end < text.size(); ++end)
        line += text[end] == u'\n' || text[end] == u'\r';
    QChar best = u',';
    double most = 0;
    for (const QChar candidate : {u'\t', u';', u',', u'|'}) {
        Parser parser(text.first(end), candidate);
        parser.parse();
        if (parser.rows.empty())
            continue;
        const auto cells = parser.rows.front().cells.size();
        const auto alike = std::ranges::count_if(
            parser.rows, [cells](const SheetRow& row) { return row.cells.size() == cells; });
        const auto worth = double(cells - 1) * double(alike) / double(parser.rows.size());
        if (worth > most) {
            most = worth;
            best = candidate;
        }
    }
    return best;
}

Sheet parsed(QStringView text, Encoding encoding, std::optional<QChar> separator)
{
    Sheet sheet;
    sheet.encoding = encoding;
    int skipped = 0;
    if (separator) {
        sheet.separator = *separator;
    } else if (text.startsWith(u"sep=", Qt::CaseInsensitive) && text.size() > 4) {
        sheet.separator = text[4];
        const auto end = std::ranges::find_if(text, [](QChar c) { return c == u'\n' || c == u'\r'; });
        auto at = end - text.begin();
        at += at + 1 < text.size() && text[at] == u'\r' && text[at + 1] == u'\n' ? 2 : 1;
        text = text.sliced(std::min<qsizetype>(at, text.size()));
        skipped = 1;
    } else {
        sheet.separator = separatorOf(text);
    }
    Parser parser(text, sheet.separator);
    parser.parse();
    sheet.rows = std::move(parser.rows);
    sheet.bad = std::move(parser.bad);
    for (auto& row : sheet.rows)
        row.line += skipped;
    for (auto& bad : sheet.bad)
        bad.line += skipped;
    return sheet;
}

} // namespace

std::expected<Sheet, QString> readSheet(const QByteArray& bytes, std::optional<QChar> separator)
{
    if (const auto kind = otherKind(bytes); !kind.isEmpty())
        return std::unexpected(kind);
    const auto [encoding, text] = decoded(bytes);
    // A text may hold a stray NUL; a program or a picture is full of them.
    if (!separator && text.count(QChar(u'\0')) > 8 + text.size() / 50)
        return std::unexpected(Text::tr("This is no text file."));
    auto sheet = parsed(text, encoding, separator);
    if (sheet.rows.empty())
        return std::unexpected(Text::tr("The file is empty."));
    return sheet;
}

} // namespace devices
