"""The site before this one: its whole manifest, and those of its files that are not in this one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path

from sitegen.errors import OutputError
from sitegen.frozen import record
from sitegen.model import Output
from sitegen.output import disk, marks
from sitegen.output.manifest import NAME, Manifest, load
from sitegen.output.marks import Mark
from sitegen.output.paths import parent
from sitegen.output.place import Place
from sitegen.output.survey import look


@record
class Swapped:
    """What the exchange of two trees made of the old one; after a crash it is found out by looking.

    `before` and `after` are the files of the two sites; `shared` the paths that both trees hold as
    one file; `places` the old tree's folders with their marks, `folders` those that are not ours.
    """

    before: Mapping[str, str]
    after: Mapping[str, str]
    shared: tuple[str, ...] = ()
    places: Mapping[str, Mark] = field(default_factory=dict)
    folders: tuple[str, ...] = ()


def settle(old: Path, public: Path, swapped: Swapped | None = None) -> bool:
    """After an exchange: the old tree gives up what is in the new one as well.

    A file that somebody put into the old tree, or changed there, while the new one was being made
    ready goes over to the new one: nothing of theirs is lost. Returns whether there was one.
    """
    if not old.exists():
        return False
    if swapped is None:
        before = (load(old, old.name) or Manifest()).files
        after = (load(public, public.name) or Manifest()).files
        swapped = Swapped(before, after)
    same = [path for path, at in swapped.places.items() if marks.of(f"{old}/{path}") == at]
    files, folders = dict.fromkeys(swapped.shared), set(swapped.folders)
    for path, kind, _ in look(f"{old}/", ["", *swapped.places], same):
        if kind == "folder":
            folders.add(path)
        else:
            files[path] = None
    carried = [path for path in files if _give_up(old, public, path, swapped)]
    folders |= {parent(path) for path in files}
    for folder in sorted(folders, reverse=True):
        disk.tidy(old / folder, old)
    return bool(carried)


def _give_up(old: Path, public: Path, path: str, swapped: Swapped) -> bool:
    """Remove one file of the old tree, or carry it over; most stay."""
    ours = path in swapped.before or path == NAME
    here, there = f"{old}/{path}", f"{public}/{path}"
    state, other = _state(here), _state(there)
    if state is None:
        return False
    if other is None:
        if ours:
            return False
        disk.make_folders(Path(there).parent)
        disk.move(here, there)
        return True
    if os.path.samestat(state, other) or (not ours and _twins(state, other)):
        disk.remove(here)
    elif not ours and path not in swapped.after:
        disk.move(here, there)
        return True
    return False


def _state(path: str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None


def _twins(one: os.stat_result, other: os.stat_result) -> bool:
    """Whether one is a copy of the other that nobody has changed since."""
    return (one.st_size, one.st_mtime_ns) == (other.st_size, other.st_mtime_ns)


def outputs(place: Place) -> Iterator[Output]:
    """The previous site, file by file. Raises OutputError where there is none, or it is not whole."""
    shown = place.previous.name
    manifest = load(place.previous, shown)
    if manifest is None:
        raise OutputError(
            "there is no previous site to go back to",
            code="output-no-previous",
            path=place.shown(),
            hint="one is kept from the second build on that changes something",
        )
    for path, sha in manifest.files.items():
        kept, live = place.previous / path, place.public / path
        with disk.explained(f"{path} of the previous site cannot be read"):
            if kept.is_file():
                yield Output(path, kept.read_bytes(), (f"{shown}/{path}",))
            elif disk.sha256(live) == sha:
                yield Output(path, live.read_bytes(), (place.shown(path),))
            else:
                raise OutputError(
                    f"{place.shown(path)} was changed by hand, and the previous site needs it as it was",
                    code="output-no-previous",
                    path=place.shown(path),
                    hint="build the site again from its sources instead",
                )
