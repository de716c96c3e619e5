#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session with a known key in which everything fails, ending in a crash.  Afterwards no twelve characters of the key
may be found in the user's home, on the clipboard, or where other processes can read them.

leak.py BUILD PICTURES   the folder with capturedesk and capturedesk-sandbox, and where to save pictures and logs"""

import pathlib
import re
import resource
import secrets
import shutil
import signal
import string
import subprocess
import sys

from desk import CEILING, WHOLE, Desk, Disappointed, Thing, until
from leaks import ECHOES, Echo, Guises, Watcher
from main_job import Account, FINAL, expect

TABLE = "table|tree|tree table"


def fill(dialog, name, text):
    """Sets the text of a field, found by its name, as a screen reader does."""
    field = dialog.one("text|password text|entry", name)
    field.accessible.queryEditableText().setTextContents(text)


def menu(desk, window, keys):
    desk.press("alt+" + keys[0])
    until("a menu", lambda: [item for item in window.all("menu item") if item.is_("showing")])
    desk.press(*keys[1:])


def press(thing):
    thing.accessible.queryAction().doAction(0)


def quiet(window, guises, when):
    """Checks that nothing that a screen reader gets has a piece of the key in it."""
    text = "\n".join(window.outline())
    if piece := guises.found_in(text.encode()):
        raise Disappointed(f"the window shows {piece!r} {when}")


def connect(desk, program, server, guises, account):
    window = desk.program(program, "Capture Desk")
    press(window.one("push button", "^Connect to an account"))
    dialog = desk.program(program, "(?i)account")
    fill(dialog, "^Name", "Leak")
    fill(dialog, "^Account ID", account.id)
    fill(dialog, "^Token", server.key)
    if not dialog.all("text|entry", "^Base URL"):
        press(dialog.one(".*", "^Advanced"))
    fill(dialog, "^Base URL", server.base)
    expect(not guises.found_in("\n".join(thing.text for thing in dialog.all()).encode()), "the dialog shows the key")
    for mode in ("JSON", "HTML", "headers"):
        server.turn(mode)
        press(dialog.one("push button", "^Connect$"))
        until(f"an attempt ({mode})", lambda: server.asked)
        until("the end of the attempt", lambda: dialog.all("push button", "^Connect$"))
        quiet(dialog, guises, f"after a refusal ({mode})")
    server.turn(None)
    press(dialog.one("push button", "^Connect$"))
    return until("the account's window", lambda: next(
        (thing for thing in [desk.program(program, "Leak")] if thing.all(TABLE, "^Devices$")), None))


def run(desk, program, window, ticket):
    """Starts captures on the first tickable device; returns the table of results."""
    devices = window.one(TABLE, "^Devices$")
    until("devices", lambda: devices.rows)
    results = window.one(TABLE, "^Results$")
    before = results.rows
    desk.press("ctrl+f")
    until("the focus in Search", lambda: window.one("text", "(?i)search").is_("focused"))
    desk.press("ctrl+a")
    desk.type("platform:macos")
    desk.press("Down")
    desk.press("space")
    until("a tick", lambda: window.all("label|push button|static", r"\b1 ticked"))
    desk.press("ctrl+t")
    until("the focus in Ticket", lambda: window.one("text", "(?i)ticket").is_("focused"))
    desk.type(ticket)
    desk.press("ctrl+Return")
    review = desk.dialog(program, r"(?i)review|^Run ")
    button = review.one("push button", r"^Run \d+ captures?$")
    press(button)
    until("the run", lambda: results.rows > before)
    return results


def ended(results):
    return results.rows and all(any(FINAL.match(cell) for cell in row) for row in results.read())


def save(desk, program, path):
    """Fills in a file dialog, which has the focus on the file name."""
    desk.dialog(program, "(?i)^export")
    desk.press("ctrl+a")
    desk.type(str(path))
    desk.press("Return")
    until(path.name, lambda: path.exists() and path.stat().st_size)


def diagnostics(desk, window, guises):
    subprocess.run(["xclip", "-selection", "clipboard", "-in", "/dev/null"], env=desk.environment, timeout=CEILING, check=False)
    menu(desk, window, ["h", "c"])
    text = until("diagnostics on the clipboard",
                 lambda: (said := desk.output("xclip", "-selection", "clipboard", "-out")).startswith("Capture Desk") and said)
    for part in ("Qt: 6", "Platform: xcb", "TLS: ", "Keychain: there, open", "Connection: ", "capturedesk.api"):
        expect(part in text, f"the diagnostics have no {part!r}: {text}")
    expect(desk.environment["HOME"] not in text, "the diagnostics name the home folder")
    expect(not (piece := guises.found_in(text.encode())), f"the diagnostics have {piece!r}")
    return text


def nowhere(*folders, guises):
    """Checks that no file has a piece of the key now.  Called repeatedly: a file that is overwritten later has leaked
    nevertheless."""
    found = [leak for folder in folders for leak in guises.found_below(folder)]
    expect(not found, "the key leaked:\n" + "\n".join(found))


def keychain(desk):
    """Starts an unlocked keychain, as after signing in.  Otherwise the bus would start one that prompts for a password."""
    daemon = desk.start("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets", stdin=subprocess.PIPE)
    daemon.stdin.write(b"correct horse battery")
    daemon.stdin.close()
    until("a keychain", lambda: "boolean true" in desk.output(
        "dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus",
        "org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"))


def crash(program, sanitized):
    limits = pathlib.Path(f"/proc/{program.pid}/limits").read_text()
    expect(re.search(r"Max core file size +0 +0 ", limits), f"a core file may be written: {limits}")
    program.send_signal(signal.SIGSEGV)
    status = program.wait(CEILING)
    expect(status == -signal.SIGSEGV or sanitized, f"the program ended with {status}")


def session(desk, build, account, server, guises, watcher, pictures):
    home = pathlib.Path(desk.environment["HOME"])
    start = dict(cwd=home, preexec_fn=lambda: resource.setrlimit(
        resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2))
    loud = {"QT_LOGGING_RULES": "capturedesk.*=true;qt.network.*=true"}
    sanitized = b"__asan_init" in (build / "capturedesk").read_bytes()

    program = desk.start(build / "capturedesk", environment=loud, **start)
    watcher.roots.add(program.pid)
    window = connect(desk, program, server, guises, account)
    results = run(desk, program, window, "INC0000001")
    until("every capture at its end", lambda: ended(results))

    # The service's message is stored in the journal, for refusals and for unknown outcomes.
    for number, mode in enumerate(("JSON", "JSON, in halves", "HTML"), 2):
        server.turn(mode, ("POST",))
        results = run(desk, program, window, f"INC000000{number}")
        until(f"a POST ({mode})", lambda: server.asked)
        server.turn(None)
    until("a refusal", lambda: any("Refused" in cell for row in results.read() for cell in row))
    for mode in ECHOES:
        server.turn(mode)
        desk.press("F5")
        until(f"requests that fail ({mode})", lambda: server.asked >= 2)
        quiet(window, guises, f"after a failure ({mode})")
    server.turn(None)
    desk.press("F5")
    desk.picture(pictures / "leak-1-failures.png")

    exports = home / "exports"
    exports.mkdir()
    desk.press("ctrl+2")
    for suffix, ups in (("csv", 3), ("json", 2)):  # File ends with these two entries and Quit
        desk.press("alt+f")
        desk.press(*["Up"] * ups, "Return")
        save(desk, program, exports / f"results.{suffix}")
    diagnostics(desk, window, guises)

    server.shutdown()
    server.server_close()
    desk.press("F5")
    until("words about the service that has gone", lambda: any(
        re.search("(?i)cannot be reached|refused|does not answer|connect", thing.text) for thing in window.all("label|text")))
    quiet(window, guises, "without a service")
    diagnostics(desk, window, guises)
    desk.picture(pictures / "leak-2-gone.png")
    crash(program, sanitized)
    nowhere(home.parent, desk.logs, guises=guises)

    # Again, with the key from the environment, and with a child process: the account on this computer.
    own = Echo(account, server.key)
    program = desk.start(build / "capturedesk", environment=loud | {
        "CLOUDFLARE_API_TOKEN": own.key, "CLOUDFLARE_ACCOUNT_ID": account.id, "CLOUDFLARE_BASE_URL": own.base}, **start)
    watcher.own_variables.add(program.pid)
    watcher.roots.add(program.pid)
    window = desk.program(program, "Environment")
    devices = window.one(TABLE, "^Devices$")
    until("devices", lambda: devices.rows)
    menu(desk, window, ["f", "s"])
    window = desk.program(program, "Sandbox")
    until("a child that was looked at", lambda: any(name.startswith("capturedesk-san") for _, name in watcher.seen))
    diagnostics(desk, window, guises)
    crash(program, sanitized)
    expect(not server.strangers + own.strangers, f"another key was sent: {server.strangers + own.strangers}")
    own.shutdown()


def check_the_search(guises, folder):
    """Checks that planted pieces are found: otherwise finding nothing would prove nothing."""
    import base64
    import urllib.parse

    secret = guises.secret
    for text in (secret, "x" + secret[5:17] + "y", base64.b64encode(b"Bearer " + secret.encode()).decode(),
                 urllib.parse.quote(secret, safe=""), secret.encode().hex()):
        for encoding in ("utf-8", "utf-16-le") if text == secret else ("utf-8",):
            planted = folder / "planted"
            planted.write_bytes(b"before " + text.encode(encoding) + b" after")
            expect(guises.found_below(folder), f"{text!r} in {encoding} is not found")
            planted.unlink()
    expect(not guises.found_below(folder), "something is found before anything was done")


def main(build, pictures):
    build, pictures = pathlib.Path(build).resolve(), pathlib.Path(pictures).resolve()
    if not shutil.which("xclip"):
        raise SystemExit("xclip not found; packaging/dependencies.sh test installs what is needed")
    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(Disappointed(f"all of it took over {WHOLE} s")))
    signal.alarm(WHOLE)
    logs = pictures / "leak"
    shutil.rmtree(logs, ignore_errors=True)
    letters = string.ascii_letters + string.digits
    key = "".join(secrets.choice(letters) for _ in range(20)) + "-_+/" + "".join(secrets.choice(letters) for _ in range(20))
    guises = Guises(key)
    with Desk(logs) as desk:
        folder = pathlib.Path(desk.environment["HOME"]).parent
        check_the_search(guises, folder)
        watcher = Watcher(guises)
        try:
            keychain(desk)
            sandbox = desk.start(build / "capturedesk-sandbox", "--port", "0", "--devices", "60", "--time-scale", "600",
                                 stdout=subprocess.PIPE, text=True)
            account = Account(sandbox)
            session(desk, build, account, Echo(account, key), guises, watcher, pictures)
        except BaseException:
            signal.alarm(CEILING)
            desk.picture(pictures / "leak-failed.png")
            for tree in desk.tree:
                print(*Thing(tree).outline() if tree is not None else (), sep="\n")
            raise
        finally:
            watcher.done.set()
        watcher.join(CEILING)
        nowhere(folder, logs, guises=guises)
        cores = [str(path) for path in folder.rglob("core*") if path.is_file()]
        files = sum(path.is_file() for path in folder.rglob("*"))
        expect(not watcher.found, f"other processes could see the key: {sorted(watcher.found)}")
        expect(not cores, f"there are core files: {cores}")
        print(f"no 12 characters of the key in {files} files and {len(watcher.seen)} processes")


if __name__ == "__main__":
    main(*sys.argv[1:])
