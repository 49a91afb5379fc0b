"""Do the links of the published site that lead elsewhere still lead anywhere?

Each address is asked once, each host by one request at a time, and what came of it is remembered for some
days: a host that is fine today is not asked again tomorrow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date as Day
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from sitegen import records
from sitegen.check import Site
from sitegen.errors import FetchError, Problem
from sitegen.fetch.client import Client, Missing, Wait
from sitegen.fetch.ledger import read_cache, write_cache

CACHE = ".sitegen/links.json"
DAYS_FINE, DAYS_BROKEN = 14, 1
_AT_ONCE = 8  # hosts
_MOST_BYTES = 1 << 22  # of a page that is only looked for
# What hosts say to programs that knock, whether or not the page is there.
_NOT_TOLD = frozenset((401, 402, 403, 405, 406, 407, 408, 418, 425, 429, 451, 503, 999))
_NOT_ASKED = ("canonical", "feed")

Progress = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Found:
    """What came of asking: the day, and what is wrong ("" for nothing)."""

    day: Day
    fault: str = ""

    def holds(self, today: Day) -> bool:
        return 0 <= (today - self.day).days < (DAYS_BROKEN if self.fault else DAYS_FINE)


@dataclass(frozen=True, slots=True)
class _Place:
    path: str
    line: int
    column: int


def broken(root: Path, site: Site, client: Client, progress: Progress = print) -> tuple[Problem, ...]:
    """A warning, link-external, for every address elsewhere that leads nowhere, where it first stands.

    Raises OSError where the cache cannot be written.
    """
    places = _places(site)
    today = client.now.date()
    known = _read(root / CACHE)
    kept = {url: known[url] for url in places if url in known and known[url].holds(today)}
    hosts: defaultdict[str, list[str]] = defaultdict(list)
    for url in places:
        if url not in kept:
            hosts[urlsplit(url).netloc.lower()].append(url)
    progress(f"asking {sum(map(len, hosts.values()))} of {len(places)} addresses on {len(hosts)} hosts")
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for asked in pool.map(lambda urls: _ask(urls, client, today), hosts.values()):
            kept |= asked
    write_cache(root / CACHE, {url: {"day": str(one.day), "fault": one.fault} for url, one in kept.items()})
    return tuple(
        _problem(url, kept[url].fault, found)
        for url, found in places.items()
        if url in kept and kept[url].fault
    )


def _places(site: Site) -> dict[str, list[_Place]]:
    """Address elsewhere → where it stands, in the order of pages and lines."""
    made: dict[str, list[_Place]] = {}
    for page in site.pages.values():
        for reference in page.references:
            url = _elsewhere(site, page.address, reference.address)
            if url and reference.use not in _NOT_ASKED:
                place = _Place(f"{site.folder}/{page.path}", reference.line, reference.column)
                made.setdefault(url, []).append(place)
    return made


def _elsewhere(site: Site, page: str, address: str) -> str | None:
    try:
        url = urldefrag(urljoin(f"{site.origin}{site.base}{page}", address)).url
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return None if f"{parts.scheme}://{parts.netloc}" == site.origin else url


def _ask(urls: Sequence[str], client: Client, today: Day) -> dict[str, Found]:
    """What came of these addresses of one host; those that it wants to be asked later are left out."""
    made = {}
    for url in urls:
        try:
            made[url] = Found(today, _fault(url, client))
        except Wait:
            break
    return made


def _fault(url: str, client: Client) -> str:
    """What is wrong with an address, or "". HEAD is cheap, but not all hosts answer it as they do GET."""
    for method in ("HEAD", "GET"):
        try:
            client.get(url, limit=_MOST_BYTES, method=method)
            return ""
        except Wait:
            raise
        except Missing as error:
            fault = "" if error.status in _NOT_TOLD else error.problems[0].message
        except FetchError as error:
            problem = error.problems[0]
            if problem.code == "fetch-too-large":  # it is there
                return ""
            fault = problem.message
            if problem.code in ("fetch-address", "fetch-unknown-host", "fetch-certificate"):
                break
    return fault


def _problem(url: str, fault: str, found: Sequence[_Place]) -> Problem:
    first, more = found[0], len(found) - 1
    others = f" (and {more:,} more)" if more else ""
    return Problem(
        f"{url} leads nowhere{others}: {fault}", "link-external", first.path, first.line, first.column,
        hint="look for its new address, or link to a copy in an archive", severity="warning",
    )  # fmt: skip


def _read(path: Path) -> Mapping[str, Found]:
    made = ((url, _found(said)) for url, said in read_cache(path).items())
    return {url: one for url, one in made if one}


def _found(said: Any) -> Found | None:
    """One line of the cache; None where it is damaged."""
    try:
        day = Day.fromisoformat(said["day"])
        return records.build(Found, {**said, "day": day})[0]
    except (TypeError, KeyError, ValueError):
        return None
