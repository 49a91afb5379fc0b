"""What stands in the output folder before anything is done: ours, and everybody else's."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sitegen.errors import OutputError, Problem
from sitegen.output.manifest import NAME
from sitegen.output.paths import folders
from sitegen.output.place import Place

Kind = Literal["file", "folder", "strange"]


@dataclass(frozen=True, slots=True)
class Survey:
    """`present`: files of ours; `foreign`: other people's files; `folders`: other people's folders."""

    present: frozenset[str] = frozenset()
    foreign: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()


def survey(place: Place, ours: Container[str]) -> Survey:
    """Look through the output folder. Raises OutputError for links and devices, naming them all."""
    present, foreign, seen, strange = set(), [], [], []
    for path, kind in walk(place.public):
        if kind == "strange":
            strange.append(path)
        elif kind == "folder":
            seen.append(path)
        elif path in ours:
            present.add(path)
        elif path != NAME:
            foreign.append(path)
    if strange:
        raise OutputError.of(
            Problem(
                f"{place.shown(path)} is a link or a device, not a file",
                "output-link",
                place.shown(path),
                hint="put a real file there, or remove it: hosts refuse links in a site",
            )
            for path in sorted(strange)
        )
    made = {folder for path in present for folder in folders(path)}
    return Survey(
        frozenset(present), tuple(sorted(foreign)), tuple(sorted(path for path in seen if path not in made))
    )


def walk(top: Path) -> Iterator[tuple[str, Kind]]:
    """Every file and folder below `top` with its relative path; links are not followed."""
    waiting = [""] if top.is_dir() else []
    while waiting:
        folder = waiting.pop()
        with os.scandir(f"{top}/{folder}") as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(path)
                    yield path, "folder"
                else:
                    yield path, "file" if entry.is_file(follow_symlinks=False) else "strange"
