"""A web server on this machine that answers as a test tells it to: well, badly, slowly, endlessly."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

PATIENCE = 30.0  # seconds after which an endless answer ends by itself


@dataclass(frozen=True)
class Asked:
    """A request that came: method, path with query, headers in small letters."""

    method: str
    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Says:
    """An answer: `drip` sends the body again and again, slowly, for as long as somebody listens."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    drip: bool = False
    raw: bytes | None = None


Answer = Says | Callable[[Asked], Says]


@dataclass
class Loopback:
    """`answers` by path; what is not in it is answered by `otherwise`, a 404. `asked` is what came, in its
    order. `tunnels` has the ports on this machine to which a CONNECT leads, by the host and port that it
    names."""

    url: str
    answers: dict[str, Answer] = field(default_factory=dict)
    otherwise: Answer = field(default_factory=lambda: Says("nothing here", 404))
    asked: list[Asked] = field(default_factory=list)
    tunnels: dict[str, int] = field(default_factory=dict)

    def count(self, path: str) -> int:
        return sum(one.path == path for one in self.asked)


@contextmanager
def loopback(certificate: Path | None = None) -> Iterator[Loopback]:
    """The server, with TLS where there is a certificate (with its key in the same file)."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    made = Loopback(f"http{'s' if certificate else ''}://127.0.0.1:{server.server_port}")
    server.loopback = made  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _carry(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Nothing: clients that go away in the middle are what the tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        told: Loopback = self.server.loopback  # type: ignore[attr-defined]
        asked = Asked(self.command, self.path, {name.lower(): value for name, value in self.headers.items()})
        told.asked.append(asked)
        if self.command == "CONNECT" and self.path in told.tunnels:
            return self._tunnel(told.tunnels[self.path])
        given = told.answers.get(self.path, told.otherwise)
        says = given(asked) if callable(given) else given
        self.close_connection = True
        with suppress(OSError):
            self._send(says)
        return None

    def _tunnel(self, port: int) -> None:
        self.close_connection = True
        self.send_response(200)
        self.end_headers()
        with socket.create_connection(("127.0.0.1", port)) as far:
            back = Thread(target=_carry, args=(far, self.connection))
            back.start()
            _carry(self.connection, far)
            back.join()

    do_GET = do_HEAD = do_CONNECT = _answer

    def _send(self, says: Says) -> None:
        body = says.body.encode() if isinstance(says.body, str) else says.body
        if says.raw is not None:
            self.wfile.write(says.raw)
        else:
            self.send_response(says.status)
            if "Content-Length" not in says.headers and not says.drip:
                self.send_header("Content-Length", str(len(body)))
            for name, value in says.headers.items():
                self.send_header(name, value)
            self.end_headers()
        if says.drip:
            self._drip(body)
        elif self.command != "HEAD":
            self.wfile.write(body)

    def _drip(self, body: bytes) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.wfile.write(body)
            self.wfile.flush()
            time.sleep(0.05)

    def log_message(self, *_: Any) -> None:
        """Nothing: a test's output is for its faults."""
