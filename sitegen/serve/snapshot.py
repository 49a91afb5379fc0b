"""The site as the preview holds it: an immutable snapshot, and the stage on which one stands at a time.

A reader takes `stage.state` once and works with that record: whatever is rebuilt meanwhile, it
sees one whole site. Each change of the state has a generation. What a page has to know is told in two
ways: whether its own bytes are others than those it has, by a mark that it carries; and which of the
files that pages load (stylesheets, pictures, scripts) became others since its generation, however long
ago that was, without a history that grows.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from sitegen.errors import Problem

_HASH_IN_NAME = re.compile(r"[.-][0-9a-f]{6,64}(?=\.css$)")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole site in memory.

    `files` maps output paths ("a/index.html") to bytes; a page may be rendered only when it is looked up.
    `assets` are those of them that pages load, all at hand; `problems` are warnings, or errors that did
    not stop the build; `headers` is what the `_headers` file says where it is not among the files.
    `article` gives the id of the article that a page shows; `edited` is the page of the one article that
    was changed for this build. `prove` looks for what takes longer to find out, and raises SiteError;
    `base` is the path under which this site stands, None for that of the preview;
    `due` says whether the clock has reached an instant at which the site changes.
    """

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...] = ()
    headers: bytes | None = None
    assets: Mapping[str, bytes] = field(default_factory=dict)
    article: Callable[[str], str | None] = lambda path: None
    edited: str | None = None
    base: str | None = None
    prove: Callable[[], None] = lambda: None
    due: Callable[[], bool] = lambda: False

    def mark(self, path: str) -> str:
        """A short name for the bytes of a page, without regard to the hashes in the names of stylesheets:
        where only those differ, it is enough to exchange the stylesheet."""
        page = self.files[path]
        for sheet in self.assets:
            if sheet.endswith(".css") and (bare := stem(sheet)) != sheet:
                page = page.replace(_name(sheet), _name(bare))
        return hashlib.blake2b(page, digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class State:
    """What the preview shows at one instant.

    `failed` says that the last rebuild did not succeed: `problems` are then its errors, and
    `snapshot` is the last good site, or None where there has been none. `epoch` names this run of
    the preview, so that a page from an earlier run is not mistaken for a current one. `changed` (assets)
    and `styles` (stylesheets that can be exchanged in place) map paths to the generation of their
    last change. `edited` is the page that an editor last worked on, with the generation in which that
    came to be seen. `token` is what a page must show to write; empty where nothing can be written.
    """

    epoch: str
    generation: int = 0
    snapshot: Snapshot | None = None
    problems: tuple[Problem, ...] = ()
    failed: bool = False
    changed: Mapping[str, int] = field(default_factory=dict)
    styles: Mapping[str, int] = field(default_factory=dict)
    edited: tuple[str, int] = ("", 0)
    token: str = ""

    @property
    def files(self) -> Mapping[str, bytes]:
        return self.snapshot.files if self.snapshot else {}

    @property
    def due(self) -> bool:
        """Whether the site is another by the clock alone. One that has a fault waits for its mending."""
        return self.snapshot is not None and not self.failed and self.snapshot.due()


@dataclass(frozen=True, slots=True)
class Difference:
    """What a new snapshot changes of the assets: those that are others, and stylesheets that have a new
    version."""

    paths: frozenset[str]
    styles: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.paths or self.styles)


def stem(path: str) -> str:
    """A stylesheet's address without the content hash: "a/site.0f3c9a12.css" is "a/site.css"."""
    return _HASH_IN_NAME.sub("", path)


def _name(path: str) -> bytes:
    return path.rpartition("/")[2].encode()


def compare(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Difference:
    """What a page that loads files of `old` has to fetch again."""
    touched = {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}
    sheets = {path for path in touched if path.endswith(".css")}
    before = {stem(path): path for path in sorted(sheets) if path in old}
    after = {stem(path): path for path in sorted(sheets) if path in new}
    again = before.keys() & after.keys()
    exchanged = {path for name in again for path in (before[name], after[name])}
    return Difference(frozenset(touched - exchanged), frozenset(after[name] for name in again))


class Stage:
    """Holds the one current state; swapping it is atomic, and waiting for the next needs no polling.

    Only the rebuilding thread calls `publish` and `fail`; any number of threads read, wait, and say where
    a page cannot be rendered.
    """

    def __init__(self, token: str = "") -> None:
        self._state = State(secrets.token_hex(4), token=token)
        self._closed = False
        self._turn = threading.Condition()

    @property
    def state(self) -> State:
        return self._state

    @property
    def closed(self) -> bool:
        return self._closed

    def publish(self, snapshot: Snapshot) -> bool:
        """Make this the site that is served. False where nothing differs: then the generation stays."""
        with self._turn:
            now = self._state
            if now.snapshot is not None and not now.failed and _same(now.snapshot, snapshot):
                return False
            # Where there was no site yet, no page can have loaded anything of it.
            difference = compare(_assets(now.snapshot or snapshot), snapshot.assets)
            generation = now.generation + 1
            self._swap(
                State(
                    now.epoch,
                    generation,
                    snapshot,
                    snapshot.problems,
                    changed=_marked(now.changed, difference.paths, generation),
                    styles=_marked(now.styles, difference.styles, generation),
                    edited=(snapshot.edited, generation) if snapshot.edited else now.edited,
                    token=now.token,
                )
            )
        return True

    def fail(self, problems: tuple[Problem, ...], good: Snapshot | None = None) -> bool:
        """Keep the last good site, or go back to this one, and lay these problems over it. False if they are
        there already."""
        with self._turn:
            now = self._state
            shown = good or now.snapshot
            if now.failed and now.problems == problems and shown is now.snapshot:
                return False
            generation = now.generation + 1
            difference = compare(_assets(now.snapshot), _assets(shown))
            self._swap(
                replace(
                    now,
                    generation=generation,
                    snapshot=shown,
                    problems=problems,
                    failed=True,
                    changed=_marked(now.changed, difference.paths, generation),
                    styles=_marked(now.styles, difference.styles, generation),
                )
            )
        return True

    def fault(self, snapshot: Snapshot, problems: tuple[Problem, ...]) -> bool:
        """A page of this snapshot cannot be rendered. False where that is known, or it is shown no more."""
        with self._turn:
            if self._state.snapshot is not snapshot:
                return False
            return self.fail(problems)

    def wait(self, after: int, timeout: float) -> State:
        """The state once its generation is not `after`; the present one after `timeout` seconds."""
        with self._turn:
            self._turn.wait_for(lambda: self._closed or self._state.generation != after, timeout)
        return self._state

    def close(self) -> None:
        """Wake everybody who waits; there will be no other state."""
        with self._turn:
            self._closed = True
            self._turn.notify_all()

    def _swap(self, state: State) -> None:
        self._state = state
        self._turn.notify_all()


def _assets(snapshot: Snapshot | None) -> Mapping[str, bytes]:
    return snapshot.assets if snapshot else {}


def _same(one: Snapshot, other: Snapshot) -> bool:
    return (one.files, one.problems, one.headers) == (other.files, other.problems, other.headers)


def _marked(known: Mapping[str, int], paths: frozenset[str], generation: int) -> Mapping[str, int]:
    return MappingProxyType({**known, **dict.fromkeys(paths, generation)}) if paths else known
