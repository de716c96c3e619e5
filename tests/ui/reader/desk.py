# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An isolated environment for a program under test: an X server, a window manager, a session bus with accessibility, an
empty home, a keyboard, and the accessibility tree as a screen reader gets it.  Nothing here accesses the program's
internals."""

import contextlib
import ctypes
import os
import pathlib
import re
import select
import shutil
import signal
import subprocess
import tempfile
import time

NEEDED = ("Xvfb", "openbox", "dbus-daemon", "xdotool", "xprop", "import")
PR_SET_CHILD_SUBREAPER = 36
CEILING = 300  # seconds: no machine is slow enough to reach this
WHOLE = 4 * CEILING  # seconds, for a whole test
GUARD = 0.4  # seconds in which a newly active dialog ignores Enter and Space, which were meant for another window


class Disappointed(AssertionError):
    """The program did not do what was expected in time."""


def until(expected, probe):
    """Polls probe() until its result is true and returns that result.  Raises Disappointed, which names `expected`,
    after CEILING."""
    from gi.repository import GLib

    last, end = None, time.monotonic() + CEILING
    while True:
        try:
            if last := probe():
                return last
        except GLib.Error as error:  # the queried object has gone in the meantime
            last = error.message
        if time.monotonic() > end:
            raise Disappointed(f"after {CEILING} s still not: {expected}" + (f" ({last})" if last else ""))
        time.sleep(0.05)


def own_children():
    return [int(pid) for pid in pathlib.Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]


class Desk:
    def __init__(self, logs):
        if missing := [tool for tool in NEEDED if not shutil.which(tool)]:
            raise SystemExit(f"{', '.join(missing)} not found; packaging/dependencies.sh walk installs what is needed")
        self.logs = pathlib.Path(logs)
        self.logs.mkdir(parents=True, exist_ok=True)
        self.undo = contextlib.ExitStack()
        # Orphans of the processes started here, such as services of the bus, become children of this process, which
        # terminates them.
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)

    def __enter__(self):
        with contextlib.ExitStack() as undo:
            folder = undo.enter_context(tempfile.TemporaryDirectory(prefix="reader-", ignore_cleanup_errors=True))
            undo.callback(self._end_everything)
            self.environment = self._environment(pathlib.Path(folder))
            self._start_display()
            self._start_bus()
            # While it starts, the window manager forgets windows that ask to be shown, although the root window already
            # names it.
            managed = pathlib.Path(folder) / "managed"
            self.start("openbox", "--startup", f"touch {managed}")
            until("a window manager", managed.exists)
            self._listen()
            self.undo = undo.pop_all()
        return self

    def __exit__(self, *_):
        self.undo.close()

    # Processes.

    def start(self, *command, environment=None, **options):
        """Starts a program with its output in a log named after it, or as `options` say."""
        log = open(self.logs / (pathlib.Path(command[0]).name + ".log"), "ab")
        with log:
            return subprocess.Popen(command, env=self.environment | (environment or {}),
                                    **{"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log} | options)

    def output(self, *command):
        return subprocess.run(command, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=CEILING).stdout

    def _end_everything(self):
        for how, seconds in ((signal.SIGTERM, 10), (signal.SIGKILL, CEILING)):
            end = time.monotonic() + seconds
            told = set()
            while (children := own_children()) and time.monotonic() < end:
                for pid in set(children) - told:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, how)
                    told.add(pid)
                with contextlib.suppress(ChildProcessError):
                    while os.waitpid(-1, os.WNOHANG)[0]:
                        pass
                time.sleep(0.02)

    # Parts of the environment.

    @staticmethod
    def _environment(folder):
        foreign = re.compile("(QT|XDG|DBUS|AT_SPI|GTK|LC|CLOUDFLARE|CAPTUREDESK|WAYLAND|SESSION|DESKTOP)_|LANG|DISPLAY")
        own = {name: value for name, value in os.environ.items() if not foreign.match(name)}
        own |= {"HOME": folder / "home", "XDG_RUNTIME_DIR": folder / "run", "XDG_CONFIG_HOME": folder / "config",
                "XDG_DATA_HOME": folder / "data", "XDG_CACHE_HOME": folder / "cache", "XDG_STATE_HOME": folder / "state"}
        for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            own[name].mkdir(mode=0o700)
            own[name] = str(own[name])
        return own | {"LC_ALL": "C.UTF-8", "TZ": "UTC", "GSETTINGS_BACKEND": "memory", "QT_QPA_PLATFORM": "xcb",
                      "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}

    def _start_and_ask(self, command, option, after=()):
        """Starts a server that writes its address to a file descriptor; returns that line."""
        ours, theirs = os.pipe()
        with open(ours) as answer:
            self.start(*command, option.format(theirs), *after, pass_fds=[theirs])
            os.close(theirs)
            if not select.select([answer], [], [], CEILING)[0] or not (line := answer.readline().strip()):
                raise Disappointed(f"{command[0]} does not start; its log is in {self.logs}")
            return line

    def _start_display(self):
        number = self._start_and_ask(["Xvfb", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-displayfd"], "{}")
        self.environment["DISPLAY"] = f":{number}"

    def _start_bus(self):
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._start_and_ask(
            ["dbus-daemon", "--session", "--nofork", "--nopidfile"], "--print-address={}")

    def _listen(self):
        """Connects to the accessibility bus.  libatspi reads the environment of this process, once."""
        for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
            os.environ[name] = self.environment[name]
        os.environ.pop("AT_SPI_BUS_ADDRESS", None)
        import pyatspi

        pyatspi.Atspi.set_timeout(1000 * CEILING, 1000 * CEILING)
        self.tree = pyatspi.Registry.getDesktop(0)
        self.tree.set_cache_mask(pyatspi.Atspi.Cache.NONE)  # always the current state of the program

    # Input, and windows.

    def press(self, *keys):
        self.output("xdotool", "key", "--clearmodifiers", "--delay", "30", *keys)

    def type(self, text):
        self.output("xdotool", "type", "--clearmodifiers", "--delay", "30", "--", text)

    def drag(self, start, end):
        """Presses the mouse at one position of the screen and releases it at another.  A busy program merges the moves
        and starts no drag; then the caller has to repeat it."""
        path = [[a + (b - a) * step // 8 for a, b in zip(start, end)] for step in range(1, 9)]
        moves = [word for x, y in path for word in ("mousemove", str(x), str(y), "sleep", "0.05")]
        self.output("xdotool", "mousemove", str(start[0]), str(start[1]), "mousedown", "1", *moves, "mouseup", "1")

    def picture(self, path):
        subprocess.run(["import", "-silent", "-window", "root", str(path)], env=self.environment, check=True, timeout=CEILING)

    def program(self, process, title):
        """Waits for a window of a started program whose title matches and that has the keyboard focus, and returns it."""
        return until(f"an active window titled {title!r}", lambda: self.active(process, title))

    def dialog(self, process, title):
        """Like window(), for a dialog, and waits until it no longer ignores keys.  The same clock measures that time,
        from before the dialog is found here."""
        seen, over = self.program(process, title), time.monotonic() + GUARD
        until("the end of a dialog's first moments", lambda: time.monotonic() > over)
        return seen

    def active(self, process, title):
        """The window of a started program whose title matches and that has the keyboard focus now, if there is one."""
        if process.poll() is not None:
            raise Disappointed(f"{process.args[0]} ended with {process.returncode}; its log is in {self.logs}")
        for program in self.tree:
            if program is not None and program.get_process_id() == process.pid:
                for thing in Thing(program).children():
                    if re.search(title, thing.name) and thing.is_("showing", "active"):
                        return thing
        return None


class Thing:
    """What a screen reader knows of one accessible object."""

    def __init__(self, accessible):
        self.accessible = accessible

    role = property(lambda self: self.accessible.getRoleName())
    name = property(lambda self: self.accessible.get_name() or "")
    rows = property(lambda self: self.accessible.queryTable().nRows)
    columns = property(lambda self: self.accessible.queryTable().nColumns)

    @property
    def text(self):
        """Its text content, as opposed to its name."""
        if "Text" in self.accessible.get_interfaces():
            return self.accessible.queryText().getText(0, -1)
        return self.name

    @property
    def middle(self):
        """The centre of its area on the screen."""
        from pyatspi import DESKTOP_COORDS

        place = self.accessible.queryComponent().getExtents(DESKTOP_COORDS)
        return place.x + place.width // 2, place.y + place.height // 2

    def is_(self, *states):
        from pyatspi import stateToString

        return {stateToString(state) for state in self.accessible.getState().getStates()}.issuperset(states)

    def children(self):
        found = (self.accessible.getChildAtIndex(index) for index in range(self.accessible.childCount))
        return [Thing(accessible) for accessible in found if accessible is not None]

    def all(self, role="", name=""):
        """Every visible object below this one whose role and name match; does not descend into tables."""
        found = []
        for child in self.children():
            if not child.is_("showing"):
                continue
            if re.fullmatch(role or ".*", child.role) and re.search(name, child.name):
                found.append(child)
            if child.role not in ("table", "tree", "tree table", "list"):
                found += child.all(role, name)
        return found

    def one(self, role, name=""):
        return until(f"{role} {name!r} in {self.role} {self.name!r}", lambda: next(iter(self.all(role, name)), None))

    def cell(self, row, column):
        return Thing(self.accessible.queryTable().getAccessibleAt(row, column))

    def headers(self):
        return [self.accessible.queryTable().getColumnDescription(column) for column in range(self.columns)]

    def read(self):
        """A table's cells as a screen reader gets them, one list for each row."""
        return [[self.cell(row, column).name for column in range(self.columns)] for row in range(self.rows)]

    def outline(self, depth=0):
        """The whole tree as text, for the message when something is not found."""
        yield f"{'  ' * depth}{self.role} {self.name!r}"
        for child in self.children()[:40]:
            if child.is_("showing"):
                yield from child.outline(depth + 1)
