# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""For the scripts in this folder: runs the sandbox and the program without its window as processes, and compares the
journal with the server."""

import collections
import json
import os
import select
import shutil
import sqlite3
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path


CEILING = 300  # seconds; limits waits that would otherwise last forever; no machine is slow enough to reach it


def eventually(condition, complaint):
    """Waits until the condition holds."""
    deadline = time.monotonic() + CEILING
    while not condition():
        assert time.monotonic() < deadline, complaint
        time.sleep(0.01)


class Process:
    """A program whose output is read line by line."""

    def __init__(self, arguments, environment=None):
        self.process = subprocess.Popen([str(argument) for argument in arguments], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, env={**os.environ, **(environment or {})})
        self.rest = b""

    def line(self, deadline=None):
        """The next line; None after the deadline or at the end of the output."""
        deadline = deadline or time.monotonic() + CEILING
        while b"\n" not in self.rest:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                return None
            got = os.read(self.process.stdout.fileno(), 1 << 16)
            if not got:
                return None
            self.rest += got
        line, self.rest = self.rest.split(b"\n", 1)
        return line.decode()

    def kill(self):
        """kill -9.  Returns whether the process was alive."""
        alive = self.process.poll() is None
        self.process.kill()
        self.close()
        return alive and self.process.returncode == -9

    def close(self):
        for pipe in (self.process.stdin, self.process.stdout):
            try:
                pipe.close()
            except BrokenPipeError:
                pass
        self.process.wait()


class Sandbox(Process):
    """A sandbox account of its own."""

    def __init__(self, build, *options):
        super().__init__([Path(build) / "capturedesk-sandbox", "--with-parent", "--quota", 1000000, "--rate-limit", 0,
                          *options])
        said = dict(self.line().rsplit(" ", 1) for _ in range(5))
        self.base, self.account, self.token = said["listening on"], said["account"], said["token"]
        self.before = {command["id"] for command in self.commands()}

    def get(self, path, method="GET"):
        request = urllib.request.Request(self.base + path, headers={"Authorization": f"Bearer {self.token}"},
                                         method=method)
        with urllib.request.urlopen(request, timeout=CEILING) as reply:
            return json.load(reply)

    def commands(self):
        """All commands of the account, by its own list."""
        rows = []
        while True:
            page = len(rows) // 50 + 1
            got = self.get(f"/accounts/{self.account}/dex/commands?page={page}&per_page=50")["result"]["commands"]
            rows += got
            if len(got) < 50:
                return rows

    def created(self):
        """The number of commands ever created, by its own count."""
        return self.get("/sandbox/stats")["created"]

    def advance(self, seconds):
        """Advances the account's clock, which is stopped otherwise."""
        self.get(f"/sandbox/clock?advance_s={seconds}", "POST")

    def hears_out(self):
        """Waits until the server has carried out everything that a killed program had sent: then the only open
        connection is the one of this request."""
        eventually(lambda: self.get("/sandbox/stats")["connections"] == 1, "its connections stay open")

    def new(self):
        """The commands created since the start.  The count and the list must agree."""
        rows = [command for command in self.commands() if command["id"] not in self.before]
        assert len(rows) == self.created(), f"the server counts {self.created()}, and lists {len(rows)}"
        return rows


class Desk(Process):
    """The program without its window."""

    def __init__(self, build, sandbox, journal, *options):
        super().__init__([Path(build) / "headless_desk", "--journal", journal, *options],
                         {"CLOUDFLARE_ACCOUNT_ID": sandbox.account, "CLOUDFLARE_API_TOKEN": sandbox.token,
                          "CLOUDFLARE_BASE_URL": sandbox.base, "TZ": "UTC", "LC_ALL": "C.UTF-8"})
        self.events = []  # events that have been read

    def press(self, *lines):
        try:
            self.process.stdin.write("".join(line + "\n" for line in lines).encode())
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # the process has exited; whoever waits for it will see that

    def event(self, deadline=None):
        line = self.line(deadline)
        if line is None:
            return None
        self.events.append(json.loads(line))
        return self.events[-1]

    def wait(self, event):
        """Waits for the next event of this name, and returns it."""
        while (said := self.event()) is not None:
            if said["event"] == event:
                return said
        raise AssertionError(f"“{event}” was not said; last: {self.events[-3:]}")

    def once(self, event):
        """Waits until there has been an event of this name."""
        if not any(said["event"] == event for said in self.events):
            self.wait(event)

    def captures(self):
        """Waits for a complete report of the captures, and returns them."""
        first = len(self.events)
        self.wait("all said")
        return [said for said in self.events[first:] if said["event"] == "capture"]

    def finish(self, again=False):
        """Lets all captures end, quits the program, and returns the captures."""
        self.press(*(["again"] if again else []), "end")
        captures = self.captures()
        assert self.process.wait(CEILING) == 0, f"it left with {self.process.returncode}"
        self.close()
        return captures


NONE = {"not-started", "refused", "cancelled"}  # states of captures without a command


def key(row):
    """What tells one capture of a run from another."""
    return row.get("device_id") or row["device"], row.get("registration_id") or row.get("registration", ""), row["type"]


def compare(captures, commands):
    """Compares the journal with the server.  Returns (lost, doubled) as lists of messages."""
    lost, doubled = [], []
    there = {command["id"]: command for command in commands}
    owners = collections.Counter(capture["command"] for capture in captures if capture["command"])
    for capture in captures:
        command = there.get(capture["command"])
        name = f"capture {capture['id']} of {capture['ticket']} ({capture['state']})"
        if capture["state"] in NONE:
            if capture["command"]:
                doubled.append(f"{name} has a command")
        elif not command:
            lost.append(f"{name} has no command")
        elif key(capture) != key(command):
            lost.append(f"{name} has a command of another device, registration or type")
        elif owners[command["id"]] != 1:
            lost.append(f"{name} shares its command")
    asked = collections.Counter(key(capture) for capture in captures)
    have = collections.Counter(key(command) for command in commands)
    for command in commands:
        if command["id"] not in owners:
            # More commands than were ever requested: sent twice.  Otherwise some capture does not know its command.
            words = f"command {command['id']} belongs to nobody"
            (doubled if have[key(command)] > asked[key(command)] else lost).append(words)
    return lost, doubled


def stand(path):
    """Changes with each transaction."""
    try:
        stat = os.stat(path)
        return stat.st_ino, stat.st_size, stat.st_mtime_ns
    except FileNotFoundError:
        return None


def copied(path, copy):
    """Copies a consistent state of the journal, even while its program runs.  Returns whether a transaction was in
    progress."""
    rollback = f"{path}-journal"
    while True:
        before = stand(path), stand(rollback)
        hot = before[1] is not None and before[1][1] > 0
        try:
            if hot:
                shutil.copy(rollback, f"{copy}-journal")
            shutil.copy(path, copy)
        except FileNotFoundError:
            continue
        if before == (stand(path), stand(rollback)):
            return hot
        Path(f"{copy}-journal").unlink(missing_ok=True)


def read(path, query):
    """The current content of the journal, and whether a transaction was in progress.  Reads a copy, so that the program
    itself repairs the original."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.sqlite"
        if not Path(path).exists():
            return [], False
        hot = copied(path, copy)
        database = sqlite3.connect(copy)
        try:
            return database.execute(query).fetchall(), hot
        except sqlite3.OperationalError:
            return [], hot  # does not exist yet
        finally:
            database.close()


def journalled(path):
    """The journal's captures, and whether a transaction was in progress."""
    rows, hot = read(path, "SELECT r.account, r.ticket, c.state, c.command, c.device, c.request "
                           "FROM captures c JOIN runs r ON r.id=c.run ORDER BY c.id")
    names = ("account", "ticket", "state", "command", "device", "request")
    return [dict(zip(names, row)) for row in rows], hot


def deeds(path):
    return [what for what, in read(path, "SELECT what FROM deeds ORDER BY id")[0]]
