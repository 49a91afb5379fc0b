"""The output folder → its pages, its files and its redirects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from sitegen.check import page as pages
from sitegen.check.page import Page
from sitegen.errors import UsageError

_NOWHERE = "https://site.invalid"  # a site that does not know its address yet is checked all the same
_FEEDS = (".xml", ".rss", ".atom", ".json")
_REDIRECT = re.compile(r"(?P<start>/\S*)[ \t]+(?P<to>\S+)(?:[ \t]+(?P<status>\d{3})!?)?\s*")


@dataclass(frozen=True, slots=True)
class Redirect:
    """A line of `_redirects`, with the base path taken off; `line` counts from 1."""

    start: str
    to: str
    line: int


@dataclass(frozen=True, slots=True)
class Site:
    """A published site. `files` has the size in bytes of every file below the folder; `texts` the bytes
    of what may be a feed; `origin` is scheme and host, `base` the path below which the site stands;
    `unlisted` are pages that nothing need link to; `placed` says whether others can read at the address."""

    folder: str
    files: Mapping[str, int]
    pages: Mapping[str, Page]
    texts: Mapping[str, bytes] = field(default_factory=dict)
    redirects: tuple[Redirect, ...] = ()
    origin: str = ""
    base: str = ""
    unlisted: frozenset[str] = frozenset()
    placed: bool = True

    def resolve(self, page: Page, address: str) -> str | None:
        """The address on this site, base path taken off, that a reference leads to, with its fragment;
        None where it leads elsewhere or nowhere that can be checked."""
        here = self.origin or _NOWHERE
        try:
            parts = urlsplit(urljoin(f"{here}{self.base}{page.address}", address))
        except ValueError:  # brackets that hold no address
            return None
        if f"{parts.scheme}://{parts.netloc}" != here:
            return None
        path = unquote(parts.path) or "/"
        if self.base and not (path + "/").startswith(self.base + "/"):
            return None
        path = path[len(self.base) :] or "/"
        return f"{path}#{unquote(parts.fragment)}" if parts.fragment else path

    def file_at(self, address: str) -> str | None:
        """The file that a host sends for an address without a fragment, redirects aside."""
        name = urldefrag(address)[0].lstrip("/")
        candidates = (f"{name}index.html",) if not name or name.endswith("/") else (
            name, f"{name}/index.html", f"{name}.html",
        )  # fmt: skip
        return next((found for found in candidates if found in self.files), None)

    def redirected(self, address: str) -> bool:
        """Whether a line of `_redirects` takes a visitor on from here."""
        plain = address.partition("#")[0].rstrip("/")
        return any(
            plain == rule.start.rstrip("/")
            or (rule.start.endswith("/*") and (plain + "/").startswith(rule.start[:-1]))
            for rule in self.redirects
        )


def read(
    folder: Path,
    *,
    origin: str,
    base: str,
    shown: str,
    unlisted: frozenset[str] = frozenset(),
    placed: bool = True,
) -> Site:
    """The site in a folder, which messages call `shown`. Raises UsageError where there is none."""
    if not folder.is_dir():
        raise UsageError(
            f"there is no site in {shown}", code="check-nothing", hint="`sitegen build` publishes one"
        )
    files: dict[str, int] = {}
    found: dict[str, Page] = {}
    texts: dict[str, bytes] = {}
    for path in _walk(folder):
        name = path.relative_to(folder).as_posix()
        files[name] = path.stat().st_size
        if name.endswith((".html", ".htm")):
            found[name] = pages.read(name, path.read_bytes())
        elif name.endswith(_FEEDS):
            texts[name] = path.read_bytes()
    lines = (folder / "_redirects").read_text("utf-8") if "_redirects" in files else ""
    return Site(shown, files, found, texts, _redirects(lines, base), origin, base, unlisted, placed)


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.name != ".sitegen-manifest.json":
            yield path


def _redirects(text: str, base: str) -> tuple[Redirect, ...]:
    made = []
    for number, line in enumerate(text.splitlines(), 1):
        match = _REDIRECT.fullmatch(line.split(" #", 1)[0].strip())
        if match and not line.startswith("#"):
            made.append(Redirect(_below(match["start"], base), _below(match["to"], base), number))
    return tuple(made)


def _below(path: str, base: str) -> str:
    return path[len(base) :] or "/" if base and (path + "/").startswith(base + "/") else path
