#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""corpus.py   writes the files beside it: tables as people and their programs leave them, and beside each what
must come out of it.  A line of NAME.expected is one of

    device_id | registration_id | email | name | platform     a row, \\n and the like escaped as in JSON
    = LINE                                                    a row that an earlier one has said
    ! LINE words                                              a row that cannot be used, and words of the reason
    error words                                               the whole cannot be read
"""

import json
from pathlib import Path

A = "0b5e8a54-0001-4000-8000-000000000001"
B = "0b5e8a54-0002-4000-8000-000000000002"
cases = {}


def case(name, content, *expected, suffix="csv"):
    assert name not in cases
    cases[name] = (content if isinstance(content, bytes) else content.encode(), expected, suffix)


def row(id="", email="", name="", registration="", platform=""):
    return " | ".join(json.dumps(text, ensure_ascii=True)[1:-1] for text in (id, registration, email, name, platform))


ana, bo = row(A, "ana@example.com"), row(B, "bo@example.com")
two = f"device_id,email\n{A},ana@example.com\n{B},bo@example.com\n"

# Separators.
case("comma", two, ana, bo)
case("semicolon", two.replace(",", ";"), ana, bo)
case("tab", two.replace(",", "\t"), ana, bo, suffix="tsv")
case("bar", two.replace(",", "|"), ana, bo)
case("sep-line", "sep=;\r\n" + two.replace(",", ";"), ana, bo)
case("sep-line-comma-cells", f"sep=;\nname;email\n\"a, b\";x@example.com\n", row(name="a, b", email="x@example.com"))
case("semicolon-with-commas", "name;email\nSmith, Ana;ana@example.com\nDoe, Bo;bo@example.com\n",
     row(name="Smith, Ana", email="ana@example.com"), row(name="Doe, Bo", email="bo@example.com"))
case("comma-with-semicolons", "name,email\na;b,x@example.com\nc;d,y@example.com\n",
     row(name="a;b", email="x@example.com"), row(name="c;d", email="y@example.com"))

# Line ends.
case("crlf", two.replace("\n", "\r\n"), ana, bo)
case("cr-only", two.replace("\n", "\r"), ana, bo)
case("mixed-ends", f"device_id,email\r\n{A},ana@example.com\n{B},bo@example.com\r", ana, bo)
case("no-last-end", two.rstrip("\n"), ana, bo)
case("blank-lines", f"\n\ndevice_id,email\n\n{A},ana@example.com\n\n\n{B},bo@example.com\n\n", ana, bo)
case("lines-of-separators", f"device_id,email\n,\n{A},ana@example.com\n,,,\n", ana)
case("blank-lines-count", f"device_id,email\n\n\n,nobody\n", "! 4 no e-mail address")

# Encodings.
case("utf8-bom", "\ufeff" + two, ana, bo)
case("utf16le-bom", b"\xff\xfe" + two.encode("utf-16-le"), ana, bo)
case("utf16be-bom", b"\xfe\xff" + two.encode("utf-16-be"), ana, bo)
case("utf16le-unmarked", two.encode("utf-16-le"), ana, bo)
case("utf16be-unmarked", two.encode("utf-16-be"), ana, bo)
case("utf16-odd-length", b"\xff\xfe" + two.encode("utf-16-le") + b"\x00", ana, bo, )
case("latin1", "name,email\nM\u00fcller-LT,m@example.com\n".encode("latin-1"),
     row(name="M\u00fcller-LT", email="m@example.com"))
case("windows-1252", "name,email\n\u201cDesk\u201d \u20ac,m@example.com\n".encode("cp1252"),
     row(name="\u201cDesk\u201d \u20ac", email="m@example.com"))
case("utf8-names", "name,email\nM\u00fcller-\u65e5\u672c,m@example.com\n",
     row(name="M\u00fcller-\u65e5\u672c", email="m@example.com"))
case("utf8-cut-in-a-character", "name,email\nA,a@example.com\nM\u00fc".encode()[:-1],
     row(name="A", email="a@example.com"), row(name="M\ufffd"))
case("two-files-joined", f"\ufeffdevice_id,email\n{A},ana@example.com\n\ufeff{B},bo@example.com\n", ana, bo)
case("emoji", "name\n\U0001f4bb laptop\n", row(name="\U0001f4bb laptop"))
case("lone-surrogate", b"\xff\xfe" + "name\nA".encode("utf-16-le") + b"\x00\xd8" + "B\n".encode("utf-16-le"),
     row(name="A\ufffdB"))

# Quotes.
case("quoted", f"\"device_id\",\"email\"\n\"{A}\",\"ana@example.com\"\n", ana)
case("quotes-inside", "name,email\n\"say \"\"hi\"\"\",a@example.com\n", row(name='say "hi"', email="a@example.com"))
case("separator-inside", "name,email\n\"a,b\",a@example.com\n", row(name="a,b", email="a@example.com"))
case("break-inside", f"name,device_id\n\"two\nlines\",{A}\nx,{B}\n", row(A, name="two\nlines"), row(B, name="x"))
case("crlf-inside", f"name,device_id\r\n\"two\r\nlines\",{A}\r\n", row(A, name="two\r\nlines"))
case("line-after-break", "name,email\n\"two\nlines\",a@example.com\n,nobody\n",
     row(name="two\nlines", email="a@example.com"), "! 4 no e-mail address")
case("quote-never-closed", "name,email\n\"ANA,a@example.com\nBO,b@example.com\n", "! 2 never closed",
     row(name="BO", email="b@example.com"))
case("quote-in-the-middle", "name,email\n13\" laptop,a@example.com\n", row(name='13" laptop', email="a@example.com"))
case("text-after-quote", "name,email\n\"ANA\" LT,a@example.com\n", row(name="ANALT", email="a@example.com"))
case("space-before-quote", "name,email\nANA, \"a@example.com\"\n", row(name="ANA", email="a@example.com"))
case("empty-quotes", f"name,device_id\n\"\",{A}\n", row(A))
case("single-quotes", "name,email\n'ANA',a@example.com\n", row(name="'ANA'", email="a@example.com"))

# Headings.
case("names-of-people", f"Device ID;User;Hostname;OS\n{A};ana@example.com;ANA;Windows\n",
     row(A, "ana@example.com", "ANA", platform="Windows"))
case("names-with-marks", f"DEVICE-ID,user_email,Computer Name\n{A},ana@example.com,ANA\n",
     row(A, "ana@example.com", "ANA"))
case("title-above", f"Laptops of the sales team,\nas of Monday,\nname,email\nANA,ana@example.com\n",
     row(name="ANA", email="ana@example.com"))
case("unknown-columns", f"cost centre,device_id,colour\n17,{A},red\n", row(A))
case("twice-the-same-heading", "name,name,email\nANA,other,a@example.com\n", row(name="ANA", email="a@example.com"))
case("other-order", f"platform,email,registration_id,device_id\nmac,a@example.com,r-1,{A}\n",
     row(A, "a@example.com", registration="r-1", platform="mac"))
case("headings-alone", "device_id,email\n")
case("no-heading-ids", f"{A},ana@example.com\n{B},bo@example.com\n", ana, bo)
case("no-heading-names", "ANA-LT-04\nBO-LT-05\n", row(name="ANA-LT-04"), row(name="BO-LT-05"))
case("no-heading-mails", "ana@example.com\nbo@example.com\n", row(email="ana@example.com"), row(email="bo@example.com"))
case("padded", f"  Device ID , Email \n {A} , ana@example.com \n", ana)

# Rows.
case("repeated", two + f"{A},ana@example.com\n", ana, bo, "= 4")
case("repeated-names", "name\nANA-LT\nana-lt$\nBO\n", row(name="ANA-LT"), "= 3", row(name="BO"))
case("no-device", "device_id,email,name,note\n,,,lost\n", "! 2 names no device")
case("no-mail-address", f"device_id,email\n{A},Ana Smith\n{B},bo@example.com\n", "! 2 no e-mail address", bo)
case("too-many-cells", f"device_id,email\n{A},ana@example.com,more\n{B},bo@example.com,\n", "! 2 more cells", bo)
case("too-few-cells", f"device_id,email,name\n{A}\n", row(A))
case("braces", "device_id\n{" + A.upper() + "}\n", row(A))
case("upper-case-id", f"device_id\n{A.upper()}\n", row(A))
case("id-of-another-kind", "device_id\nserial-17\n", row("serial-17"))
case("huge-cell", "name,email\n" + "x" * 20_001 + ",a@example.com\nok,b@example.com\n", "! 2 too long",
     row(name="ok", email="b@example.com"))
case("long-name", "name,email\n" + "x" * 10_000 + ",a@example.com\n", row(name="x" * 10_000, email="a@example.com"))

# Hostile cells.
case("formula", "name,email\n=HYPERLINK(1),a@example.com\n", row(name="=HYPERLINK(1)", email="a@example.com"))
case("formula-guarded", "name,email\n'=1+1,a@example.com\n", row(name="=1+1", email="a@example.com"))
case("markup", "name,email\n<img src=x onerror=1>,a@example.com\n",
     row(name="<img src=x onerror=1>", email="a@example.com"))
case("right-to-left", "name,email\n\u202eGNP.TPOTPAL,a@example.com\n",
     row(name="\u202eGNP.TPOTPAL", email="a@example.com"))
case("nul", b"name,email\nAN\x00A,a@example.com\n", row(name="AN\0A", email="a@example.com"))
case("tab-in-a-name", "name,email\n\"A\tB\",a@example.com\n", row(name="A\tB", email="a@example.com"))
case("many-columns", "name," + ",".join(f"c{i}" for i in range(500)) + "\nANA" + "," * 500 + "\n", row(name="ANA"))

# No tables.
case("empty", b"", "error empty")
case("blank", b"\n\n   \n", "error empty")
case("bom-alone", b"\xef\xbb\xbf", "error empty")
case("workbook", b"PK\x03\x04\x14\x00\x06\x00", "error workbook", suffix="xlsx")
case("old-workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "error workbook", suffix="xls")
case("pdf", b"%PDF-1.7\n", "error PDF", suffix="pdf")
case("picture", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 100 + b"\x01\x02", "error no text", suffix="png")

here = Path(__file__).parent
for name, (content, expected, suffix) in cases.items():
    (here / f"{name}.{suffix}").write_bytes(content)
    (here / f"{name}.expected").write_text("".join(line + "\n" for line in expected))
print(len(cases), "files")
