"""The site as the preview holds it: an immutable snapshot, and the stage on which one stands at a time.

A reader takes `stage.state` once and works with that record: whatever is rebuilt meanwhile, it
sees one whole site. Each change of the state has a generation; `changed` remembers for every
address when its bytes last became different, so that a page that was away can be told exactly
what it missed, however long that was, without a history that grows.
"""

from __future__ import annotations

import re
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from sitegen.errors import Problem

_HASH_IN_NAME = re.compile(r"[.-][0-9a-f]{6,64}(?=\.css$)")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole site in memory.

    `files` maps output paths ("a/index.html") to bytes and is not changed afterwards; `problems`
    are warnings, or errors that did not stop the build; `headers` is what the `_headers` file
    says where it is not among the files. `articles` maps a page's path to the id of the article that
    it shows; `edited` is the page of the one article that was changed for this build.
    """

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...] = ()
    headers: bytes | None = None
    articles: Mapping[str, str] = field(default_factory=dict)
    edited: str | None = None


@dataclass(frozen=True, slots=True)
class State:
    """What the preview shows at one instant.

    `failed` says that the last rebuild did not succeed: `problems` are then its errors, and
    `snapshot` is the last good site, or None where there has been none. `epoch` names this run of
    the preview, so that a page from an earlier run is not mistaken for a current one. `changed`
    and `styles` (stylesheets that can be exchanged in place) map paths to the generation of their
    last change; `first` is the generation of the first snapshot. `edited` is the page that an editor
    last worked on, with the generation in which that came to be seen. `token` is what a page must show to
    write; empty where nothing can be written.
    """

    epoch: str
    generation: int = 0
    snapshot: Snapshot | None = None
    problems: tuple[Problem, ...] = ()
    failed: bool = False
    first: int = 0
    changed: Mapping[str, int] = field(default_factory=dict)
    styles: Mapping[str, int] = field(default_factory=dict)
    edited: tuple[str, int] = ("", 0)
    token: str = ""

    @property
    def files(self) -> Mapping[str, bytes]:
        return self.snapshot.files if self.snapshot else {}


@dataclass(frozen=True, slots=True)
class Difference:
    """What a new snapshot changes: paths whose own bytes differ, and stylesheets that have a new version."""

    paths: frozenset[str]
    styles: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.paths or self.styles)


def stem(path: str) -> str:
    """A stylesheet's address without the content hash: "a/site.0f3c9a12.css" is "a/site.css"."""
    return _HASH_IN_NAME.sub("", path)


def compare(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Difference:
    """What a browser that shows `old` has to fetch again.

    A page that differs only in the hashed name of a stylesheet is not among the paths: there it
    is enough to exchange the stylesheet.
    """
    touched = {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}
    sheets = {path for path in touched if path.endswith(".css")}
    restyled = _restyled(sheets, old, new)
    renamed = [
        (before.rsplit("/", 1)[-1].encode(), after.rsplit("/", 1)[-1].encode())
        for before, after in restyled.values()
        if before != after
    ]
    exchanged = {path for pair in restyled.values() for path in pair}
    paths = {
        path
        for path in touched - exchanged
        if not (renamed and path.endswith(".html") and _same_but_for(old.get(path), new.get(path), renamed))
    }
    return Difference(frozenset(paths), frozenset(after for _, after in restyled.values()))


def _restyled(
    sheets: set[str], old: Mapping[str, bytes], new: Mapping[str, bytes]
) -> dict[str, tuple[str, str]]:
    """Stylesheets that are in both snapshots, whatever their hash: stem → (path before, path now)."""
    before = {stem(path): path for path in sorted(sheets) if path in old}
    after = {stem(path): path for path in sorted(sheets) if path in new}
    return {name: (before[name], after[name]) for name in before.keys() & after.keys()}


def _same_but_for(old: bytes | None, new: bytes | None, renamed: list[tuple[bytes, bytes]]) -> bool:
    if old is None or new is None:
        return False
    for before, after in renamed:
        old = old.replace(before, after)
    return old == new


class Stage:
    """Holds the one current state; swapping it is atomic, and waiting for the next needs no polling.

    Only the rebuilding thread calls `publish` and `fail`; any number of threads read and wait.
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

    def publish(self, snapshot: Snapshot) -> Difference:
        """Make this the site that is served. Where nothing differs, the generation stays."""
        now = self._state
        difference = compare(now.files, snapshot.files)
        # Where there was no site yet, every page is new, and `first` says so for all of them.
        told = difference if now.snapshot else Difference(frozenset(), frozenset())
        generation = now.generation + 1
        same = (
            now.snapshot is not None
            and not (difference or now.failed)
            and (now.snapshot.problems, now.snapshot.headers) == (snapshot.problems, snapshot.headers)
        )
        if same:
            return difference
        self._swap(
            State(
                now.epoch,
                generation,
                snapshot,
                snapshot.problems,
                first=now.first or generation,
                changed=_marked(now.changed, told.paths, generation),
                styles=_marked(now.styles, told.styles, generation),
                edited=(snapshot.edited, generation) if snapshot.edited else now.edited,
                token=now.token,
            )
        )
        return difference

    def fail(self, problems: tuple[Problem, ...]) -> bool:
        """Keep the last good site and lay these problems over it. False if they are the same as before."""
        now = self._state
        if now.failed and now.problems == problems:
            return False
        self._swap(replace(now, generation=now.generation + 1, problems=problems, failed=True))
        return True

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
        with self._turn:
            self._state = state
            self._turn.notify_all()


def _marked(known: Mapping[str, int], paths: frozenset[str], generation: int) -> Mapping[str, int]:
    return MappingProxyType({**known, **dict.fromkeys(paths, generation)}) if paths else known
