// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/workbook.h"

#include <algorithm>
#include <array>

#include "devices/layout.h"
#include "devices/ods.h"
#include "devices/package.h"
#include "devices/tr.h"
#include "devices/xlsx.h"

namespace devices {

namespace {

/// Searches the directory of an OLE2 container, whose names are UTF-16.
bool hasOleName(QByteArrayView bytes, const QString& name)
{
    QByteArray utf16;
    for (const auto c : name)
        utf16.append(char(c.unicode())).append('\0');
    return bytes.indexOf(utf16) >= 0;
}

QString oleKind(QByteArrayView bytes)
{
    if (hasOleName(bytes, QStringLiteral("EncryptedPackage")))
        return protectedWorkbook();
    if (hasOleName(bytes, QStringLiteral("WordDocument")))
        return Text::tr(
            "This is a Word document (.doc), not a table. Copy its table into a spreadsheet, save that "
            "as .xlsx or .csv, and load that file.");
    return Text::tr("This is an old Excel file (.xls). Save it as .xlsx or .csv, and load that file.");
}

/// Returns the first characters in any encoding, in lower case, without byte order mark and white space at
/// the start.
QByteArray beginning(QByteArrayView bytes)
{
    auto text = bytes.first(std::min<qsizetype>(bytes.size(), 4096)).toByteArray();
    for (const auto* mark : {"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"}) {
        if (text.startsWith(mark))
            text.remove(0, qsizetype(qstrlen(mark)));
    }
    text.removeIf([](char c) { return c == 0; }); // zero bytes of UTF-16
    return text.trimmed().toLower();
}

QString markupKind(const QByteArray& text)
{
    if (!text.startsWith('<') && !text.startsWith("mime-version:"))
        return {};
    if (text.contains("urn:schemas-microsoft-com:office:spreadsheet") ||
        text.contains("progid=\"excel.sheet\""))
        return Text::tr(
            "This is an XML spreadsheet of Excel 2003. Open it in a spreadsheet program, save it as .xlsx "
            "or .csv, and load that file.");
    if (text.contains("urn:oasis:names:tc:opendocument"))
        return Text::tr(
            "This is a flat OpenDocument file (.fods). Open it in a spreadsheet program, save it as .ods, "
            ".xlsx or .csv, and load that file.");
    constexpr std::array html{"<!doctype html", "<html",  "<head",   "<body",        "<table",
                              "<meta",          "<style", "<script", "mime-version:"};
    if (std::ranges::any_of(html, [&text](const char* tag) { return text.startsWith(tag); }) ||
        text.contains("<html"))
        return Text::tr(
            "This is a web page (HTML), whatever its name says. Open it in a spreadsheet program, save it "
            "as .xlsx or .csv, and load that file.");
    if (text.startsWith("<?xml"))
        return Text::tr(
            "This is an XML file, not a table. Export the devices as .xlsx or .csv, and load that file.");
    return {};
}

QString packageKind(Package& package)
{
    if (package.has(QStringLiteral("xl/workbook.bin")))
        return Text::tr(
            "This is a binary Excel workbook (.xlsb). Save it as .xlsx or .csv, and load that file.");
    if (package.has(QStringLiteral("word/document.xml")))
        return Text::tr(
            "This is a Word document, not a table. Copy its table into a spreadsheet, save that as .xlsx "
            "or .csv, and load that file.");
    if (package.has(QStringLiteral("ppt/presentation.xml")))
        return Text::tr("This is a PowerPoint presentation, not a table.");
    if (package.has(QStringLiteral("Index.zip")) ||
        package.hasUnder(QStringLiteral("Index/"), QStringLiteral(".iwa")))
        return Text::tr(
            "This is a document of Apple Numbers, Pages or Keynote. Export it there as Excel or CSV, and "
            "load that file.");
    return {};
}

std::expected<Workbook, QString> openDocument(Package& package)
{
    const auto type = package.read(QStringLiteral("mimetype"));
    if (!type)
        return std::unexpected(type.error());
    if (!type->startsWith("application/vnd.oasis.opendocument.spreadsheet") &&
        !type->startsWith("application/vnd.sun.xml.calc"))
        return std::unexpected(
            type->startsWith("application/vnd.oasis.opendocument.") ||
                    type->startsWith("application/vnd.sun.xml.")
                ? Text::tr("This is an OpenDocument text, drawing or presentation, not a spreadsheet. Copy "
                           "its table "
                           "into a spreadsheet, save that as .ods or .csv, and load that file.")
                : Text::tr("This is a zip archive, not a workbook. Unpack it, and load the file with the "
                           "devices."));
    if (type->startsWith("application/vnd.sun.xml.calc"))
        return std::unexpected(
            Text::tr("This is an old OpenOffice file (.sxc). Save it as .ods or .csv, and load that file."));
    if (package.has(QStringLiteral("META-INF/manifest.xml"))) {
        const auto manifest = package.read(QStringLiteral("META-INF/manifest.xml"));
        if (!manifest)
            return std::unexpected(manifest.error());
        if (manifest->contains("encryption-data"))
            return std::unexpected(protectedWorkbook());
    }
    return readOds(package);
}

} // namespace

bool startsAsWorkbook(QByteArrayView bytes)
{
    return bytes.startsWith("PK\x03\x04") || bytes.startsWith("PK\x05\x06") || bytes.startsWith("PK\x07\x08");
}

QString foreignKind(QByteArrayView bytes)
{
    if (bytes.startsWith("\xD0\xCF\x11\xE0"))
        return oleKind(bytes);
    // Files of Excel 2 to 5 without a container.
    for (const QByteArrayView old :
         {QByteArrayView("\x09\x08\x10\x00\x00\x06", 6), QByteArrayView("\x09\x08\x08\x00", 4),
          QByteArrayView("\x09\x04\x06\x00", 4), QByteArrayView("\x09\x02\x06\x00", 4),
          QByteArrayView("\x09\x00\x04\x00", 4)}) {
        if (bytes.startsWith(old))
            return oleKind({});
    }
    if (bytes.startsWith("%PDF"))
        return Text::tr("This is a PDF, not a table.");
    if (bytes.startsWith("\x1F\x8B"))
        return Text::tr("This is a compressed file (gzip). Unpack it, and load the file inside.");
    if (bytes.startsWith("{\\rtf"))
        return Text::tr("This is a text document (RTF), not a table.");
    return markupKind(beginning(bytes));
}

std::expected<Workbook, QString> readWorkbook(const QByteArray& bytes)
{
    if (!startsAsWorkbook(bytes)) {
        const auto kind = foreignKind(bytes);
        return std::unexpected(kind.isEmpty() ? Text::tr("Not a workbook.") : kind);
    }
    auto package = Package::open(bytes);
    if (!package)
        return std::unexpected(package.error());
    if (const auto kind = packageKind(*package); !kind.isEmpty())
        return std::unexpected(kind);
    std::expected<Workbook, QString> workbook;
    if (package->has(QStringLiteral("[Content_Types].xml"))) {
        workbook = readXlsx(*package);
    } else if (package->has(QStringLiteral("mimetype"))) {
        workbook = openDocument(*package);
    } else if (package->has(QStringLiteral("xl/workbook.xml"))) {
        return std::unexpected(damagedWorkbook(Text::tr("its part “[Content_Types].xml” is missing")));
    } else {
        return std::unexpected(Text::tr(
            "This is a zip archive, not a workbook. Unpack it, and load the file with the devices."));
    }
    if (workbook &&
        std::ranges::all_of(workbook->sheets, [](const auto& sheet) { return sheet.sheet.isEmpty(); }))
        return std::unexpected(Text::tr("The workbook is empty: none of its sheets has a cell with text."));
    return workbook;
}

qsizetype likelySheet(const Workbook& workbook, const Fleet* fleet)
{
    constexpr qsizetype enough = 200; // rows and columns
    qsizetype best = 0;
    int rank = -1;
    for (size_t i = 0; i < workbook.sheets.size(); ++i) {
        const auto& [name, hidden, sheet] = workbook.sheets[i];
        Sheet beginning;
        for (qsizetype row = 0; row < std::min(enough, sheet.size()); ++row) {
            beginning.beginRow(sheet.line(row));
            for (qsizetype column = 0; column < std::min(enough, sheet.width(row)); ++column)
                beginning.addCell(sheet.cell(row, column));
            beginning.endRow();
        }
        const int own = sheet.isEmpty() ? 0 : (hidden ? 1 : 3) + (layoutOf(beginning, fleet).header >= 0);
        if (own > rank) {
            rank = own;
            best = qsizetype(i);
        }
    }
    return best;
}

} // namespace devices
