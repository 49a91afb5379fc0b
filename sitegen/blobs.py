"""Files that earlier builds made at some cost, kept by key under `.sitegen/cache/`: for pure functions only.

A key is made of everything that the bytes follow from. Each file begins with the hash of the rest: one
that is damaged or cut short is as good as missing, and costs time and nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from sitegen import cache

# Builds that a file stays after it was last of use: a preview is a build for every change of an editor's.
KEPT_BUILDS = 100
_HASH = 32


class Blobs:
    """The files of one kind, by the 16 bytes of their keys. Any process may write them."""

    def __init__(self, root: Path, kind: str) -> None:
        self._folder = root / cache.FOLDER / kind

    def get(self, key: bytes) -> bytes | None:
        try:
            data = self._path(key).read_bytes()
        except OSError:
            return None
        body = data[_HASH:]
        return body if sha256(body).digest() == data[:_HASH] else None

    def put(self, key: bytes, body: bytes) -> None:
        """Keep a file. One that cannot be written is no error."""
        path = self._path(key)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(sha256(body).digest() + body)
            part.replace(path)
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def keep(self, used: Iterable[bytes]) -> None:
        """After a build that used these: forget what none has used for long."""
        ages = cache.load(self._folder / "ages", b"\0" * 16)
        names = {key.hex() for key in used}
        before: dict[str, int] = ages if isinstance(ages, dict) else {}
        now = dict.fromkeys(names, 0) | {
            name: age + 1 for name, age in before.items() if name not in names and age < KEPT_BUILDS
        }
        if now != before:
            cache.save(self._folder / "ages", b"\0" * 16, now)
        for name in before.keys() - now.keys():
            with suppress(OSError):
                (self._folder / name).unlink(missing_ok=True)

    def _path(self, key: bytes) -> Path:
        return self._folder / key.hex()
