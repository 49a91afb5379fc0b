"""What the last build left in the output folder, so that the next one need not read it all again.

A list of marks, in .sitegen/: disposable, and never believed where a mark is not the same any more.
Only marks that were older than the file system's own clock when they were taken are in it, so that
a change right after a build cannot hide behind the same time. Where the file system says too little
(Windows, an output folder on another device) there is none, and all files are read.
"""

from __future__ import annotations

import json
import os
import zlib
from array import array
from collections.abc import Mapping
from itertools import chain, islice
from pathlib import Path

from sitegen.errors import OutputError
from sitegen.frozen import record
from sitegen.output import marks
from sitegen.output.marks import NONE, Mark
from sitegen.output.place import Place

FORMAT = 1


@record
class Index:
    """The site's files with their hashes; marks of these and of the manifest, and of every folder.

    `folders` has the output folder itself as "", and those that hold a single page and nothing else
    at the end, after `busy` others. `foreign` and `others` are the files and folders that are not ours.
    """

    files: Mapping[str, str]
    marks: Mapping[str, Mark]
    folders: Mapping[str, Mark]
    busy: int
    foreign: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def untouched(public: Path, root: Path) -> bool:
    """Whether every file in `public` is as the last build wrote it. Where that is not sure: False.

    Nothing is read: each file of ours is asked for its mark, and so is each folder, except one that
    holds a single page and nothing else (to ask those too would take twice as long). What somebody
    adds there is found by the next build that writes. Raises nothing.
    """
    try:
        place = Place.of(public, root)
    except OutputError:
        return False
    index = None if os.path.lexists(place.stage) else load(place)
    if index is None:
        return False
    top = f"{place.public}/"
    expected = chain(islice(index.folders.items(), index.busy), index.marks.items())
    try:
        return all(marks.mark(os.lstat(top + path)) == known for path, known in expected)
    except OSError:
        return False


def file(place: Place) -> Path:
    """Where the index of an output folder is."""
    return place.root / ".sitegen" / f"output.{place.public.name}"


def load(place: Place) -> Index | None:
    """None where there is none, or it is damaged."""
    try:
        head, _, body = file(place).read_bytes().partition(b"\n")
        version, check, names, *counts = json.loads(head)
        if version != FORMAT or check != zlib.crc32(body):
            return None
        return _decode(body[:names], body[names:], *counts)
    except (OSError, ValueError, TypeError, RecursionError):
        return None


def _decode(names: bytes, rest: bytes, files: int, folders: int, busy: int, others: int) -> Index:
    paths = iter(os.fsdecode(names).split("\0"))
    shas = rest[: 64 * files].decode()
    each = iter(array("q", rest[64 * files :]))
    known = zip(each, each, each, each, strict=True)
    ours = tuple(islice(paths, files + 1))
    return Index(
        files=dict(zip(ours[1:], (shas[at : at + 64] for at in range(0, len(shas), 64)), strict=True)),
        marks=dict(zip(ours, islice(known, files + 1), strict=True)),
        folders=dict(zip(islice(paths, folders), known, strict=True)),
        busy=busy,
        others=tuple(islice(paths, others)),
        foreign=tuple(paths),
    )


def encode(index: Index, manifest: str) -> bytes:
    """`manifest` is the name of the one file that has a mark and no hash."""
    paths = (manifest, *index.files)
    names = os.fsencode("\0".join((*paths, *index.folders, *index.others, *index.foreign)))
    known = chain((index.marks.get(path, NONE) for path in paths), index.folders.values())
    numbers = array("q", chain.from_iterable(known)).tobytes()
    body = b"".join((names, "".join(index.files.values()).encode(), numbers))
    counts = (len(index.files), len(index.folders), index.busy, len(index.others))
    return json.dumps([FORMAT, zlib.crc32(body), len(names), *counts]).encode() + b"\n" + body
