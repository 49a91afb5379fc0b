"""The site before this one: its whole manifest, and those of its files that are not in this one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from sitegen.errors import OutputError
from sitegen.model import Output
from sitegen.output import disk
from sitegen.output.manifest import NAME, Manifest, load
from sitegen.output.place import Place
from sitegen.output.survey import walk


def settle(old: Path, public: Path) -> None:
    """After an exchange: the old tree gives up what is in the new one as well.

    A file that somebody put into the old tree, or changed there, while the new one was being made
    ready goes over to the new one: nothing of theirs is lost.
    """
    before = (load(old, old.name) or Manifest()).files
    after = (load(public, public.name) or Manifest()).files
    for path in [path for path, kind in walk(old) if kind != "folder"]:
        ours = path in before or path == NAME
        here, there = old / path, public / path
        if not os.path.lexists(there):
            if not ours:
                disk.make_folders(there.parent)
                disk.move(here, there)
        elif os.path.samestat(here.lstat(), there.lstat()) or (not ours and _twins(here, there)):
            disk.remove(here)
        elif not ours and path not in after:
            disk.move(here, there)
        disk.tidy(here.parent, old)
    for folder in sorted((path for path, kind in walk(old) if kind == "folder"), reverse=True):
        disk.tidy(old / folder, old)


def _twins(one: Path, other: Path) -> bool:
    """Whether one is a copy of the other that nobody has changed since."""
    a, b = one.lstat(), other.lstat()
    return (a.st_size, a.st_mtime_ns) == (b.st_size, b.st_mtime_ns)


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
