"""Every page of a site as a file, in the order of the plan: rendered on all cores, and only where no build
before has made the very same page.

A page's key is made of all that its bytes follow from: the template set, the template, its view. The
ledger maps it to the hash of the bytes; the bytes themselves stand in the published site. Where a draft has
a basis, the ledger also remembers which key came of that, so that most views need not even be made.
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

SHELF, BASES, LEDGER = "pages", "bases", "ledger"
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
    """A page with its key. Where it was known, `sha256` is all there is of it. `basis` is another key, which
    this one follows from."""

    key: Key
    sha256: str | None
    file: Output | Staged | None
    basis: bytes | None = None


# ---------------------------------------------------------------- what was made before


class Ledger:
    """What the builds before made, and what became of each page in this one. Without a store it knows
    nothing."""

    def __init__(self, store: Store | None = None) -> None:
        self._shelf = store.shelf(SHELF) if store else None
        self._bases = store.shelf(BASES) if store else None
        self._store = store
        self._now: dict[str, tuple[bytes, str, bytes]] = {}
        self._rendered: dict[str, Reason | None] = {}

    @property
    def remembers(self) -> bool:
        return self._store is not None

    def known(self, key: bytes) -> str | None:
        """The hash of a page's bytes."""
        return self._shelf.get(key) if self._shelf is not None else None

    @property
    def knows_bases(self) -> bool:
        return bool(self._bases)

    def recalled(self, basis: bytes) -> Made | None:
        """What came of a basis, where the page is known too."""
        kept = self._bases.get(basis) if self._bases is not None else None
        if kept is None:
            return None
        whole, parts = kept
        sha256 = self.known(whole)
        return Made(Key(whole, parts), sha256, None, basis) if sha256 else None

    def note(self, url: str, made: Made) -> None:
        """Put down a page of this build."""
        self._now[url] = made.key.parts
        if made.file is not None:
            self._rendered[url] = None
        if self._shelf is not None:
            self._shelf.put(made.key.whole, made.sha256 or _sha256(made.file))
        if self._bases is not None and made.basis is not None:
            self._bases.put(made.basis, (made.key.whole, made.key.parts))

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

# A page to be made, with its basis if that has been taken already.
Wanted = tuple[Draft, bytes | None]


@dataclass(slots=True)
class Press:
    """What pages are made with. Every worker has a copy of it.

    `known` gives the hash of a page's bytes where they were made before; without a `stager` the bytes
    are what is wanted. `shared` remembers the fingerprints of records that many pages show. Bases are only
    taken where something `remembers` them.
    """

    theme: render.Theme
    body: Callable[[Article], str]
    known: Callable[[bytes], str | None]
    stager: Stager | None = None
    shared: packing.Known = field(default_factory=packing.Known)
    templates: dict[str, bytes] = field(default_factory=dict)
    remembers: bool = False

    def make(self, wanted: Sequence[Wanted]) -> list[Made]:
        return [self._one(draft, basis) for draft, basis in wanted]

    def _one(self, draft: Draft, basis: bytes | None) -> Made:
        page = draft.page()
        basis = basis or self.basis(draft)
        key = self.key(page)
        known = self.known(key.whole)
        if known is not None:
            return Made(key, known, None, basis)
        output = render.render(self.filled(page), self.theme)
        return Made(key, None, self.stager.put(output) if self.stager else output, basis)

    def key(self, page: Page) -> Key:
        fields = packing.field_dumps(page.view, self.shared)
        kind = page.view.__class__.__name__
        template = self._template(page.template)
        whole = cache.digest(template, page.file, kind, b"".join(fields))
        return Key(whole, (template[:8], kind, array("I", map(crc32, fields)).tobytes()))

    def basis(self, draft: Draft) -> bytes | None:
        """The draft's basis with all else that its key follows from."""
        if draft.basis is None or not self.remembers:
            return None
        return cache.digest(self._template(draft.template), draft.url, draft.basis())

    def _template(self, name: str) -> bytes:
        made = self.templates.get(name)
        if made is None:
            made = self.templates[name] = cache.digest(self.theme.digest, name)
        return made

    def filled(self, page: Page) -> Page:
        return replace(page, view=render.filled(page.view, self.body))

    def again(self, draft: Draft) -> bytes:
        return render.render(self.filled(draft.page()), self.theme).data


def made(
    drafts: Sequence[Draft], press: Press, crew: Crew, ledger: Ledger
) -> Iterator[Output | Promise | Staged]:
    """The files of the pages, in their order; what is known already is promised."""
    knows = ledger.knows_bases
    wanted = [(draft, press.basis(draft) if knows else None) for draft in drafts]
    recalled = [ledger.recalled(basis) if basis else None for _, basis in wanted]
    fresh = _fresh([one for one, known in zip(wanted, recalled, strict=True) if known is None], press, crew)
    for draft, known in zip(drafts, recalled, strict=True):
        yield _file(draft, known or next(fresh), press, ledger)


def _fresh(wanted: Sequence[Wanted], press: Press, crew: Crew) -> Iterator[Made]:
    """The first page of each template is made here, before there are workers: they inherit it compiled."""
    firsts = {draft.template: n for n, (draft, _) in reversed(tuple(enumerate(wanted)))}
    ready = {n: press.make(wanted[n : n + 1])[0] for n in sorted(firsts.values())}
    rest = [one for n, one in enumerate(wanted) if n not in ready]
    batches = [rest[start : start + BATCH] for start in range(0, len(rest), BATCH)]
    worked = _shipped(batches, press, crew) if crew.ships(len(batches)) else crew.map(press.make, batches)
    results = (one for batch in worked for one in batch)
    for n in range(len(wanted)):
        yield ready.pop(n) if n in ready else next(results)


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


def _shipped(batches: Sequence[Sequence[Wanted]], press: Press, crew: Crew) -> Iterator[list[Made]]:
    """The same by processes that see neither this memory nor this disk: views and bodies are sent, files
    come back. Only what is not known travels."""
    waiting: list[list[Made]] = []

    def parcels() -> Iterator[Parcel]:
        for batch in batches:
            pages = [draft.page() for draft, _ in batch]
            made = [
                (press.key(page), basis or press.basis(draft))
                for page, (draft, basis) in zip(pages, batch, strict=True)
            ]
            waiting.append([Made(key, press.known(key.whole), None, basis) for key, basis in made])
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
