"""One request, with a limit on everything: time to connect, time of silence, time in all, size."""

from __future__ import annotations

import base64
import io
import socket
import ssl
import time
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any, cast
from urllib.parse import unquote, urlsplit

from sitegen.errors import FetchError
from sitegen.fetch import addresses
from sitegen.fetch.addresses import Address, Origin

_CHUNK = 1 << 16
_GZIP = 16 + zlib.MAX_WBITS
_BODILESS = (204, 304)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to connect, of silence, and for a whole answer; the pause between two requests to a host;
    how many redirects are followed."""

    connect: float = 10.0
    silence: float = 20.0
    total: float = 60.0
    pause: float = 1.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Proxies:
    """Where requests go through: scheme → the proxy's address, and the hosts that are asked directly."""

    by_scheme: Mapping[str, str] = field(default_factory=dict)
    direct: tuple[str, ...] = ()

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Proxies:
        """What http_proxy, https_proxy, all_proxy and no_proxy say. In a CGI program HTTP_PROXY is a
        header that a visitor sent, so only the small letters count for http."""
        given = {name.lower(): value for name, value in environment.items() if name != "HTTP_PROXY"}
        every = given.get("all_proxy", "")
        found = {scheme: given.get(f"{scheme}_proxy") or every for scheme in ("http", "https")}
        hosts = (host.strip().lower().lstrip("*.") for host in given.get("no_proxy", "").split(","))
        direct = ("*",) if given.get("no_proxy", "").strip() == "*" else tuple(host for host in hosts if host)
        whole = {name: said if "://" in said else f"http://{said}" for name, said in found.items() if said}
        return cls(whole, direct)

    def of_address(self, address: Address) -> str | None:
        names = {address.host, f"{address.host}:{address.port}"}
        for host in self.direct:
            if host == "*" or host in names or address.host.endswith(f".{host}"):
                return None
        return self.by_scheme.get(address.scheme)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: `limit` is the most bytes that an answer may have, unpacked."""

    address: Address
    headers: Mapping[str, str]
    limit: int
    method: str = "GET"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back from one address; header names in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


def ask(request: Request, named: Collection[Origin], proxies: Proxies, limits: Limits) -> Reply:
    """Ask once; redirects are answers like others.

    Raises FetchError: fetch-address, fetch-unknown-host, fetch-unreachable, fetch-certificate,
    fetch-slow, fetch-too-large, fetch-cut, fetch-garbled.
    """
    end = time.monotonic() + limits.total
    host = request.address.host
    proxy = proxies.of_address(request.address)
    try:
        with _linked(request.address, named, proxy, limits, end) as wire:
            if request.address.scheme == "http":
                return _exchange(wire, request, proxy)
            if proxy:
                _tunnel(wire, request.address, _credentials(proxy))
            with wire.secured(host) as secure:
                return _exchange(secure, request)
    except ssl.SSLCertVerificationError as error:
        raise FetchError(
            f"the certificate of {host} is not in order: {error.verify_message}", code="fetch-certificate"
        ) from None
    except TimeoutError:
        raise FetchError(
            f"{host} is too slow: no whole answer in {limits.total:g} seconds, or silence for "
            f"{limits.silence:g}", code="fetch-slow", hint="it is asked again the next time",
        ) from None  # fmt: skip
    except (HTTPException, zlib.error, ValueError) as error:
        what = type(error).__name__
        raise FetchError(
            f"{host} answers with something that is no HTTP: {what}", code="fetch-garbled"
        ) from None
    except OSError as error:
        raise FetchError(
            f"{host} cannot be reached: {error.strerror or error}", code="fetch-unreachable"
        ) from None


class Wire:
    """A connected socket on which nothing lasts longer than the time that is left.

    http.client takes it for a socket: it sends, and makes the file that answers are read from.
    """

    def __init__(self, link: socket.socket, silence: float, end: float) -> None:
        self._link, self._silence, self._end = link, silence, end

    def secured(self, host: str) -> Wire:
        """The same link under TLS, with the certificate checked for this host."""
        self._link.settimeout(self._left())
        secure = ssl.create_default_context().wrap_socket(self._link, server_hostname=host)
        return Wire(secure, self._silence, self._end)

    def sendall(self, data: Any) -> None:
        self._link.settimeout(self._left())
        self._link.sendall(data)

    def receive(self, buffer: Any) -> int:
        self._link.settimeout(self._left())
        return self._link.recv_into(buffer)

    def makefile(self, mode: str = "rb", *_: Any, **__: Any) -> io.BufferedReader:
        return io.BufferedReader(_Received(self), _CHUNK)

    def close(self) -> None:
        """Nothing: http.client closes after its own ideas; the `with` around the exchange does."""

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self._link.close()

    def _left(self) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(left, self._silence)


class _Received(io.RawIOBase):
    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._wire.receive(buffer)


def _linked(
    address: Address, named: Collection[Origin], proxy: str | None, limits: Limits, end: float
) -> Wire:
    """A wire to the address, or to the proxy that leads there."""
    if proxy is None:
        hosts, port = addresses.numbers(address, named), address.port
    else:
        addresses.check_name(address, named)
        parts = urlsplit(proxy)
        if parts.scheme != "http" or not parts.hostname:
            said = f"the proxy of the environment is no http:// proxy but {parts.scheme}://"
            raise FetchError(said, code="fetch-unreachable", hint="no_proxy names hosts to ask without it")
        hosts, port = (parts.hostname,), parts.port or 80
    return Wire(_connected(hosts, port, limits.connect), limits.silence, end)


def _connected(hosts: tuple[str, ...], port: int, seconds: float) -> socket.socket:
    """The first of the numbers that answers."""
    failed: OSError = ConnectionError("no address")
    for host in hosts[:4]:
        try:
            return socket.create_connection((host, port), timeout=seconds)
        except OSError as error:
            failed = error
    raise failed


def _tunnel(wire: Wire, address: Address, headers: Mapping[str, str]) -> None:
    """Ask the proxy for a straight way to the host, which TLS then runs through."""
    host = f"[{address.host}]" if ":" in address.host else address.host
    lines = [f"CONNECT {host}:{address.port} HTTP/1.1", f"Host: {host}:{address.port}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    wire.sendall("\r\n".join([*lines, "", ""]).encode("ascii"))
    answer = HTTPResponse(cast(socket.socket, wire), method="CONNECT")
    answer.begin()
    if answer.status != 200:
        raise FetchError(f"the proxy says no: {answer.status}", code="fetch-unreachable")


def _credentials(proxy: str) -> dict[str, str]:
    parts = urlsplit(proxy)
    if parts.username is None:
        return {}
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
    return {"Proxy-Authorization": f"Basic {base64.b64encode(pair).decode('ascii')}"}


def _exchange(wire: Wire, request: Request, proxy: str | None = None) -> Reply:
    """Request and answer; a proxy without a tunnel is told the whole address."""
    connection = HTTPConnection(request.address.host, request.address.port)
    connection.sock = cast(socket.socket, wire)
    headers = {"Host": request.address.shown_host, "Connection": "close", **request.headers}
    target = request.address.target
    if proxy:
        target, headers = request.address.url, {**headers, **_credentials(proxy)}
    connection.request(request.method, target, headers=headers)
    answer = connection.getresponse()
    said = {name.lower(): value for name, value in answer.getheaders()}
    if request.method == "HEAD" or answer.status in _BODILESS or answer.status // 100 != 2:
        return Reply(answer.status, said)
    return Reply(answer.status, said, b"".join(_body(answer, said, request)))


def _body(answer: HTTPResponse, headers: Mapping[str, str], request: Request) -> Iterator[bytes]:
    """The body unpacked, in parts; never more than the limit and never more than was promised."""
    packing = headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "", "gzip", "x-gzip"):
        raise FetchError(f"packed in a way that was not asked for: {packing[:40]!a}", code="fetch-garbled")
    unpack = zlib.decompressobj(_GZIP) if "gzip" in packing else None
    came, made = 0, 0
    promised = headers.get("content-length", "") if "transfer-encoding" not in headers else ""
    while data := answer.read1(_CHUNK):
        came += len(data)
        if unpack:
            data = unpack.decompress(data, request.limit - made + 1)
        made += len(data)
        if max(made, came) > request.limit:
            raise FetchError(f"larger than {request.limit:,} bytes", code="fetch-too-large")
        yield data
    if (promised.isdigit() and came < int(promised)) or (unpack and came and not unpack.eof):
        raise FetchError(
            "the answer broke off before its end", code="fetch-cut", hint="nothing of it was kept"
        )
