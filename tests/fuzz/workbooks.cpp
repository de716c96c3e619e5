// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A workbook is read within limits, or refused with a message.  Bytes that begin like a zip archive are read
// unchanged. Other bytes are put into an intact archive, because a wrong checksum would end the reading
// first: after the letter `x` the parts of an XLSX with a NUL between them, after `o` the content of an ODS.

#include <QByteArray>

#include "devices/import.h"
#include "devices/sheetrows.h"
#include "devices/workbook.h"
#include "support/zip.h"

namespace {

/// A zip archive without compression, which is the fastest.
QByteArray stored(const support::Parts& parts)
{
    return support::zipOf(parts, ZIP_EM_NONE, ZIP_CM_STORE);
}

QByteArray workbookBytes(const QByteArray& input)
{
    if (input.startsWith('o'))
        return stored({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
                       {"content.xml", input.sliced(1)}});
    if (!input.startsWith('x'))
        return input;
    const auto parts = input.sliced(1).split('\0');
    return stored(
        {{"[Content_Types].xml", "<Types/>"},
         {"xl/workbook.xml",
          "<workbook xmlns:r=\"r\"><workbookPr/><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>"},
         {"xl/_rels/workbook.xml.rels",
          "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"s\"/><Relationship Id=\"b\" "
          "Type=\"x/sharedStrings\" Target=\"t\"/><Relationship Id=\"c\" Type=\"x/styles\" "
          "Target=\"u\"/></Relationships>"},
         {"xl/s", parts.value(0)},
         {"xl/t", parts.value(1, "<sst/>")},
         {"xl/u", parts.value(2, "<styleSheet/>")}});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size)
{
    const auto bytes = workbookBytes(QByteArray(reinterpret_cast<const char*>(data), qsizetype(size)));
    const auto workbook = devices::readWorkbook(bytes);
    if (!workbook) {
        if (!workbook.error().endsWith(u'.'))
            __builtin_trap();
        return 0;
    }
    const auto likely = devices::likelySheet(*workbook);
    if (likely < 0 || size_t(likely) >= workbook->sheets.size())
        __builtin_trap();
    qint64 cells = 0;
    for (const auto& [name, hidden, sheet] : workbook->sheets) {
        int line = 0;
        for (qsizetype row = 0; row < sheet.size(); ++row) {
            if (sheet.line(row) < 1 || sheet.line(row) < line ||
                sheet.line(row) > devices::SheetRows::mostRows || sheet.width(row) < 1 ||
                sheet.width(row) > devices::SheetRows::mostColumns)
                __builtin_trap();
            line = sheet.line(row);
            cells += sheet.width(row);
        }
    }
    if (cells == 0 || cells > devices::SheetRows::mostCells)
        __builtin_trap();
    return 0;
}
