"""A page that is planned, and the files that come of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as Day

from sitegen.frozen import record


@record
class SocialCard:
    """What is drawn on the picture that stands for a page where its link is shared: plain words.

    It has a number with what it measures, or a quote with who said it, or neither. `colours` are paper,
    ink, soft, rule and accent, as "#rrggbb"; `serif` says in which of two faces the title is set.
    """

    title: str
    site: str
    kicker: str = ""
    credit: str = ""
    number: str = ""
    label: str = ""
    quote: str = ""
    speaker: str = ""
    colours: tuple[str, ...] = ()
    serif: bool = True


@record
class Page:
    """A page that exists: its address, the template that makes it, and the records it is made from.

    `view` is the page's whole dependency: the same template set and view give the same bytes.
    `made_from` names the source files, for error messages and `--explain`.
    """

    url: str
    template: str
    view: object
    made_from: tuple[str, ...] = ()
    lastmod: Day | None = None

    @property
    def file(self) -> str:
        return file_of(self.url)


def file_of(url: str) -> str:
    """Where a page's bytes go, relative to the output folder: `/a/` is `a/index.html`."""
    return url.lstrip("/") + ("index.html" if url.endswith("/") else "")


@record
class Output:
    """A file of the site. `path` is relative to the output folder, with forward slashes."""

    path: str
    data: bytes
    made_from: tuple[str, ...] = ()


@record
class Promise:
    """A file of the site whose bytes are known by their hash, from a cache.

    `make` gives them, and is called only if the output folder does not hold them already. Should
    they have another hash than `sha256`, the cache was damaged, and what `make` gives is the truth.
    """

    path: str
    sha256: str
    make: Callable[[], bytes]
    made_from: tuple[str, ...] = ()


@record
class Staged:
    """A file of the site that a worker process has put into the staging tree already; `size` in bytes.

    `mark` is by what the output room knows the file again. Only its stager makes these records.
    """

    path: str
    sha256: str
    size: int
    made_from: tuple[str, ...] = ()
    mark: tuple[int, int, int, int] | None = None
