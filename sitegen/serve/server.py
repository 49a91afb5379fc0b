"""The preview's HTTP server: sockets and threads around the pure functions of `respond` and `events`.

GET and HEAD, from memory only, and POST for the editor's panel. Every request is checked before it
is answered; a refusal is one plain sentence. Connections and streams are bounded, every wait has an
end, and closing the server ends all of them.
"""

from __future__ import annotations

import errno
import socket
import socketserver
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any

from sitegen.desk import Desk
from sitegen.errors import Problem, SiteError, UsageError
from sitegen.serve import events, panel
from sitegen.serve.address import (
    CLIENT,
    Refusal,
    check_headers,
    check_host,
    check_request_line,
    check_write,
    is_loopback,
    read_target,
)
from sitegen.serve.answer import Part, Response
from sitegen.serve.respond import refuse, respond, unrendered
from sitegen.serve.snapshot import Stage, State

PORTS_TRIED = 20
MOST_CONNECTIONS = 512
_PATIENCE = 15.0  # seconds that a client may take for its next bytes


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """Serves what stands on the stage, until `close`."""

    allow_reuse_address = sys.platform != "win32"  # there it would share a port that is taken
    request_queue_size = 128

    def __init__(
        self,
        stage: Stage,
        address: tuple[str, int],
        family: int,
        *,
        base: str,
        log: Callable[[str], None],
        desk: Desk | None = None,
    ) -> None:
        self.address_family = family
        self.stage = stage
        self.desk = desk
        self._base = base
        self.log = log
        self.streams = events.Streams()
        self._open: set[socket.socket] = set()
        self._workers: list[threading.Thread] = []
        self.host = address[0]
        super().__init__(address, _Handler)
        self.port: int = self.socket.getsockname()[1]
        self._loop = threading.Thread(target=self.serve_forever, args=(0.1,), name="preview", daemon=True)

    @property
    def base(self) -> str:
        """The path under which the site stands that is shown."""
        shown = self.stage.state.snapshot
        return self._base if shown is None or shown.base is None else shown.base

    @property
    def url(self) -> str:
        """Where a browser finds the site."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        host = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(host, host)
        return f"http://{host}:{self.port}{self.base}/"

    def start(self) -> None:
        self._loop.start()

    def fault(self, state: State, problems: tuple[Problem, ...]) -> None:
        """A page of this state cannot be rendered."""
        if state.snapshot and self.stage.fault(state.snapshot, problems):
            for problem in problems:
                self.log(str(problem))

    def close(self) -> None:
        """Stop listening, end every connection and wait for their threads."""
        self.stage.close()
        if self._loop.is_alive():
            self.shutdown()
            self._loop.join()
        self.server_close()
        for connection in tuple(self._open):
            with suppress(OSError):  # it may just have ended by itself
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._workers:
            thread.join(_PATIENCE)

    def process_request(self, request: Any, client_address: Any) -> None:
        """A thread for each connection, as far as there are any left. Runs in the one accepting thread."""
        self._workers = [thread for thread in self._workers if thread.is_alive()]
        if len(self._workers) >= MOST_CONNECTIONS:
            self.shutdown_request(request)
            return
        thread = threading.Thread(
            target=self.process_request_thread, args=(request, client_address), daemon=True
        )
        self._open.add(request)
        thread.start()
        self._workers.append(thread)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has gone is no error, and what else happens must not end the preview."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        try:
            response = self._answer()
        except Refusal as refusal:
            response = refuse(refusal)
        except OSError:
            raise
        except Exception as error:
            response = self._unexpected(error)
        if response is not None:
            self._send(response)

    do_HEAD = do_GET

    def do_POST(self) -> None:
        """What the editor's panel does to a file. The connection ends: not all that was sent may be read."""
        if self.server.desk is None:
            self._refuse_method()
            return
        try:
            length = check_write(self.headers, self._state().token)
            response = panel.act(self.server.desk, read_target(self._raw_target()), self.rfile.read(length))
        except Refusal as refusal:
            response = refuse(refusal)
        except OSError:
            raise
        except Exception as error:
            response = self._unexpected(error)
        self._send(response, last=True)

    def _unexpected(self, error: Exception) -> Response:
        self.server.log(f"the preview could not answer {self.path!r}: {type(error).__name__}: {error}")
        return refuse(Refusal(500, "The preview could not answer. The terminal says why."))

    def _refuse_method(self) -> None:
        self._send(refuse(Refusal(405, "The preview answers GET and HEAD only.")), last=True)

    do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_TRACE = do_CONNECT = _refuse_method

    def parse_request(self) -> bool:
        """As in the base class, and then what a browser would never send is refused."""
        if not super().parse_request():
            return False
        try:
            check_request_line(self.requestline)
            if self.headers.defects:
                raise Refusal(400, "This request has a broken header.")
            check_host(self.headers.get_all("Host", []), self.server.host, self.server.port)
            check_headers(self.headers, writes=self.command == "POST" and self.server.desk is not None)
        except Refusal as refusal:
            self._send(refuse(refusal), last=True)
            return False
        return True

    def _answer(self) -> Response | None:
        target = read_target(self._raw_target())
        if target.path == f"{CLIENT}events":
            self._stream(target.query)
            return None
        if target.path in panel.PAGES:
            return panel.look(self.server.desk, target)
        state = self._state()
        try:
            return respond(
                state,
                target,
                base=self.server.base,
                if_none_match=self.headers.get("If-None-Match"),
                part=Part(self.headers.get("Range"), self.headers.get("If-Range")),
            )
        except SiteError as error:
            self.server.fault(state, tuple(error.problems))
            return unrendered(self._state())

    def _raw_target(self) -> str:
        """Not self.path: the base class has already made one slash of several there."""
        return self.requestline.split()[1]

    def _state(self) -> State:
        """The state as this client may see it: who does not sit at this machine gets no token."""
        state = self.server.stage.state
        return state if is_loopback(self.client_address[0]) else replace(state, token="")

    def _stream(self, query: str) -> None:
        at = events.read_position(query, self.headers.get("Last-Event-ID"))
        stage = self.server.stage
        self.close_connection = True
        with self.server.streams.place():
            self._write_head(
                200,
                (("Content-Type", "text/event-stream; charset=utf-8"), ("Cache-Control", "no-store")),
                events.RETRY,
            )
            if self.command == "HEAD":
                return
            if at.epoch != stage.state.epoch:
                at = replace(at, generation=-1)
            while not stage.closed:
                state = stage.wait(at.generation, events.HEARTBEAT)
                if state.generation == at.generation:
                    self.wfile.write(events.STILL_HERE)
                    continue
                mark = events.mark_of(state, at.page, self.server.base)
                self.wfile.write(events.message(events.since(state, at, mark, self.server.base)))
                at = replace(at, generation=state.generation, mark=mark)

    def _send(self, response: Response, *, last: bool = False) -> None:
        self.close_connection = self.close_connection or last or response.status >= 500
        body = b"" if response.status == 304 else response.body
        length = (("Content-Length", str(len(body))),) if response.status != 304 else ()
        self._write_head(
            response.status, (*response.headers, *length), b"" if self.command == "HEAD" else body
        )

    def _write_head(self, status: int, headers: tuple[tuple[str, str], ...], body: bytes) -> None:
        """One write, so that head and body leave together; no header can begin another line."""
        lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
        lines += [f"{name}: {value}" for name, value in headers]
        lines += ["Connection: close"] if self.close_connection else []
        if any("\r" in line or "\n" in line for line in lines):
            raise ValueError("a header holds a line break")
        self.wfile.write("\r\n".join([*lines, "", ""]).encode("iso-8859-1", "replace") + body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the base class refuses, in our own words."""
        self._send(refuse(Refusal(int(code), "This request is not understood.")), last=True)

    def handle_expect_100(self) -> bool:
        self._send(refuse(Refusal(417, "The preview reads no request body.")), last=True)
        return False

    def log_message(self, format: str, *args: object) -> None:
        """The terminal is for problems, not for requests."""


def open_server(
    stage: Stage,
    host: str,
    port: int,
    *,
    base: str = "",
    log: Callable[[str], None],
    desk: Desk | None = None,
) -> Server:
    """A server that listens on `port`, or on the next free one of PORTS_TRIED; 0 takes any.

    Raises UsageError where none of them can be had, or the host is none of this machine's.
    """
    if not 0 <= port <= 65535:
        raise UsageError(f"{port} is no port", code="serve-port", hint="ports go from 1 to 65535")
    last = min(port + PORTS_TRIED - 1, 65535) if port else 0
    for candidate in range(port, last + 1):
        try:
            family, _, _, _, address = socket.getaddrinfo(host, candidate, type=socket.SOCK_STREAM)[0]
            server = Server(stage, (str(address[0]), candidate), family, base=base, log=log, desk=desk)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                continue
            raise UsageError(
                f"the preview cannot listen at {host}:{candidate}: {error.strerror or error}",
                code="serve-listen",
                hint="try another --host or --port; ports below 1024 often need special rights",
            ) from None
        if server.port != port and port:
            log(f"port {port} is taken: the preview is at port {server.port}")
        return server
    raise UsageError(
        f"the ports {port} to {last} are all taken", code="serve-port", hint="name a free one with --port"
    )
