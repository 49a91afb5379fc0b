"""Which addresses may be asked, and at which numbers they stand.

What a feed or a page links to was written by strangers. It must not make this machine speak to
itself or to its neighbours: an address is resolved once, its numbers are checked, and the
connection goes to a number that was checked, so that a second answer of the name server does not matter.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from sitegen.errors import FetchError

_PORTS = {"http": 80, "https": 443}
_LONGEST = 4096
_KEPT = "/%:=&?~#+!$,;'@()*[]|"
_PRIVILEGED = 1024
_LOCAL_NAMES = re.compile(r"(?:.*\.)?(?:localhost|local|internal|lan|home\.arpa)\.?\Z", re.IGNORECASE)
_LIKE_A_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+))*", re.IGNORECASE)  # 0x7f.1
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Number = ipaddress.IPv4Address | ipaddress.IPv6Address
Origin = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Address:
    """A web address taken apart. `host` is ASCII without brackets, `target` what the request line says."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> Origin:
        return self.host, self.port

    @property
    def shown_host(self) -> str:
        """Host and port as a Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.shown_host}{self.target}"


_FAULTS: tuple[tuple[Callable[[str], object], str], ...] = (
    (lambda url: len(url) > _LONGEST, "this address is too long"),
    (lambda url: not url.isprintable() or re.search(r"[\s\\]", url), "this is no address"),
    (
        lambda url: urlsplit(url).scheme.lower() not in _PORTS,
        "only http and https addresses are asked",
    ),
    (lambda url: not urlsplit(url).hostname or urlsplit(url).port == 0, "this is no address"),
    (lambda url: "@" in urlsplit(url).netloc, "an address with a name or password in it is not asked"),
)


def read(url: str) -> Address:
    """An address, ready to be asked; its fragment is left out. Raises FetchError: fetch-address."""
    try:
        fault = next((said for is_at_fault, said in _FAULTS if is_at_fault(url)), None)
        if fault:
            raise refused(fault)
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        host = host if ":" in host else host.encode("idna").decode("ascii")
        port = parts.port
    except ValueError:  # a port that is no number, brackets that hold no address, a name too long
        raise refused("this is no address") from None
    target = quote(parts.path or "/", safe=_KEPT) + (
        f"?{quote(parts.query, safe=_KEPT)}" if parts.query else ""
    )
    scheme = parts.scheme.lower()
    return Address(scheme, host, port or _PORTS[scheme], target)


def refused(message: str, hint: str | None = None) -> FetchError:
    return FetchError(message, code="fetch-address", hint=hint)


def numbers(address: Address, named: Collection[Origin]) -> tuple[str, ...]:
    """The numbers at which an address stands and may be asked. `named` are the hosts and ports that the
    editor named. Raises FetchError: fetch-address where none may be asked, fetch-unknown-host."""
    if address.origin not in named and _is_odd_port(address):
        raise refused(f"port {address.port} is none of the web's", _name_it(address))
    try:
        answers = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchError(f"there is no host {address.host}", code="fetch-unknown-host") from None
    found = tuple(dict.fromkeys(str(answer[4][0]) for answer in answers))
    if address.origin in named:
        return found
    public = tuple(number for number in found if is_public(number))
    if not public:
        raise _private(address)
    return public


def check_name(address: Address, named: Collection[Origin]) -> None:
    """The same as far as it can be judged without asking for the host's numbers: behind a proxy, which
    resolves names itself. Raises FetchError: fetch-address."""
    if address.origin in named:
        return
    if _is_odd_port(address):
        raise refused(f"port {address.port} is none of the web's", _name_it(address))
    try:
        private = not is_public(str(ipaddress.ip_address(address.host)))
    except ValueError:
        private = bool(_LOCAL_NAMES.match(address.host) or _LIKE_A_NUMBER.fullmatch(address.host))
    if private:
        raise _private(address)


def is_public(number: str) -> bool:
    """Whether an IP address is one of the open internet; an IPv4 address inside an IPv6 one counts."""
    address: Number = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and (address in _NAT64 or int(address) >> 32 == 0):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        address = inner or address
    return address.is_global and not address.is_multicast and not address.is_reserved


def _is_odd_port(address: Address) -> bool:
    return address.port < _PRIVILEGED and address.port not in _PORTS.values()


def _private(address: Address) -> FetchError:
    return refused(f"{address.shown_host} is not on the open internet", _name_it(address))


def _name_it(address: Address) -> str:
    return f"if it is yours, name {address.shown_host} as a feed's host in sitegen.yaml"
