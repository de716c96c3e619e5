#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers under operators' locales from all over the world, by real key presses on a real X server.  The same runs are
made under each locale; a proxy records the requests to the account, which must be identical to the byte.  Numbers
typed in a locale's notation have the value they have there; ambiguous ones are refused with a message.  All numbers
in the window are written in the same digits.  None of the locales needs to be installed: the program has its own
data.

locales.py BUILD PICTURES   the folder with capturedesk and capturedesk-sandbox, and where to save pictures and logs"""

import collections
import http.client
import http.server
import json
import pathlib
import re
import signal
import subprocess
import sys
import threading
import unicodedata
import urllib.parse

from desk import CEILING, WHOLE, Desk, Disappointed, Thing, until
from dialogs import FIELD, TABLE, Operator, copy
from main_job import Account, expect

# All others are compared with the first.
EVERYWHERE = ("C.UTF-8", "de_DE.UTF-8", "pt_BR.UTF-8", "tr_TR.UTF-8", "ar_EG.UTF-8", "hi_IN.UTF-8", "it_IT.UTF-8", "nl_NL.UTF-8",
              "da_DK.UTF-8", "id_ID.UTF-8", "fa_IR.UTF-8", "bn_BD.UTF-8")
# Locales that are set in part, or unknown.
IN_PARTS = {"numeric": {"LANG": "en_US.UTF-8", "LC_NUMERIC": "de_DE.UTF-8"}, "lang": {"LANG": "de_DE.UTF-8"},
            "language": {"LANG": "en_US.UTF-8", "LANGUAGE": "de:ar"}, "modifier": {"LC_ALL": "de_DE@euro"},
            "unknown": {"LC_ALL": "xx_YY.UTF-8"}}
PRESETS = {
    "Site or sign-in fails": {"max-file-size-mb": 50, "packet-size-bytes": 1500, "time-limit-min": 1},
    "Comes and goes": {"max-file-size-mb": 50, "packet-size-bytes": 96, "time-limit-min": 10},
}
ORDER = ("Slow or dropping", "Comes and goes", "Heavy traffic", "Site or sign-in fails")  # in the combo box
# For each locale, fields with the text to type and its value, or the message that refuses it.  The last text of a field
# is valid.
TYPED = {
    "de_DE.UTF-8": [("Bytes per packet", "1,5", "Only whole numbers."), ("Bytes per packet", "1.500", 1500),
                    ("File size limit", "1.500", "1.500: did you mean 1500 or 1,5?"), ("File size limit", "2,5", 2.5),
                    ("Time limit", "2.5", "2.5: did you mean 2,5?"), ("Time limit", "1,5", 1.5)],
    "C.UTF-8": [("Bytes per packet", "1.5", "Only whole numbers."), ("Bytes per packet", "1,500", 1500),
                ("File size limit", "1,500", "1,500: did you mean 1500 or 1.5?"), ("File size limit", "2.5", 2.5),
                ("Time limit", "zwei", "Not a number."), ("Time limit", "1,5", "1,5: did you mean 1.5?"), ("Time limit", "1.5", 1.5)],
    "ar_EG.UTF-8": [("Bytes per packet", "١٬٥٠٠", 1500), ("File size limit", "٢٫٥", 2.5), ("Time limit", "١٫٥", 1.5)],
    "fa_IR.UTF-8": [("Bytes per packet", "۱۵۰۰", 1500), ("File size limit", "۲٫۵", 2.5), ("Time limit", "1.5", 1.5)],
    "hi_IN.UTF-8": [("Bytes per packet", "१५००", 1500), ("File size limit", "2.5", 2.5), ("Time limit", "१.५", 1.5)],
}
MEANT = {"max-file-size-mb": 2.5, "packet-size-bytes": 1500, "time-limit-min": 1.5}


class Recorder(http.server.ThreadingHTTPServer):
    """Forwards every request to the account, and records the bodies of those that create something."""

    daemon_threads = True

    def __init__(self, account):
        super().__init__(("127.0.0.1", 0), Passing)
        self.account, self.bodies = urllib.parse.urlsplit(account.base), []
        self.base = f"http://127.0.0.1:{self.server_port}{self.account.path}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, *_):
        pass  # the client has gone


class Passing(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def passed(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.command == "POST":
            self.server.bodies.append(body)
        to = http.client.HTTPConnection(self.server.account.hostname, self.server.account.port, timeout=CEILING)
        to.request(self.command, self.path, body or None,
                   {"Authorization": self.headers["Authorization"], "Content-Type": "application/json"})
        reply = to.getresponse()
        content = reply.read()
        to.close()
        self.send_response_only(reply.status)
        for name, value in reply.getheaders():
            if name.lower() not in ("connection", "content-length", "transfer-encoding", "keep-alive"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = passed

    def log_message(self, *_):
        pass


class Session:
    """The program under one locale, with its own folders and account."""

    def __init__(self, desk, build, name, locale):
        self.desk, self.name = desk, name
        folder = pathlib.Path(desk.environment["HOME"]) / name
        own = {f"XDG_{what}_HOME": str(folder / what.lower()) for what in ("CONFIG", "DATA", "CACHE", "STATE")}
        self.sandbox = desk.start(build / "capturedesk-sandbox", "--port", "0", "--devices", "60", "--seed", "7", "--quota", "4000",
                                  "--clock", "manual", stdout=subprocess.PIPE, text=True)
        self.account = Account(self.sandbox)
        self.recorder = Recorder(self.account)
        own |= self.account.environment() | {"CLOUDFLARE_BASE_URL": self.recorder.base, "LC_ALL": ""} | locale
        self.program = desk.start(build / "capturedesk", environment=own)
        everyone = self.account.get("devices")
        users = collections.Counter(device["deviceId"] for device in everyone)
        self.able = sorted((device for device in everyone if device.get("eligible", True) and device["status"] == "connected"
                            and device.get("personEmail") and users[device["deviceId"]] == 1), key=lambda one: one["deviceId"])
        self.operator = Operator(desk, self.program, self.account)
        self.window = self.operator.window
        self.devices = self.window.one(TABLE, "^Devices$")
        until("the devices", lambda: self.devices.rows and not self.window.all("push button", "^Stop loading$"))

    def go_to(self, role, name, key="Tab"):
        """Presses Tab until the object has the focus."""
        thing = self.window.one(role, name)
        stops = [stop for stop in self.window.all() if stop.is_("focusable")]

        def at():
            return next((index for index, stop in enumerate(stops) if stop.is_("focused")), None)
        for _ in range(60):
            if thing.is_("focused"):
                return thing
            before = at()
            self.desk.press(key)
            until("the focus on something else", lambda: at() != before)
        raise Disappointed(f"{key} does not reach {role} {name!r}")

    def tick(self, number):
        """Ticks the device with this index among those on which nothing runs."""
        wanted = self.able[number]
        self.desk.press("ctrl+f")
        until("the focus in Search", lambda: self.window.one("text", "(?i)search").is_("focused"))
        self.desk.press("ctrl+a")
        self.desk.type(wanted["deviceId"])
        until("its row alone", lambda: self.devices.rows == 1)
        self.desk.press("Down", "space")
        until("the tick", lambda: self.window.all("label", r"^1 ticked"))
        self.desk.press("ctrl+f", "ctrl+a", "Delete")
        until("all devices again", lambda: self.devices.rows > 1)

    def choose(self, preset):
        self.desk.press("ctrl+t")
        box = self.go_to("combo box", "", "shift+Tab")
        self.desk.press("Home", *["Down"] * ORDER.index(preset))
        until(f"the preset “{preset}”", lambda: box.is_("focused") and preset in (box.name, box.text, chosen(box)))

    def run(self, ticket, picture=None):
        """\\returns the bodies that were sent for the run, parsed"""
        before = len(self.recorder.bodies)
        self.desk.press("ctrl+t")
        until("the focus in Ticket", lambda: self.window.one("text", "(?i)ticket").is_("focused"))
        self.desk.type(ticket)
        until("the ticket typed", lambda: self.window.one("text", "(?i)ticket").text == ticket)
        self.desk.press("ctrl+Return")
        review = self.desk.dialog(self.program, "^Review")
        self.same_digits(review)
        if picture:
            self.desk.picture(picture)
        self.desk.press("ctrl+Return")
        self.operator.closed("^Review", "Ctrl+Enter")
        results = self.window.one(TABLE, "^Results$")
        until("what was run on the device", lambda: [row for row in results.read() if ticket in row] and all(
            "On the device" in " ".join(row) or "turn" in " ".join(row) for row in results.read() if ticket in row))
        until("a request", lambda: len(self.recorder.bodies) > before)
        return self.recorder.bodies[before:]

    def same_digits(self, thing):
        """Checks that every visible number is written in the digits 0 to 9, like the service's names and versions."""
        for text in texts(thing):
            others = {c for c in text if c.isdecimal() and c not in "0123456789"}
            expect(not others, f"{self.name}: {text!r} has the digits {others}")
            expect(not any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in text),
                   f"{self.name}: {text!r} is not in the window's language")

    def look(self, pictures):
        """Visits every place that shows a number, and takes pictures."""
        self.same_digits(self.window)
        self.operator.menu("c", "k")
        reserve = self.desk.dialog(self.program, "^Keep captures")
        copy(self.desk, "١٢٣٤")
        self.desk.press("ctrl+a", "ctrl+v")
        until("1234", lambda: reserve.one("spin button").text == "1234")
        self.same_digits(reserve)
        self.desk.press("Escape")
        self.operator.closed("^Keep captures", "Esc")
        self.desk.picture(pictures / f"locale-{self.name}.png")

    def typed(self, entries):
        """Types into the fields; \\returns the body that is sent with the last value of each."""
        if not self.window.all(FIELD, "^Time limit"):
            self.go_to("push button|button", "^Change the options")
            self.desk.press("space")
        for name, text, meant in entries:
            field = self.go_to(FIELD, f"^{name}")
            copy(self.desk, text)
            self.desk.press("ctrl+a", "ctrl+v")
            until(f"{text} in {name}", lambda: field.text == text)
            if isinstance(meant, str):
                until(f"“{meant}” for {text}", lambda: self.window.all("label", re.escape(meant)))
            else:
                expect(not self.window.all("label", "did you mean|whole numbers|Not a number"), f"{self.name}: {text} is refused")
        # A field that loses the focus shows how its text was parsed.
        self.desk.press("ctrl+t")
        fields = self.window.all(FIELD, f"^({'|'.join({name for name, _, _ in entries})})")
        until("the numbers as they were read", lambda: all(re.fullmatch("[0-9]+([.,][0-9])?", field.text) for field in fields))

    def end(self):
        self.desk.press("ctrl+q")
        if (leaving := until("the end", lambda: self.program.poll() is not None or self.desk.active(self.program, "^Quit"))) is not True:
            self.desk.dialog(self.program, "^Quit")
            self.operator.go_to(leaving, "Quit")
            self.desk.press("space")
        expect(self.program.wait(CEILING) == 0, f"the program ended with {self.program.returncode}")
        self.recorder.shutdown()
        self.sandbox.terminate()
        self.sandbox.wait(CEILING)


def chosen(box):
    """The selected entry of a combo box."""
    return next((entry.name for part in box.children() for entry in part.children() if entry.is_("selected")), "")


def texts(thing):
    """All texts of a window, tables included, except what the operator has typed."""
    for child in thing.children():
        if not child.is_("showing"):
            continue
        if child.role in TABLE.split("|"):
            yield from child.headers()
            for row in range(min(child.rows, 40)):
                yield from (child.cell(row, column).name for column in range(child.columns))
            continue
        yield child.name
        if child.role != "text":
            yield child.text
        yield from texts(child)


def args_of(bodies, command="pcap"):
    """The packet capture arguments of a run that are in MEANT."""
    commands = [one for body in bodies for one in json.loads(body)["commands"]]
    found = [one for one in commands if one.get("command_type", one.get("type")) == command]
    expect(found, f"no {command} in {commands}")
    args = found[0].get("command_args", found[0].get("args"))
    return {name: value for name, value in args.items() if name in MEANT}


def main(build, pictures):
    build, pictures = pathlib.Path(build), pathlib.Path(pictures)
    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(Disappointed(f"all of it took over {WHOLE} s")))
    signal.alarm(WHOLE)
    with Desk(pictures / "locales") as desk:
        try:
            expected, told = None, []
            sessions = {name.partition(".")[0]: {"LC_ALL": name} for name in EVERYWHERE} | IN_PARTS
            for name, locale in sessions.items():
                session = Session(desk, build, name, locale)
                sent = []
                for number, (preset, args) in enumerate(PRESETS.items()):
                    session.tick(number)
                    session.choose(preset)
                    bodies = session.run(f"INC{number}", pictures / f"locale-{name}-review.png" if number == 0 else None)
                    expect(args_of(bodies) == args, f"{name}: “{preset}” sends {bodies}")
                    sent += bodies
                    if name in IN_PARTS:
                        break
                session.look(pictures)
                if entries := TYPED.get(locale.get("LC_ALL")):
                    session.tick(len(PRESETS))
                    session.typed(entries)
                    desk.picture(pictures / f"locale-{name}-typed.png")
                    bodies = session.run("INC9")
                    expect(args_of(bodies) == MEANT, f"{name}: {entries} send {bodies}")
                expected = expected or sent
                expect(sent == expected[:len(sent)], f"{name} sends {sent}, and C {expected}")
                session.end()
                told.append(f"{name} {len(sent)}")
            print(f"the same bytes under {', '.join(told)}: {[args_of([body]) for body in expected if b'pcap' in body]}")
        except BaseException:
            signal.alarm(CEILING)
            desk.picture(pictures / "locales-failed.png")
            for tree in desk.tree:
                print(*Thing(tree).outline() if tree is not None else (), sep="\n")
            raise


if __name__ == "__main__":
    main(*sys.argv[1:])
