# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares what `--help` lists with the completion files and the manual pages: options.py BUILD PACKAGING"""

import os
import re
import subprocess
import sys
import tempfile

BUILD, PACKAGING = sys.argv[1:]
PROGRAMS = ("capturedesk", "capturedesk-sandbox")
failures = []


def check(condition, sentence):
    if not condition:
        failures.append(sentence)


def help_of(program):
    """The options that `--help` lists, and those among them with a value."""
    # Without a display: `--help` must not need one.
    environment = {name: value for name, value in os.environ.items()
                   if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    text = subprocess.run([os.path.join(BUILD, program), "--help"], env=environment, check=True,
                          stdout=subprocess.PIPE, encoding="utf-8").stdout
    lines = re.findall(r"^  (-.*?)(?:   *|$)", text, re.MULTILINE)
    options = {name for line in lines for name in re.findall(r"(?<!\S)-[-a-z]+", line)}
    valued = {name for line in lines if "<" in line for name in re.findall(r"(?<!\S)--[-a-z]+", line)}
    return options, valued


def complete(program, words, folder):
    """The completions that bash offers for the last word."""
    script = """
        source "$1"; shift
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        compopt() { :; } # works only while bash itself completes
        read -r _ _ function _ < <(complete -p "$1")
        "$function"
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    file = os.path.join(BUILD, "packaging/completions/bash", program)
    reply = subprocess.run(["bash", "--norc", "-euc", script, "bash", file, *words], cwd=folder, check=True,
                           stdout=subprocess.PIPE, encoding="utf-8").stdout
    return set(reply.split("\n")) - {""}


for program in PROGRAMS:
    options, valued = help_of(program)
    check({"-h", "--help", "-v", "--version"} <= options and len(options) > 5, f"{program} --help lists {options}")

    with open(os.path.join(PACKAGING, program + ".1"), encoding="utf-8") as page:
        tags = re.findall(r"^\.It (Fl .*)", page.read(), re.MULTILINE)
    documented = {"-" + name for tag in tags for name in re.findall(r"Fl (\S+)", tag)}
    check(documented == options, f"{program}.1 differs from --help in {sorted(documented ^ options)}")
    with_argument = {"-" + re.findall(r"Fl (\S+)", tag)[-1] for tag in tags if " Ar " in tag}
    check(with_argument == valued, f"{program}.1 differs in values of {sorted(with_argument ^ valued)}")

    with open(os.path.join(BUILD, "packaging/completions/zsh/_" + program), encoding="utf-8") as file:
        zsh = file.read()
    check(zsh.startswith(f"#compdef {program}\n"), f"_{program} is not for {program}")
    listed = re.findall(r"^  '(?:\(- \*\)|\*)?(-[-a-z]+)(=?)\[", zsh, re.MULTILINE)
    check({name for name, _ in listed} == options, f"_{program} differs from --help: {sorted(options)}, {listed}")
    check({name for name, value in listed if value} == valued, f"_{program} differs in values of {sorted(valued)}")

    with tempfile.TemporaryDirectory() as folder:
        for name in ("a device list.csv", "b.tsv", "c.pcap", "d.xlsx", "e.ods", "f.xls"):
            open(os.path.join(folder, name), "w", encoding="utf-8").close()
        os.mkdir(os.path.join(folder, "lists"))
        offered = complete(program, [program, "-"], folder)
        check(offered == options, f"bash offers {sorted(offered)} for {program}, not {sorted(options)}")
        for option in valued:
            offered = complete(program, [program, option, "-"], folder)
            check(not offered & options, f"bash offers options as the value of {option}")
        if program == "capturedesk":
            offered = complete(program, [program, "--connection", "S"], folder)
            check(offered == {"Sandbox"}, f"bash offers {offered} for --connection S")
            offered = complete(program, [program, ""], folder)
            check(offered == {"a device list.csv", "b.tsv", "d.xlsx", "e.ods", "lists"}, f"bash offers {offered} as tables")
        else:
            for words in (["--schema", "cur"], ["--schema", "=", "cur"]):
                offered = complete(program, [program, *words], folder)
                check(offered == {"current"}, f"bash offers {offered} for {words}")
            offered = complete(program, [program, "--fault", "lose-"], folder)
            check(offered == {"lose-reply", "lose-request"}, f"bash offers {offered} for --fault lose-")
            offered = complete(program, [program, "--state", "c"], folder)
            check(offered == {"c.pcap"}, f"bash offers {offered} for --state c")
            offered = complete(program, [program, ""], folder)
            check(not offered, f"bash offers {offered}, and {program} takes no files")

print("\n".join(failures) or "Help, completion and manual pages agree.")
sys.exit(bool(failures))
