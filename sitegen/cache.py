"""What earlier builds worked out, kept in plain files under `.sitegen/`: for pure functions only.

A shelf maps a key, which is made of everything that the value follows from, to the value. An index
tells by size, times and inode which bytes a file has, and so spares reading it; it is never a key.
Every file begins with the version of the program and a checksum and is replaced in one step: one
that is damaged, cut short, foreign or missing costs time and nothing else.
"""

from __future__ import annotations

import marshal
import os
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from sitegen.heap import Heap

FOLDER = ".sitegen/cache"
# Builds that an entry stays after it was last of use: going back and forth between two states of a
# digest (drafts shown or not, an edit undone) finds what it had.
KEPT_BUILDS = 3
FORMAT = 2  # of marshal: the last one that writes equal values as equal bytes, however they are shared
_MAGIC = b"sitegen\1"
_HEAD = len(_MAGIC) + 16 + 4


def digest(*parts: bytes | str) -> bytes:
    """Sixteen bytes for a key: different parts, however they are cut, give different ones."""
    return blake2b(marshal.dumps(parts, FORMAT), digest_size=16).digest()


def load(path: Path, version: bytes) -> Any:
    """The plain value in a file that `save` wrote under this version (16 bytes); None otherwise."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    body = memoryview(data)[_HEAD:]
    if data[:_HEAD] != _head(version, body):
        return None
    try:
        return marshal.loads(body)
    except (ValueError, EOFError, TypeError):
        return None


def save(path: Path, version: bytes, value: Any) -> None:
    """Put a plain value in the place of what the file held. A file that cannot be written is no error."""
    body = marshal.dumps(value)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.write(_head(version, body))
            file.write(body)
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _head(version: bytes, body: bytes | memoryview) -> bytes:
    return _MAGIC + version + zlib.crc32(body).to_bytes(4, "big")


class Shelf:
    """Plain values by key. What no build has asked for lately is left out when it is saved."""

    def __init__(self, path: Path, version: bytes) -> None:
        self._path = path
        self._version = version
        self._used: dict[bytes, Any] = {}
        self._generations: list[dict[bytes, Any]] | None = None

    def get(self, key: bytes) -> Any:
        """The value of a key, None where there is none."""
        if key in self._used:
            return self._used[key]
        for generation in self._known():
            if key in generation:
                self._used[key] = generation[key]
                return generation[key]
        return None

    def put(self, key: bytes, value: Any) -> None:
        self._used[key] = value

    def used(self) -> dict[bytes, Any]:
        """What this build asked for and found, and what it put there."""
        return self._used

    def renew(self, values: dict[bytes, Any]) -> None:
        """Let these be all that it knows. The file is gone until it is saved."""
        self._used, self._generations = values, []
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def __bool__(self) -> bool:
        """Whether anything is known at all."""
        return bool(self._used or self._known())

    def save(self) -> None:
        """Keep what this build used or made, and for a few builds what earlier ones did."""
        known = self._known()
        if known and known[0] == self._used:
            return
        older = [{k: v for k, v in old.items() if k not in self._used} for old in known]
        self._generations = [dict(self._used), *older][:KEPT_BUILDS]
        save(self._path, self._version, self._generations)

    def close(self) -> None:
        """Save it, and forget it here: it may be large."""
        self.save()
        self._used, self._generations = {}, None

    def _known(self) -> list[dict[bytes, Any]]:
        if self._generations is None:
            found = load(self._path, self._version)
            sound = isinstance(found, list) and all(isinstance(item, dict) for item in found)
            self._generations = found if sound else []
        return self._generations


# ---------------------------------------------------------------- which bytes a file has

Signature = tuple[int, int, int, int]


def signature(stat: os.stat_result) -> Signature:
    """What changes when a file does: size, times of change in nanoseconds, inode."""
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def now_on(folder: Path) -> int:
    """The clock of the file system that a folder is on, in nanoseconds: the time of a file written there.

    Raises OSError where nothing can be written.
    """
    path = folder / FOLDER / "clock"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    return path.stat().st_mtime_ns


@dataclass(slots=True)
class Index:
    """The digests of files as they were last read.

    As in git's index, a file that was written in the very tick of the clock in which it was read
    could be written again without a trace; so only files that had been quiet when this build began
    (`began`, see `now_on`) are remembered.
    """

    began: int
    known: dict[str, tuple[Signature, str]] = field(default_factory=dict)
    seen: dict[str, tuple[Signature, str]] = field(default_factory=dict)

    def get(self, name: str, found: Signature) -> str | None:
        """The digest of a file whose signature is still the one that was remembered."""
        entry = self.known.get(name)
        if entry is None or entry[0] != found:
            return None
        self.seen[name] = entry
        return entry[1]

    def put(self, name: str, found: Signature, sha256: str) -> None:
        """Remember a file; `found` was taken before its bytes were read."""
        if max(found[1], found[2]) < self.began:
            self.seen[name] = (found, sha256)


# ---------------------------------------------------------------- all of it together


class Store:
    """The shelves and the index of one digest, by name, under `root`/.sitegen/cache."""

    def __init__(self, root: Path, version: bytes) -> None:
        self._root = root
        self._version = version
        self._shelves: dict[str, Shelf] = {}
        self._heaps: dict[str, Heap] = {}
        self._index: Index | None = None

    def shelf(self, name: str) -> Shelf:
        if name not in self._shelves:
            self._shelves[name] = Shelf(self._path(name), self._version)
        return self._shelves[name]

    def heap(self, name: str) -> Heap:
        if name not in self._heaps:
            self._heaps[name] = Heap(self._path(f"{name}.heap"))
        return self._heaps[name]

    def put_heap(self, name: str, heap: Heap) -> None:
        self._heaps[name] = heap

    @property
    def index(self) -> Index:
        if self._index is None:
            found = load(self._path("index"), self._version)
            self._index = Index(now_on(self._root), found if isinstance(found, dict) else {})
        return self._index

    def read(self, name: str) -> Any:
        """A single plain value; None where there is none."""
        return load(self._path(name), self._version)

    def write(self, name: str, value: Any) -> None:
        save(self._path(name), self._version, value)

    def save(self) -> None:
        """Write what has changed."""
        for shelf in self._shelves.values():
            shelf.save()
        if self._index is not None and self._index.seen != self._index.known:
            save(self._path("index"), self._version, self._index.seen)

    def _path(self, name: str) -> Path:
        return self._root / FOLDER / name
