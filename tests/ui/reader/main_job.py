#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job of an operator who cannot see and has no mouse: real key presses on a real X server, read back through
the accessibility tree alone.  The result is then queried from the account itself.

main_job.py BUILD PICTURES   the folder with capturedesk and capturedesk-sandbox, and where to save pictures and logs"""

import json
import pathlib
import re
import signal
import subprocess
import sys
import urllib.parse
import urllib.request

from desk import CEILING, WHOLE, Desk, Disappointed, Thing, until

TICKET = "INC0012345"
FINAL = re.compile(r"^(Ready, incomplete|Ready|Failed|Nothing uploaded|Refused|Not started|Cancelled)\b")
STATE_OF = {"SUCCESS": "Ready", "FAILED": "Failed"}


class Account:
    """The sandbox, accessed by another client."""

    def __init__(self, process):
        lines = {}
        for line in process.stdout:
            name, _, value = line.strip().rpartition(" ")
            lines[name] = value
            if name == "token":
                break
        self.base, self.id, self.token = lines["listening on"], lines["account"], lines["token"]
        self.open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open

    def environment(self):
        return {"CLOUDFLARE_BASE_URL": self.base, "CLOUDFLARE_ACCOUNT_ID": self.id, "CLOUDFLARE_API_TOKEN": self.token}

    def get(self, what, **query):
        """Every row of a paged list; `what` is the last part of its path, and the name of the list in the reply."""
        rows = []
        for page in range(1, 100):
            address = f"{self.base}/accounts/{self.id}/dex/commands{what and '/' + what}?"
            address += urllib.parse.urlencode(query | {"page": page, "per_page": 50})
            request = urllib.request.Request(address, headers={"Authorization": f"Bearer {self.token}"})
            with self.open(request, timeout=CEILING) as reply:
                envelope = json.load(reply)
            assert envelope["success"], envelope
            part = envelope["result"][what or "commands"]
            rows += part
            if len(part) < 50:
                return rows
        raise Disappointed("the list does not end")


def expect(condition, otherwise):
    if not condition:
        raise Disappointed(otherwise)


def walk(desk, program, account, pictures):
    window = desk.program(program, "Capture Desk")
    devices = window.one("table|tree|tree table", "^Devices$")
    everyone = until("devices in the table", lambda: devices.rows)
    before = {command["id"] for command in account.get("")}

    # Space has no effect on a device that cannot run a capture, and the window explains why.
    refused = next(device for device in account.get("devices") if not device.get("eligible", True))
    desk.press("ctrl+f")
    until("the focus in Search", lambda: window.one("text", "(?i)search").is_("focused"))
    desk.type(refused["deviceId"])
    until("its row alone", lambda: devices.rows == 1)
    desk.press("Down")
    until("the row current", lambda: focused_row(devices) == 0)
    desk.press("space")
    until("the reason in the status bar", lambda: window.all("status ?bar", "cannot be ticked: "))

    desk.press("ctrl+f")
    until("the focus in Search", lambda: window.one("text", "(?i)search").is_("focused"))
    desk.type("ana")
    few = until("fewer devices", lambda: 0 < devices.rows < everyone and devices.rows)
    expect(all(re.search("(?i)ana", " ".join(row)) for row in devices.read()), f"not all are about ana: {devices.read()}")

    desk.press("Down")
    until("the focus in the devices", lambda: devices.is_("focused") or focused_row(devices) is not None)
    row = until("a current row", lambda: (focused_row(devices) or 0) + 1) - 1
    words = devices.read()[row][1:]
    desk.press("space")
    until("the tick to show", lambda: any(devices.cell(row, column).is_("checked") for column in range(devices.columns)))
    until("a count of ticks", lambda: window.all("label|push button|static", r"\b1 ticked"))
    desk.picture(pictures / "reader-1-ticked.png")
    named = [device for device in account.get("devices", search="ana")
             if {device["deviceName"], device["personEmail"]} & set(words)]
    expect(named, f"the account knows no device like {words}")

    desk.press("ctrl+t")
    until("the focus in Ticket", lambda: window.one("text", "(?i)ticket").is_("focused"))
    desk.type(TICKET)
    until("the ticket typed", lambda: window.one("text", "(?i)ticket").text == TICKET)

    results = window.one("table|tree|tree table", "^Results$")
    expect(results.rows == 0, f"there are results before anything was run: {results.read()}")
    desk.press("ctrl+Return")
    review = desk.dialog(program, r"(?i)review|^Run ")
    desk.picture(pictures / "reader-2-review.png")
    captures = until("what the run will start",
                     lambda: next((int(found[1]) for button in review.all("push button")
                                   if (found := re.match(r"Run (\d+) captures?$", button.name))), None))
    desk.press("Return")

    until("a row in Results for each capture", lambda: results.rows == captures)
    desk.picture(pictures / "reader-3-sent.png")
    until("the ticket cleared", lambda: window.one("text", "(?i)ticket").text == "")

    def ended():
        states = [next((cell for cell in cells if FINAL.match(cell)), None) for cells in results.read()]
        return all(states) and sorted(FINAL.match(state)[1] for state in states)
    states = until("every capture at its end", ended)
    desk.picture(pictures / "reader-4-done.png")

    expect(all(TICKET in cells for cells in results.read()), f"a result without its ticket: {results.read()}")

    expect(set(states) <= {"Ready", "Ready, incomplete", "Failed"}, f"shown as {states}")

    # The account has these captures on this device, and nothing else.
    made = [command for command in account.get("") if command["id"] not in before]
    expect(len(made) == captures, f"{captures} captures were shown, and the account has {made}")
    expect({command["device_id"] for command in made} <= {device["deviceId"] for device in named}
           and len({command["device_id"] for command in made}) == 1, f"{words} was ticked, and the account has {made}")
    expect(len({command["type"] for command in made}) == captures, f"a type twice: {made}")
    told = sorted(STATE_OF.get(command["status"], command["status"]) for command in made)
    expect(told == [state.split(",")[0] for state in states], f"shown as {states}, at the account {told}")

    desk.press("ctrl+q")
    expect(program.wait(CEILING) == 0, f"the program ended with {program.returncode}")
    after = [command["id"] for command in account.get("") if command["id"] not in before]
    expect(sorted(after) == sorted(command["id"] for command in made), f"quitting left {after}")
    return f"{few} of {everyone} devices shown, {captures} captures on {words}: {', '.join(states)}"


def focused_row(table):
    for row in range(table.rows):
        if any(table.cell(row, column).is_("focused") for column in range(table.columns)):
            return row
    return None


def main(build, pictures):
    build, pictures = pathlib.Path(build), pathlib.Path(pictures)
    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(Disappointed(f"all of it took over {WHOLE} s")))
    signal.alarm(WHOLE)
    with Desk(pictures) as desk:
        try:
            sandbox = desk.start(build / "capturedesk-sandbox", "--port", "0", "--devices", "60", "--time-scale", "600",
                                 stdout=subprocess.PIPE, text=True)
            account = Account(sandbox)
            program = desk.start(build / "capturedesk", environment=account.environment())
            print(walk(desk, program, account, pictures))
        except BaseException:
            signal.alarm(CEILING)
            desk.picture(pictures / "reader-failed.png")
            for tree in desk.tree:
                print(*Thing(tree).outline() if tree is not None else (), sep="\n")
            raise


if __name__ == "__main__":
    main(*sys.argv[1:])
