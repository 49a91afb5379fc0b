"""The version of what computes: sitegen's own source, Python and the libraries.

What is kept in a cache was computed by some version; another one must not take it for its own.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache as once
from pathlib import Path

from sitegen import cache
from sitegen.cache import Signature

# What the bytes of a page depend on besides sitegen itself, by the names that the folders have.
LIBRARIES = (
    "jinja2", "markupsafe", "markdown_it_py", "mdurl", "mdit_py_plugins", "pyyaml", "tzdata",
    "pillow", "fontpkg_source_serif_4", "fontpkg_source_sans_3", "pagefind_bin",
)  # fmt: skip
_SOURCE = (".py", ".yaml", ".txt", ".json", ".tsv")
# Rooms in which nothing is computed that a shelf keeps.
_APART = frozenset(("cli", "serve", "check", "scaffold", "fetch", "seeds"))


def version(root: Path | None = None) -> bytes:
    """Sixteen bytes that are others when the source behind what is kept, Python or a library is another.

    The libraries are told by the names of the folders that installers leave beside them: importing
    them would take too long. The digest in `root` remembers which signatures the source had, which
    spares reading it all.
    """
    return _version(root) if root is not None else _version_here()


@once
def _version_here() -> bytes:
    return _version(None)


def _version(root: Path | None) -> bytes:
    package = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - no need for a Path
    surroundings, source = running()
    source = [one for one in source if one[0].partition("/")[0] not in _APART]
    marks = cache.digest(*surroundings, marshal.dumps(source, cache.FORMAT))
    kept = root / cache.FOLDER / "program" if root is not None else None
    known = cache.load(kept, marks) if kept is not None else None
    if isinstance(known, bytes):
        return known
    with suppress(OSError):
        began = cache.now_on(root) if root is not None else 0
        parts: list[bytes | str] = [*surroundings]
        for name, _ in source:
            parts += [name, Path(package, name).read_bytes()]
        made = cache.digest(*parts)
        if kept is not None and all(max(mark[1], mark[2]) < began for _, mark in source):
            cache.save(kept, marks, made)
        return made
    return cache.digest(marks)


def _sources(folder: str, above: str = "") -> Iterator[tuple[str, Signature]]:
    """Every source file below a folder, with its signature."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _sources(entry.path, f"{above}{entry.name}/")
            elif entry.name.endswith(_SOURCE):
                yield f"{above}{entry.name}", cache.signature(entry.stat())


@once
def running() -> tuple[list[str], list[tuple[str, Signature]]]:
    """What runs: Python and the libraries; and every file of sitegen's source with its signature. It is
    looked at once, since what a process has loaded stays what it runs."""
    package = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120
    return _surroundings(), sorted(_sources(package))


def _surroundings() -> list[str]:
    return [sys.version, *sorted(set(_installed(sys.path)))]


def _installed(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        with suppress(OSError):
            for name in os.listdir(path or "."):  # noqa: PTH208
                library = name.partition("-")[0].lower()
                if name.endswith((".dist-info", ".egg-info")) and library in LIBRARIES:
                    yield name.lower()
