"""Requests in turn: one at a time per host with a pause between them, redirects, waits that hosts ask for.

No cookie is kept, nothing that tells who asks is sent, and every address on the way is checked anew.
"""

from __future__ import annotations

import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from sitegen import __version__
from sitegen.errors import FetchError
from sitegen.fetch import addresses, wire
from sitegen.fetch.addresses import Address, Origin
from sitegen.fetch.wire import Limits, Proxies, Reply, Request

LIMITS = Limits()
_REDIRECTS = {301: True, 302: False, 303: False, 307: False, 308: True}  # status → for good?
_LONGEST_WAIT = 7 * 24 * 3600  # seconds: what asks for more is asked again after a week
_USUAL_WAIT = 3600
_HINTS = {
    401: "it wants a password; a feed that is open to all is needed",
    403: "it does not let programs in",
    404: "look for its new address on the newsroom's site",
    410: "it is gone for good: take it out",
}
_KIND = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,100}")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,30})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came in the end: `url` is where, after all redirects; `moved` the address to which the one
    that was asked has moved for good; `status` is 200 or 304."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    moved: str | None = None

    @property
    def kind(self) -> str:
        """The media type, in small letters and without its parameters; "" where none is said."""
        said = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        return said if _KIND.fullmatch(said) or not said else "of no kind that is known"

    @property
    def charset(self) -> str | None:
        found = _CHARSET.search(self.headers.get("content-type", ""))
        return found.group(1).lower() if found else None


class Wait(FetchError):
    """A host asks to be left alone for some seconds."""

    def __init__(self, host: str, status: int, seconds: int) -> None:
        super().__init__(
            f"{host} answers {status} and asks to wait {_spoken(seconds)}", code="fetch-wait",
            hint="it is not asked again before",
        )  # fmt: skip
        self.seconds = seconds


class Missing(FetchError):
    """An answer that is none: 4xx or 5xx."""

    def __init__(self, status: int) -> None:
        hint = _HINTS.get(status) or (
            "that server has a fault: ask it again later" if status >= 500 else None
        )
        super().__init__(f"the answer is {status}", code="fetch-status", hint=hint)
        self.status = status


@dataclass
class Client:
    """Asks. `named` are the hosts and ports that the editor named, `now` is the time of this run.

    Threads may share one: a host is asked by one of them at a time.
    """

    now: datetime
    named: frozenset[Origin] = frozenset()
    proxies: Proxies = field(default_factory=Proxies)
    limits: Limits = field(default_factory=lambda: LIMITS)
    sleep: Callable[[float], object] = time.sleep
    _turns: defaultdict[str, threading.Lock] = field(default_factory=lambda: defaultdict(threading.Lock))
    _last: dict[str, float] = field(default_factory=dict)
    _waits: dict[str, Wait] = field(default_factory=dict)

    def get(
        self, url: str, *, limit: int, accept: str = "*/*", headers: Mapping[str, str] | None = None,
        method: str = "GET",
    ) -> Answer:  # fmt: skip
        """The answer to an address, redirects followed. `limit` in bytes.

        Raises FetchError: what wire.ask does, fetch-redirects, Missing, Wait.
        """
        sent = {
            "User-Agent": f"sitegen/{__version__} (a news digest; asks rarely)",
            "Accept": accept,
            "Accept-Encoding": "gzip",
            **(headers or {}),
        }
        asked = addresses.read(url)
        seen: list[str] = []
        moved, for_good = None, True
        while True:
            seen.append(asked.url)
            reply = self._ask(Request(asked, sent, limit, method))
            if reply.status not in _REDIRECTS or "location" not in reply.headers:
                return _answer(asked, reply, moved)
            asked = addresses.read(_next(asked, reply))
            for_good = for_good and _REDIRECTS[reply.status]
            moved = asked.url if for_good else moved
            if asked.url in seen:
                raise FetchError("it leads in a circle, back to itself", code="fetch-redirects")
            if len(seen) > self.limits.redirects:
                raise FetchError(
                    f"it leads on and on, more than {self.limits.redirects} times", code="fetch-redirects"
                )

    def _ask(self, request: Request) -> Reply:
        host = request.address.shown_host
        with self._turn(host):
            reply = wire.ask(request, self.named, self.proxies, self.limits)
            if reply.status in (429, 503):
                seconds = _seconds(reply.headers.get("retry-after"), self.now)
                if seconds is not None or reply.status == 429:
                    self._waits[host] = Wait(host, reply.status, seconds or _USUAL_WAIT)
                    raise self._waits[host]
        return reply

    @contextmanager
    def _turn(self, host: str) -> Iterator[None]:
        with self._turns[host]:
            if host in self._waits:
                raise self._waits[host]
            if host in self._last:
                self.sleep(max(0.0, self._last[host] + self.limits.pause - time.monotonic()))
            try:
                yield
            finally:
                self._last[host] = time.monotonic()


def client_for(now: datetime, urls: Iterable[str], environment: Mapping[str, str]) -> Client:
    """A client for this run; the hosts of `urls` are the editor's own choice and may be anywhere.

    Raises FetchError: fetch-address.
    """
    named = frozenset(addresses.read(url).origin for url in urls)
    return Client(now, named, Proxies.of(environment))


def _answer(asked: Address, reply: Reply, moved: str | None) -> Answer:
    if reply.status != 304 and reply.status // 100 != 2:
        raise Missing(reply.status)
    return Answer(asked.url, reply.status, reply.headers, reply.body, moved)


def _next(asked: Address, reply: Reply) -> str:
    """Where a redirect leads. Headers are Latin-1 to http.client and mostly UTF-8 to who wrote them."""
    said = reply.headers["location"]
    with suppress(UnicodeError):
        said = said.encode("latin-1").decode("utf-8")
    try:
        return urljoin(asked.url, said.strip())
    except ValueError:
        raise addresses.refused("it leads on to what is no address") from None


def _seconds(said: str | None, now: datetime) -> int | None:
    """What Retry-After says, in seconds: a number, or a date."""
    if said is None:
        return None
    if said.strip().isdigit() and len(said) < 12:
        wait = int(said)
    else:
        try:
            moment = parsedate_to_datetime(said)
        except ValueError:
            return None
        wait = round((moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds())
    return min(max(wait, 1), _LONGEST_WAIT)


def _spoken(seconds: int) -> str:
    for size, word in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= 2 * size:
            return f"{round(seconds / size)} {word}s"
    return f"{seconds} seconds"
