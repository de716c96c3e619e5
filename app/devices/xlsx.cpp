// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/xlsx.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "devices/numberformat.h"
#include "devices/sheetrows.h"
#include "devices/tr.h"
#include "devices/xmlpart.h"

namespace devices {

namespace {

/// \brief An entry of a `.rels` part: the path and the type of another part.
struct Relation {
    QString target; ///< path from the package's root
    QString kind;   ///< last segment of its type: "worksheet", "sharedStrings"
};

/// Resolves a target relative to the folder of the part that names it.
QString partAt(const QString& folder, QString target)
{
    target.replace(u'\\', u'/');
    if (target.startsWith(u'/'))
        return target.sliced(1);
    QStringList path = folder.split(u'/', Qt::SkipEmptyParts);
    const auto steps = target.split(u'/', Qt::SkipEmptyParts);
    for (const auto& step : steps) {
        if (step == QLatin1StringView("..") && !path.isEmpty())
            path.removeLast();
        else if (step != QLatin1StringView(".") && step != QLatin1StringView(".."))
            path << step;
    }
    return path.join(u'/');
}

class RelationsReader : public XmlHandler {
public:
    explicit RelationsReader(const QString& folder)
        : m_folder(folder)
    {
    }

    std::map<QString, Relation> relations; ///< by ID

    [[nodiscard]] QString firstOf(QStringView kind) const
    {
        for (const auto& [id, relation] : relations) {
            if (relation.kind == kind)
                return relation.target;
        }
        return {};
    }

    void start(std::string_view name, const XmlAttributes& attributes) override
    {
        if (name != "Relationship" || attributes.value("TargetMode") == "External")
            return;
        const auto type = fromUtf8(attributes.value("Type"));
        relations[fromUtf8(attributes.value("Id"))] = {
            .target = partAt(m_folder, fromUtf8(attributes.value("Target"))),
            .kind = type.sliced(type.lastIndexOf(u'/') + 1)};
    }
    void end(std::string_view) override {}
    void text(std::string_view) override {}

private:
    QString m_folder;
};

struct Tab {
    QString name;
    bool hidden = false;
    QString relation;
};

bool isTrue(std::string_view text)
{
    return text == "1" || text == "true";
}

class WorkbookReader : public XmlHandler {
public:
    std::vector<Tab> tabs;
    bool from1904 = false;

    void start(std::string_view name, const XmlAttributes& attributes) override
    {
        if (name == "workbookPr") {
            from1904 = isTrue(attributes.value("date1904"));
        } else if (name == "sheet") {
            const auto state = attributes.value("state");
            tabs.push_back({.name = fromUtf8(attributes.value("name")),
                            .hidden = state == "hidden" || state == "veryHidden",
                            .relation = fromUtf8(attributes.local("id"))});
        }
    }
    void end(std::string_view) override {}
    void text(std::string_view) override {}
};

class StylesReader : public XmlHandler {
public:
    std::vector<NumberFormat> formats; ///< by the style number of a cell

    void start(std::string_view name, const XmlAttributes& attributes) override
    {
        if (name == "numFmt") {
            const auto code = fromUtf8(attributes.value("formatCode"));
            m_own.insert_or_assign(wholeNumber(attributes.value("numFmtId"), -1), formatOfCode(code));
        } else if (name == "cellXfs") {
            m_inCells = true;
        } else if (name == "xf" && m_inCells) {
            const auto id = wholeNumber(attributes.value("numFmtId"), 0);
            const auto own = m_own.find(id);
            formats.push_back(own == m_own.end() ? builtInFormat(id) : own->second);
        }
    }
    void end(std::string_view name) override { m_inCells &= name != "cellXfs"; }
    void text(std::string_view) override {}

private:
    std::map<qint64, NumberFormat> m_own;
    bool m_inCells = false;
};

/// Decodes `_x000D_` and the like: characters that XML cannot hold (ECMA-376 part 1, 22.9.2.19).
QString unescapedText(std::string_view utf8)
{
    const auto text = fromUtf8(utf8);
    if (utf8.find("_x") == std::string_view::npos)
        return text;
    QString result;
    qsizetype from = 0;
    for (auto at = text.indexOf(u"_x"); at >= 0; at = text.indexOf(u"_x", std::max(from, at + 1))) {
        if (at + 6 >= text.size() || text[at + 6] != u'_')
            continue;
        bool hexadecimal = false;
        const QChar c(QStringView(text).sliced(at + 2, 4).toUShort(&hexadecimal, 16));
        if (!hexadecimal || c.isNull() || c.isSurrogate())
            continue;
        result += QStringView(text).sliced(from, at - from);
        result += c;
        from = at + 7;
    }
    result += QStringView(text).sliced(from);
    return result;
}

/// Collects the text of a string's runs, without the phonetic text of Asian characters.
class RunsReader {
public:
    void clear() { m_utf8.clear(); }
    void start(std::string_view name)
    {
        if (name == "rPh")
            ++m_phonetic;
        m_open = name == "t" && m_phonetic == 0;
    }
    void end(std::string_view name)
    {
        if (name == "rPh")
            --m_phonetic;
        m_open = false;
    }
    void text(std::string_view utf8)
    {
        if (m_open)
            m_utf8 += utf8;
    }
    [[nodiscard]] QString result() const { return unescapedText(m_utf8); }

private:
    std::string m_utf8;
    int m_phonetic = 0;
    bool m_open = false;
};

class StringsReader : public XmlHandler {
public:
    std::vector<QString> strings;

    void start(std::string_view name, const XmlAttributes&) override
    {
        if (name == "si")
            m_runs.clear();
        else
            m_runs.start(name);
    }
    void end(std::string_view name) override
    {
        m_runs.end(name);
        if (name == "si")
            strings.push_back(m_runs.result());
    }
    void text(std::string_view utf8) override { m_runs.text(utf8); }

private:
    RunsReader m_runs;
};

/// \brief A cell reference such as `B7`; 0: that part is missing.
struct Reference {
    qint64 line = 0;
    qint64 column = 0; ///< from 1
};

Reference referenceOf(std::string_view text)
{
    Reference reference;
    size_t at = 0;
    for (; at < text.size() && ((text[at] | 0x20) >= 'a' && (text[at] | 0x20) <= 'z') && at < 4; ++at)
        reference.column = reference.column * 26 + ((text[at] | 0x20) - 'a' + 1);
    reference.line = wholeNumber(text.substr(at), 0);
    return reference;
}

class XlsxSheetReader : public XmlHandler {
public:
    XlsxSheetReader(const std::vector<QString>& strings, const std::vector<NumberFormat>& formats,
                    bool from1904, SheetRows& rows)
        : m_strings(strings)
        , m_formats(formats)
        , m_rows(rows)
        , m_from1904(from1904)
    {
    }

    void start(std::string_view name, const XmlAttributes& attributes) override
    {
        if (name.size() == 1 && !m_inInline) { // most elements
            if (name[0] == 'c' && m_inRow)
                startCell(attributes);
            else if (name[0] == 'v')
                m_inValue = m_inCell;
        } else if (name == "row") {
            if (!m_inCell) // damaged nesting: the open cell keeps its column
                startRow(attributes.value("r"));
        } else if (name == "is") {
            m_inInline = m_inCell;
        } else if (name == "sheetData") {
            m_inData = true;
        } else if (name == "mergeCell") {
            merge(attributes.value("ref"));
        } else if (m_inInline) {
            m_runs.start(name);
        }
    }

    void end(std::string_view name) override
    {
        if (name.size() == 1 && !m_inInline) {
            if (name[0] == 'v')
                m_inValue = false;
            else if (name[0] == 'c')
                endCell();
        } else if (name == "row") {
            if (m_inCell)
                return;
            if (m_inRow && !m_rows.add(m_line, m_cells))
                refuse(workbookTooLarge());
            m_inRow = false;
        } else if (name == "is") {
            m_inInline = false;
        } else if (name == "sheetData") {
            m_inData = false;
        } else if (m_inInline) {
            m_runs.end(name);
        }
    }

    void text(std::string_view utf8) override
    {
        if (m_inValue)
            m_value += utf8;
        else if (m_inInline)
            m_runs.text(utf8);
    }

private:
    enum class Type { Number, SharedString, InlineString, Boolean, Text };

    void startRow(std::string_view number)
    {
        m_line = number.empty() ? m_line + 1 : wholeNumber(number, 0);
        if (m_line < 1 || m_line > SheetRows::mostRows)
            refuse(damagedWorkbook(Text::tr("it has a row with the number “%1”").arg(fromUtf8(number))));
        m_cells.clear(); // keeps the allocated memory
        m_column = 0;
        m_inRow = m_inData;
    }

    void startCell(const XmlAttributes& attributes)
    {
        m_inCell = true;
        m_value.clear();
        m_runs.clear();
        m_type = Type::Number;
        m_style = 0;
        std::string_view reference;
        for (const auto* pair = attributes.pairs(); *pair; pair += 2) {
            const auto* name = pair[0];
            if (name[0] == '\0' || name[1] != '\0')
                continue;
            if (name[0] == 'r')
                reference = pair[1];
            else if (name[0] == 's')
                m_style = wholeNumber(pair[1], 0);
            else if (name[0] == 't')
                m_type = typeOf(pair[1]);
        }
        const auto own = reference.empty() ? 0 : referenceOf(reference).column;
        m_column = own > 0 ? own : m_column + 1;
        if (m_column > SheetRows::mostColumns)
            refuse(damagedWorkbook(Text::tr("it has a cell beyond the last column")));
    }

    static Type typeOf(std::string_view type)
    {
        if (type == "s")
            return Type::SharedString;
        if (type == "inlineStr")
            return Type::InlineString;
        if (type == "b")
            return Type::Boolean;
        return type == "n" || type.empty() ? Type::Number : Type::Text; // str, e, d
    }

    void endCell()
    {
        if (!std::exchange(m_inCell, false))
            return;
        auto text = cellValue();
        if (text.isEmpty())
            return;
        const auto at = m_column - 1;
        if (at < m_cells.size()) {
            m_cells[at] = std::move(text);
            return;
        }
        m_cells.resize(at);
        m_cells << std::move(text);
    }

    QString cellValue()
    {
        switch (m_type) {
        case Type::SharedString: {
            if (m_value.empty())
                return {};
            const auto index = wholeNumber(m_value, -1);
            if (index < 0 || index >= qint64(m_strings.size())) {
                refuse(damagedWorkbook(
                    Text::tr("a cell in row %1 names a text that the workbook does not have").arg(m_line)));
                return {};
            }
            return m_strings[size_t(index)];
        }
        case Type::InlineString: {
            auto text = m_runs.result();
            return text.isEmpty() ? unescapedText(m_value) : text;
        }
        case Type::Boolean:
            if (m_value.empty())
                return {};
            return isTrue(m_value) ? QStringLiteral("TRUE") : QStringLiteral("FALSE");
        case Type::Text: return unescapedText(m_value);
        case Type::Number: {
            if (m_value.empty())
                return {};
            const bool known = m_style >= 0 && m_style < qint64(m_formats.size());
            return cellText(m_value, known ? m_formats[size_t(m_style)] : NumberFormat{}, m_from1904);
        }
        }
        Q_UNREACHABLE();
    }

    void merge(std::string_view range)
    {
        const auto colon = range.find(':');
        if (colon == std::string_view::npos)
            return;
        const auto from = referenceOf(range.substr(0, colon));
        const auto to = referenceOf(range.substr(colon + 1));
        if (from.line > 0 && from.column > 0 && from.column <= SheetRows::mostColumns)
            m_rows.merge(from.line, to.line, from.column - 1);
    }

    const std::vector<QString>& m_strings;
    const std::vector<NumberFormat>& m_formats;
    SheetRows& m_rows;
    bool m_from1904;

    qint64 m_line = 0;
    qint64 m_column = 0; ///< from 1
    QStringList m_cells;
    bool m_inData = false, m_inRow = false, m_inCell = false, m_inValue = false, m_inInline = false;
    Type m_type = Type::Number;
    qint64 m_style = 0;
    std::string m_value;
    RunsReader m_runs;
};

/// Reads a part; succeeds if the part is absent.
std::expected<void, QString> readPart(Package& package, const QString& part, XmlHandler& handler)
{
    if (part.isEmpty() || !package.has(part))
        return {};
    const auto bytes = package.read(part);
    if (!bytes)
        return std::unexpected(bytes.error());
    return readXml(*bytes, part, Namespaces::Dropped, handler);
}

QString folderOf(const QString& part)
{
    return part.left(part.lastIndexOf(u'/') + 1);
}

} // namespace

std::expected<Workbook, QString> readXlsx(Package& package)
{
    RelationsReader root{QString()};
    if (const auto read = readPart(package, QStringLiteral("_rels/.rels"), root); !read)
        return std::unexpected(read.error());
    auto main = root.firstOf(u"officeDocument");
    if (main.isEmpty())
        main = QStringLiteral("xl/workbook.xml");
    if (!package.has(main))
        return std::unexpected(Text::tr(
            "This is a zip archive, not a workbook. Unpack it, and load the file with the devices."));

    const auto folder = folderOf(main);
    WorkbookReader workbookReader;
    if (const auto read = readPart(package, main, workbookReader); !read)
        return std::unexpected(read.error());
    RelationsReader parts(folder);
    const auto relations =
        folder + QStringLiteral("_rels/") + main.sliced(folder.size()) + QStringLiteral(".rels");
    if (const auto read = readPart(package, relations, parts); !read)
        return std::unexpected(read.error());
    StylesReader styles;
    if (const auto read = readPart(package, parts.firstOf(u"styles"), styles); !read)
        return std::unexpected(read.error());
    StringsReader strings;
    if (const auto read = readPart(package, parts.firstOf(u"sharedStrings"), strings); !read)
        return std::unexpected(read.error());

    Workbook workbook;
    SheetRows rows;
    for (const auto& tab : workbookReader.tabs) {
        const auto relation = parts.relations.find(tab.relation);
        if (relation == parts.relations.end())
            return std::unexpected(damagedWorkbook(Text::tr("its sheet “%1” is missing").arg(tab.name)));
        if (relation->second.kind != QLatin1StringView("worksheet"))
            continue; // for example a chart sheet
        if (!package.has(relation->second.target))
            return std::unexpected(damagedWorkbook(Text::tr("its sheet “%1” is missing").arg(tab.name)));
        XlsxSheetReader reader(strings.strings, styles.formats, workbookReader.from1904, rows);
        if (const auto read = readPart(package, relation->second.target, reader); !read)
            return std::unexpected(read.error());
        workbook.sheets.push_back({.name = tab.name, .hidden = tab.hidden, .sheet = rows.finish()});
    }
    return workbook;
}

} // namespace devices
