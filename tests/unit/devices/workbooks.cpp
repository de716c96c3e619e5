// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Workbooks as spreadsheet programs and exports write them, and workbooks that cannot be read.

#include <algorithm>
#include <random>

#include <QDir>
#include <QTest>

#include "support/suite.h"
#include "devices/numberformat.h"
#include "devices/package.h"
#include "devices/sheetrows.h"
#include "devices/workbook.h"
#include "support/zip.h"

class WorkbooksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void files_data();
    void files();
    void filesAreMany();
    void likely();
    void refused_data();
    void refused();
    void archives_data();
    void archives();
    void bounds_data();
    void bounds();
    void pictureIsNotUnpacked();
    void emptyRestOfASheet();
    void damaged();
    void damagedInside();
    void numberFormats();
};

namespace {

QDir workbooksFolder()
{
    return QDir(QStringLiteral(WORKBOOKS));
}

QByteArray workbookFile(const QString& name)
{
    QFile file(workbooksFolder().filePath(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("there is no %s", qPrintable(name));
    return file.readAll();
}

using support::Parts;
using support::zipOf;

const QByteArray sheetOfOne =
    "<worksheet><sheetData><row><c t=\"str\"><v>PC-1</v></c></row></sheetData></worksheet>";

Parts xlsxParts(const QByteArray& sheet = sheetOfOne)
{
    return {{"[Content_Types].xml", "<Types/>"},
            {"xl/workbook.xml",
             "<workbook xmlns:r=\"r\"><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>"},
            {"xl/_rels/workbook.xml.rels",
             "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
             "</Relationships>"},
            {"xl/worksheets/sheet1.xml", sheet}};
}

Parts odsParts(const QByteArray& rows)
{
    return {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
            {"content.xml",
             "<o:document-content xmlns:o=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
             "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
             "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><o:body><o:spreadsheet>"
             "<table:table table:name=\"S\">" +
                 rows + "</table:table></o:spreadsheet></o:body></o:document-content>"}};
}

/// Writes a little-endian number at an offset from each occurrence of a signature.
QByteArray patched(QByteArray zip, QByteArrayView signature, qsizetype offset, quint32 value)
{
    for (auto at = zip.indexOf(signature); at >= 0; at = zip.indexOf(signature, at + 4)) {
        for (int i = 0; i < 4; ++i)
            zip[at + offset + i] = char(value >> (8 * i));
    }
    return zip;
}

QByteArray utf16Name(const char* name)
{
    QByteArray bytes;
    for (; *name; ++name)
        bytes.append(*name).append('\0');
    return bytes;
}

QString written(const devices::Workbook& workbook)
{
    QString text;
    for (const auto& sheet : workbook.sheets) {
        text += u'[' + sheet.name + u']' + (sheet.hidden ? QStringLiteral(" hidden") : QString()) + u'\n';
        for (qsizetype row = 0; row < sheet.sheet.size(); ++row) {
            QStringList cells;
            for (qsizetype column = 0; column < sheet.sheet.width(row); ++column)
                cells << sheet.sheet.cell(row, column);
            auto line = cells.join(QStringLiteral(" | "));
            line.replace(u'\n', QStringLiteral("\\n")).replace(u'\t', QStringLiteral("\\t"));
            text += QStringLiteral("%1: %2\n").arg(QString::number(sheet.sheet.line(row)), line);
        }
    }
    return text;
}

QString errorOf(const QByteArray& bytes)
{
    const auto workbook = devices::readWorkbook(bytes);
    return workbook ? QStringLiteral("read") : workbook.error();
}

} // namespace

void WorkbooksTest::files_data()
{
    QTest::addColumn<QString>("name");
    const auto files = workbooksFolder().entryList({QStringLiteral("*.xlsx"), QStringLiteral("*.ods")});
    for (const auto& file : files)
        QTest::newRow(qPrintable(file)) << file;
}

void WorkbooksTest::files()
{
    QFETCH(QString, name);
    const auto workbook = devices::readWorkbook(workbookFile(name));
    QVERIFY2(workbook, qPrintable(workbook ? QString() : workbook.error()));
    QCOMPARE(written(*workbook), QString::fromUtf8(workbookFile(name + QStringLiteral(".expected"))));
}

void WorkbooksTest::filesAreMany()
{
    QVERIFY(workbooksFolder().entryList({QStringLiteral("*.xlsx")}).size() >= 20);
    QVERIFY(workbooksFolder().entryList({QStringLiteral("*.ods")}).size() >= 12);
}

/// The sheet that an operator most likely means is chosen first.
void WorkbooksTest::likely()
{
    for (const auto* name : {"several-sheets.xlsx", "several-sheets.ods"}) {
        const auto workbook = devices::readWorkbook(workbookFile(QString::fromLatin1(name)));
        QVERIFY(workbook);
        QCOMPARE(workbook->sheets[size_t(devices::likelySheet(*workbook))].name, QStringLiteral("Devices"));
    }
    const auto sheet = [](bool hidden, const QStringList& cells) {
        devices::WorkbookSheet made{.name = {}, .hidden = hidden, .sheet = {}};
        if (!cells.isEmpty()) {
            made.sheet.beginRow(1);
            for (const auto& cell : cells)
                made.sheet.addCell(cell);
            made.sheet.endRow();
        }
        return made;
    };
    const QStringList named{QStringLiteral("name"), QStringLiteral("email")}, other{QStringLiteral("2026")};
    QCOMPARE(devices::likelySheet({{sheet(false, {}), sheet(false, other), sheet(false, other)}}), 1);
    QCOMPARE(devices::likelySheet({{sheet(true, named), sheet(false, other)}}), 1);
    QCOMPARE(devices::likelySheet({{sheet(false, {}), sheet(true, other), sheet(true, named)}}), 2);
    QCOMPARE(devices::likelySheet({}), 0);
}

void WorkbooksTest::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("words");
    const auto add = [](const char* name, const QByteArray& bytes, const char* words) {
        QTest::newRow(name) << bytes << QString::fromUtf8(words);
    };
    const QByteArray ole = QByteArray("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") + QByteArray(600, '\0');
    add("old Excel", ole + utf16Name("Workbook"), "old Excel file (.xls)");
    add("old Excel without container", QByteArray("\x09\x08\x10\x00\x00\x06\x05\x00", 8),
        "old Excel file (.xls)");
    add("Excel with a password", ole + utf16Name("EncryptionInfo") + utf16Name("EncryptedPackage"),
        "with a password");
    add("old Word", ole + utf16Name("WordDocument"), "Word document (.doc)");
    add("HTML", "\xEF\xBB\xBF\r\n<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table>",
        "web page");
    add("HTML table", "<TABLE><tr><td>name</td></tr></TABLE>", "web page");
    add("HTML in UTF-16", QByteArray("\xFF\xFE") + utf16Name("<!DOCTYPE HTML>"), "web page");
    add("web archive", "MIME-Version: 1.0\r\nContent-Type: multipart/related", "web page");
    add("Excel 2003 XML",
        "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook "
        "xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
        "XML spreadsheet of Excel 2003");
    add("flat ODF",
        "<?xml version=\"1.0\"?><office:document "
        "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\">",
        "flat OpenDocument");
    add("other XML", "<?xml version=\"1.0\"?><rss/>", "XML file");
    add("PDF", "%PDF-1.7", "PDF");
    add("gzip", "\x1F\x8B\x08", "compressed");
    add("RTF", "{\\rtf1", "RTF");
    add("XLSB", zipOf({{"[Content_Types].xml", "<Types/>"}, {"xl/workbook.bin", "x"}}),
        "binary Excel workbook (.xlsb)");
    add("Word", zipOf({{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", "<w/>"}}), "Word document");
    add("PowerPoint", zipOf({{"[Content_Types].xml", "<Types/>"}, {"ppt/presentation.xml", "<p/>"}}),
        "PowerPoint");
    add("Numbers", zipOf({{"Index/Document.iwa", "x"}, {"preview.jpg", "x"}}), "Apple Numbers");
    add("Numbers, old", zipOf({{"Index.zip", "x"}}), "Apple Numbers");
    add("ODT", zipOf({{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", "<x/>"}}),
        "OpenDocument text");
    add("SXC", zipOf({{"mimetype", "application/vnd.sun.xml.calc"}, {"content.xml", "<x/>"}}), "(.sxc)");
    add("EPUB", zipOf({{"mimetype", "application/epub+zip"}}), "zip archive, not a workbook");
    add("zip of a table", zipOf({{"devices.csv", "name\nPC-1\n"}}), "zip archive, not a workbook");
    add("empty zip", QByteArray("PK\x05\x06") + QByteArray(18, '\0'), "zip archive");
    add("no content types", zipOf(xlsxParts().sliced(1)), "“[Content_Types].xml” is missing");
    add("no sheet", zipOf(xlsxParts().first(3)), "its sheet “S” is missing");
    add("no relations", zipOf(xlsxParts().first(2)), "its sheet “S” is missing");
    add("no content", zipOf(odsParts("").first(1)), "“content.xml” is missing");
    add("empty workbook", zipOf(xlsxParts("<worksheet><sheetData/></worksheet>")), "workbook is empty");
    add("empty ODS", zipOf(odsParts("")), "workbook is empty");
    add("ODS with a password",
        zipOf(odsParts("") + Parts{{"META-INF/manifest.xml", "<m:encryption-data m:checksum=\"x\"/>"}}),
        "with a password");
    add("text that is absent",
        zipOf(xlsxParts("<worksheet><sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData></worksheet>")),
        "does not have");
    add("row 0", zipOf(xlsxParts("<worksheet><sheetData><row r=\"0\"/></sheetData></worksheet>")),
        "number “0”");
    add("row beyond", zipOf(xlsxParts("<worksheet><sheetData><row r=\"1048577\"/></sheetData></worksheet>")),
        "“1048577”");
    add("column beyond",
        zipOf(
            xlsxParts("<worksheet><sheetData><row><c r=\"XFE1\"><v>1</v></c></row></sheetData></worksheet>")),
        "last column");
    add("no XML", zipOf(xlsxParts("PC-1")), "not valid XML");
    add("XML cut", zipOf(xlsxParts(sheetOfOne.chopped(3))), "not valid XML");
    add("document type",
        zipOf(xlsxParts("<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>" +
                        sheetOfOne)),
        "not valid XML");
    add("no workbook", "name,email\n", "Not a workbook");
}

/// Each message says what the file is, and what to do.
void WorkbooksTest::refused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, words);
    const auto error = errorOf(bytes);
    QVERIFY2(error.contains(words), qPrintable(error));
    QCOMPARE(devices::startsAsWorkbook(bytes), bytes.startsWith("PK"));
    QCOMPARE(error.endsWith(u'.'), true);
}

void WorkbooksTest::archives_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("words");
    const auto add = [](const char* name, const QByteArray& bytes, const char* words) {
        QTest::newRow(name) << bytes << QString::fromUtf8(words);
    };
    const QByteArrayView central("PK\x01\x02");
    const auto good = zipOf(xlsxParts());
    add("control", good, "read");
    add("stored", zipOf(xlsxParts(), ZIP_EM_NONE, ZIP_CM_STORE), "read");
    auto twice = xlsxParts();
    twice << std::pair<QByteArray, QByteArray>("XL\\worksheets\\Sheet1.xml", "<worksheet/>");
    add("one name twice", zipOf(twice), "two of its parts have the name");
    auto backslashes = xlsxParts();
    for (auto& [name, body] : backslashes)
        name.replace('/', '\\');
    add("backslashes", zipOf(backslashes), "read");
    add("zip with a password", zipOf(xlsxParts(), ZIP_EM_TRAD_PKWARE), "with a password");
    add("zip with AES", zipOf(xlsxParts(), ZIP_EM_AES_256), "with a password");
    add("another compression", zipOf(xlsxParts(), ZIP_EM_NONE, ZIP_CM_BZIP2), "cannot be unpacked");
    Parts many;
    for (int i = 0; i <= devices::Package::mostParts; ++i)
        many << std::pair(QByteArray::number(i), QByteArray());
    add("many parts", zipOf(many), "more than 10,000 parts");
    add("sizes too small", patched(good, central, 24, 5), "cannot be unpacked");
    add("sizes too large", patched(good, central, 24, 5000), "cannot be unpacked");
    add("sizes beyond all", patched(good, central, 24, 0xfffffff0), "more than 64 MB");
    add("offsets beyond the end", patched(good, central, 42, 0x7ffffff0), "The workbook is damaged");
    add("one entry for all", patched(good, central, 42, 0), "The workbook is damaged");
    const auto bomb = zipOf(xlsxParts("<worksheet>" + QByteArray(65 * 1024 * 1024, ' ') + "</worksheet>"));
    add("bomb", bomb, "more than 64 MB");
    add("bomb that declares less", patched(bomb, central, 24, 100), "cannot be unpacked");
    auto two = xlsxParts("<worksheet>" + QByteArray(40 * 1024 * 1024, ' ') + "</worksheet>");
    two[1].second.replace("</sheets>", "<sheet name=\"T\" r:id=\"a\"/></sheets>");
    add("one sheet read often", zipOf(two), "more than 64 MB");
}

void WorkbooksTest::archives()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, words);
    const auto error = errorOf(bytes);
    QVERIFY2(error.contains(words), qPrintable(error));
}

void WorkbooksTest::bounds_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("words");
    const auto add = [](const char* name, const QByteArray& bytes, const char* words) {
        QTest::newRow(name) << bytes << QString::fromUtf8(words);
    };
    const auto cell = [](const QByteArray& more) {
        return "<table:table-row " + more +
               "><table:table-cell table:number-columns-repeated=\"16384\"><text:p>x</text:p>"
               "</table:table-cell></table:table-row>";
    };
    add("rows inside a cell",
        zipOf(xlsxParts("<worksheet><sheetData><row><c t=\"inlineStr\"><is><row r=\"5\"><c/></row></is>"
                        "<v>1</v></c></row></sheetData></worksheet>")),
        "read");
    add("full row", zipOf(odsParts(cell(""))), "read");
    add("full rows to the end", zipOf(odsParts(cell("table:number-rows-repeated=\"1048576\""))),
        "more than 4 million cells");
    add("counts without end", zipOf(odsParts(cell("table:number-rows-repeated=\"99999999999999999999\""))),
        "read");
    add("rows beyond the end",
        zipOf(odsParts("<table:table-row table:number-rows-repeated=\"1048576\"/>" + cell(""))),
        "number “1048577”");
    add("columns beyond the end",
        zipOf(odsParts(
            "<table:table-row><table:table-cell table:number-columns-repeated=\"16384\"/><table:table-cell>"
            "<text:p>x</text:p></table:table-cell></table:table-row>")),
        "last column");
    add("spaces without end",
        zipOf(odsParts("<table:table-row>" +
                       QByteArray("<table:table-cell><text:p><text:s text:c=\"2000000000\"/>x</text:p>"
                                  "</table:table-cell>")
                           .repeated(2000) +
                       "</table:table-row>")),
        "read");
    const QByteArray far("<row><c r=\"XFD1\" t=\"str\"><v>x</v></c></row>");
    add("a few cells far right",
        zipOf(xlsxParts("<worksheet><sheetData>" + far.repeated(200) + "</sheetData></worksheet>")), "read");
    add("many cells far right",
        zipOf(xlsxParts("<worksheet><sheetData>" + far.repeated(300) + "</sheetData></worksheet>")),
        "more than 4 million cells");
    const QByteArray fill("<row r=\"%\"><c r=\"A%\"><v>1</v></c></row>");
    QByteArray rows;
    for (int i = 1; i <= 1000; ++i)
        rows += QByteArray(fill).replace("%", QByteArray::number(i));
    add("many merged ranges",
        zipOf(xlsxParts("<worksheet><sheetData>" + rows + "</sheetData><mergeCells>" +
                        QByteArray("<mergeCell ref=\"A1:XFD1048576\"/>").repeated(200'000) +
                        "</mergeCells></worksheet>")),
        "read");
    auto repeatedText =
        xlsxParts("<worksheet><sheetData><row>" + QByteArray("<c t=\"s\"><v>0</v></c>").repeated(16'384) +
                  "</row></sheetData></worksheet>");
    repeatedText[2].second.replace("</Rel",
                                   "<Relationship Id=\"s\" Type=\"x/sharedStrings\" Target=\"s.xml\"/></Rel");
    repeatedText << std::pair<QByteArray, QByteArray>("xl/s.xml", "<sst><si><t>" + QByteArray(32'000, 'x') +
                                                                      "</t></si></sst>");
    add("one long text in all cells", zipOf(repeatedText), "too large");
}

/// The memory use is not determined by counts in a workbook.
void WorkbooksTest::bounds()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, words);
    const auto error = errorOf(bytes);
    QVERIFY2(error.contains(words), qPrintable(error));
}

/// Parts that are not read do not count: a workbook may contain pictures.
void WorkbooksTest::pictureIsNotUnpacked()
{
    auto parts = xlsxParts();
    parts << std::pair<QByteArray, QByteArray>("xl/media/image1.bmp", QByteArray(65 * 1024 * 1024, 'x'));
    QCOMPARE(errorOf(zipOf(parts)), QStringLiteral("read"));
}

/// Spreadsheets write the empty rest of a sheet as one row, repeated to the end.
void WorkbooksTest::emptyRestOfASheet()
{
    const auto workbook = devices::readWorkbook(zipOf(odsParts(
        "<table:table-row><table:table-cell><text:p>PC-1</text:p></table:table-cell><table:table-cell "
        "table:number-columns-repeated=\"16383\"/></table:table-row><table:table-row "
        "table:number-rows-repeated=\"1048575\"><table:table-cell table:number-columns-repeated=\"16384\"/>"
        "</table:table-row>")));
    QVERIFY(workbook);
    QCOMPARE(written(*workbook), QStringLiteral("[S]\n1: PC-1\n"));
}

/// Damaged archives: each is read, or refused with a message.
void WorkbooksTest::damaged()
{
    std::minstd_rand random(11);
    int refusedOnes = 0;
    for (const auto* name : {"excel.xlsx", "several-sheets.xlsx", "libreoffice.ods", "values.ods"}) {
        const auto whole = workbookFile(QString::fromLatin1(name));
        for (int i = 0; i < 60; ++i) {
            auto bytes = whole;
            if (i % 3 == 0) {
                bytes.truncate(qsizetype(random() % size_t(bytes.size())));
            } else {
                for (int flips = i % 3 == 1 ? 1 : 20; flips > 0; --flips) {
                    auto& byte = bytes.data()[random() % size_t(bytes.size())];
                    byte = char(byte ^ (1 << random() % 8));
                }
            }
            const auto workbook = devices::readWorkbook(bytes);
            refusedOnes += !workbook;
            QVERIFY(workbook ? !workbook->sheets.empty() : workbook.error().endsWith(u'.'));
        }
    }
    QVERIFY2(refusedOnes > 150,
             qPrintable(QString::number(refusedOnes))); // the rest was damaged in unread parts
}

/// The parts themselves are damaged, inside an intact archive.
void WorkbooksTest::damagedInside()
{
    std::minstd_rand random(12);
    const QByteArray sheet = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" "
                             "t=\"inlineStr\"><is><r><t>name</t></r><rPh><t>x</t></rPh></is></c>"
                             "<c r=\"B1\" s=\"1\"><f>A1</f><v>46354.5</v></c></row><row r=\"2\"><c "
                             "t=\"b\"><v>1</v></c><c t=\"e\"><v>#N/A</v></c></row>"
                             "</sheetData><mergeCells><mergeCell ref=\"A1:A2\"/></mergeCells></worksheet>";
    const QByteArray rows = "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell "
                            "table:number-columns-repeated=\"3\" "
                            "o:value-type=\"float\" o:value=\"1.5\"><text:p>1,5<text:s "
                            "text:c=\"2\"/></text:p></table:table-cell></table:table-row>";
    int readOnes = 0;
    for (int i = 0; i < 400; ++i) {
        auto parts = i % 2 ? xlsxParts(sheet) : odsParts(rows);
        auto& body = parts[i % 2 ? qsizetype(1 + random() % 3) : 1].second;
        for (int changes = int(random() % 3); changes >= 0; --changes) {
            const auto at = qsizetype(random() % size_t(body.size()));
            switch (random() % 4) {
            case 0: body.data()[at] = char(body[at] ^ (1 << random() % 8)); break;
            case 1: body.remove(at, qsizetype(random() % 20)); break;
            case 2: body.insert(at, body.mid(at, qsizetype(random() % 40))); break;
            case 3: body.data()[at] = "0123456789<>\"/&A"[random() % 16]; break;
            }
        }
        const auto workbook = devices::readWorkbook(zipOf(parts, ZIP_EM_NONE, ZIP_CM_STORE));
        readOnes += workbook.has_value();
        QVERIFY(workbook ? !workbook->sheets.empty() : workbook.error().endsWith(u'.'));
    }
    QVERIFY2(readOnes > 20, qPrintable(QString::number(readOnes)));
}

void WorkbooksTest::numberFormats()
{
    using devices::NumberFormat;
    QCOMPARE(devices::cellText("46354", devices::formatOfCode(u"DD.MM.YYYY"), false),
             QStringLiteral("2026-11-28"));
    QCOMPARE(devices::cellText("46354", devices::formatOfCode(u"\\d0"), false), QStringLiteral("46354"));
    QCOMPARE(devices::cellText("46354", devices::formatOfCode(u"0\"never closed"), false),
             QStringLiteral("46354"));
    QCOMPARE(devices::cellText("46354", devices::formatOfCode(u"[never closed"), false),
             QStringLiteral("46354"));
    QCOMPARE(devices::formatOfCode(u"\\").kind, NumberFormat::Kind::Plain);
    QCOMPARE(devices::formatOfCode(u"[]0").digits, 1);
    QCOMPARE(devices::formatOfCode(QString(1000, u'0')).digits, 30);
    QCOMPARE(devices::builtInFormat(0), NumberFormat{});
    QCOMPARE(devices::numberText(1e21), QStringLiteral("1e+21"));
    QCOMPARE(devices::numberText(999999999999999868928.0), QStringLiteral("999999999999999900000"));
    QCOMPARE(devices::numberText(-0.1), QStringLiteral("-0.1"));
}

CAPTUREDESK_SUITE(test_devices_workbooks, WorkbooksTest)
#include "workbooks.moc"
