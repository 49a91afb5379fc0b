"""What a browser may ask for: the request line, the Host header, the target. Pure functions.

The rules are tables of (what is refused, status); the first that applies decides. Paths are looked
up in memory and never on a disk, so a refusal here is a second wall, not the only one.
"""

from __future__ import annotations

import hmac
import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from urllib.parse import unquote_to_bytes

LONGEST = 2048
CLIENT = "/.sitegen/"
TOKEN = "X-Sitegen-Token"
MOST_SENT = 1 << 16  # bytes

_REQUEST_LINE = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,20} [!-~]+ HTTP/1\.[01]")
_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LOCAL = ("localhost", "127.0.0.1", "[::1]")


class Refusal(Exception):
    """A request that is not answered with a page; `reason` is one plain sentence."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Target:
    """A request target, decoded: `path` begins with a slash; `query` is as it was sent."""

    path: str
    query: str = ""


_RAW: tuple[tuple[Callable[[str], object], int, str], ...] = (
    (lambda raw: len(raw) > LONGEST, 414, "This address is too long."),
    (lambda raw: not raw.startswith("/"), 400, "Only addresses that begin with a slash are served."),
    (lambda raw: raw.startswith("//"), 400, "Only addresses of this site are served."),
    (lambda raw: "#" in raw or "\\" in raw, 400, "This address has a character that does not belong there."),
)
_QUOTED: tuple[tuple[Callable[[str], object], int, str], ...] = (
    (_ESCAPE.search, 400, "This address has a broken percent sign."),
    (re.compile(r"%2f|%5c", re.I).search, 400, "This address hides a slash."),
)
_DECODED: tuple[tuple[Callable[[str], object], int, str], ...] = (
    (_CONTROL.search, 400, "This address has a control character."),
    (lambda path: {".", ".."} & set(path.split("/")), 400, "This address has a dot segment."),
    (lambda path: "//" in path, 404, "There is no page at this address."),
    (lambda path: _hidden(path), 404, "There is no page at this address."),
)


def check_request_line(line: str) -> None:
    """Raise Refusal unless this is `METHOD TARGET HTTP/1.x` in printable ASCII with single spaces."""
    if not _REQUEST_LINE.fullmatch(line):
        raise Refusal(400, "This is not a request that a browser makes.")


def read_target(raw: str) -> Target:
    """The target of a request, decoded. Raises Refusal with status 400, 404 or 414."""
    _check(_RAW, raw)
    quoted, _, query = raw.partition("?")
    _check(_QUOTED, quoted)
    try:
        path = unquote_to_bytes(quoted).decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal(400, "This address is not UTF-8.") from None
    _check(_DECODED, path)
    return Target(path, query)


def check_host(hosts: list[str], bound: str, port: int) -> None:
    """Raise Refusal unless the one Host header names this preview: a foreign name that was made to
    point here (DNS rebinding) must not read the site.

    Where the preview listens beyond loopback, any numeric address is right as well: only names can be
    rebound.
    """
    if len(hosts) != 1:
        raise Refusal(400, "A request needs one Host header.")
    name, own_port = _split_host(hosts[0].strip(" \t").lower())
    if own_port != port or not (name in _LOCAL or name == bound.lower() or _numeric(name, bound)):
        raise Refusal(403, f"This preview answers to localhost:{port} and 127.0.0.1:{port} only.")


def check_headers(headers: Message, *, writes: bool = False) -> None:
    """Raise Refusal for a request with a body, unless it `writes`, and for one that a foreign page's
    script makes."""
    length = headers.get_all("Content-Length", ["0"])
    if headers.get("Transfer-Encoding") is not None or (not writes and [x.strip() for x in length] != ["0"]):
        raise Refusal(400, "The preview reads no request body.")
    origin = headers.get("Origin")
    if origin is not None and origin.lower() != f"http://{headers.get('Host', '').lower()}":
        raise Refusal(403, "Pages of other sites may not read this preview.")


def check_write(headers: Message, token: str) -> int:
    """The length in bytes of what a page sends to be written. Raises Refusal unless it is a page of this
    preview's own: one that has its token, says what it sends, and whose script runs on this origin."""
    if not token or not hmac.compare_digest(headers.get(TOKEN, "").encode(), token.encode()):
        raise Refusal(403, "Only the editor's panel may write.")
    if headers.get("Origin") is None or headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise Refusal(403, "Only a page of this preview may write.")
    if headers.get_content_type() != "application/json":
        raise Refusal(415, "The panel sends JSON.")
    lengths = headers.get_all("Content-Length", [])
    if len(lengths) != 1 or not re.fullmatch(r"\d{1,9}", lengths[0].strip()):
        raise Refusal(411, "A request that writes says how long it is.")
    if int(lengths[0]) > MOST_SENT:
        raise Refusal(413, "This is more than the panel ever sends.")
    return int(lengths[0])


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that is bound to this host."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _check(rules: tuple[tuple[Callable[[str], object], int, str], ...], text: str) -> None:
    for refused, status, reason in rules:
        if refused(text):
            raise Refusal(status, reason)


def _hidden(path: str) -> bool:
    """Dot files are not served; /.well-known/ is (RFC 8615), and so are the preview's own addresses."""
    if path.startswith((CLIENT, "/.well-known/")):
        path = "/" + path.split("/", 2)[2]
    return "/." in path


def _split_host(host: str) -> tuple[str, int]:
    name, _, port = host.rpartition(":") if re.search(r":\d{1,5}$", host) else (host, "", "80")
    return name, int(port)


def _numeric(name: str, bound: str) -> bool:
    if is_loopback(bound):
        return False
    try:
        return bool(ipaddress.ip_address(name.removeprefix("[").removesuffix("]")))
    except ValueError:
        return False
