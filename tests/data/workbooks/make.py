#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the workbooks of this folder, and for each a file `.expected` with the text that the reader must return.

    apt-get install python3-openpyxl python3-xlsxwriter python3-odf && /usr/bin/python3 make.py

The tests do not need these packages: the files are in the repository.  Workbooks that no Python package can write are
assembled here part by part, in the format of the program in their name.  `.expected` has a line for each sheet,
`[name]` or `[name] hidden`, followed by a line for each row: the row's number, a colon, the cells separated by ` | `;
a line break in a cell is `\\n`, a tab `\\t`."""

import datetime
import io
import pathlib
import re
import zipfile

import odf.opendocument
import odf.table
import odf.text
import openpyxl
import xlsxwriter

here = pathlib.Path(__file__).parent
A = "11111111-1111-4111-8111-111111111111"
B = "22222222-2222-4222-8222-222222222222"
C = "33333333-3333-4333-8333-333333333333"
WHEN = (2026, 1, 1, 0, 0, 0)


def normal(data):
    """The same archive without times, so that writing it again gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            body = old.read(info)
            if info.filename == "docProps/core.xml" or info.filename == "meta.xml":
                body = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z?", b"2026-01-01T00:00:00Z", body)
            new.writestr(zipfile.ZipInfo(info.filename, WHEN), body,
                         zipfile.ZIP_STORED if info.filename == "mimetype" else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def keep(name, data, expected):
    (here / name).write_bytes(normal(data))
    (here / (name + ".expected")).write_text(
        expected.strip("\n") + "\n", encoding="utf-8")


def archive(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, body in parts.items():
            file.writestr(zipfile.ZipInfo(name, WHEN), body)
    return out.getvalue()


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def xlsx(sheets, strings=None, styles=None, book="", prefix="", main=MAIN, office=OFFICE, absolute=False, extra=None):
    """Parts of a workbook.  `sheets`: (name, XML inside <worksheet>, further attributes of <sheet>)."""
    p = prefix + ":" if prefix else ""
    declared = f'xmlns{":" + prefix if prefix else ""}="{main}" xmlns:r="{office}"'
    root = "/xl/" if absolute else ""
    relations = "".join(f'<Relationship Id="rId{i}" Type="{office}/worksheet" Target="{root}worksheets/sheet{i}.xml"/>'
                        for i in range(1, len(sheets) + 1))
    parts = {"[Content_Types].xml": HEAD + f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
             'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.'
             'openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
             "_rels/.rels": HEAD + f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
             f'Type="{office}/officeDocument" Target="{root}{"" if absolute else "xl/"}workbook.xml"/></Relationships>'}
    if strings is not None:
        parts["xl/sharedStrings.xml"] = HEAD + f'<{p}sst {declared}>' + "".join(
            f"<{p}si>" + (s if s.startswith("<") else f'<{p}t xml:space="preserve">{s}</{p}t>') + f"</{p}si>" for s in strings) + f"</{p}sst>"
        relations += f'<Relationship Id="rIdS" Type="{office}/sharedStrings" Target="{root}sharedStrings.xml"/>'
    if styles is not None:
        parts["xl/styles.xml"] = HEAD + f"<{p}styleSheet {declared}>{styles}</{p}styleSheet>"
        relations += f'<Relationship Id="rIdT" Type="{office}/styles" Target="{root}styles.xml"/>'
    tabs = "".join(f'<{p}sheet name="{name}" sheetId="{i}" {more} r:id="rId{i}"/>' for i, (name, _, more) in enumerate(sheets, 1))
    parts["xl/workbook.xml"] = HEAD + f"<{p}workbook {declared}>{book}<{p}sheets>{tabs}</{p}sheets></{p}workbook>"
    parts["xl/_rels/workbook.xml.rels"] = HEAD + f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'
    for i, (_, body, _) in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{i}.xml"] = HEAD + f"<{p}worksheet {declared}>{body}</{p}worksheet>"
    parts.update(extra or {})
    return archive(parts)


def formats(*codes):
    """Styles 1, 2, ... with these formats, given as codes or as numbers of built-in ones; style 0 is General."""
    own = "".join(f'<numFmt numFmtId="{200 + i}" formatCode="{c}"/>' for i, c in enumerate(codes) if isinstance(c, str))
    xfs = "".join(f'<xf numFmtId="{200 + i if isinstance(c, str) else c}" applyNumberFormat="1"/>' for i, c in enumerate(codes))
    return (f'<numFmts>{own}</numFmts><cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs>'
            f'<cellXfs><xf numFmtId="0"/>{xfs}</cellXfs>')


# Excel: shared strings, some with formatted runs and with phonetic text for Asian characters; attributes of extensions.
keep("excel.xlsx", xlsx(
    [("Geräte", f'<dimension ref="A1:D4"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>'
      '<sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"/>'
      '<cols><col min="1" max="1" width="38" customWidth="1"/></cols><sheetData>'
      '<row r="1" spans="1:4" s="1" customFormat="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" s="1"/></row>'
      '<row r="2" spans="1:4"><c r="A2" t="s"><v>3</v></c><c r="B2" t="s"><v>4</v></c><c r="C2" t="s"><v>5</v></c></row>'
      '<row r="4" spans="1:4"><c r="A4" t="s"><v>6</v></c><c r="C4" t="s"><v>7</v></c></row>'
      '</sheetData><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
      '<extLst><ext uri="{x}"><c r="Z1"><v>99</v></c></ext></extLst>', "")],
    strings=["device_id", "name", "email", A,
             "<r><t>LAP</t></r><r><rPr><b/><sz val=\"11\"/></rPr><t xml:space=\"preserve\">TOP 1</t></r>", "ana@example.com", B,
             "<t>東京@example.com</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh><phoneticPr fontId=\"1\"/>"],
    styles=formats("General"), book='<fileVersion appName="xl"/><workbookPr defaultThemeVersion="166925"/>',
    extra={"xl/theme/theme1.xml": "<theme/>", "docProps/app.xml": "<Properties/>"}), f"""
[Geräte]
1: device_id | name | email
2: {A} | LAPTOP 1 | ana@example.com
4: {B} |  | 東京@example.com
""")

# openpyxl, from Python programs.
book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Devices"
for row in (["Hostname", "User", "Seen", "Count", "Share", "Active"],
            ["PC-1", "ana@example.com", datetime.datetime(2026, 11, 28, 14, 5), 3, 0.25, True],
            ["PC-2", "bo@example.com", datetime.date(2026, 1, 2), 1e10, 1e-5, False],
            ["007", "1E10", datetime.time(8, 30), 12345678901234567890, -1.5, None]):
    sheet.append(row)
out = io.BytesIO()
book.save(out)
keep("openpyxl.xlsx", out.getvalue(), """
[Devices]
1: Hostname | User | Seen | Count | Share | Active
2: PC-1 | ana@example.com | 2026-11-28T14:05:00 | 3 | 0.25 | TRUE
3: PC-2 | bo@example.com | 2026-01-02 | 10000000000 | 0.00001 | FALSE
4: 007 | 1E10 | 08:30:00 | 12345678901234570000 | -1.5
""")

# Text in the cell itself, as openpyxl since 3.1, SheetJS, EPPlus and many exports write it.
keep("inline.xlsx", xlsx([("Sheet1",
    '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c><c r="B1" t="inlineStr"><is><t>email</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><r><t>PC</t></r><r><rPr><i/></rPr><t>-1</t></r></is></c><c r="B2" t="inlineStr"><is><t> spaced@example.com </t></is></c></row>'
    '<row r="3"><c r="A3" t="inlineStr"><v>PC-2</v></c><c r="B3" t="inlineStr"><is/></c></row>'
    '<row r="4"><c r="A4" t="inlineStr"><is><t>a &amp; b &lt;c&gt; &#65;</t></is></c></row></sheetData>', "")]), """
[Sheet1]
1: name | email
2: PC-1 |  spaced@example.com 
3: PC-2
4: a & b <c> A
""")

# XlsxWriter, used by exports of web programs; `constant_memory` stores the text in the cells.
for constant in (False, True):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": constant})
    sheet = book.add_worksheet("Export")
    dated = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    zeros = book.add_format({"num_format": "00000"})
    sheet.write_row(0, 0, ["Asset", "Device", "Last seen"])
    sheet.write_number(1, 0, 123, zeros)
    sheet.write_string(1, 1, "LAPTOP-1")
    sheet.write_datetime(1, 2, datetime.datetime(2026, 11, 28, 23, 59, 59), dated)
    sheet.write_number(2, 0, 1234567, zeros)
    sheet.write_string(2, 1, "=not a formula")
    sheet.write_blank(2, 2, None, dated)
    book.close()
    keep(f"xlsxwriter{'-constant' if constant else ''}.xlsx", out.getvalue(), """
[Export]
1: Asset | Device | Last seen
2: 00123 | LAPTOP-1 | 2026-11-28T23:59:59
3: 1234567 | =not a formula
""")

# LibreOffice: every cell has a style and a type.
keep("libreoffice.xlsx", xlsx([("Tabelle1",
    '<sheetPr filterMode="false"><pageSetUpPr fitToPage="false"/></sheetPr><dimension ref="A1:B3"/><sheetData>'
    '<row r="1" customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0" collapsed="false"><c r="A1" s="0" t="s"><v>0</v></c><c r="B1" s="0" t="s"><v>1</v></c></row>'
    '<row r="2" customFormat="false" ht="12.8" hidden="true" customHeight="false"><c r="A2" s="0" t="s"><v>2</v></c><c r="B2" s="1" t="n"><v>46354</v></c></row>'
    '<row r="3" customFormat="false" ht="12.8" hidden="false" customHeight="false"><c r="A3" s="0" t="n"><v>42</v></c><c r="B3" s="2" t="n"><v>0.604166666666667</v></c></row>'
    '</sheetData>', 'state="visible"')], strings=["Rechner", "Gesehen", "PC-1"], styles=formats("dd/mm/yyyy", "hh:mm:ss"),
    book='<workbookPr backupFile="false" showObjects="all" date1904="false"/>'), """
[Tabelle1]
1: Rechner | Gesehen
2: PC-1 | 2026-11-28
3: 42 | 14:30:00
""")

# Google Sheets: no table dimension, whole numbers with a decimal point, the drawing that it always adds.
keep("google-sheets.xlsx", xlsx([("Sheet1",
    '<sheetPr><outlinePr summaryBelow="0" summaryRight="0"/></sheetPr><sheetViews><sheetView workbookViewId="0"/></sheetViews>'
    '<sheetFormatPr customHeight="1" defaultColWidth="12.63" defaultRowHeight="15.75"/><sheetData>'
    '<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1" t="s"><v>1</v></c><c r="C1" s="1" t="s"><v>2</v></c></row>'
    '<row r="2"><c r="A2" s="1" t="s"><v>3</v></c><c r="B2" s="1"><v>12.0</v></c><c r="C2" s="2"><v>46354.5</v></c></row>'
    '<row r="3"><c r="A3" s="1" t="s"><v>4</v></c><c r="B3" s="1"><v>1.0E10</v></c><c r="C3" s="3"><v>46354.0</v></c></row></sheetData>'
    '<drawing r:id="rId9"/>', 'state="visible"')], strings=["name", "count", "seen", "MacBook Pro von Zoë", "pc-2"],
    styles=formats("General", "m/d/yyyy h:mm:ss", "yyyy\\-mm\\-dd")), """
[Sheet1]
1: name | count | seen
2: MacBook Pro von Zoë | 12 | 2026-11-28T12:00:00
3: pc-2 | 10000000000 | 2026-11-28
""")

# Dates in every kind of format, and numbers whose formats only look like dates.
codes = [14, 22, 20, 46, "[$-407]d. mmmm yyyy;@", "[h]:mm", "mmm yy", '"day" 0', "0.00E+00", "#,##0\\ \"d\"", "mm:ss",
         "yyyy/m/d", "[Red]0", "dddd", "AM/PM h", "m/d/yy h:mm", "General"]
values = ["46354", "46354.5868055556", "0.5", "1.25", "46354", "1.0833333333", "46354", "46354", "46354", "46354", "0.01",
          "59", "46354", "61", "0.75", "46354.25", "46354"]
results = ["2026-11-28", "2026-11-28T14:05:00", "12:00:00", "30:00:00", "2026-11-28", "26:00:00", "2026-11-28", "46354",
           "46354", "46354", "00:14:24", "1900-02-28", "46354", "1900-03-01", "18:00:00", "2026-11-28T06:00:00", "46354"]
special = [("60", 1, "1900-02-29"), ("1", 1, "1900-01-01"), ("-1", 1, "-1"), ("2958465", 1, "9999-12-31"),
           ("2958466", 1, "2958466"), ("46354.999999", 2, "2026-11-29T00:00:00"), ("0", 3, "00:00:00"), ("46354", 99, "46354")]
rows = "".join(f'<row r="{i}"><c r="A{i}" s="{i}"><v>{v}</v></c></row>' for i, v in enumerate(values, 1))
rows += "".join(f'<row r="{i}"><c r="A{i}" s="{s}"><v>{v}</v></c></row>' for i, (v, s, _) in enumerate(special, len(values) + 1))
keep("dates.xlsx", xlsx([("Dates", f"<sheetData>{rows}</sheetData>", "")], styles=formats(
    *[c.replace('"', "&quot;") if isinstance(c, str) else c for c in codes])),
    "[Dates]\n" + "\n".join(f"{i}: {r}" for i, r in enumerate(results + [r for _, _, r in special], 1)))

out = io.BytesIO()
book = xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": True})
sheet = book.add_worksheet("Mac")
sheet.write_datetime(0, 0, datetime.datetime(2026, 11, 28), book.add_format({"num_format": "yyyy-mm-dd"}))
sheet.write_datetime(1, 0, datetime.datetime(1904, 1, 2, 6), book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
book.close()
keep("dates-1904.xlsx", out.getvalue(), """
[Mac]
1: 2026-11-28
2: 1904-01-02T06:00:00
""")

numbers = [("1E10", "10000000000"), ("1.5", "1.5"), ("0.30000000000000004", "0.3"), ("123456789012345678", "123456789012345678"),
           ("1.2345678901234568E+19", "12345678901234567000"), ("-0", "0"), ("4.5000000000000001E-2", "0.045"), ("1e300", "1e+300"),
           ("1E-12", "1e-12"), ("2026.1", "2026.1"), ("100", "100"), ("1e3", "1000"), ("-17.0", "-17"), (".5", "0.5"), ("abc", "abc"), ("NaN", "NaN")]
keep("numbers.xlsx", xlsx([("Numbers", "<sheetData>" + "".join(f"<row><c><v>{raw}</v></c></row>" for raw, _ in numbers) + "</sheetData>", "")]),
     "[Numbers]\n" + "\n".join(f"{i}: {text}" for i, (_, text) in enumerate(numbers, 1)))

# Formats that add zeros to the displayed number.
zeros = [("00000", "42", "00042"), ("0.00", "2026.1", "2026.10"), (2, "2026", "2026.00"), ("000-00", "123", "123"), ("00000", "-7", "-00007"),
         ("0.0", "1.25", "1.25"), ("0", "3.7", "3.7"), ("00000;-00000", "9", "00009"), ("@", "1", "1")]
keep("zeros.xlsx", xlsx([("Zeros", "<sheetData>" + "".join(f'<row r="{i}"><c r="A{i}" s="{i}"><v>{v}</v></c></row>' for i, (_, v, _) in enumerate(zeros, 1))
                          + "</sheetData>", "")], styles=formats(*[c for c, _, _ in zeros])),
     "[Zeros]\n" + "\n".join(f"{i}: {text}" for i, (_, _, text) in enumerate(zeros, 1)))

keep("text-ids.xlsx", xlsx([("IDs", "<sheetData>" + "".join(f'<row><c t="s"><v>{i}</v></c></row>' for i in range(8)) + "</sheetData>", "")],
     strings=["1E10", "007", "0000123456789012345678", "1,5", "2026-11-28", "TRUE", "=1+1", " padded "]), """
[IDs]
1: 1E10
2: 007
3: 0000123456789012345678
4: 1,5
5: 2026-11-28
6: TRUE
7: =1+1
8:  padded 
""")

keep("formulas.xlsx", xlsx([("F",
    '<sheetData><row r="1"><c r="A1" t="str"><f>UPPER("pc-1")</f><v>PC-1</v></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1" t="b"><f>TRUE()</f><v>1</v></c>'
    '<c r="D1" t="e"><f>VLOOKUP(1,A:A,1,0)</f><v>#N/A</v></c></row>'
    '<row r="2"><c r="A2" t="str"><f t="shared" ref="A2:A3" si="0">B2&amp;"x"</f><v>1E10</v></c><c r="B2"><f>TODAY()</f></c><c r="C2" t="str"><f>""</f><v></v></c></row>'
    '<row r="3"><c r="A3" t="str"><f t="shared" si="0"/><v>007</v></c><c r="B3" s="1"><f>DATE(2026,11,28)</f><v>46354</v></c></row></sheetData>', "")],
    styles=formats(14)), """
[F]
1: PC-1 | 2 | TRUE | #N/A
2: 1E10
3: 007 | 2026-11-28
""")

out = io.BytesIO()
book = xlsxwriter.Workbook(out, {"in_memory": True})
book.add_worksheet("Read me").write(0, 0, "Devices of the Lisbon office")
sheet = book.add_worksheet("Old")
sheet.write_row(0, 0, ["name", "email"])
sheet.write_row(1, 0, ["OLD-1", "old@example.com"])
sheet.hide()
chart = book.add_chartsheet("Chart")
sheet = book.add_worksheet("Devices")
sheet.write_row(0, 0, ["name", "email"])
sheet.write_row(1, 0, ["PC-1", "ana@example.com"])
bars = book.add_chart({"type": "bar"})
bars.add_series({"values": "=Devices!$A$1:$A$2"})
chart.set_chart(bars)
book.add_worksheet("Empty")
sheet = book.add_worksheet("Very hidden")
sheet.write(0, 0, "x")
sheet.very_hidden() if hasattr(sheet, "very_hidden") else sheet.hide()
book.close()
keep("several-sheets.xlsx", out.getvalue(), """
[Read me]
1: Devices of the Lisbon office
[Old] hidden
1: name | email
2: OLD-1 | old@example.com
[Devices]
1: name | email
2: PC-1 | ana@example.com
[Empty]
[Very hidden] hidden
1: x
""")

out = io.BytesIO()
book = xlsxwriter.Workbook(out, {"in_memory": True})
sheet = book.add_worksheet("Merged")
sheet.merge_range("A1:C1", "Devices by owner")
sheet.write_row(1, 0, ["Owner", "Device", "Site"])
sheet.merge_range("A3:A5", "ana@example.com")
sheet.write_column(2, 1, ["PC-1", "PC-2", "PC-3"])
sheet.write(5, 0, "bo@example.com")
sheet.write(5, 1, "PC-4")
sheet.merge_range("C4:C6", "Lisbon")
book.close()
keep("merged.xlsx", out.getvalue(), """
[Merged]
1: Devices by owner
2: Owner | Device | Site
3: ana@example.com | PC-1
4: ana@example.com | PC-2 | Lisbon
5: ana@example.com | PC-3 | Lisbon
6: bo@example.com | PC-4 | Lisbon
""")

# The Open XML SDK: every element has a prefix, targets are absolute, cells have no references.
keep("prefixed.xlsx", xlsx([("Data", '<x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>name</x:t></x:is></x:c><x:c t="s"><x:v>0</x:v></x:c></x:row>'
    '<x:row r="5"><x:c r="B5" t="str"><x:v>b</x:v></x:c><x:c t="str"><x:v>c</x:v></x:c></x:row><x:row><x:c><x:v>6</x:v></x:c></x:row></x:sheetData>', "")],
    strings=["email"], prefix="x", absolute=True), """
[Data]
1: name | email
5:  | b | c
6: 6
""")

strict = "http://purl.oclc.org/ooxml/"
keep("strict.xlsx", xlsx([("Strict", '<sheetData><row r="1"><c r="A1" t="d"><v>2026-11-28T14:05:00</v></c><c r="B1" t="s"><v>0</v></c></row></sheetData>', "")],
    strings=["PC-1"], main=strict + "spreadsheetml/main", office=strict + "officeDocument/relationships",
    book='<workbookPr dateCompatibility="0"/>'), """
[Strict]
1: 2026-11-28T14:05:00 | PC-1
""")

keep("odd-order.xlsx", xlsx([("Odd", '<sheetData><row r="3"><c r="B3"><v>3</v></c><c r="A3"><v>1</v></c></row><row r="2"/><row r="1"><c r="A1" t="str"><v>first</v></c></row>'
    '<row r="4"><c r="A4" t="str"><v> </v></c><c r="B4" t="str"><v/></c></row></sheetData>', "")]), """
[Odd]
1: first
3: 1 | 3
""")

keep("escaped.xlsx", xlsx([("E&lt;1&gt; &amp; &quot;2&quot;", '<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c></row></sheetData>', "")],
    strings=["two_x000A_lines", "_x005F_x000A_", "_xD800_ _x12", "<t><![CDATA[<b>&]]></t>"]), """
[E<1> & "2"]
1: two\\nlines | _x000A_ | _xD800_ _x12 | <b>&
""")

parts = {"xl/worksheets/sheet1.xml": ('<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="%s"><sheetData><row><c t="inlineStr"><is><t>Жанна</t></is></c></row></sheetData></worksheet>' % MAIN).encode("utf-16")}
keep("utf16.xlsx", xlsx([("S", "", "")], extra=parts), """
[S]
1: Жанна
""")

# --- OpenDocument ---

NAMES = "".join(f' xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for p, n in
                (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("draw", "drawing"))) + \
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
MANIFEST = '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'


def ods(body, styles=""):
    return archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": MANIFEST,
                    "content.xml": f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{NAMES} office:version="1.2"><office:automatic-styles>{styles}'
                    f"</office:automatic-styles><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"})


def table(rows, name="Sheet1", more=""):
    return f'<table:table table:name="{name}" {more}><table:table-column table:number-columns-repeated="16384"/>{rows}</table:table>'


def row(*cells, more=""):
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def text(value, more=""):
    return f'<table:table-cell office:value-type="string" calcext:value-type="string" {more}><text:p>{value}</text:p></table:table-cell>'


def number(value, shown=None, kind="float", more=""):
    return f'<table:table-cell office:value-type="{kind}" office:value="{value}" {more}><text:p>{value if shown is None else shown}</text:p></table:table-cell>'


FILTERED = 'table:visibility="filter"'
EMPTY = "<table:table-cell/>"
REST = '<table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'

# LibreOffice: the rest of the sheet is one row that is repeated a million times.
keep("libreoffice.ods", ods(table(
    row(text("Hostname"), text("User"), '<table:table-cell table:number-columns-repeated="16382"/>')
    + row(text("PC-1"), text('<text:a xlink:href="mailto:ana@example.com">ana@example.com</text:a>'), '<table:table-cell table:style-name="ce1" table:number-columns-repeated="16382"/>')
    + row(EMPTY, text("bo@example.com")) + REST, "Geräte")), """
[Geräte]
1: Hostname | User
2: PC-1 | ana@example.com
3:  | bo@example.com
""")

document = odf.opendocument.OpenDocumentSpreadsheet()
sheet = odf.table.Table(name="odfpy")
for cells in (["name", "email"], ["PC-1", "ana@example.com"], ["007", "1E10"]):
    line = odf.table.TableRow()
    for value in cells:
        cell = odf.table.TableCell(valuetype="string")
        cell.addElement(odf.text.P(text=value))
        line.addElement(cell)
    sheet.addElement(line)
document.spreadsheet.addElement(sheet)
out = io.BytesIO()
document.write(out)
keep("odfpy.ods", out.getvalue(), """
[odfpy]
1: name | email
2: PC-1 | ana@example.com
3: 007 | 1E10
""")

keep("values.ods", ods(table(
    row('<table:table-cell office:value-type="date" office:date-value="2026-11-28"><text:p>28.11.26</text:p></table:table-cell>',
        '<table:table-cell office:value-type="date" office:date-value="2026-11-28T14:05:00.000000000"><text:p>x</text:p></table:table-cell>',
        '<table:table-cell office:value-type="date" office:date-value="2026-11-28T00:00:00"><text:p>x</text:p></table:table-cell>',
        '<table:table-cell office:value-type="time" office:time-value="PT08H30M00S"><text:p>08:30</text:p></table:table-cell>',
        '<table:table-cell office:value-type="time" office:time-value="PT26H00M00.5S"><text:p>26:00</text:p></table:table-cell>',
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>WAHR</text:p></table:table-cell>',
        '<table:table-cell office:value-type="boolean" office:boolean-value="false"><text:p>FALSCH</text:p></table:table-cell>')
    + row(number("10000000000", "1,00E+10"), number("0.25", "25 %", "percentage"), number("9.5", "9,50 €", "currency"), number("1.0E-5"), number("12", "12")))), """
[Sheet1]
1: 2026-11-28 | 2026-11-28T14:05:00 | 2026-11-28 | 08:30:00 | 26:00:00 | TRUE | FALSE
2: 10000000000 | 0.25 | 9.5 | 0.00001 | 12
""")

keep("zeros.ods", ods(table(row(number("42", "00042"), number("2026.1", "2026.10"), number("7", "8"), number("1234", "1,234"), text("007"), text("1E10")))), """
[Sheet1]
1: 00042 | 2026.10 | 7 | 1234 | 007 | 1E10
""")

keep("several-sheets.ods", ods(
    table(row(text("Notes")), "Notes", 'table:style-name="ta1"') + table(row(text("name")) + row(text("OLD-1")), "Old", 'table:style-name="ta2"')
    + table(row(text("name"), text("email")) + row(text("PC-1"), text("a@example.com")), "Devices") + table("", "Empty"),
    '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style>'
    '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'), """
[Notes]
1: Notes
[Old] hidden
1: name
2: OLD-1
[Devices]
1: name | email
2: PC-1 | a@example.com
[Empty]
""")

keep("repeated.ods", ods(table(
    row(text("a", 'table:number-columns-repeated="3"'), EMPTY, text("b"))
    + row(EMPTY, more='table:number-rows-repeated="5"') + row(text("same"), more='table:number-rows-repeated="3"')
    + row('<table:table-cell table:number-columns-repeated="2"/>', text("c")))), """
[Sheet1]
1: a | a | a |  | b
7: same
8: same
9: same
10:  |  | c
""")

keep("comments.ods", ods(table(row(
    '<table:table-cell office:value-type="string"><office:annotation><dc:creator>Ana</dc:creator><text:p>a comment</text:p></office:annotation><text:p>PC-1</text:p></table:table-cell>',
    '<table:table-cell office:value-type="string"><text:p>two</text:p><text:p>lines</text:p></table:table-cell>',
    '<table:table-cell office:value-type="string"><text:p>  a <text:s text:c="3"/>b<text:tab/>c<text:line-break/><text:span>d<text:note><text:p>n</text:p></text:note></text:span>\n  e</text:p></table:table-cell>',
    '<table:table-cell><draw:frame><draw:text-box><text:p>a box</text:p></draw:text-box></draw:frame></table:table-cell>', text("end")))), """
[Sheet1]
1: PC-1 | two\\nlines | a    b\\tc\\nd e |  | end
""")

keep("merged.ods", ods(table(
    row(text("Devices by owner", 'table:number-columns-spanned="2" table:number-rows-spanned="1"'), "<table:covered-table-cell/>")
    + row(text("ana@example.com", 'table:number-columns-spanned="1" table:number-rows-spanned="3"'), text("PC-1"))
    + row("<table:covered-table-cell/>", text("PC-2")) + row("<table:covered-table-cell/>", text("PC-3")) + row(EMPTY, text("PC-4")))), """
[Sheet1]
1: Devices by owner
2: ana@example.com | PC-1
3: ana@example.com | PC-2
4: ana@example.com | PC-3
5:  | PC-4
""")

keep("formulas.ods", ods(table(row(
    '<table:table-cell table:formula="of:=UPPER(&quot;pc&quot;)" office:value-type="string" office:string-value="PC"><text:p>PC</text:p></table:table-cell>',
    '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"><text:p>2</text:p></table:table-cell>',
    '<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>',
    '<table:table-cell table:formula="of:=X" office:value-type="string" office:string-value="kept"/>'))), """
[Sheet1]
1: PC | 2 | #N/A | kept
""")

keep("groups.ods", ods(
    '<table:tracked-changes><table:cell-content-change><table:previous><table:change-track-table-cell><text:p>old</text:p></table:change-track-table-cell></table:previous></table:cell-content-change></table:tracked-changes>'
    + table(f"<table:table-header-rows>{row(text('name'))}</table:table-header-rows><table:table-row-group>{row(text('PC-1'))}<table:table-row-group>{row(text('PC-2'), more=FILTERED)}</table:table-row-group></table:table-row-group>"
            + row('<table:table-cell office:value-type="string"><table:table table:name="inner"><table:table-row><table:table-cell><text:p>inner</text:p></table:table-cell></table:table-row></table:table><text:p>PC-3</text:p></table:table-cell>'))
    + "<table:dde-links><table:dde-link><table:table><table:table-row><table:table-cell><text:p>dde</text:p></table:table-cell></table:table-row></table:table></table:dde-link></table:dde-links>"), """
[Sheet1]
1: name
2: PC-1
3: PC-2
4: PC-3
""")

# Google Sheets uses the same namespace prefixes and writes no column counts.
keep("google-sheets.ods", ods('<table:table table:name="Sheet1">' + row(text("name"), text("email")) + row(number("12.0", "12"), text("zoë@example.com")) + "</table:table>"), """
[Sheet1]
1: name | email
2: 12 | zoë@example.com
""")

# Other prefixes for the same namespaces.
keep("other-prefixes.ods", archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml":
    '<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:x="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<o:body><o:spreadsheet><table t:name="S"><table-row><table-cell o:value-type="float" o:value="5"><x:p>5</x:p></table-cell></table-row></table></o:spreadsheet></o:body></o:document-content>'}), """
[S]
1: 5
""")
