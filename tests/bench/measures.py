#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""measures.py BUILD [NAME...]   measures what an operator waits for, each compared with a reference in the same run.

Prints a line for each measure: name, result, the reference's result, ratio, target, `met` or `short`."""

import contextlib
import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
import zipfile
from pathlib import Path

here = Path(__file__).resolve().parent
build = Path(sys.argv[1]).resolve()
scales = (1_000, 10_000, 100_000)
short = []


def ask(*arguments, program="bench_window"):
    """Runs a program and returns what it prints: the figure, and the text after it."""
    with tempfile.TemporaryDirectory() as home:
        environment = dict(os.environ, HOME=home, XDG_CONFIG_HOME=f"{home}/config", XDG_DATA_HOME=f"{home}/data",
                           XDG_CACHE_HOME=f"{home}/cache", XDG_RUNTIME_DIR=home, XDG_STATE_HOME=f"{home}/state", LC_ALL="C.UTF-8", BENCH_BORN=str(time.monotonic_ns() / 1e6))
        done = subprocess.run([build / program, *map(str, arguments)], env=environment, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=300, text=True)
        if done.returncode:
            sys.exit(f"{program} {arguments[0]} ended with {done.returncode}: {done.stderr[-2000:]}")
    figure, _, words = done.stdout.strip().partition(" ")
    return float(figure), words


def median(times, *arguments, program="bench_window"):
    return statistics.median(ask(*arguments, program=program)[0] for _ in range(times))


def tell(name, figure, reference, ratio, aim, met, words=""):
    print(f"{name:<28} {figure:>12} {reference:>30} {ratio:>9} {aim:>26}  {'met' if met else 'short'}"
          + (f"  ({words})" if words else ""), flush=True)
    if not met:
        short.append(name)


@contextlib.contextmanager
def display():
    """Starts a virtual display if there is none: windows are really drawn."""
    if os.environ.get("DISPLAY"):
        yield
        return
    with subprocess.Popen(["Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        os.environ["DISPLAY"] = ":" + server.stdout.readline().strip()
        try:
            yield
        finally:
            server.terminate()


class Account:
    """A sandbox account with so many devices."""

    def __init__(self, devices, *options):
        self.process = subprocess.Popen(
            [build / "capturedesk-sandbox", "--port", "0", "--with-parent", "--devices", str(devices), *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url, self.account, self.token = (self.process.stdout.readline().split()[-1] for _ in range(3))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def stats(self):
        with urllib.request.urlopen(f"{self.url.removesuffix('/client/v4')}/sandbox/stats") as reply:
            return json.load(reply)

    def arguments(self):
        return self.url, self.account, self.token


def start():
    empty = median(9, "start", program="bench_empty")
    own = median(9, "start", program="bench_start")
    tell("start", f"{own:.1f} ms", f"empty window {empty:.1f} ms", f"{own / empty:.2f}", "at most 2.2 times",
         own <= 2.2 * empty)


def memory():
    empty = median(3, "memory", program="bench_empty")
    own = median(3, "memory", program="bench_start")
    tell("memory-start", f"{own:.1f} MiB", f"empty window {empty:.1f} MiB", f"{own / empty:.2f}",
         "at most 2.2 times", own <= 2.2 * empty)
    with Account(10_000, "--rate-limit", "0") as account:
        full = median(3, "memory", 10_000, *account.arguments(), program="bench_start")
    tell("memory-10000-devices", f"{full:.1f} MiB", f"empty window {empty:.1f} MiB", f"{full / empty:.2f}",
         "at most 2.8 times", full <= 2.8 * empty)


def sdk():
    """The folder of the vendor's SDK, or None and the reason."""
    if not shutil.which("node") or not shutil.which("npm"):
        return None, "node is not installed"
    folder = build / "sdk"
    if not (folder / "node_modules/cloudflare").exists():
        folder.mkdir(exist_ok=True)
        got = subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder,
                              "cloudflare@7.3.0"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if got.returncode:
            return None, "the SDK could not be fetched with npm"
    return folder, ""


def loading():
    with Account(10_000, "--latency-ms", "20") as account:
        own, _ = ask("load", 10_000, *account.arguments())
        busiest = account.stats()["busiest_second"]
    tell("load-pace", f"{busiest} requests", "200 a second", f"{busiest / 200:.2f}", "never over 200 a second",
         busiest <= 200)
    folder, why = sdk()
    if not folder:
        print(f"{'load-10000':<28} {own / 1000:>10.2f} s  skipped against the vendor's SDK: {why}", flush=True)
        return
    with Account(10_000, "--latency-ms", "20") as account:
        done = subprocess.run(["node", here / "sdk.mjs", folder, *account.arguments()], check=True,
                              stdout=subprocess.PIPE, text=True)
    took, devices = map(float, done.stdout.split())
    assert devices == 10_000
    tell("load-10000", f"{own / 1000:.2f} s", f"vendor's SDK {took / 1000:.2f} s", f"{took / own:.2f}",
         "at least 4.5 times faster", took >= 4.5 * own)


def keystroke():
    for devices in scales:
        worst, words = ask("keystroke", devices)
        tell(f"keystroke-{devices}", f"{worst:.1f} ms", "frame 16.0 ms", f"{worst / 16:.2f}",
             "1 frame, 99th percentile", worst <= 16, words)


def sorting():
    for devices in scales:
        worst, words = ask("sort", devices)
        tell(f"sort-{devices}", f"{worst:.1f} ms", "100.0 ms", f"{worst / 100:.2f}", "at most 100 ms",
             worst <= 100, words)


def hold():
    for devices in scales:
        with Account(devices, "--rate-limit", "0") as account:
            worst, words = ask("hold", devices, *account.arguments())
        tell(f"hold-{devices}", f"{worst:.1f} ms", "50.0 ms", f"{worst / 50:.2f}", "at most 50 ms", worst <= 50,
             words)


def exporting():
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/own.csv"
        own = statistics.median(ask("export", 100_000, path)[0] for _ in range(5))
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert len(rows) == 100_001
        times = []
        for _ in range(5):
            begun = time.perf_counter()
            with open(f"{folder}/theirs.csv", "w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows(rows)
            times.append((time.perf_counter() - begun) * 1000)
        theirs = statistics.median(times)
    tell("export-100000", f"{own:.1f} ms", f"Python's csv {theirs:.1f} ms", f"{theirs / own:.2f}",
         "at least 5 times faster", theirs >= 5 * own)


def write_workbook(path, count):
    """Writes an XLSX as Excel does: seven columns, all text in the shared strings."""
    strings, at = [], {}

    def shared(text):
        if text not in at:
            at[text] = len(strings)
            strings.append(text)
        return at[text]

    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    rows = []
    for line in range(1, count + 2):
        cells = (["device_id", "registration_id", "email", "name", "platform", "version", "seen"] if line == 1 else
                 [str(uuid.UUID(int=line)), str(uuid.UUID(int=line << 64)), f"user{line}@example.com", f"LAPTOP-{line}",
                  "windows", f"2026.{line % 12}", 46000 + line / 1000])
        rows.append(f'<row r="{line}" spans="1:7">' + "".join(
            f'<c r="{"ABCDEFG"[i]}{line}" t="s"><v>{shared(cell)}</v></c>' if isinstance(cell, str) else
            f'<c r="{"ABCDEFG"[i]}{line}" s="1"><v>{cell}</v></c>' for i, cell in enumerate(cells)) + "</row>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in (
                ("[Content_Types].xml", f'<Types xmlns="{package}/content-types"><Default Extension="xml" '
                 'ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
                 'package.relationships+xml"/>' + "".join(
                     f'<Override PartName="/xl/{part}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
                     f'spreadsheetml.{kind}+xml"/>' for part, kind in (
                         ("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"), ("sharedStrings", "sharedStrings"),
                         ("styles", "styles"))) + "</Types>"),
                ("_rels/.rels", f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
                 f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>'),
                ("xl/workbook.xml", f'<workbook {main} xmlns:r="{office}"><sheets><sheet name="Devices" sheetId="1" '
                 'r:id="rId1"/></sheets></workbook>'),
                ("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}/relationships">' + "".join(
                    f'<Relationship Id="rId{i}" Type="{office}/{kind}" Target="{target}"/>' for i, kind, target in (
                        (1, "worksheet", "worksheets/sheet1.xml"), (2, "sharedStrings", "sharedStrings.xml"),
                        (3, "styles", "styles.xml"))) + "</Relationships>"),
                ("xl/styles.xml", f'<styleSheet {main}><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
                 '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">'
                 '<xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>'),
                ("xl/worksheets/sheet1.xml", f'<worksheet {main}><sheetData>{"".join(rows)}</sheetData></worksheet>'),
                ("xl/sharedStrings.xml", f'<sst {main}>' + "".join(f"<si><t>{text}</t></si>" for text in strings)
                 + "</sst>")):
            file.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + body)


def workbook():
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/devices.xlsx"
        write_workbook(path, 100_000)
        own, words = [], ""
        for _ in range(5):
            figure, words = ask(path, program="bench_workbook")
            own.append(figure)
        assert words.startswith("100000 rows"), words
        times = []
        for _ in range(3):
            begun = time.perf_counter()
            subprocess.run(["xlsx2csv", path, f"{folder}/theirs.csv"], check=True)
            times.append((time.perf_counter() - begun) * 1000)
        with open(f"{folder}/theirs.csv", encoding="utf-8", newline="") as file:
            assert sum(1 for _ in csv.reader(file)) == 100_001
    own, theirs = statistics.median(own), statistics.median(times)
    tell("workbook-100000", f"{own:.1f} ms", f"xlsx2csv {theirs:.1f} ms", f"{theirs / own:.2f}",
         "at least 4 times faster", theirs >= 4 * own, words)


def importing():
    """Compares parsing a table into cells with Python's reader.  The details add the time to interpret the cells as
    devices."""
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/table.csv"
        ask("export", 100_000, path)
        runs = [ask("import", 100_000, path) for _ in range(7)]
        own = statistics.median(figure for figure, _ in runs)
        entries = statistics.median(float(words.split()[-1]) for _, words in runs)
        times = []
        for _ in range(7):
            begun = time.perf_counter()
            with open(path, encoding="utf-8-sig", newline="") as file:
                assert sum(1 for _ in csv.reader(file)) == 100_001
            times.append((time.perf_counter() - begun) * 1000)
        theirs = statistics.median(times)
    tell("import-100000", f"{own:.1f} ms", f"Python's csv {theirs:.1f} ms", f"{theirs / own:.2f}",
         "at least 4 times faster", theirs >= 4 * own, f"with what the cells mean {entries:.1f} ms")


def growth():
    """The cost of one row at the largest scale, relative to the smallest."""
    few, many = scales[0], scales[-1]

    def compare(name, unit, cost):
        small, large = cost(few), cost(many)
        ratio = large / small / (many / few)
        tell(f"growth-{name}", f"{large:.1f} {unit}", f"{few} devices {small:.2f} {unit}", f"{ratio:.2f}",
             "no faster than the count", ratio <= 1)

    def load(devices):
        with Account(devices, "--rate-limit", "0") as account:
            return min(float(ask("load", devices, *account.arguments())[1].split()[1]) for _ in range(2))

    def export(devices):
        with tempfile.TemporaryDirectory() as folder:
            return min(ask("export", devices, f"{folder}/x.csv")[0] for _ in range(5))

    compare("load", "ms of processor", load)
    compare("keystroke", "ms", lambda devices: ask("keystroke", devices)[0])
    compare("export", "ms", export)


measures = {"start": start, "memory": memory, "load": loading, "keystroke": keystroke, "sort": sorting, "hold": hold,
            "export": exporting, "import": importing, "workbook": workbook, "growth": growth}
names = sys.argv[2:] or list(measures)
for name in names:
    if name not in measures:
        sys.exit(f"There is no measure called {name}, only {', '.join(measures)}.")
with display():
    for name in names:
        measures[name]()
sys.exit(1 if short else 0)
