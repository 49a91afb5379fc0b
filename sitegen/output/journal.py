"""The plan on disk, from the moment it is decided until it is done.

`publish` carries a journal out and goes back when it cannot; `recover` does the same with one that
a crash left behind. Every step may be repeated: it looks whether it has been done already. Removing
the journal is the last one; before it the old site can be had back, after it the new one stands.

Moves name each file. An exchange names the new tree by its inode, which it keeps when it changes
places: so one look tells on which side of the exchange the crash was.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sitegen.errors import OutputError
from sitegen.frozen import record
from sitegen.output import disk
from sitegen.output.exchange import swap
from sitegen.output.manifest import NAME, Manifest, load
from sitegen.output.paths import fault
from sitegen.output.place import Place
from sitegen.output.plan import Action
from sitegen.output.previous import Swapped, settle


@record
class Journal:
    """Either `actions`, the moves in their order, or `tree`, the inode of the tree to exchange.

    `keep`: the old site is kept for a rollback; `fresh`: there was none, not even an empty folder;
    `folders`: empty folders that are not ours, and stay.
    """

    actions: tuple[Action, ...] = ()
    tree: int | None = None
    keep: bool = True
    fresh: bool = False
    folders: tuple[str, ...] = ()

    def save(self, place: Place) -> None:
        actions = [{"kind": a.kind, "path": a.path, "sha": a.sha, "new": a.new} for a in self.actions]
        rest = {"tree": self.tree, "keep": self.keep, "fresh": self.fresh, "folders": self.folders}
        disk.write_durably(place.journal, json.dumps({"actions": actions, **rest}).encode())


def publish(place: Place, journal: Journal, swapped: Swapped | None = None) -> bool:
    """Save the journal and carry it out. Raises OutputError with the old site in place.

    Should even going back fail, the error says so, and `recover` does it later. Returns whether the
    new site is just what was planned: not if somebody else's file had to be carried over at last.
    """
    with disk.explained("the site cannot be published, so nothing was changed"):
        try:
            journal.save(place)
            _complete(place, journal)
        except OSError:
            with disk.explained("publishing stopped half way; run the command again to put it right"):
                _undo(place, journal)
                _clear(place)
            raise
    return _clear(place, _exchanged(place, journal), swapped)


def recover(place: Place) -> str | None:
    """Finish or undo what a crash interrupted. Says what it did, None where there was nothing to do.

    Raises OutputError where the disk refuses, or the journal cannot be read.
    """
    with disk.explained("what an interrupted command left cannot be put right"):
        if not os.path.lexists(place.stage):
            return None
        if place.undo.exists():
            journal, forward = _load(place.undo), False
        elif place.journal.exists():
            journal = _load(place.journal)
            forward = _whole(place, journal)
        else:
            _clear(place, place.previous)
            return "what an interrupted command had staged was cleared away; the site is whole"
        if not forward:
            _undo(place, journal)
            _clear(place)
            return "an interrupted command was undone: the old site is in place"
        _complete(place, journal)
        _clear(place, _exchanged(place, journal))
        return "an interrupted command was finished: the new site is in place"


def _load(path: Path) -> Journal:
    try:
        whole = json.loads(path.read_bytes())
        actions = tuple(Action(**action) for action in whole.pop("actions"))
        journal = Journal(actions, **whole)
        journal = replace(journal, folders=tuple(journal.folders))
        sound = all(action.path == NAME or not fault(action.path) for action in actions)
    except (ValueError, TypeError, KeyError, AttributeError):
        sound = False
    if not sound or any(action.kind not in _FORWARD for action in actions):
        raise OutputError(
            "the journal of an interrupted command cannot be read",
            code="output-journal",
            path=path.name,
            hint=f"delete {path.parent} and the output folder (keep what is yours in it), then build again",
        )
    return journal


def _exchanged(place: Place, journal: Journal) -> Path | None:
    """Where the old tree is after an exchange."""
    if journal.tree is None:
        return None
    return place.previous if journal.keep else place.kept


def _clear(place: Place, old: Path | None = None, swapped: Swapped | None = None) -> bool:
    """Tidy up after the end: what fails here waits for the next command, the site is whole.

    Returns whether all went well and nothing was carried over.
    """
    clean = old is None
    if old is not None:
        with contextlib.suppress(OSError, OutputError):
            clean = not settle(old, place.public, swapped)
    with contextlib.suppress(OSError):
        disk.remove_tree(place.stage)
    return clean


def _whole(place: Place, journal: Journal) -> bool:
    """Whether every new file is there, staged or published, with the bytes it should have.

    After a power failure a file may be there without its bytes: staged files are not synced one by one.
    """
    if journal.tree is not None:
        if disk.inode(place.public) == journal.tree:
            return True
        if disk.inode(place.tree) != journal.tree:
            return False
        try:
            manifest = load(place.tree, place.shown()) or Manifest()
        except OutputError:
            return False
        return all(disk.sha256(place.tree / path) == sha for path, sha in manifest.files.items())
    return all(
        action.sha in (disk.sha256(place.tree / action.path), disk.sha256(place.public / action.path))
        for action in journal.actions
        if action.kind == "put"
    )


# ---------------------------------------------------------------- forward


def _complete(place: Place, journal: Journal) -> None:
    if journal.tree is not None:
        if disk.inode(place.public) != journal.tree:
            swap(place.tree, place.public, place.kept)
        if place.tree.exists():
            disk.move(place.tree, place.kept)
    for action in journal.actions:
        _FORWARD[action.kind](place, action)
    old = (place.kept / NAME).exists()
    if (old or not journal.keep) and place.previous.exists():
        disk.move(place.previous, place.discarded)
    if old and journal.keep:
        disk.move(place.kept, place.previous)
    disk.sync_folder(place.public.parent)
    disk.remove(place.journal)


def _put(place: Place, action: Action) -> None:
    if (place.tree / action.path).exists():
        disk.move(place.tree / action.path, _spot(place, action.path))


def _drop(place: Place, action: Action) -> None:
    path = place.public / action.path
    disk.remove(path)
    disk.tidy(path.parent, place.public)


def _spot(place: Place, path: str) -> Path:
    """Where a file goes, its folder made; a link that has meanwhile been put on the way is refused."""
    folder = place.public
    for part in path.split("/")[:-1]:
        folder = folder / part
        if folder.is_symlink():
            raise NotADirectoryError(errno.ENOTDIR, "A symbolic link stands in the way", str(folder))
        if not folder.exists():
            disk.make_folders(folder)
    return place.public / path


_FORWARD: dict[str, Callable[[Place, Action], None]] = {"put": _put, "drop": _drop}


# ---------------------------------------------------------------- back


def _undo(place: Place, journal: Journal) -> None:
    """Back to the old site. That we are on the way back is a rename, which needs no room on the disk."""
    if place.journal.exists():
        disk.move(place.journal, place.undo)
    if journal.tree is not None:
        _swap_back(place, journal)
    else:
        if not place.kept.exists() and place.previous.exists():
            disk.move(place.previous, place.kept)
        for action in reversed(journal.actions):
            _BACK[action.kind](place, action)
        for action in journal.actions:
            if action.new:
                disk.tidy((place.public / action.path).parent, place.public, journal.folders)
    if place.discarded.exists() and not place.previous.exists():
        disk.move(place.discarded, place.previous)
    disk.sync_folder(place.public.parent)
    disk.remove(place.undo)


def _swap_back(place: Place, journal: Journal) -> None:
    if disk.inode(place.public) == journal.tree:
        if journal.fresh:
            disk.move(place.public, place.tree)
            return
        for holder in (place.tree, place.previous):
            if holder.exists() and not place.kept.exists():
                disk.move(holder, place.kept)
        swap(place.kept, place.public, place.stage / "refused")
    elif place.kept.exists() and not place.public.exists():
        disk.move(place.kept, place.public)


def _put_back(place: Place, action: Action) -> None:
    if (place.tree / action.path).exists():
        pass
    elif (place.kept / action.path).exists():
        disk.move(place.kept / action.path, place.public / action.path)
    elif action.new:
        disk.remove(place.public / action.path)


def _bring_back(place: Place, action: Action) -> None:
    if (place.kept / action.path).exists() and not (place.public / action.path).exists():
        disk.move(place.kept / action.path, _spot(place, action.path))


_BACK: dict[str, Callable[[Place, Action], None]] = {"put": _put_back, "drop": _bring_back}
