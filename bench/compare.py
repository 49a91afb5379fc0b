"""Whether two programs made the same site: the same addresses, and the same words and links on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from bench.tools import RENAMED

SAMPLES = 40
PAGES = (".html", ".xml")
# A map of a site may have 50,000 addresses; sitegen goes on in further files, the peers do not.
FURTHER_MAP = re.compile(r"/sitemap-\d+\.xml")


def differences(ours: Path, theirs: Path, samples: int = SAMPLES) -> list[str]:
    """What tells two output folders apart, at most a few lines; empty where nothing does."""
    mine, other = addresses(ours), addresses(theirs)
    found = [f"only sitegen has {url}" for url in sorted(mine.keys() - other.keys())[:5]]
    found += [f"only the peer has {url}" for url in sorted(other.keys() - mine.keys())[:5]]
    shared = sorted(url for url in mine.keys() & other.keys() if url.endswith("/"))
    step = max(1, len(shared) // samples)
    for url in shared[::step]:
        if fault := _first_difference(said(mine[url]), said(other[url])):
            found.append(f"{url}: {fault}")
    return found[:20]


def addresses(public: Path) -> dict[str, Path]:
    """Every page by the address that sitegen has for it."""
    found = {}
    for path in public.rglob("*"):
        url = "/" + path.relative_to(public).as_posix().removesuffix("index.html")
        if path.suffix in PAGES and not FURTHER_MAP.fullmatch(url):
            found[renamed(url)] = path
    return found


def renamed(address: str) -> str:
    for theirs, ours in RENAMED:
        if address.startswith(theirs):
            return ours + address.removeprefix(theirs)
    return address


def said(page: Path) -> list[str]:
    """The visible words of a page's <main> and the addresses it links to, in order.

    What says nothing is left aside: white space beside tags, case, typographic marks, short names of
    months, zeros as in "01 May" and "58.0".
    """
    reader = _Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    return list(reader.said())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self._inside = False
        self._found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._inside = self._inside or tag == "main"
        self._found.append(" ")
        known = dict(attributes)
        if self._inside and tag in ("a", "img"):
            self._found.append(f"→{renamed(known.get('href') or known.get('src') or '')} ")
        if self._inside and tag == "img":
            self._found.append(known.get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        self._found.append(" ")
        self._inside = self._inside and tag != "main"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._found.append(data)

    def said(self) -> Iterator[str]:
        plain = "".join(self._found).translate(_TYPOGRAPHIC).casefold()
        yield from _EMPTY.sub("", plain).split()


_EMPTY = re.compile(
    r"(?<![\w./-])0(?=\d )|(?<=\d)\.0\b"
    r"|(?<=\d (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))[a-z]+(?= \d{4}\b)"
)
_TYPOGRAPHIC = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "..."})


def _first_difference(ours: list[str], theirs: list[str]) -> str | None:
    if ours == theirs:
        return None
    at = next((n for n, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), None)
    at = min(len(ours), len(theirs)) if at is None else at
    around = slice(max(0, at - 3), at + 5)
    return f"sitegen says “{' '.join(ours[around])}”, the peer “{' '.join(theirs[around])}”"
