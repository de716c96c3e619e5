#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""corpus.py   writes the files in this folder: tables as people and their programs create them, and for each table
the expected result.  A line of NAME.expected is one of

    device_id | registration_id | email | name | platform     a row, \\n and the like escaped as in JSON
    = LINE                                                    a duplicate of an earlier row
    ! LINE words                                              a row that cannot be used, and words of the reason
    ~ LINE words                                              a row that is used in part, and words of the reason
    error words                                               the file cannot be read, and words of the reason
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

# Line endings.
case("crlf", two.replace("\n", "\r\n"), ana, bo)
case("cr-only", two.replace("\n", "\r"), ana, bo)
case("mixed-ends", f"device_id,email\r\n{A},ana@example.com\n{B},bo@example.com\r", ana, bo)
case("no-last-end", two.rstrip("\n"), ana, bo)
case("blank-lines", f"\n\ndevice_id,email\n\n{A},ana@example.com\n\n\n{B},bo@example.com\n\n", ana, bo)
case("lines-of-separators", f"device_id,email\n,\n{A},ana@example.com\n,,,\n", ana)
case("blank-lines-count", f"device_id,email\n\n\n,nobody\n", "! 4 not an e-mail address")

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
     row(name="A", email="a@example.com"), row(name="M\ufffd"), "~ 3 not UTF-8")
case("two-files-joined", f"\ufeffdevice_id,email\n{A},ana@example.com\n\ufeff{B},bo@example.com\n", ana, bo)
case("emoji", "name\n\U0001f4bb laptop\n", row(name="\U0001f4bb laptop"))
case("lone-surrogate", b"\xff\xfe" + "name\nA".encode("utf-16-le") + b"\x00\xd8" + "B\n".encode("utf-16-le"),
     row(name="A\ufffdB"), "~ 2 not UTF-16")

# Quotes.
case("quoted", f"\"device_id\",\"email\"\n\"{A}\",\"ana@example.com\"\n", ana)
case("quotes-inside", "name,email\n\"say \"\"hi\"\"\",a@example.com\n", row(name='say "hi"', email="a@example.com"))
case("separator-inside", "name,email\n\"a,b\",a@example.com\n", row(name="a,b", email="a@example.com"))
case("break-inside", f"name,device_id\n\"two\nlines\",{A}\nx,{B}\n", row(A, name="two\nlines"), row(B, name="x"))
case("crlf-inside", f"name,device_id\r\n\"two\r\nlines\",{A}\r\n", row(A, name="two\r\nlines"))
case("line-after-break", "name,email\n\"two\nlines\",a@example.com\n,nobody\n",
     row(name="two\nlines", email="a@example.com"), "! 4 not an e-mail address")
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
case("no-mail-address", f"device_id,email\n{A},Ana Smith\n{B},bo@example.com\n", row(A), "~ 2 not an e-mail address", bo)
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

# Files that are not tables.
case("empty", b"", "error empty")
case("blank", b"\n\n   \n", "error empty")
case("bom-alone", b"\xef\xbb\xbf", "error empty")
case("workbook", b"PK\x03\x04\x14\x00\x06\x00", "error workbook", suffix="xlsx")
case("old-workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "error old Excel file", suffix="xls")
case("pdf", b"%PDF-1.7\n", "error PDF", suffix="pdf")
case("picture", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 100 + b"\x01\x02", "error Not a text", suffix="png")

# Lines above the table, and a separator that only the whole file determines.
def devices(separator, end="\n", heading=("Device name", "User")):
    lines = [heading, ("PC-1", "a@example.com"), ("PC-2", "b@example.com")]
    return "".join(separator.join(line) + end for line in lines)


one, two_names = row(name="PC-1", email="a@example.com"), row(name="PC-2", email="b@example.com")
pcs = one, two_names
case("type-line", "#TYPE Selected.System.Object\n" + devices(";").replace("Device name;User", '"Device name";"User"')
     .replace("PC-1;a@example.com", '"PC-1";"a@example.com"').replace("PC-2;b@example.com", '"PC-2";"b@example.com"'), *pcs)
case("type-line-comma", "#TYPE Microsoft.ActiveDirectory.Management.ADComputer\r\n" + devices(",", "\r\n"), *pcs)
case("type-line-tab", "#TYPE System.Data.DataRow\n" + devices("\t"), *pcs)
case("above-title", "Devices of the sales team\n" + devices(";"), *pcs)
case("above-title-and-date", "Report\n28.11.2026 09:15\n\n" + devices(";"), *pcs)
case("above-commas", "Berlin, Hamburg, Munich\nmade by Ana, checked by Bo, sent on Monday\n" + devices(";"), *pcs)
case("above-semicolons", "Berlin; Hamburg; Munich\n" + devices(","), *pcs)
case("above-padded", "Report of Monday,\n,\n" + devices(","), *pcs)
case("above-quoted", "\"Report; Monday; all\"\n\"by Ana\"\n" + devices(";"), *pcs)
case("above-many", "".join(f"note {n}, of the helpdesk\n" for n in range(30)) + devices(";"), *pcs)
case("above-pairs", "Created by: Ana\nCreated on: 2026-11-28\nHost: srv-1\n\n" + devices("|"), *pcs)
case("above-no-heading", "Laptops of Monday\nPC-1;a@example.com\nPC-2;b@example.com\n", *pcs)
case("above-heading-word", "Computers\n" + devices(";"), *pcs)
case("above-link", "https://intranet.example/list?a=1,2,3\n" + devices(";"), *pcs)
case("below-rule", "Name,User\n----,----\nPC-1,a@example.com\nPC-2,b@example.com\n", *pcs)
case("many-users-commas", "Name;Users\n" + "".join(f"PC-{n};a{n}@example.com,b{n}@example.com,c{n}@example.com\n" for n in (1, 2)),
     *(row(name=f"PC-{n}", email=f"{c}{n}@example.com") for n in (1, 2) for c in "abc"))
case("late-commas", "Name;User;Note\n" + "".join(f"PC-{n};u{n}@example.com;x, y, z, and more\n" for n in range(1, 9)),
     *(row(name=f"PC-{n}", email=f"u{n}@example.com") for n in range(1, 9)))

# The line that declares the separator.
for name, line, separator in (("quoted", '"sep=;"\n', ";"), ("quoted-crlf", '"sep=;"\r\n', ";"), ("tab", "sep=\t\n", "\t"),
                              ("tab-word", "sep=\\t\n", "\t"), ("bar", "sep=|\n", "|"), ("capitals", "SEP=;\n", ";"),
                              ("caret", "sep=^\n", "^"), ("colon", "sep=:\n", ":"), ("after-empty", "\r\n\r\nsep=;\r\n", ";"),
                              ("after-mark", "\ufeffsep=;\n", ";"), ("quoted-after-mark", '\ufeff"sep=;"\n', ";"),
                              ("mark-and-empty", '\ufeff\n\n"sep=|"\n', "|"), ("resaved", "sep=;,,,\n", ";"),
                              ("padded", "sep=;;;\n", ";"), ("spaces", "  sep=;  \n", ";"), ("comma", '"sep=,"\n', ","),
                              ("and-title", "sep=;\nDevices, of all, sites\n", ";")):
    heading = ("Device", "User")
    case(f"sep-{name}", line + devices(separator, heading=heading), *pcs)
case("sep-utf16", b"\xff\xfe" + ("sep=;\r\n" + devices(";", "\r\n")).encode("utf-16-le"), *pcs)
case("sep-is-a-name", "sep=laptop,Name,User\nx,PC-1,a@example.com\n", one)

# Tables of other systems: an ID that is not the service's is not used as a device's ID.
U, V = "4c4c4544-0042-3010-8052-b4c04f564231", "4c4c4544-0042-3010-8052-b4c04f564232"
case("other-system", f"id,hostname,uuid,primary_user\n12,PC-1,{U.upper()},a@example.com\n13,PC-2,{V.upper()},b@example.com\n",
     row(U, "a@example.com", "PC-1"), row(V, "b@example.com", "PC-2"))
case("other-system-numbers", "ID;Name;User\n1;PC-1;a@example.com\n2;PC-2;b@example.com\n", *pcs)
case("other-system-serials", "Id,Serial,Hostname,Mail\nX7,5CD1,PC-1,a@example.com\nX8,5CD2,PC-2,b@example.com\n", *pcs)
case("other-system-guid", "GUID,Computer,Owner\nGUID:4C4C4544-0042,PC-1,a@example.com\nGUID:4C4C4544-0043,PC-2,b@example.com\n", *pcs)
case("two-ids", f"id,device_id,email\n1,{A},ana@example.com\n2,{B},bo@example.com\n", ana, bo)
case("id-spellings", f"uuid\n{A.replace('-', '')}\nurn:uuid:{B}\n", row(A), row(B))
case("id-invisible", f"device_id,email\n\u200b{A[:9]}\u00ad{A[9:]}\u00a0,ana@exam\u200bple.com\u200f\n{B},\ufeffbo@example.com\n", ana, bo)

# User columns without e-mail addresses: the rows are kept, by their computers.
case("accounts", "Username,Computer\nCONTOSO\\jdoe,PC-1\nCONTOSO\\x,PC-2\n", row(name="PC-1"), row(name="PC-2"))
case("people", "Owner,Hostname\nJane Doe,PC-2\nJoe,\\\\\\\\PC-5\nJim,CONTOSO\\PC-3\n",
     row(name="PC-2"), row(name="\\\\\\\\PC-5"), row(name="CONTOSO\\PC-3"))
for name, users in (("accounts-short", ("jdoe", "x")), ("people-comma", ("\"Doe, Jane\"", "\"Smith, Bo\"")),
                    ("accounts-local", (".\\admin", ".\\user")), ("people-numbers", ("4711", "4712")),
                    ("people-kanji", ("\u7530\u4e2d", "\u4f50\u85e4")), ("people-dash", ("-", "n/a")),
                    ("people-phone", ("+49 30 1", "+49 30 2")), ("accounts-distinguished", ("\"CN=Ana,OU=x\"", "\"CN=Bo,OU=x\""))):
    case(f"user-{name}", f"User,Computer\n{users[0]},PC-1\n{users[1]},PC-2\n", row(name="PC-1"), row(name="PC-2"))
case("user-names-and-mails", "User,E-mail,Computer\nAna,a@example.com,PC-1\nBo,b@example.com,PC-2\n", *pcs)
case("name-of-person", "Name,E-mail,Computer name\nAna,a@example.com,PC-1\nBo,b@example.com,PC-2\n", *pcs)
case("user-one-bad", "Computer,User\nPC-1,a@example.com\nPC-2,CONTOSO\\bo\nPC-3,c@example.com\n", one, row(name="PC-2"),
     "~ 3 not an e-mail address", row(name="PC-3", email="c@example.com"))
case("user-several", "Computer,User\nPC-1,a@example.com; b@example.com\nPC-2,\"c@example.com, d@example.com\"\n"
     "PC-3,\"e@example.com\nf@example.com\"\n", *(row(name=f"PC-{n // 2 + 1}", email=f"{c}@example.com") for n, c in enumerate("abcdef")))
case("user-with-name", "Computer,User\nPC-1,Ana <a@example.com>\nPC-2,mailto:b@example.com\n", *pcs)
case("user-aliases", "Computer,Mail\nPC-1,SMTP:a@example.com smtp:a@example.com\nPC-2,b@example.com\n", *pcs)
case("text-formulas", "Computer,User\n\"=\"\"PC-1\"\"\",a@example.com\n\"=\"\"PC-2\"\"\",b@example.com\n", *pcs)

# UTF-8 with one broken byte: the rest is unchanged.
def broken(name, text, place, byte, *expected):
    data = text.encode()
    at = data.index(place.encode())
    case(f"broken-{name}", data[:at] + byte + data[at + len(place.encode()):], *expected)


jose = row(name="Jos\u00e9-PC", email="a@example.com")
spanish = "Name,User\nJos\u00e9-PC,a@example.com\nbad#-PC,b@example.com\n"
for name, byte in (("ff", b"\xff"), ("fe", b"\xfe"), ("c0", b"\xc0"), ("80", b"\x80"), ("c3", b"\xc3"), ("e9", b"\xe9"), ("81", b"\x81"),
                   ("f0", b"\xf0"), ("latin", b"\xfc")):
    broken(name, spanish, "#", byte, jose, row(name="bad\ufffd-PC", email="b@example.com"), "~ 3 not UTF-8")
broken("cut", spanish, "#", b"\xe2\x82", jose, row(name="bad\ufffd\ufffd-PC", email="b@example.com"), "~ 3 not UTF-8")
broken("first", "Name,User\n#PC,b@example.com\nJos\u00e9-PC,a@example.com\n", "#", b"\xff", row(name="\ufffdPC", email="b@example.com"),
       "~ 2 not UTF-8", jose)
broken("other-column", "Name,User,Site\nJos\u00e9-PC,a@example.com,M\u00fcnchen\nPC-1,a@example.com,K#ln\n", "#", b"\xf6", jose, one, "~ 3 not UTF-8")
broken("heading", "Name,User,Stra#e\nJos\u00e9-PC,a@example.com,1\nM\u00fcller,b@example.com,2\n", "#", b"\xdf", jose,
       row(name="M\u00fcller", email="b@example.com"), "~ 1 not UTF-8")
broken("last", "Name,User\nJos\u00e9-PC,a@example.com\nPC-1,a@example.com\nM\u00fcller#", "#", b"\xe9", jose, one, row(name="M\u00fcller\ufffd"), "~ 4 not UTF-8")
broken("cyrillic", "Name,User\n\u0411\u0443\u0445-1,a@example.com\n\u041a\u0430\u0434#\u044b,b@example.com\n", "#", b"\xd0",
       row(name="\u0411\u0443\u0445-1", email="a@example.com"), row(name="\u041a\u0430\u0434\ufffd\u044b", email="b@example.com"), "~ 3 not UTF-8")
broken("kanji", "Name,User\n\u7d4c\u7406-1,a@example.com\n\u55b6#\u696d,b@example.com\n", "#", b"\xe5",
       row(name="\u7d4c\u7406-1", email="a@example.com"), row(name="\u55b6\ufffd\u696d", email="b@example.com"), "~ 3 not UTF-8")

# Legacy encodings, detected from the letters alone.
def legacy(name, encoding, text, separator=";", end="\r\n"):
    heading, *names = text
    lines = [separator.join(heading)] + [f"{n}{separator}u{i}@example.com" for i, n in enumerate(names)]
    content = "".join(line + end for line in lines)
    assert encoding is None or content.encode(encoding)
    case(f"legacy-{name}", content.encode(encoding), *(row(name=n, email=f"u{i}@example.com") for i, n in enumerate(names)))


case("cp1251", "\u0418\u043c\u044f;\u041f\u043e\u043b\u044c\u0437\u043e\u0432\u0430\u0442\u0435\u043b\u044c\n"
     "\u0411\u0443\u0445\u0433\u0430\u043b\u0442\u0435\u0440\u0438\u044f-1;a@example.com\n".encode("cp1251"),
     row(name="\u0411\u0443\u0445\u0433\u0430\u043b\u0442\u0435\u0440\u0438\u044f-1", email="a@example.com"))
russian = ("\u0418\u043c\u044f", "\u041f\u043e\u043b\u044c\u0437\u043e\u0432\u0430\u0442\u0435\u043b\u044c"), "\u0421\u043a\u043b\u0430\u0434-2", "\u0411\u0423\u0425-01", "\u041e\u0442\u0434\u0435\u043b \u043a\u0430\u0434\u0440\u043e\u0432"
legacy("russian-1251", "cp1251", russian)
legacy("russian-koi8", "koi8-r", russian)
legacy("russian-866", "cp866", russian)
legacy("russian-8859", "iso8859-5", russian)
legacy("ukrainian", "cp1251", (("\u041a\u043e\u043c\u043f'\u044e\u0442\u0435\u0440", "\u041a\u043e\u0440\u0438\u0441\u0442\u0443\u0432\u0430\u0447"), "\u0411\u0443\u0445\u0433\u0430\u043b\u0442\u0435\u0440\u0456\u044f-1", "\u041a\u0438\u0457\u0432-\u0421\u043a\u043b\u0430\u0434"))
polish = ("Nazwa komputera", "U\u017cytkownik"), "Ksi\u0119gowo\u015b\u0107-1", "\u0141\u00f3d\u017a-PC", "\u015awietlica"
legacy("polish-1250", "cp1250", polish)
legacy("polish-8859", "iso8859-2", polish)
legacy("polish-852", "cp852", polish)
legacy("czech", "cp1250", (("N\u00e1zev po\u010d\u00edta\u010de", "U\u017eivatel"), "\u00da\u010detn\u00ed-1", "P\u0159\u00edjem-PC", "\u0158editel"))
legacy("hungarian", "cp1250", (("Sz\u00e1m\u00edt\u00f3g\u00e9p", "Felhaszn\u00e1l\u00f3"), "K\u00f6nyvel\u0151-1", "Gy\u0151r-PC", "P\u00e9nz\u00fcgy"))
legacy("german", "cp1252", (("Ger\u00e4t", "Benutzer"), "M\u00fcller-LT", "Geb\u00e4ude-3", "Stra\u00dfe-PC"))
legacy("german-850", "cp850", (("Ger\u00e4t", "Benutzer"), "M\u00fcller-LT", "Geb\u00e4ude-3", "Stra\u00dfe-PC"))
legacy("german-mac", "mac-roman", (("Ger\u00e4t", "Benutzer"), "M\u00fcller-LT", "Geb\u00e4ude-3", "B\u00fcro"))
legacy("french", "cp1252", (("Appareil", "Utilisateur"), "Comptabilit\u00e9-1", "H\u00f4tel-PC", "Ren\u00e9\u2019s PC"))
legacy("portuguese", "cp1252", (("Computador", "Usu\u00e1rio"), "Produ\u00e7\u00e3o-1", "S\u00e3o-Paulo", "Recep\u00e7\u00e3o"))
legacy("greek", "cp1253", (("\u03a5\u03c0\u03bf\u03bb\u03bf\u03b3\u03b9\u03c3\u03c4\u03ae\u03c2", "\u03a7\u03c1\u03ae\u03c3\u03c4\u03b7\u03c2"), "\u039b\u03bf\u03b3\u03b9\u03c3\u03c4\u03ae\u03c1\u03b9\u03bf-1", "\u0391\u03b8\u03ae\u03bd\u03b1"))
legacy("turkish", "cp1254", (("Bilgisayar", "Kullan\u0131c\u0131"), "Muhasebe-M\u00fcd\u00fcrl\u00fc\u011f\u00fc", "\u0130stanbul-\u015ei\u015fli", "G\u00fcne\u015f"))
legacy("lithuanian", "cp1257", (("Kompiuteris", "Mail"), "Apskaita-\u0160iauliai", "Klaip\u0117da-\u017dv\u0117rynas", "Vad\u0117jas-\u0105\u017euolas"))
legacy("hebrew", "cp1255", (("\u05de\u05d7\u05e9\u05d1", "\u05de\u05e9\u05ea\u05de\u05e9"), "\u05d7\u05e9\u05d1\u05d5\u05e0\u05d0\u05d5\u05ea-1", "\u05de\u05e0\u05d4\u05dc\u05d4"))
legacy("japanese-sjis", "shift_jis", (("\u7aef\u672b\u540d", "\u30e6\u30fc\u30b6\u30fc"), "\u7d4c\u7406\u90e8-1", "\u55b6\u696d\u306ePC", "\u6771\u4eac\u672c\u793e"))
legacy("japanese-euc", "euc_jp", (("\u7aef\u672b\u540d", "\u30e6\u30fc\u30b6\u30fc"), "\u7d4c\u7406\u90e8-1", "\u55b6\u696d\u306ePC", "\u6771\u4eac\u672c\u793e"))
legacy("japanese-7bit", "iso2022_jp", (("\u7aef\u672b\u540d", "\u30e6\u30fc\u30b6\u30fc"), "\u7d4c\u7406\u90e8-1", "\u6771\u4eac\u672c\u793e"))
legacy("chinese", "gb18030", (("\u8ba1\u7b97\u673a\u540d", "\u7528\u6237"), "\u8d22\u52a1\u90e8-1", "\u5f20\u4f1f\u7684\u7535\u8111", "\u5317\u4eac\u4f1a\u8bae\u5ba4"))
legacy("chinese-big5", "big5", (("\u96fb\u8166\u540d\u7a31", "\u4f7f\u7528\u8005"), "\u8ca1\u52d9\u90e8-1", "\u9673\u7d93\u7406\u7684\u96fb\u8166", "\u53f0\u5317\u6703\u8b70\u5ba4"))
legacy("korean", "cp949", (("\ucef4\ud4e8\ud130 \uc774\ub984", "\uc0ac\uc6a9\uc790"), "\ud68c\uacc4\ud300-1", "\uae40\ucca0\uc218 \ub178\ud2b8\ubd81", "\uc11c\uc6b8 \ubcf8\uc0ac"))
for encoding in ("utf-16-le", "utf-16-be"):
    for name, words in (("russian", russian), ("japanese", (("\u7aef\u672b\u540d", "\u30e6\u30fc\u30b6\u30fc"), "\u7d4c\u7406\u90e8\u8ab2\u7aef\u672b", "\u6771\u4eac\u672c\u793e"))):
        legacy(f"{name}-{encoding}-unmarked", encoding, words, "\t")
case("legacy-utf32", b"\xff\xfe\x00\x00" + devices(";").encode("utf-32-le"), *pcs)

# Different spellings of the same.
case("typographic", "Name,User\nAna\u2019s MacBook\u00a0Pro,a@example.com\nana's macbook pro,a@example.com\n",
     row(name="Ana\u2019s MacBook\u00a0Pro", email="a@example.com"), "= 3")
case("decomposed", "Name\nJose\u0301-PC\nJos\u00e9-PC\n", row(name="Jose\u0301-PC"), "= 3")
case("domains-repeated", "Computer\nPC-5\n\\\\PC-5\nCONTOSO\\pc-5\nPC-5$\n\u200bPC-5\n", row(name="PC-5"), "= 3", "= 4", "= 5", "= 6")
case("heading-twice", "Name,User\nPC-1,a@example.com\nName,User\nPC-2,b@example.com\n", one, "= 3", two_names)
case("heading-unknown", "Kiste;Kontakt\nPC-1;a@example.com\nPC-2;b@example.com\n", *pcs)

here = Path(__file__).parent
for name, (content, expected, suffix) in cases.items():
    (here / f"{name}.{suffix}").write_bytes(content)
    (here / f"{name}.expected").write_text("".join(line + "\n" for line in expected))
print(len(cases), "files")
