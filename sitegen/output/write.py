"""From outputs to a published site: survey, stage, compare, and let the new site take the old one's place."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from sitegen.model import Output
from sitegen.output import disk, journal, manifest, previous
from sitegen.output.journal import Journal
from sitegen.output.place import Place
from sitegen.output.plan import Plan, WriteReport
from sitegen.output.stage import fill, keep, stage
from sitegen.output.survey import Survey, survey


def write(outputs: Iterable[Output], public: Path, *, root: Path, keep_previous: bool = True) -> WriteReport:
    """Make `public` hold exactly these outputs, and the files there that are not sitegen's.

    `root` is the digest's folder. `outputs` is taken once, one at a time. What an earlier command
    left half done is put right first. With `keep_previous` the old site is kept for `rollback`;
    without, no previous site is. Raises OutputError, and whatever `outputs` raises, with the site
    as it was. The caller holds the lock.
    """
    return _write(outputs, Place.of(public, root), keep_previous)


def rollback(public: Path) -> WriteReport:
    """Bring the previous site back; the one that was there is the previous one then.

    Raises OutputError where there is none. The caller holds the lock.
    """
    place = Place.of(public, public.absolute().parent)
    journal.recover(place)
    return _write(previous.outputs(place), place, True)


def recover(public: Path) -> str | None:
    """Finish or undo what an interrupted command left: afterwards exactly the old or the new site is there.

    Returns a sentence that says what was done, None where there was nothing to do.
    """
    return journal.recover(Place.of(public, public.absolute().parent))


def _write(outputs: Iterable[Output], place: Place, keep_previous: bool) -> WriteReport:
    journal.recover(place)
    old = manifest.load(place.public, place.shown())
    with disk.explained(f"{place.shown()} cannot be read"):
        found = survey(place, old.files if old else ())
    try:
        plan = stage(outputs, place, old, found)
        if plan.mode == "nothing":
            return plan.report
        with disk.explained("the new site cannot be staged, so nothing was changed"):
            todo = _prepare(place, plan, found, keep_previous)
    except Exception:
        with contextlib.suppress(OSError):
            disk.remove_tree(place.stage)
        raise
    journal.publish(place, todo)
    return plan.report


def _prepare(place: Place, plan: Plan, found: Survey, keep_previous: bool) -> Journal:
    if plan.mode == "moves":
        return Journal(keep(place, plan), keep=keep_previous, folders=found.folders)
    fill(place, plan, found)
    return Journal(tree=disk.inode(place.tree), keep=keep_previous, fresh=not place.public.exists())
