#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""disk.py BUILD_DIR [CASE...]

Tests a journal that cannot be written: a full disk (a small tmpfs), a folder on a read-only mount, a journal locked by
another program.  Nothing is sent that cannot be journaled, the message says why, and once the journal can be written
again the work continues by itself, each command exactly once by the server's own count.  The mounts are made in a
namespace of this script; where that is not allowed it exits with 77 and a message."""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path

import desk

FULL, READ_ONLY, LOCKED = "disk is full", "read-only", "in use by another Capture Desk."
PACE = ("--between-listings", 300, "--fastest", 100)
SPACES = ["unshare", "--mount", "--propagation", "private"]


def mount(*arguments):
    subprocess.run(["mount", *map(str, arguments)], check=True)


class Place:
    """A folder on a small tmpfs of its own."""

    def __init__(self, folder, name, mounted=True):
        self.folder = Path(folder) / name.replace(" ", "-")
        self.folder.mkdir()
        self.journal = self.folder / "runs.sqlite"
        if mounted:
            mount("-t", "tmpfs", "-o", "size=512k,mode=700", "tmpfs", self.folder)

    def fill(self):
        with open(self.folder / "filler", "ab", buffering=0) as filler:
            for size in (1 << 16, 1 << 12, 1):
                try:
                    while filler.write(b"x" * size):
                        pass
                except OSError:
                    pass

    def empty(self):
        (self.folder / "filler").unlink()

    def protect(self, yes):
        mount("-o", "remount," + ("ro" if yes else "rw"), self.folder)


class Case:
    """One account, one folder, one program at a time.  The account's time is stopped except in `going_on`: a command on
    a device stays there, and captures that wait for it are not sent."""

    def __init__(self, build, folder, name):
        self.build, self.folder, self.name = build, folder, name
        self.sandbox = desk.Sandbox(build, "--devices", 120, "--clock", "manual")
        self.programs = []

    def place(self, mounted=True):
        return Place(self.folder, self.name, mounted)

    def start(self, place, devices=20):
        self.programs.append(desk.Desk(self.build, self.sandbox, place.journal, "--devices", devices, *PACE))
        return self.programs[-1]

    def says(self, program, why):
        said = program.wait("unrecorded")["text"]
        assert why in said and "Nothing is sent that cannot be recorded" in said, f"it said “{said}”"

    def refuses(self, program, why, ticket):
        """Presses Run: nothing is started, and the program reports that."""
        program.once("devices")
        program.press(f"press {ticket}")
        while "The run was not started: press Run again then." not in (said := program.wait("unrecorded")["text"]):
            pass  # an earlier message
        assert why in said, f"it said “{said}”"

    @contextlib.contextmanager
    def going_on(self):
        """Advances the account's time in the background, much faster than real time."""
        over = threading.Event()

        def move():
            while not over.wait(0.05):
                self.sandbox.advance(30)

        thread = threading.Thread(target=move)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def is_sending(self, program):
        program.press("captures")
        return any(capture["state"] == "sending" for capture in program.captures())

    def nothing_sent(self, place, program, seconds=2.0):
        """Checks that nothing more is sent, and that the journal has everything that was sent.  Returns the number of
        commands created."""
        desk.eventually(lambda: not self.is_sending(program), "what has left does not arrive")
        created = self.sandbox.created()
        time.sleep(seconds)
        assert self.sandbox.created() == created, "something was sent that could not be journalled"
        sent = [row for row in desk.journalled(place.journal)[0] if row["request"]]
        assert created <= len(sent), f"{created} were created, and the journal knows of {len(sent)}"
        assert program.process.poll() is None
        return created

    def ends(self, program, expected):
        with self.going_on():
            captures = program.finish(again=True)
        lost, doubled = desk.compare(captures, self.sandbox.new())
        assert not lost and not doubled, "\n".join(lost + doubled)
        assert self.sandbox.created() == expected, f"{self.sandbox.created()} commands, not {expected}"
        return captures

    def half_way(self, place, devices=60):
        """Starts a program and a run of which something was sent and something was not."""
        program = self.start(place, devices)
        program.press("run T1")
        program.wait("recorded")
        desk.eventually(self.sandbox.created, "nothing is sent")
        return program

    def fill_until_said(self, place, program):
        """Fills the disk, including the space that the journal frees after each transaction, until the program reports
        it.  Advancing the time gives the journal more to write."""
        def is_said():
            place.fill()
            self.sandbox.advance(20)
            program.event(time.monotonic() + 0.02)
            return any(said["event"] == "unrecorded" for said in program.events)

        desk.eventually(is_said, "it did not notice that the disk is full")
        assert FULL in program.events[-1]["text"], program.events[-1]

    def close(self):
        for process in (*self.programs, self.sandbox):
            if process.process.poll() is None:
                process.kill()


def full_from_the_start(case):
    place = case.place()
    place.fill()
    program = case.start(place)
    case.says(program, FULL)
    case.refuses(program, FULL, "T1")
    assert case.nothing_sent(place, program) == 0
    place.empty()
    program.wait("recorded again")
    program.press("run T1")
    case.ends(program, 40)


def full_when_run_is_pressed(case):
    place = case.place()
    program = case.start(place)
    program.once("looked")
    place.fill()
    case.refuses(program, FULL, "T1")
    place.fill()
    assert case.nothing_sent(place, program) == 0
    place.empty()
    program.wait("recorded again")
    assert case.nothing_sent(place, program) == 0
    program.press("run T1")
    case.ends(program, 40)


def full_in_the_middle(case):
    place = case.place()
    program = case.half_way(place)
    case.fill_until_said(place, program)
    assert 0 < case.nothing_sent(place, program) < 120
    program.press("captures")
    waiting = [capture for capture in program.captures() if capture["state"] == "waiting-turn"]
    assert waiting and any(FULL in capture["problem"] for capture in waiting), "no row says that the disk is full"
    place.empty()
    program.wait("recorded again")
    case.ends(program, 120)


def full_and_killed(case):
    place = case.place()
    program = case.half_way(place)
    case.fill_until_said(place, program)
    created = case.nothing_sent(place, program, 0.5)
    program.kill()
    place.fill()
    program = case.start(place, 60)
    case.says(program, FULL)
    assert case.nothing_sent(place, program) == created
    place.empty()
    program.wait("recorded again")
    case.ends(program, 120)


def full_when_cancelled(case):
    """What was decided while the journal could not be written is written later, although nothing else happens."""
    place = case.place()
    program = case.half_way(place)
    case.fill_until_said(place, program)
    created = case.nothing_sent(place, program, 0.5)
    under_way = {"sending", "checking", "on-device", "uploading"}

    def is_idle():
        program.press("captures")
        return not under_way & {one["state"] for one in program.captures()}

    with case.going_on():
        desk.eventually(is_idle, "what was sent does not end")
    program.press("cancel")
    case.says(program, FULL)
    place.empty()
    program.wait("recorded again")
    desk.eventually(lambda: desk.deeds(place.journal) == ["run", "cancel"] and
                    all(row["state"] != "waiting-turn" for row in desk.journalled(place.journal)[0]),
                    "the journal does not know what was cancelled, or by whom")
    program.kill()
    program = case.start(place, 60)
    captures = case.ends(program, created)
    assert sum(capture["state"] == "cancelled" for capture in captures) == 120 - created


def read_only_before_the_first(case):
    place = case.place()
    place.protect(True)
    program = case.start(place)
    case.says(program, READ_ONLY)
    case.refuses(program, READ_ONLY, "T1")
    assert case.nothing_sent(place, program) == 0
    place.protect(False)
    program.wait("recorded again")
    program.press("run T1")
    case.ends(program, 40)


def read_only_with_work_left(case):
    place = case.place()
    program = case.half_way(place)
    program.kill()
    case.sandbox.hears_out()
    created = case.sandbox.created()
    place.protect(True)
    program = case.start(place, 60)
    case.says(program, READ_ONLY)
    case.refuses(program, READ_ONLY, "T2")
    assert case.nothing_sent(place, program) == created
    place.protect(False)
    program.wait("recorded again")
    case.ends(program, 120)


def had_by_another_program(case):
    place = case.place(mounted=False)
    first = case.start(place)
    first.once("looked")
    second = case.start(place)
    case.says(second, LOCKED)
    case.refuses(second, LOCKED, "T2")
    assert case.nothing_sent(place, second) == 0
    first.press("run T1")
    case.ends(first, 40)
    second.wait("recorded again")
    second.press("captures")
    assert {capture["ticket"] for capture in second.captures()} == {"T1"}, "it does not know what the first has done"
    second.press("run T2")
    case.ends(second, 80)


WITHOUT_MOUNTS = [had_by_another_program]
WITH_MOUNTS = [full_from_the_start, full_when_run_is_pressed, full_in_the_middle, full_and_killed,
               full_when_cancelled, read_only_before_the_first, read_only_with_work_left]


def enter():
    """Enters a namespace of its own, in which mounts affect nobody else."""
    if os.environ.get("DISK_PY_MOUNTS"):
        return
    spaces = SPACES if os.geteuid() == 0 else [*SPACES, "--user", "--map-root-user"]
    if subprocess.run([*spaces, "mount", "-t", "tmpfs", "tmpfs", tempfile.gettempdir()], stderr=subprocess.PIPE).returncode:
        print("Skipped: this account may not mount a tmpfs, not even in a namespace of its own.")
        sys.exit(77)
    os.environ["DISK_PY_MOUNTS"] = "1"
    os.execvp(spaces[0], [*spaces, sys.executable, "-B", *sys.argv])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=Path)
    parser.add_argument("cases", nargs="*")
    given = parser.parse_args()
    cases = {case.__name__: case for case in WITHOUT_MOUNTS + WITH_MOUNTS}
    chosen = [cases[name] for name in given.cases] or WITH_MOUNTS
    if any(case in WITH_MOUNTS for case in chosen):
        enter()
    failures = []

    def run(work, folder):
        began = time.monotonic()
        case = Case(given.build, folder, work.__name__)
        try:
            work(case)
            print(f"{work.__name__}: passed in {time.monotonic() - began:.0f} s", flush=True)
        except Exception:
            failures.append(work.__name__)
            print(f"{work.__name__}: FAILED after {time.monotonic() - began:.0f} s\n{traceback.format_exc()}", flush=True)
        finally:
            case.close()

    # In parallel: the cases mostly wait.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        threads = [threading.Thread(target=run, args=(case, folder)) for case in chosen]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if any(case in WITH_MOUNTS for case in chosen):
            subprocess.run(["umount", "--lazy", *(str(one) for one in Path(folder).iterdir() if os.path.ismount(one))])
    print(f"{len(chosen) - len(failures)} of {len(chosen)} cases passed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
