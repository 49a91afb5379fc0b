"""Nothing has changed: told from names, sizes and times alone, before anything is read or loaded.

A build that succeeded leaves a record of all its inputs as they were before it began. As long as they
are, and the clock has reached no instant at which the site changes, and the output folder is as that
build left it, building again would do nothing. Wherever that is not sure there is no answer, and the
build finds out by doing its work.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Iterator
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

from sitegen import CONFIG_FILE, cache, output, program
from sitegen.frozen import record
from sitegen.options import Report

FOLDERS = ("content", "seeds", "data", "static", "templates", "themes")
ADDRESSES = "content/.urls"  # written by builds themselves, so it goes by its bytes
_RECORD = "unchanged"
_FORMAT = b"unchanged, 1    "  # the program itself is among the inputs


@record
class Inputs:
    """The inputs of a build as they were before it began.

    `digest` is of everything that they were, `changed` the time of the latest change of any of them,
    `began` that of the file system's clock then, both in nanoseconds.
    """

    digest: bytes
    addresses: bytes
    changed: int
    began: int

    @property
    def quiet(self) -> bool:
        """Whether no file was written so late that it could be written again without a trace."""
        return self.changed < self.began


def inputs(root: Path, public: Path, *options: object) -> Inputs:
    """What a build of the digest in `root` depends on; `options` are values that marshal can write.

    Raises OSError where something cannot be looked at.
    """
    began = cache.now_on(root)
    surroundings, source = program.running()
    found: list[Any] = [surroundings, source, os.fspath(public), *options]
    latest = max(max(signature[1], signature[2]) for _, signature in source)
    themes = _shipped()
    for folder in (*(f"{root}/{name}" for name in FOLDERS), themes):
        for name, signature in _walk(folder):
            found.append((name, signature))
            latest = max(latest, signature[1], signature[2])
    try:
        signature = cache.signature((root / CONFIG_FILE).stat())
        latest = max(latest, signature[1], signature[2])
        found.append(signature)
    except FileNotFoundError:
        found.append(None)
    return Inputs(_digest(marshal.dumps(found, 2)), _bytes_of(root / ADDRESSES), latest, began)


def _shipped() -> str:
    """The themes that come with sitegen: in the wheel beside the code, in a checkout at its top."""
    package = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - no need for a Path
    inside = f"{package}/themes"
    return inside if os.path.isdir(inside) else f"{os.path.dirname(package)}/themes"  # noqa: PTH112, PTH120


def _walk(folder: str) -> Iterator[tuple[str, cache.Signature]]:
    """Every file with what it is, folder by folder in the order of their names."""
    try:
        with os.scandir(folder) as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in ordered:
        if entry.is_dir(follow_symlinks=False):
            yield f"{entry.path}/", (0, 0, 0, 0)
            yield from _walk(entry.path)
        elif not entry.path.endswith(f"/{ADDRESSES}"):
            yield entry.path, cache.signature(entry.stat(follow_symlinks=False))
            if entry.is_symlink() and os.path.exists(entry.path):  # noqa: PTH110
                yield entry.path, cache.signature(entry.stat())  # what the link leads to


def _bytes_of(path: Path) -> bytes:
    try:
        return _digest(path.read_bytes())
    except FileNotFoundError:
        return b""


def remember(
    root: Path,
    found: Inputs,
    addresses: str | None,
    now: datetime,
    following: datetime | None,
    report: Report,
) -> None:
    """After a build of these inputs at `now`: its report holds up to the instant `following`.

    `addresses` is what the build wrote into content/.urls, None where it left that alone.
    """
    written = found.addresses if addresses is None else _digest(addresses.encode())
    span = now.timestamp(), following.timestamp() if following else None
    value = (found.digest, written, *span, report.plain()) if found.quiet else None
    cache.save(root / cache.FOLDER / _RECORD, _FORMAT, value)


def since_last(root: Path, public: Path, found: Inputs, now: datetime) -> Report | None:
    """The report of a build that has nothing to do; None where that is not sure."""
    record = cache.load(root / cache.FOLDER / _RECORD, _FORMAT)
    if not isinstance(record, tuple) or len(record) != 5:
        return None
    digest, addresses, began, until, report = record
    if (digest, addresses) != (found.digest, found.addresses):
        return None
    at = now.timestamp()
    if at < began or (until is not None and at >= until):
        return None
    return Report.of_nothing(report) if output.untouched(public, root) else None


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()
