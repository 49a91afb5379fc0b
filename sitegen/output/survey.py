"""What stands in the output folder before anything is done: ours, and everybody else's."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import Literal

from sitegen.errors import OutputError, Problem
from sitegen.frozen import record
from sitegen.output import marks
from sitegen.output.clock import Clock
from sitegen.output.index import Index
from sitegen.output.manifest import NAME
from sitegen.output.marks import Mark
from sitegen.output.paths import above, parent
from sitegen.output.place import Place

Kind = Literal["file", "folder", "strange"]


@record
class Survey:
    """`present`: files of ours; `foreign`: other people's files; `folders`: other people's folders.

    `known` are those of ours whose bytes need not be read, with their hashes, and `marks` has theirs;
    `places` are all folders, "" the output folder, with their marks. `moment` is the time at which
    the index was left behind and things were looked at; None where it was right about everything.
    """

    present: frozenset[str] = frozenset()
    foreign: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    places: Mapping[str, Mark] = field(default_factory=dict)
    moment: int | None = None


def survey(place: Place, ours: Mapping[str, str], index: Index | None, clock: Clock) -> Survey:
    """Look through the output folder; one that the index is right about is not listed again.

    Raises OutputError for links and devices, naming them all.
    """
    top = f"{place.public}/"
    before = index.folders if index else {}
    places = {path: at for path, at in before.items() if marks.of(top + path) == at}
    if index and len(places) == len(before):
        files, others, moment = {*index.files, *index.foreign}, index.others, None
    else:
        # What was changed a moment ago is then older than what we see of it now.
        moment = clock.tick() if place.public.exists() else 0
        kept = (*index.files, *index.foreign) if index else ()
        files = {path for path in kept if parent(path) in places}
        files |= _list(place, ["", *before], places, moment)
        others = None
    present = frozenset(files & ours.keys())
    known, seen = _known(top, present, index) if index else ({}, {})
    if len(seen) < len(present):
        moment = moment if moment is not None else clock.tick()
        present = frozenset(path for path in present if path in seen or os.path.lexists(top + path))
    if others is None:
        others = tuple(sorted(places.keys() - above(present) - {""}))
    foreign = tuple(sorted(files - ours.keys() - {NAME}))
    return Survey(present, foreign, others, known, seen, places, moment)


def _known(top: str, present: frozenset[str], index: Index) -> tuple[Mapping[str, str], Mapping[str, Mark]]:
    """The files that are as they were: with their hashes, and with their marks."""
    # In the order in which they lie beside each other, which is the faster one.
    expected = ((path, at) for path, at in index.marks.items() if path in present)
    seen = {path: at for path, at in expected if marks.of(top + path) == at}
    return {path: index.files[path] for path in seen}, seen


def _list(place: Place, start: Iterable[str], places: dict[str, Mark], moment: int) -> set[str]:
    """The files in the folders that are not in `places` yet; the folders are added there."""
    files, strange = set(), []
    for path, kind, at in look(f"{place.public}/", start, places):
        if kind == "folder":
            places[path] = marks.older(at, moment)
        elif kind == "file":
            files.add(path)
        else:
            strange.append(path)
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
    return files


def look(top: str, start: Iterable[str], known: Iterable[str]) -> Iterator[tuple[str, Kind, Mark | None]]:
    """The folders to `start` with and all below, but the `known` ones, and what is in them, links unfollowed.

    `top` ends with a slash. A folder has the mark that it had before it was listed.
    """
    done, waiting = set(known), list(start)
    while waiting:
        folder = waiting.pop()
        if folder in done or (state := _folder(top + folder)) is None:
            continue
        done.add(folder)
        yield folder, "folder", marks.mark(state)
        with os.scandir(top + folder) as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(path)
                else:
                    yield path, "file" if entry.is_file(follow_symlinks=False) else "strange", None


def walk(top: str) -> Iterator[tuple[str, Kind]]:
    """Every file and folder below `top` with its relative path; links are not followed."""
    return ((path, kind) for path, kind, _ in look(f"{top}/", [""], ()) if path)


def _folder(path: str) -> os.stat_result | None:
    """What a real folder says of itself; None for a link to one, or where none is."""
    try:
        state = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return state if stat.S_ISDIR(state.st_mode) else None
