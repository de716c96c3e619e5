#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill.py [--kills N] [--seed N] BUILD_DIR

Kills the program with -9 at random moments of its runs, each of 60 devices with both types, against a server that drops
three of ten replies after creating; then restarts it, repeatedly.  At the end of each account the program runs
undisturbed and sends again what was not started; then each of the 120 captures of a run must have exactly one command,
by the server's own list and count.  The seed determines the random choices: the event that starts the clock, and the
delay until the kill; it does not determine what the program is doing then."""

import argparse
import collections
import random
import sys
import tempfile
import time
from pathlib import Path

import desk

DEVICES, TYPES = 60, 2
PACE = ("--devices", DEVICES, "--between-listings", 300, "--fastest", 100)
LATENCY_MS = 20

# The event that starts the clock, the longest delay from there in seconds, and its weight out of 10.
MOMENTS = [(None, 0.3, 3), ("looked", 0.6, 4), ("looked", 3.0, 1), ("recorded", 0.6, 2)]


class Count:
    def __init__(self):
        self.kills = self.runs = self.commands = self.again = 0
        self.phases = collections.Counter()
        self.lost, self.doubled = [], []


def phase(journal, sandbox, ticket):
    """What the kill interrupted, judged by what it left behind."""
    sandbox.hears_out()  # requests that were sent arrive nevertheless
    rows, hot = desk.journalled(journal)
    rows = [row for row in rows if row["account"].endswith(sandbox.account)]
    if hot:
        return "while writing the journal"
    if not any(row["ticket"] == ticket for row in rows):
        return "before the run was recorded"
    states = collections.Counter(row["state"] for row in rows)
    if states["sending"]:
        known = {row["command"] for row in rows}
        asked = {row["device"] for row in rows if row["state"] == "sending"}
        unknown = [command for command in sandbox.new() if command["id"] not in known
                   and any(command["device_id"] in device for device in asked)]
        return "created, not recorded" if len(unknown) >= states["sending"] else "recorded, not created"
    if states["checking"]:
        return "while looking up"
    return "between requests" if states["waiting-turn"] else "while following"


def live(build, sandbox, journal, ticket, rng):
    """Runs the program once.  Returns whether it was killed before it had finished."""
    after, longest, _ = rng.choices(MOMENTS, [often for _, _, often in MOMENTS])[0]
    delay = rng.uniform(0, longest)
    if after == "recorded" and any(row["ticket"] == ticket for row in desk.journalled(journal)[0]):
        after = "looked"
    program = desk.Desk(build, sandbox, journal, *PACE)
    program.press(f"run {ticket}", "end")
    while after and (said := program.event()) is not None and said["event"] != after:
        pass
    end = time.monotonic() + delay
    while program.event(end) is not None:
        pass
    return program.kill()


def account(build, journal, seed, number, kills, count, rng):
    """The runs of one account.  Several accounts share the journal, as customers do."""
    sandbox = desk.Sandbox(build, "--devices", 120, "--seed", seed, "--latency-ms", LATENCY_MS, "--time-scale", 600,
                           "--fault", "lose-reply")
    try:
        tickets = [f"A{number}-{run}" for run in range(3)]
        for ticket in tickets:
            for _ in range(rng.randint(10, 16)):
                if kills <= 0 or not live(build, sandbox, journal, ticket, rng):
                    break
                kills -= 1
                count.kills += 1
                count.phases[phase(journal, sandbox, ticket)] += 1
        program = desk.Desk(build, sandbox, journal, *PACE)
        program.press(*(f"run {ticket}" for ticket in tickets))
        check(program.finish(again=True), sandbox.new(), tickets, count)
    finally:
        sandbox.process.terminate()
        sandbox.close()


def check(captures, commands, tickets, count):
    lost, doubled = desk.compare(captures, commands)
    by = collections.Counter(capture["ticket"] for capture in captures)
    again = by.pop("again", 0)
    for ticket in tickets:
        if by[ticket] != DEVICES * TYPES:
            lost.append(f"the run {ticket} has {by[ticket]} captures")
        if len({desk.key(capture) for capture in captures if capture["ticket"] == ticket}) != by[ticket]:
            doubled.append(f"the run {ticket} has a capture twice")
    # All that were not started have been sent again by the operator: in the end no command is missing, and none is
    # extra.
    missing = len(tickets) * DEVICES * TYPES - len(commands)
    if missing > 0:
        lost.append(f"{missing} commands are missing")
    if missing < 0:
        doubled.append(f"{-missing} commands are too many")
    count.runs += len(tickets)
    count.commands += len(commands)
    count.again += again
    count.lost += lost
    count.doubled += doubled


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("build", type=Path)
    given = parser.parse_args()
    rng, count, began = random.Random(given.seed), Count(), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        number = 0
        while count.kills < given.kills:
            number += 1
            account(given.build, Path(folder) / "runs.sqlite", given.seed * 1000 + number, number,
                    given.kills - count.kills, count, rng)
            print(f"account {number}: {count.kills} kills, {count.commands} commands, {len(count.lost)} lost, "
                  f"{len(count.doubled)} doubled", flush=True)
    for words in count.lost + count.doubled:
        print(words)
    for name, times in count.phases.most_common():
        print(f"  {times:4} killed {name}")
    print(f"{count.kills} kills in {count.runs} runs ({time.monotonic() - began:.0f} s, seed {given.seed}): "
          f"{count.commands} commands, {len(count.lost)} lost, {len(count.doubled)} doubled; "
          f"{count.again} were not started and sent again")
    return 1 if count.lost or count.doubled else 0


if __name__ == "__main__":
    sys.exit(main())
