"""From outputs to a published site: survey, stage, compare, and let the new site take the old one's place."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from sitegen.model import Output, Promise, Staged
from sitegen.output import disk, index, journal, manifest, marks, previous, remember
from sitegen.output.clock import Clock
from sitegen.output.fill import fill, keep
from sitegen.output.index import Index
from sitegen.output.journal import Journal
from sitegen.output.manifest import NAME, Manifest
from sitegen.output.marks import Mark, older
from sitegen.output.place import Place
from sitegen.output.plan import Plan, WriteReport
from sitegen.output.previous import Swapped
from sitegen.output.remember import Memory
from sitegen.output.stage import stage
from sitegen.output.survey import Survey, survey


def write(
    outputs: Iterable[Output | Promise | Staged], public: Path, *, root: Path, keep_previous: bool = True
) -> WriteReport:
    """Make `public` hold exactly these outputs, and the files there that are not sitegen's.

    `root` is the digest's folder. What an earlier command left half done is put right, and the
    staging tree is ready, before the first of the `outputs` is asked for; they are taken once, one
    at a time. A `Staged` one was put by this write's `stager` meanwhile; when the outputs end, no
    worker is still at it, and every file that was begun is among them: if a worker dies, its file
    is put again, or the outputs raise. With `keep_previous` the old site is kept for `rollback`;
    without, no previous site is. Raises OutputError, and whatever `outputs` raises, with the site
    as it was. The caller holds the lock.
    """
    place = Place.of(public, root)
    return _write(outputs, place, keep_previous, Clock(place))


def rollback(public: Path) -> WriteReport:
    """Bring the previous site back; the one that was there is the previous one then.

    Raises OutputError where there is none. The caller holds the lock.
    """
    place = Place.of(public, public.absolute().parent)
    journal.recover(place)
    # Without a clock there is no new index: what stands there now is not what the last build wrote.
    return _write(previous.outputs(place), place, True, Clock(place, still=True))


def drop_previous(public: Path) -> None:
    """Remove the previous site, and what an interrupted command left: there is no rollback then.

    Raises OutputError. The caller holds the lock.
    """
    place = Place.of(public, public.absolute().parent)
    journal.recover(place)
    with disk.explained("the previous site cannot be removed"):
        disk.remove_tree(place.stage)
        disk.remove_tree(place.previous)


def recover(public: Path) -> str | None:
    """Finish or undo what an interrupted command left: afterwards exactly the old or the new site is there.

    Returns a sentence that says what was done, None where there was nothing to do.
    """
    return journal.recover(Place.of(public, public.absolute().parent))


def _write(
    outputs: Iterable[Output | Promise | Staged], place: Place, keep_previous: bool, clock: Clock
) -> WriteReport:
    journal.recover(place)
    with disk.explained(f"{place.shown()} cannot be read"):
        before = index.load(place)
        old, listed = _old(place, before, clock)
        found = survey(place, old.files if old else {}, before, clock)
    try:
        plan = stage(outputs, place, old, found)
        report = plan.report
        if report.mode == "nothing":
            if before is None or found.moment is not None or before.marks.get(NAME) != listed:
                clock.save(Memory(place, plan, found, listed, {}, clock).nothing())
            disk.remove_tree(place.stage)
            return report
        with disk.explained("the new site cannot be staged, so nothing was changed"):
            ready = _moves if report.mode == "moves" else _exchange
            todo, memory = ready(place, plan, found, keep_previous, clock)
    except Exception:
        with contextlib.suppress(OSError):
            disk.remove_tree(place.stage)
        raise
    clean = journal.publish(place, todo, _swapped(plan, found))
    with contextlib.suppress(OSError):
        if clean:
            clock.save(memory.moved(todo) if todo.tree is None else memory.exchanged())
    return report


def _old(place: Place, before: Index | None, clock: Clock) -> tuple[Manifest | None, Mark]:
    """The list of the files that are ours, read only if the index does not have it; and its mark."""
    path = f"{place.public}/{NAME}"
    at = marks.of(path)
    if before is not None and at is not None and at == before.marks.get(NAME):
        return Manifest(before.files), at
    moment = clock.tick() if at is not None else 0
    listed = older(marks.of(path), moment)
    return manifest.load(place.public, place.shown()), listed


def _moves(
    place: Place, plan: Plan, found: Survey, keep_previous: bool, clock: Clock
) -> tuple[Journal, Memory]:
    actions, listed = keep(place, plan)
    todo = Journal(actions, keep=keep_previous, folders=found.folders)
    return todo, Memory(place, plan, found, listed, {}, clock)


def _exchange(
    place: Place, plan: Plan, found: Survey, keep_previous: bool, clock: Clock
) -> tuple[Journal, Memory]:
    listed = fill(place, plan, found)
    moment = clock.tick()
    folders = remember.folders(place, plan, found, moment)
    staged = {path: older(at, moment) for path, at in plan.marks.items()}
    todo = Journal(tree=disk.inode(place.tree), keep=keep_previous, fresh=not place.public.exists())
    return todo, Memory(place, replace(plan, marks=staged), found, older(listed, moment), folders, clock)


def _swapped(plan: Plan, found: Survey) -> Swapped | None:
    """What an exchange will make of the old tree; None where there is none."""
    if plan.old is None:
        return None
    shared = (*plan.unchanged, *found.foreign)
    return Swapped(plan.old.files, plan.new.files, shared, found.places, found.folders)
