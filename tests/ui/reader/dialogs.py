#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests what Enter, Ctrl+Enter and Esc do in every dialog, by real key presses on a real X server: Ctrl+Enter does what
the dialog is for; Enter on the cancelling button cancels, and so does Esc.  The result is read from the
accessibility tree and queried from the account.

dialogs.py BUILD PICTURES   the folder with capturedesk and capturedesk-sandbox, and where to save pictures and logs"""

import collections
import pathlib
import signal
import subprocess
import sys

from desk import CEILING, WHOLE, Desk, Disappointed, Thing, until
from leak import keychain
from main_job import Account, expect

DEVICES = 145
TABLE = "table|tree|tree table"
FIELD = "text|password text|entry|spin button"


class Operator:
    """Presses keys, and checks what they open and close."""

    def __init__(self, desk, program, account):
        self.desk, self.program, self.account = desk, program, account
        self.press, self.type = desk.press, desk.type

    @property
    def window(self):
        return self.desk.program(self.program, "^Capture Desk")

    def menu(self, name, entry):
        """Opens a menu by its mnemonic, and an entry by its own."""
        window = self.window
        self.press("alt+" + name)
        until("an open menu", lambda: any(item.is_("showing") for item in window.all("menu item")))
        self.press(entry)

    def dialog(self, title):
        return self.desk.dialog(self.program, title)

    def accept(self, _):
        """For a dialog in which Ctrl+Enter does nothing.  Should it close the dialog, the next step fails."""
        self.press("ctrl+Return")

    def closed(self, title, how):
        until(f"“{title}” closed by {how}", lambda: not self.desk.active(self.program, title) and (
            self.desk.active(self.program, "^Capture Desk") or self.program.poll() is not None))

    def go_to(self, dialog, button):
        """Presses Tab until a button has the focus."""
        wanted = dialog.one("push button", f"^{button}$")
        for _ in range(60):
            if wanted.is_("focused"):
                return
            before = focused(dialog)
            self.press("Tab")
            until("the focus on something else", lambda: focused(dialog) != before)
        raise Disappointed(f"Tab does not reach “{button}”")

    def goes_back(self, opens, title, button, nothing=None, hows=("Escape", "Return")):
        """Closes the dialog with Esc, then with Enter on the button; before that, presses keys that must not close it."""
        for how in hows:
            opens()
            dialog = self.dialog(title)
            if nothing:
                nothing(dialog)
                expect(self.desk.active(self.program, title), f"“{title}” closed")
            if how != "Escape":
                self.go_to(dialog, button)
            self.press(how)
            self.closed(title, how if how == "Escape" else f"{how} on {button}")

    def accepts(self, opens, title, fill=lambda dialog: None, keys=("ctrl+Return", "ctrl+KP_Enter")):
        """Presses Ctrl+Enter while the focus is on the button that cancels."""
        for key in keys:
            opens()
            dialog = self.dialog(title)
            fill(dialog)
            self.press(key)
            self.closed(title, key)
            yield key


def focused(thing):
    """The focused object among all visible ones, as its path in the tree."""
    for place, child in enumerate(thing.children()):
        if child.is_("focused"):
            return (place, child.role, child.name)
        if child.role not in (*TABLE.split("|"), "list") and (inside := focused(child)):
            return (place, *inside)
    return None


def copy(desk, text):
    # xclip stays in the background with the clipboard, and would hold the pipes of a caller open.
    process = desk.start("xclip", "-selection", "clipboard", "-in", stdin=subprocess.PIPE)
    process.stdin.write(text.encode())
    process.stdin.close()
    until("the clipboard", lambda: desk.output("xclip", "-selection", "clipboard", "-out") == text)


def lists(operator, pictures):
    """Loads the devices from the clipboard as a list; renames, removes and undoes."""
    everyone = operator.account.get("devices")
    users = collections.Counter(device["deviceId"] for device in everyone)
    able = [device for device in everyone if device.get("eligible", True) and device["status"] == "connected"
            and users[device["deviceId"]] == 1]
    expect(len(able) > DEVICES, f"the account has {len(able)} devices that can be captured")
    copy(operator.desk, "device_id,registration_id,email\n" + "".join(
        f"{one['deviceId']},{one['registrationId']},{one['personEmail']}\n" for one in able[:DEVICES]))

    def ready(dialog):
        until("the rows looked up", lambda: dialog.all("label", f"{DEVICES} ready") and dialog.one(
            "push button", "^Save list$").is_("enabled"))

    def paste():
        operator.press("ctrl+shift+v")

    operator.goes_back(paste, "^Load a device list", "Cancel")
    for _ in operator.accepts(paste, "^Load a device list",
                              lambda dialog: (ready(dialog), operator.go_to(dialog, "Cancel")), ["ctrl+Return"]):
        pass
    everybody = operator.window.one(TABLE, "^Devices$")
    until("the list in the table", lambda: everybody.rows == DEVICES)
    operator.press("ctrl+shift+a")
    until("the ticks", lambda: operator.window.all("label", rf"^{DEVICES} ticked"))

    def name():
        operator.press("ctrl+shift+s")

    title = f"^Save {DEVICES} ticked"
    operator.goes_back(name, title, "Cancel", operator.accept)  # without a name nothing is saved
    names = iter(("Monday", "Tuesday"))
    for _ in operator.accepts(name, title, lambda dialog: (
            operator.type(next(names)), until("the name typed", lambda: dialog.one("push button", "^Save$").is_("enabled")),
            operator.go_to(dialog, "Cancel"))):
        pass
    side = operator.window.one("list", "^Device lists$")
    until("both lists", lambda: [item.name for item in side.children() if "day" in item.name.lower()][1:])

    # Deleting asks for confirmation, and only the dialog's own button deletes.
    operator.desk.press("ctrl+f")
    until("the focus in Search", lambda: operator.window.one("text", "(?i)search").is_("focused"))
    go_to_list(operator, side, "Monday")

    def delete():
        # A context menu is in no accessibility tree; keys arrive in order, however busy the machine is.
        operator.press("Menu", *["Down"] * 5, "Return")

    operator.goes_back(delete, "^Delete the list", "Cancel", operator.accept)
    delete()
    dialog = operator.dialog("^Delete the list")
    operator.desk.picture(pictures / "dialogs-delete.png")
    operator.press("Return")  # the default button cancels
    operator.closed("^Delete the list", "Enter")
    expect(any("Monday" in item.name for item in side.children()), "the list was deleted")
    delete()
    dialog = operator.dialog("^Delete the list")
    operator.go_to(dialog, "Delete")
    operator.press("Return")
    operator.closed("^Delete the list", "Enter on Delete")
    until("the list gone", lambda: not any("Monday" in item.name for item in side.children()))
    drag(operator, able[DEVICES])


def drag(operator, device):
    """Drags a row of the table onto a list with the mouse."""
    desk, window = operator.desk, operator.window
    table, side = window.one(TABLE, "^Devices$"), window.one("list", "^Device lists$")
    go_to_list(operator, side, "All")
    desk.press("ctrl+f")
    until("the focus in Search", lambda: window.one("text", "(?i)search").is_("focused"))
    desk.type(device["deviceId"])
    until("its row alone", lambda: table.rows == 1)
    onto = next(item for item in side.children() if "Tuesday" in item.name)
    start, end = table.cell(0, 1).middle, onto.middle

    def dragged():
        """A row that the list already has is not added again."""
        if not (more := any(f"Tuesday  {DEVICES + 1}/" in item.name for item in side.children())):
            desk.drag(start, end)
        return more

    until("one more in the list", dragged)
    desk.press("ctrl+shift+z")
    until("one less again", lambda: any(f"Tuesday  {DEVICES}/" in item.name for item in side.children()))
    desk.press("ctrl+f")
    until("the focus in Search", lambda: window.one("text", "(?i)search").is_("focused"))
    desk.press("Delete")
    until("all of them", lambda: table.rows > DEVICES)


def go_to_list(operator, side, name):
    """Presses Tab until the side bar has the focus, then Down to a list."""
    window = operator.window
    for _ in range(60):
        if side.is_("focused"):
            break
        before = focused(window)
        operator.press("Tab")
        until("the focus on something else", lambda: focused(window) != before)
    row = next(row for row, item in enumerate(side.children()) if name in item.name)
    operator.press("Home", *["Down"] * row)
    until(f"the list {name}", lambda: side.children()[row].is_("selected"))


def review(operator, pictures):
    """Runs all ticked devices: with this many, the review opens with the focus on Back."""
    desk, account = operator.desk, operator.account
    before = {command["id"] for command in account.get("")}
    results = operator.window.one(TABLE, "^Results$")
    operator.press("ctrl+t")
    until("the focus in Ticket", lambda: operator.window.one("text", "(?i)ticket").is_("focused"))
    operator.type("INC0000145")
    until("the ticket typed", lambda: operator.window.one("text", "(?i)ticket").text == "INC0000145")

    def opens():
        operator.press("ctrl+Return")

    operator.goes_back(opens, "^Review", "Back", hows=("Escape", "Return", "KP_Enter", "space"))
    opens()
    sheet = operator.dialog("^Review")
    expect(sheet.one("push button", "^Back$").is_("focused"), "the review of so many does not begin on Back")
    desk.picture(pictures / "dialogs-review.png")
    operator.press("Return")
    operator.closed("^Review", "Enter at once")
    expect(results.rows == 0, f"{results.rows} captures are there before any was run")
    expect({command["id"] for command in account.get("")} == before, "the account has captures that nobody ran")

    opens()
    sheet = operator.dialog("^Review")
    button = sheet.one("push button", r"^Run \d+ captures$").name
    operator.press("ctrl+Return")
    operator.closed("^Review", "Ctrl+Enter")
    captures = int(button.split()[1])
    expect(captures == 2 * DEVICES, f"{captures} captures for {DEVICES} devices")
    until("a row in Results for each capture", lambda: results.rows == captures)
    return before, captures


def questions(operator, pictures):
    """The remaining questions."""
    def about():
        operator.menu("h", "a")

    operator.goes_back(about, "^About", "Close", operator.accept)

    def trail():
        operator.menu("c", "g")

    operator.goes_back(trail, "^Audit log", "Close", operator.accept)
    trail()
    operator.dialog("^Audit log")
    operator.press("Return")  # the table has the focus, and Close is the default button
    operator.closed("^Audit log", "Enter")

    def reserve():
        operator.menu("c", "k")

    operator.goes_back(reserve, "^Keep captures", "Cancel")
    numbers = iter(("7", "0"))
    for _, number in zip(operator.accepts(reserve, "^Keep captures", lambda dialog: (
            operator.press("ctrl+a"), operator.type(next(numbers)), operator.go_to(dialog, "Cancel"))), ("7", "0")):
        reserve()
        kept = operator.dialog("^Keep captures").one("spin button").text
        expect(kept == number, f"{number} captures were to be kept, and {kept} are")
        operator.press("Escape")
        operator.closed("^Keep captures", "Escape")

    def by_hand():
        operator.menu("d", "h")

    operator.goes_back(by_hand, "^Add a device", "Cancel", operator.accept)
    before = operator.window.one(TABLE, "^Devices$").rows
    hosts = iter("ab")

    def fill(dialog):
        operator.type("AWAY-" + next(hosts))
        until("enough typed", lambda: dialog.all("label", "^A capture waits until"))
        operator.go_to(dialog, "Cancel")

    for number, _ in enumerate(operator.accepts(by_hand, "^Add a device", fill), 1):
        until("the ticks of what was added", lambda: operator.window.all("label", rf"^{number} ticked"))
    operator.press("ctrl+shift+u")
    until("no ticks", lambda: operator.window.all("label", r"^0 ticked"))
    side = operator.window.one("list", "^Device lists$")
    until("all of them in their list", lambda: any(
        item.name.startswith("Added by hand") and item.name.endswith(f"/{number}") for item in side.children()))
    go_to_list(operator, side, "All")
    expect(operator.window.one(TABLE, "^Devices$").rows >= before, "a device has gone")

    def who():
        operator.press("ctrl+t", "Tab")
        button = operator.window.one(".*button", "^Operator")
        until("the focus on Operator", lambda: button.is_("focused"))
        operator.press("space", "Up", "Up", "Return")  # the last entry but one

    operator.goes_back(who, "^Operator", "Cancel")
    people = iter(("Marta", "Bo"))
    for _, name in zip(operator.accepts(who, "^Operator", lambda dialog: (
            operator.type(next(people)), operator.go_to(dialog, "Cancel"))), ("Marta", "Bo")):
        until("the operator's name", lambda: operator.window.all(".*", f"^Operator: {name}"))

    # An existing file.
    target = pathlib.Path(operator.desk.environment["HOME"]) / "results.csv"

    def export():
        operator.press("alt+f")
        until("an open menu", lambda: any(item.is_("showing") for item in operator.window.all("menu item")))
        operator.press("Up", "Up", "Up", "Return")  # the last entries of File are CSV, JSON and Quit
        operator.dialog("^Export")
        operator.press("ctrl+a")
        operator.type(str(target))

    operator.goes_back(lambda: (operator.press("alt+f"), until("an open menu", lambda: any(
        item.is_("showing") for item in operator.window.all("menu item"))), operator.press("Up", "Up", "Up", "Return")),
        "^Export", "Cancel")
    export()
    operator.press("ctrl+Return")
    operator.closed("^Export", "Ctrl+Enter")
    until("the file", lambda: target.exists() and target.stat().st_size)
    target.write_text("another's")
    for key in ("Escape", "Return"):
        export()
        operator.press("Return")
        until("the question", lambda: overwrite(operator))
        operator.dialog("^Export")
        if key == "Return":
            operator.press("ctrl+Return")
            expect(overwrite(operator), "Ctrl+Enter overwrites a file")
        operator.press(key)
        until("the question closed", lambda: not overwrite(operator))
        operator.press("Escape")
        operator.closed("^Export", "Esc")
        expect(target.read_text() == "another's", f"{key} overwrites a file")


def overwrite(operator):
    window = operator.desk.active(operator.program, "^Export")
    return window and window.all("label", "already exists")


def connections(operator, pictures):
    def connect():
        operator.menu("f", "c")

    def complain(dialog):
        """With nothing entered, the dialog reports it and stays open."""
        before = len(dialog.all("label"))
        operator.press("ctrl+Return")
        until("what is missing", lambda: len(dialog.all("label")) > before)

    operator.goes_back(connect, "^Connect to an account", "Cancel", complain)

    def fill(dialog):
        operator.type("Fabrikam")
        for name, text in (("^Account ID", operator.account.id), ("^Token", operator.account.token)):
            until(f"the focus in {name}", lambda: next_field(operator, dialog, name))
            operator.type(text)
        if not dialog.all(FIELD, "^Base URL"):
            until("the focus on Advanced", lambda: next_field(operator, dialog, "^Advanced", ".*"))
            operator.press("space")
            dialog.one(FIELD, "^Base URL")
        until("the focus in the address", lambda: next_field(operator, dialog, "^Base URL"))
        operator.type(operator.account.base)
        operator.desk.picture(pictures / "dialogs-connect.png")
        operator.go_to(dialog, "Cancel")

    for _ in operator.accepts(connect, "^Connect to an account", fill, ["ctrl+Return"]):
        pass
    until("the connection's name", lambda: operator.desk.active(operator.program, "Fabrikam"))

    def edit():
        operator.menu("f", "e")

    operator.goes_back(edit, "^Edit the connection", "Cancel")
    def rename(dialog):
        operator.press("ctrl+a")
        operator.type("Fabrikam 2")
        operator.go_to(dialog, "Cancel")

    for _ in operator.accepts(edit, "^Edit the connection", rename, ["ctrl+Return"]):
        pass
    until("the connection's new name", lambda: operator.desk.active(operator.program, "Fabrikam 2"))

    def remove():
        operator.menu("f", "m")

    operator.goes_back(remove, "^Remove the connection", "Cancel", operator.accept)
    remove()
    operator.dialog("^Remove the connection")
    operator.press("Return")  # the default button cancels
    operator.closed("^Remove the connection", "Enter")
    expect(operator.desk.active(operator.program, "Fabrikam"), "Enter removes a connection")


def next_field(operator, dialog, name, role=FIELD):
    """Presses Tab once, unless the object has the focus."""
    thing = next(iter(dialog.all(role, name)), None)
    if thing and thing.is_("focused"):
        return True
    before = focused(dialog)
    operator.press("Tab")
    until("the focus on something else", lambda: focused(dialog) != before)
    return bool(thing and thing.is_("focused"))


def quitting(operator, pictures):
    def leave():
        operator.press("ctrl+q")

    operator.goes_back(leave, "^Quit", "Keep open", operator.accept)
    leave()
    dialog = operator.dialog("^Quit")
    operator.desk.picture(pictures / "dialogs-quit.png")
    operator.press("Return")  # the default button does not quit
    operator.closed("^Quit", "Enter")
    expect(operator.program.poll() is None, "Enter quits")
    leave()
    dialog = operator.dialog("^Quit")
    operator.go_to(dialog, r"Cancel the \d+")
    operator.press("Return")
    expect(operator.program.wait(CEILING) == 0, f"the program ended with {operator.program.returncode}")


def session(desk, program, account, pictures):
    operator = Operator(desk, program, account)
    devices = operator.window.one(TABLE, "^Devices$")
    until("the devices", lambda: devices.rows and not operator.window.all("push button", "^Stop loading$"))
    lists(operator, pictures)
    before, captures = review(operator, pictures)
    # The account's time does not advance: a capture that waits for another one on its device keeps waiting.
    until("the captures at the account", lambda: len(account.get("")) - len(before) >= DEVICES)
    questions(operator, pictures)
    connections(operator, pictures)
    quitting(operator, pictures)
    made = [command for command in account.get("") if command["id"] not in before]
    expect(len({(command["device_id"], command["type"]) for command in made}) == len(made), f"one twice: {made}")
    expect(len({command["device_id"] for command in made}) == DEVICES and len(made) <= captures,
           f"{len(made)} captures on {len({command['device_id'] for command in made})} devices")
    return f"{captures} captures on {DEVICES} devices by Ctrl+Enter, {len(made)} of them sent before quitting"


def main(build, pictures):
    build, pictures = pathlib.Path(build), pathlib.Path(pictures)
    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(Disappointed(f"all of it took over {WHOLE} s")))
    signal.alarm(WHOLE)
    with Desk(pictures / "dialogs") as desk:
        try:
            sandbox = desk.start(build / "capturedesk-sandbox", "--port", "0", "--devices", "260", "--quota", "1000",
                                 "--clock", "manual", "--rate-limit", "0", stdout=subprocess.PIPE, text=True)
            account = Account(sandbox)
            keychain(desk)
            program = desk.start(build / "capturedesk", environment=account.environment())
            print(session(desk, program, account, pictures))
        except BaseException:
            signal.alarm(CEILING)
            desk.picture(pictures / "dialogs-failed.png")
            for tree in desk.tree:
                print(*Thing(tree).outline() if tree is not None else (), sep="\n")
            raise


if __name__ == "__main__":
    main(*sys.argv[1:])
