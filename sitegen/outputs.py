"""Every page of a site as a file, in the order of the plan: rendered on all cores, and only where no build
before has made the very same page.

A page's key is made of all that its bytes follow from: the template set, the template, its view. The
ledger maps it to the hash of the bytes; the bytes themselves stand in the published site.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from typing import Protocol
from zlib import crc32

from sitegen import cache, packing, render
from sitegen.cache import Store
from sitegen.frozen import record, replace
from sitegen.model import Article, Output, Page, Promise, Staged
from sitegen.options import Reason
from sitegen.pages import Draft
from sitegen.workers import Crew

SHELF, LEDGER = "pages", "ledger"
BATCH = 64  # pages that a process makes in one go
_SHORT = 4  # bytes for each field of a view, enough to say which of them changed


class Stager(Protocol):
    """Puts a file into the staging tree; any process may have one."""

    def put(self, output: Output) -> Staged: ...


@record
class Key:
    """What a page's bytes follow from, as a whole; and in parts, to say what changed: the template with
    the set it is in, the name of the view's class, and a stretch of bytes for each of its fields."""

    whole: bytes
    parts: tuple[bytes, str, bytes]


@record
class Made:
    """A page with its key. Where it was known, `sha256` is all there is of it."""

    key: Key
    sha256: str | None
    file: Output | Staged | None


# ---------------------------------------------------------------- what was made before


class Ledger:
    """What the builds before made, and what became of each page in this one. Without a store it knows
    nothing."""

    def __init__(self, store: Store | None = None) -> None:
        self._shelf = store.shelf(SHELF) if store else None
        self._store = store
        self._now: dict[str, tuple[bytes, str, bytes]] = {}
        self._rendered: dict[str, Reason | None] = {}

    def known(self, key: bytes) -> str | None:
        """The hash of a page's bytes."""
        return self._shelf.get(key) if self._shelf is not None else None

    def note(self, url: str, made: Made) -> None:
        """Put down a page of this build."""
        self._now[url] = made.key.parts
        if made.file is not None:
            self._rendered[url] = None
        if self._shelf is not None:
            self._shelf.put(made.key.whole, made.sha256 or _sha256(made.file))

    def missing(self, url: str) -> None:
        """A page was known, but the output folder does not have its bytes any more."""
        self._rendered[url] = Reason("missing")

    def close(self) -> tuple[tuple[str, Reason], ...]:
        """Keep what was put down, and say of each page that was rendered why."""
        if self._store is None:
            return ()
        before = self._store.read(LEDGER) or {}
        rendered = tuple(
            (url, why or _reason(before.get(url), self._now[url])) for url, why in self._rendered.items()
        )
        if before != self._now:
            self._store.write(LEDGER, self._now)
        return rendered


def _reason(before: tuple[bytes, str, bytes] | None, now: tuple[bytes, str, bytes]) -> Reason:
    if before is None:
        return Reason("new")
    if before[:2] != now[:2]:
        return Reason("template")
    kind = packing.kind_named(now[1])
    names: tuple[str, ...] = packing.field_names(kind) if kind else ()
    pieces = [slice(_SHORT * n, _SHORT * (n + 1)) for n in range(len(names))]
    return Reason(
        "view", tuple(name for name, at in zip(names, pieces, strict=True) if before[2][at] != now[2][at])
    )


# ---------------------------------------------------------------- making pages


@dataclass(slots=True)
class Press:
    """What pages are made with. Every worker has a copy of it.

    `known` gives the hash of a page's bytes where they were made before; without a `stager` the bytes
    are what is wanted. `shared` remembers the fingerprints of records that many pages show.
    """

    theme: render.Theme
    body: Callable[[Article], str]
    known: Callable[[bytes], str | None]
    stager: Stager | None = None
    shared: packing.Known = field(default_factory=packing.Known)

    def make(self, drafts: Sequence[Draft]) -> list[Made]:
        return [self._one(draft) for draft in drafts]

    def _one(self, draft: Draft) -> Made:
        page = draft.page()
        key = self.key(page)
        known = self.known(key.whole)
        if known is not None:
            return Made(key, known, None)
        output = render.render(self.filled(page), self.theme)
        return Made(key, None, self.stager.put(output) if self.stager else output)

    def key(self, page: Page) -> Key:
        fields = packing.field_dumps(page.view, self.shared)
        kind = page.view.__class__.__name__
        template = cache.digest(self.theme.digest, page.template)
        whole = cache.digest(template, page.file, kind, b"".join(fields))
        return Key(whole, (template[:8], kind, array("I", map(crc32, fields)).tobytes()))

    def filled(self, page: Page) -> Page:
        return replace(page, view=render.filled(page.view, self.body))

    def again(self, draft: Draft) -> bytes:
        return render.render(self.filled(draft.page()), self.theme).data


def made(
    drafts: Sequence[Draft], press: Press, crew: Crew, ledger: Ledger
) -> Iterator[Output | Promise | Staged]:
    """The files of the pages; what is known already is promised.

    The first page of each template is made here, before there are workers: they inherit it compiled.
    """
    firsts = {draft.template: n for n, draft in reversed(tuple(enumerate(drafts)))}
    for n in sorted(firsts.values()):
        yield _file(drafts[n], press.make(drafts[n : n + 1])[0], press, ledger)
    here = set(firsts.values())
    rest = [draft for n, draft in enumerate(drafts) if n not in here]
    batches = [rest[start : start + BATCH] for start in range(0, len(rest), BATCH)]
    worked = _shipped(batches, press, crew) if crew.ships(len(batches)) else crew.map(press.make, batches)
    results = (one for batch in worked for one in batch)
    for draft, result in zip(rest, results, strict=True):
        yield _file(draft, result, press, ledger)


def _file(draft: Draft, made: Made, press: Press, ledger: Ledger) -> Output | Promise | Staged:
    ledger.note(draft.url, made)
    if made.file is not None:
        return made.file
    return Promise(draft.file, made.sha256 or "", partial(_again, press, draft, ledger), draft.made_from)


def _again(press: Press, draft: Draft, ledger: Ledger) -> bytes:
    ledger.missing(draft.url)
    return press.again(draft)


def _sha256(file: Output | Staged | None) -> str:
    if isinstance(file, Output):
        return sha256(file.data).hexdigest()
    return file.sha256 if file else ""


# ---------------------------------------------------------------- pages that travel

# The theme, and of each page the address, the template, the packed view with its bodies, the sources.
Parcel = tuple[render.Theme, list[tuple[str, str, bytes, tuple[str, ...]]]]


def _shipped(batches: Sequence[Sequence[Draft]], press: Press, crew: Crew) -> Iterator[list[Made]]:
    """The same by processes that see neither this memory nor this disk: views and bodies are sent, files
    come back. Only what is not known travels."""
    waiting: list[list[Made]] = []

    def parcels() -> Iterator[Parcel]:
        for batch in batches:
            pages = [draft.page() for draft in batch]
            keys = [press.key(page) for page in pages]
            waiting.append([Made(key, press.known(key.whole), None) for key in keys])
            unknown = [page for page, one in zip(pages, waiting[-1], strict=True) if one.sha256 is None]
            yield press.theme, [_packed(press.filled(page)) for page in unknown]

    for files in crew.ship(print_parcel, parcels()):
        rest = iter(files)
        yield [one if one.sha256 else replace(one, file=_placed(next(rest), press)) for one in waiting.pop(0)]


def _packed(page: Page) -> tuple[str, str, bytes, tuple[str, ...]]:
    return page.url, page.template, packing.dumps(page.view), page.made_from


def _placed(output: Output, press: Press) -> Output | Staged:
    return press.stager.put(output) if press.stager else output


def print_parcel(parcel: Parcel) -> list[Output]:
    """What a process elsewhere does."""
    theme, pages = parcel
    return [
        render.render(Page(url, template, packing.loads(view), made_from), theme)
        for url, template, view, made_from in pages
    ]
