#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""mutants.py [--count N] [--seed S] [--files FILE...]   counts the changes of the rules that the unit tests detect.

Each mutant is one change of one source: a comparison reversed, a condition inverted, `&&` for `||`, a number changed,
an early return removed.  The seed selects them, evenly over the files.  A mutant counts as caught when a unit test
fails, is killed by a signal, or runs much longer than without the change.  A mutant that does not compile is replaced
by another one.  Texts, comments, includes and assertions are not changed.

The sources are copied into the build folder first, and only the copy is changed.  Exits with 1 when more than a tenth
survived."""

import argparse
import collections
import dataclasses
import difflib
import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path

root = Path(__file__).resolve().parents[2]
RULES = ("app/captures/plan.cpp", "app/captures/core.cpp", "app/captures/lookup.cpp", "app/captures/retry.cpp",
         "app/captures/occupied.cpp", "app/captures/roll.cpp", "app/devices/import.cpp", "app/devices/layout.cpp",
         "app/devices/headings.cpp", "app/devices/cells.cpp", "app/devices/names.cpp", "app/devices/csvparser.cpp",
         "app/devices/sheet.cpp", "app/exports/*.cpp")
# The programs that test the rules of a folder, with arguments where they have no suites; the fastest first.
PROGRAMS = {"app/captures": ["captures_tests", "captures_model --count 20000"],
            "app/devices": ["devices_tests"],
            "app/exports": ["exports_tests", "devices_tests"]}


@dataclasses.dataclass(frozen=True)
class Mutant:
    file: str
    begin: int
    end: int
    text: str
    kind: str


def code_only(source):
    """The source with comments, texts, preprocessor lines and assertions blanked out; offsets do not change."""
    blank = re.compile(r"//[^\n]*|/\*.*?\*/|R\"\((?:.*?)\)\"|\"(?:\\.|[^\"\\\n])*\"|u?'(?:\\.|[^'\\\n])+'(?=\W)"
                       r"|^[ \t]*#[^\n]*(?:\\\n[^\n]*)*", re.DOTALL | re.MULTILINE)
    code = blank.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), source)
    for word in ("Q_ASSERT", "Q_ASSERT_X", "static_assert", "qFatal", "operator"):
        for found in reversed(list(re.finditer(rf"\b{word}\b *[=!<>]*\(?", code))):
            end = closing(code, found.end() - 1) if code[found.end() - 1] == "(" and word != "operator" else found.end()
            code = code[:found.start()] + re.sub(r"[^\n]", " ", code[found.start():end]) + code[end:]
    return code


def closing(code, at):
    """The offset after the bracket that closes the one at `at`."""
    depth = 0
    for i in range(at, len(code)):
        depth += (code[i] in "([{") - (code[i] in ")]}")
        if depth == 0:
            return i + 1
    return len(code)


SWAPS = {"comparison": {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="},
         "and/or": {"&&": "||", "||": "&&"},
         "arithmetic": {"+ 1": "+ 0", "- 1": "- 0", "+": "-", "-": "+"}}


def mutants_of(name, source):
    code = code_only(source)
    found = []

    def add(begin, end, text, kind):
        if source[begin:end] != text:
            found.append(Mutant(name, begin, end, text, kind))

    # clang-format puts spaces around each binary operator, and none around template arguments.
    for match in re.finditer(r"(?<= )(<=|>=|==|!=|<|>|&&|\|\||[+-] 1\b(?![.'])|[+-])(?=\s)|(?<= )[+-] 1\b(?![.'])", code):
        operator = match.group()
        for kind, swaps in SWAPS.items():
            if operator in swaps:
                add(match.start(), match.end(), swaps[operator], kind)
    for match in re.finditer(r"\bif \(", code):
        end = closing(code, match.end() - 1)
        begin = code.rfind(";", match.end(), end) + 1 or match.end()
        inside = source[begin:end - 1].strip()
        if not re.match(r"(const )?auto&? |!\S+$", inside):  # excludes declarations; a negation is removed below
            add(begin, end - 1, f" !({inside})" if begin > match.end() else f"!({inside})", "condition inverted")
    for match in re.finditer(r"(?<![\w\])])!(?=[\w(])(?!=)", code):
        add(match.start(), match.end(), "", "negation dropped")
    for match in re.finditer(r"\bstd::(min|max)\b", code):
        add(match.start(1), match.end(1), "max" if match.group(1) == "min" else "min", "min/max")
    for match in re.finditer(r"\b(true|false)\b", code):
        add(match.start(), match.end(), "false" if match.group() == "true" else "true", "constant")
    for match in re.finditer(r"(?<![\w.'])\d[\d']*(?![\w.'])", code):
        before = code[:match.start()].rstrip()
        if not before.endswith(("[", "+", "-")) or match.group() != "1":
            add(match.start(), match.end(), str(int(match.group().replace("'", "")) + 1), "constant")
    # A single statement after a condition that leaves the function or the loop early.
    for match in re.finditer(r"\)( \{)?\n +((?:return|continue|break)\b[^;{}]*;)", code):
        add(match.start(2), match.end(2), ";" if match.group(1) else "{}", "early exit removed")
    return found


class Tree:
    """A copy of the sources, and its build."""

    def __init__(self, folder):
        self.source, self.build = folder / "source", folder / "build"
        listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=root, check=True, text=True,
                                stdout=subprocess.PIPE).stdout.splitlines()
        wanted = {name for name in listed if (root / name).is_file()}
        for path in [path for path in self.source.rglob("*") if path.is_file()] if self.source.exists() else []:
            if str(path.relative_to(self.source)) not in wanted:
                path.unlink()
        # Changed files get the current time, so that an object which an earlier run built from a mutant is rebuilt.
        for name in wanted:
            copy, body = self.source / name, (root / name).read_bytes()
            if not copy.exists() or copy.read_bytes() != body:
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(body)
                copy.chmod((root / name).stat().st_mode)
        subprocess.run(["cmake", "-S", self.source, "-B", self.build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug",
                        "-DCAPTUREDESK_GUI=OFF", "-DCMAKE_CXX_FLAGS_DEBUG=-O1"], check=True, stdout=subprocess.DEVNULL)

    def make(self, programs):
        return subprocess.run(["cmake", "--build", self.build, "--target", *programs], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)

    def run(self, command, seconds):
        """None if it passes, otherwise why it fails."""
        home = self.build / "home"
        home.mkdir(exist_ok=True)
        home.chmod(0o700)
        environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", LC_ALL="C.UTF-8", TZ="UTC", HOME=str(home),
                           **{f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "DATA", "CACHE", "STATE")},
                           XDG_RUNTIME_DIR=str(home))
        try:
            done = subprocess.run([self.build / command[0], *command[1:]], env=environment, timeout=seconds,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", cwd=home)
        except subprocess.TimeoutExpired:
            return "hangs"
        if done.returncode == 0:
            return None
        failed = re.search(r"^FAIL!\s*: \w+::(\S+?)\(", done.stdout, re.MULTILINE)
        return failed.group(1) if failed else f"ends with {done.returncode}"


def shown(line):
    return re.sub(r"\s+", " ", line.strip())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100, help="mutants that compile")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", nargs="+", default=RULES, help="sources, or patterns of them")
    parser.add_argument("--build", type=Path, default=root / "build/mutants", help="folder that is used for building")
    options = parser.parse_args()

    names = sorted({str(path.relative_to(root)) for pattern in options.files for path in root.glob(pattern)})
    unknown = [name for name in names if str(Path(name).parent) not in PROGRAMS]
    if unknown or not names:
        sys.exit(f"No unit tests are known for {', '.join(unknown) or options.files}.")
    sources = {name: (root / name).read_text(encoding="utf-8") for name in names}
    chance = random.Random(options.seed)
    queues = {}
    for name, source in sources.items():
        mutants = mutants_of(name, source)
        chance.shuffle(mutants)
        # One kind after the other, so that the many constants and comparisons do not displace the rest.
        kinds = collections.defaultdict(list)
        for mutant in mutants:
            kinds[mutant.kind].append(mutant)
        queues[name] = [mutant for turn in range(len(mutants)) for kind in kinds.values() for mutant in kind[turn:turn + 1]]

    tree = Tree(options.build.resolve())
    commands = sorted({command for name in names for command in PROGRAMS[str(Path(name).parent)]})
    print("Building the tests without a change", flush=True)
    made = tree.make([command.split()[0] for command in commands])
    if made.returncode:
        sys.exit(made.stdout[-3000:])
    runs = collections.defaultdict(list)  # program: [(seconds, command)]
    for command in commands:
        words = command.split()
        suites = [words] if len(words) > 1 else [
            [words[0], suite] for suite in subprocess.run([tree.build / words[0], "--list"], text=True, check=True,
                                                          stdout=subprocess.PIPE).stdout.split()]
        for run in suites:
            began = time.monotonic()
            if why := tree.run(run, 600):
                sys.exit(f"{' '.join(run)} fails without any change: {why}")
            runs[command].append((time.monotonic() - began, run))

    caught, survived, rejected = [], [], 0
    order = [name for name in names if queues[name]]
    while order and len(caught) + len(survived) < options.count:
        for name in list(order):
            if len(caught) + len(survived) == options.count:
                break
            while queues[name]:
                mutant = queues[name].pop(0)
                source = sources[name]
                changed = source[:mutant.begin] + mutant.text + source[mutant.end:]
                (tree.source / name).write_text(changed, encoding="utf-8")
                programs = PROGRAMS[str(Path(name).parent)]
                why = None
                if tree.make([program.split()[0] for program in programs]).returncode:
                    rejected += 1
                    continue
                for seconds, run in sorted(each for program in programs for each in runs[program]):
                    if why := tree.run(run, 30 + 10 * seconds):
                        why = f"{run[1] if len(run) == 2 else run[0]}: {why}"
                        break
                line = source.count("\n", 0, mutant.begin) + 1
                change = [text for text in difflib.ndiff(source.splitlines(), changed.splitlines()) if text[:2] in ("- ", "+ ")]
                (caught if why else survived).append((mutant, line, change, why))
                print(f"{'caught  ' if why else 'SURVIVED'} {name}:{line}  {mutant.kind}"
                      + "".join(f"\n    {text[0]} {shown(text[2:])}" for text in change)
                      + (f"\n    {why}" if why else ""), flush=True)
                break
            (tree.source / name).write_text(sources[name], encoding="utf-8")
            if not queues[name]:
                order.remove(name)

    print(f"\n{'file':<32} caught  survived")
    for name in names:
        of = [sum(entry[0].file == name for entry in entries) for entries in (caught, survived)]
        print(f"{name:<32} {of[0]:>6} {of[1]:>9}")
    total = len(caught) + len(survived)
    print(f"{'all':<32} {len(caught):>6} {len(survived):>9}   {100 * len(caught) // max(total, 1)} of 100 caught; "
          f"{rejected} did not compile")
    return 1 if 10 * len(survived) > total else 0


if __name__ == "__main__":
    sys.exit(main())
