# SPDX-FileCopyrightText: 2026 The Capture Desk authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Support for leak tests: a secret in all its encodings, searches for it, and a service that echoes what it receives."""

import base64
import http.client
import http.server
import pathlib
import threading
import time
import urllib.parse

from desk import CEILING

SHORTEST = 12  # this many consecutive characters of a secret are a leak


class Guises:
    """Every encoding of every piece of a secret, as bytes to search for."""

    def __init__(self, secret):
        self.secret = secret
        self.exact, self.folded = set(), set()
        for start in range(len(secret) - SHORTEST + 1):
            piece = secret[start:start + SHORTEST]
            raw = piece.encode()
            self.exact |= {raw, piece.encode("utf-16-le"), piece.encode("utf-16-be")}
            self.folded |= {urllib.parse.quote(piece, safe="").lower().encode(), raw.hex().encode(),
                            "".join(f"%{byte:02x}" for byte in raw).encode()}
            for before in range(3):  # the three alignments of the bytes within base64
                encoded = base64.b64encode(b"\0" * before + raw)
                own = encoded[(before * 8 + 5) // 6:(before + len(raw)) * 8 // 6]
                self.exact |= {own, own.translate(bytes.maketrans(b"+/", b"-_"))}

    def found_in(self, content):
        """The first piece of the secret that some bytes contain, or None."""
        folded = content.lower()
        return next((piece for piece in self.exact if piece in content), None) or \
            next((piece for piece in self.folded if piece in folded), None)

    def found_below(self, folder):
        """Every file below a folder with a piece in its content or its path."""
        found = []
        for path in sorted(pathlib.Path(folder).rglob("*")):
            try:
                content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
            except FileNotFoundError:
                continue
            if piece := self.found_in(str(path.relative_to(folder)).encode() + b"\n" + content):
                found.append(f"{path}: {piece!r}")
        return found


class Watcher(threading.Thread):
    """Polls the arguments and the environment of processes and of their descendants."""

    def __init__(self, guises):
        super().__init__(daemon=True)
        self.guises, self.roots, self.found, self.seen = guises, set(), set(), set()
        self.own_variables = set()  # the processes that got the secret in their environment
        self.done = threading.Event()
        self.start()

    def look(self):
        todo = list(self.roots)
        while todo:
            pid = todo.pop()
            process = pathlib.Path(f"/proc/{pid}")
            try:
                name = (process / "comm").read_text().strip()
                self.seen.add((pid, name))
                for task in (process / "task").iterdir():
                    todo += map(int, (task / "children").read_text().split())
                for what in ("cmdline",) + (() if pid in self.own_variables else ("environ",)):
                    if piece := self.guises.found_in((process / what).read_bytes()):
                        self.found.add(f"{what} of {name}: {piece!r}")
            except (FileNotFoundError, ProcessLookupError):
                continue  # it has just exited

    def run(self):
        while not self.done.wait(0.05):
            self.look()


def json_of(words):
    return ('{"success":false,"errors":[{"code":1001,"message":"' + words + '","documentation_url":"https://e.example/'
            + words + '","source":{"pointer":"/' + words + '"}}],"messages":[],"result":null}')


# How a service, or a gateway, may echo the key that it received: status, headers and body.  A 403 to a POST
# would be interpreted as a read-only key.
ECHOES = {
    "JSON": lambda key: (400, {"Content-Type": "application/json"}, json_of(f"no access with Bearer {key}")),
    "JSON, percent-encoded": lambda key: (403, {"Content-Type": "application/json"},
                                          json_of("no access with " + urllib.parse.quote(key, safe=""))),
    "JSON, base64": lambda key: (400, {"Content-Type": "application/json"},
                                 json_of("no access with " + base64.b64encode(f"Bearer {key}".encode()).decode())),
    "JSON, in halves": lambda key: (422, {"Content-Type": "application/json"},
                                    json_of(f"began with {key[:18]} and ended with {key[22:]}")),
    "JSON, over lines": lambda key: (403, {"Content-Type": "application/json"},
                                     json_of(f"no access with {key[:20]}\\n{key[20:]}")),
    "JSON, a number for the message": lambda key: (403, {"Content-Type": "application/json"},
                                                   '{"success":false,"errors":[{"code":"' + key + '","message":7}]}'),
    "HTML": lambda key: (502, {"Content-Type": "text/html"}, f"<h1>Bad gateway</h1><pre>Authorization: Bearer {key}</pre>"),
    "HTML, cut short": lambda key: (403, {"Content-Type": "text/html"}, "x" * 170 + key),
    "headers": lambda key: (403, {"Content-Type": f"text/{key}", "X-Echo": key, "WWW-Authenticate": f"Basic realm={key}"}, ""),
    "redirect": lambda key: (302, {"Location": f"http://127.0.0.1:9/?key={urllib.parse.quote(key)}"}, key),
    "reason": lambda key: (500, {"Content-Type": "text/plain"}, ""),
}


class Echo(http.server.ThreadingHTTPServer):
    """Forwards to the sandbox under a key of its own; or, in an echo mode, a service that echoes what it receives."""

    daemon_threads = True

    def __init__(self, account, key):
        super().__init__(("127.0.0.1", 0), Handler)
        self.account, self.key = account, key
        self.mode, self.methods = None, ("GET", "POST")
        self.asked = 0  # requests that the mode has answered
        self.base = f"http://127.0.0.1:{self.server_port}/client/v4"
        self.strangers = []  # requests with another key, or to another path
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def turn(self, mode, methods=("GET", "POST")):
        self.mode, self.methods, self.asked = mode, methods, 0

    def handle_error(self, *_):
        pass  # the client has gone


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        server = self.server
        if self.headers.get("Authorization") != f"Bearer {server.key}":
            server.strangers.append(self.path)
        if server.mode and self.command in server.methods:
            status, headers, text = ECHOES[server.mode](server.key)
            server.asked += 1
            self.send(status, headers, text.encode(), f"no {server.key}" if server.mode == "reason" else None)
            return
        host = urllib.parse.urlsplit(server.account.base)
        forward = http.client.HTTPConnection(host.hostname, host.port, timeout=CEILING)
        headers = {"Authorization": f"Bearer {server.account.token}", "Content-Type": "application/json"}
        forward.request(self.command, self.path, body or None, headers)
        reply = forward.getresponse()
        self.send(reply.status, {"Content-Type": reply.getheader("Content-Type") or "application/json"}, reply.read())
        forward.close()

    do_GET = do_POST = answer

    def send(self, status, headers, body, reason=None):
        self.send_response_only(status, reason)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
