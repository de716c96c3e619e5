// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/ods.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "devices/numberformat.h"
#include "devices/sheetrows.h"
#include "devices/tr.h"
#include "devices/xmlpart.h"

namespace devices {

namespace {

#define ODS_OASIS "urn:oasis:names:tc:opendocument:xmlns:"
#define ODS_OFFICE ODS_OASIS "office:1.0|"
#define ODS_STYLE ODS_OASIS "style:1.0|"
#define ODS_TABLE ODS_OASIS "table:1.0|"
#define ODS_TEXT ODS_OASIS "text:1.0|"

/// `PT14H05M00S` becomes `14:05:00`; other text is returned unchanged.
QString odsTime(const QString& duration)
{
    qint64 numbers[3] = {0, 0, 0};
    if (!duration.startsWith(u"PT"))
        return duration;
    QString digits;
    for (const auto c : QStringView(duration).sliced(2)) {
        const auto unit = QStringView(u"HMS").indexOf(c);
        if (unit < 0) {
            digits += c;
            continue;
        }
        numbers[unit] = qint64(std::min(digits.toDouble(), 1e9));
        digits.clear();
    }
    return QStringLiteral("%1:%2:%3")
        .arg(numbers[0], 2, 10, QChar(u'0'))
        .arg(numbers[1], 2, 10, QChar(u'0'))
        .arg(numbers[2], 2, 10, QChar(u'0'));
}

/// Removes the fraction of `2026-11-28T14:05:00.000000000`, and the time of a date at midnight.
QString odsDate(QString date)
{
    if (const auto point = date.indexOf(u'.'); point > 0)
        date.truncate(point);
    if (date.endsWith(u"T00:00:00"))
        date.chop(9);
    return date;
}

/// Formats a number as plain text. Uses the displayed text if it only adds zeros: `00123`, `2026.10`.
QString odsNumber(std::string_view raw, const QString& shown)
{
    const auto number = cellText(raw, {}, false);
    const bool plain = !shown.isEmpty() && std::ranges::all_of(shown, [](QChar c) {
        return (c >= u'0' && c <= u'9') || c == u'.';
    });
    bool read = false;
    return plain && shown.toDouble(&read) == number.toDouble() && read ? shown : number;
}

/// \brief Collects the text of a cell's paragraphs as displayed: runs of spaces are collapsed.
class ParagraphReader {
public:
    void clear()
    {
        m_utf8.clear();
        m_any = m_space = false;
    }
    void startParagraph()
    {
        if (m_any)
            m_utf8 += '\n';
        m_any = true;
        m_space = true; // leading spaces are not displayed
    }
    void append(std::string_view utf8)
    {
        for (const char c : utf8) {
            const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
            if (!space)
                m_utf8 += c;
            else if (!m_space)
                m_utf8 += ' ';
            m_space = space;
        }
    }
    void appendAsIs(char c, qint64 times = 1)
    {
        times = std::clamp<qint64>(times, 0, m_spaces);
        m_spaces -= times;
        m_utf8.append(size_t(times), c);
        m_space = false;
    }
    [[nodiscard]] QString result() const { return fromUtf8(m_utf8); }

private:
    std::string m_utf8;
    bool m_any = false;
    bool m_space = false;
    qint64 m_spaces = 10'000'000; ///< remaining characters that the workbook may write as a count
};

class OdsReader : public XmlHandler {
public:
    Workbook workbook;

    void start(std::string_view name, const XmlAttributes& attributes) override
    {
        ++m_depth;
        if (m_skipFrom > 0)
            return;
        if (m_cellAt > 0) {
            startInCell(name, attributes);
        } else if (name == ODS_TABLE "table-cell" || name == ODS_TABLE "covered-table-cell") {
            if (m_inRow)
                startCell(attributes);
        } else if (name == ODS_TABLE "table-row") {
            if (m_tableAt > 0)
                startRow(attributes);
        } else if (name == ODS_TABLE "table") {
            if (m_tableAt == 0 && m_depth == m_spreadsheetAt + 1)
                startTable(attributes);
            else
                m_skipFrom = m_depth; // a table in a drawing or a link
        } else if (name == ODS_OFFICE "spreadsheet") {
            m_spreadsheetAt = m_depth;
        } else if (name == ODS_STYLE "style") {
            m_style = attributes.value(ODS_STYLE "family") == "table"
                          ? fromUtf8(attributes.value(ODS_STYLE "name"))
                          : QString();
        } else if (name == ODS_STYLE "table-properties") {
            if (!m_style.isEmpty() && attributes.value(ODS_TABLE "display") == "false")
                m_hidden.insert(m_style);
        }
    }

    void end(std::string_view name) override
    {
        const auto depth = m_depth--;
        if (m_skipFrom > 0) {
            if (depth == m_skipFrom)
                m_skipFrom = 0;
            return;
        }
        if (m_paragraphAt == depth) {
            m_paragraphAt = 0;
        } else if (m_cellAt == depth) {
            endCell();
        } else if (name == ODS_TABLE "table-row") {
            endRow();
        } else if (m_tableAt == depth) {
            m_tableAt = 0;
            workbook.sheets.back().sheet = m_rows.finish();
        }
    }

    void text(std::string_view utf8) override
    {
        if (m_paragraphAt > 0 && m_skipFrom == 0)
            m_paragraphs.append(utf8);
    }

private:
    static qint64 repeated(std::string_view count)
    {
        return count.empty() ? 1 : std::clamp<qint64>(wholeNumber(count, 1), 1, SheetRows::mostRows);
    }

    void startTable(const XmlAttributes& attributes)
    {
        m_tableAt = m_depth;
        m_line = 1;
        m_inRow = false;
        workbook.sheets.push_back(
            {.name = fromUtf8(attributes.value(ODS_TABLE "name")),
             .hidden = m_hidden.contains(fromUtf8(attributes.value(ODS_TABLE "style-name"))),
             .sheet = {}});
    }

    void startRow(const XmlAttributes& attributes)
    {
        m_inRow = true;
        m_times = repeated(attributes.value(ODS_TABLE "number-rows-repeated"));
        m_cells.clear();
        m_column = 0;
    }

    void endRow()
    {
        if (!std::exchange(m_inRow, false))
            return;
        const bool any = std::ranges::any_of(m_cells, [](const QString& cell) { return !cell.isEmpty(); });
        if (any && m_line + m_times - 1 > SheetRows::mostRows)
            refuse(damagedWorkbook(Text::tr("it has a row with the number “%1”").arg(m_line + m_times - 1)));
        else if (!m_rows.add(m_line, m_cells, m_times))
            refuse(workbookTooLarge());
        m_line = std::min(m_line + m_times, 2 * SheetRows::mostRows); // capped: trailing empty rows are many
    }

    void startCell(const XmlAttributes& attributes)
    {
        m_cellAt = m_depth;
        m_paragraphs.clear();
        m_type = attributes.value(ODS_OFFICE "value-type");
        m_repeated = repeated(attributes.value(ODS_TABLE "number-columns-repeated"));
        m_spanned = wholeNumber(attributes.value(ODS_TABLE "number-rows-spanned"), 1);
        m_value.clear();
        if (m_type == "float" || m_type == "percentage" || m_type == "currency")
            m_value = attributes.value(ODS_OFFICE "value");
        else if (m_type == "date")
            m_value = attributes.value(ODS_OFFICE "date-value");
        else if (m_type == "time")
            m_value = attributes.value(ODS_OFFICE "time-value");
        else if (m_type == "boolean")
            m_value = attributes.value(ODS_OFFICE "boolean-value");
        else if (m_type == "string")
            m_value = attributes.value(ODS_OFFICE "string-value");
    }

    void startInCell(std::string_view name, const XmlAttributes& attributes)
    {
        if (m_paragraphAt == 0) {
            if (name == ODS_TEXT "p" || name == ODS_TEXT "h") {
                m_paragraphAt = m_depth;
                m_paragraphs.startParagraph();
            } else if (name != ODS_TEXT "list" && name != ODS_TEXT "list-item") {
                m_skipFrom = m_depth; // a comment, a drawing
            }
        } else if (name == ODS_TEXT "s") {
            const auto count = attributes.value(ODS_TEXT "c");
            m_paragraphs.appendAsIs(' ', count.empty() ? 1 : wholeNumber(count, 1));
        } else if (name == ODS_TEXT "tab") {
            m_paragraphs.appendAsIs('\t');
        } else if (name == ODS_TEXT "line-break") {
            m_paragraphs.appendAsIs('\n');
        } else if (name == ODS_TEXT "note" || name == ODS_TEXT "ruby-text" ||
                   name == ODS_OFFICE "annotation") {
            m_skipFrom = m_depth;
        }
    }

    void endCell()
    {
        m_cellAt = 0;
        const auto text = cellValue();
        const auto column = m_column;
        m_column = std::min(m_column + m_repeated, 2 * SheetRows::mostColumns);
        if (text.isEmpty())
            return;
        if (m_column > SheetRows::mostColumns) {
            refuse(damagedWorkbook(Text::tr("it has a cell beyond the last column")));
            return;
        }
        m_cells.resize(column);
        for (qint64 i = 0; i < m_repeated; ++i)
            m_cells << text;
        m_rows.merge(m_line, m_line + std::min(m_spanned, SheetRows::mostRows) - 1, column);
    }

    [[nodiscard]] QString cellValue() const
    {
        const auto shown = m_paragraphs.result();
        if (m_value.empty())
            return shown; // a text; or an error, which has a text and no value
        if (m_type == "date")
            return odsDate(fromUtf8(m_value));
        if (m_type == "time")
            return odsTime(fromUtf8(m_value));
        if (m_type == "boolean")
            return m_value == "true" ? QStringLiteral("TRUE") : QStringLiteral("FALSE");
        return m_type == "string" ? fromUtf8(m_value) : odsNumber(m_value, shown);
    }

    // Nesting depths of elements, from 1; 0: not inside one.
    int m_depth = 0;
    int m_spreadsheetAt = 0;
    int m_tableAt = 0;
    int m_cellAt = 0;
    int m_paragraphAt = 0;
    int m_skipFrom = 0; ///< this element is skipped

    QString m_style;
    std::set<QString> m_hidden; ///< styles of hidden sheets

    SheetRows m_rows;
    qint64 m_line = 1;
    qint64 m_times = 1;
    qint64 m_column = 0; ///< from 0
    bool m_inRow = false;
    QStringList m_cells;

    std::string m_type;
    std::string m_value;
    qint64 m_repeated = 1;
    qint64 m_spanned = 1;
    ParagraphReader m_paragraphs;
};

#undef ODS_TEXT
#undef ODS_TABLE
#undef ODS_STYLE
#undef ODS_OFFICE
#undef ODS_OASIS

} // namespace

std::expected<Workbook, QString> readOds(Package& package)
{
    const auto part = QStringLiteral("content.xml");
    const auto bytes = package.read(part);
    if (!bytes)
        return std::unexpected(bytes.error());
    OdsReader reader;
    if (const auto read = readXml(*bytes, part, Namespaces::Resolved, reader); !read)
        return std::unexpected(read.error());
    return std::move(reader.workbook);
}

} // namespace devices
