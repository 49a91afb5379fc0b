"""Rebuilding: one thread, one rebuild after the other, and no failure ends it."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path

from sitegen.errors import Problem, SiteError
from sitegen.serve.changes import Burst
from sitegen.serve.snapshot import Snapshot, Stage

Rebuild = Callable[[frozenset[str] | None], Snapshot]
Log = Callable[[str], None]

_EVERYTHING = Burst(rescan=True)


def keep_rebuilding(
    rebuild: Rebuild, bursts: Iterable[Burst], stage: Stage, log: Log, first_done: Callable[[], None]
) -> None:
    """Build the site, and again for every burst of changes, until there are no more bursts.

    A rebuild that failed is told again of what it was told, together with the next changes: it may
    have kept nothing of them. After an error that is not the content's, it is told to look at
    everything. What takes longer to find out is looked for when the site is shown.
    """
    owed = Burst()
    for burst in chain([_EVERYTHING], bursts):
        good, told = stage.state.snapshot, owed | burst
        snapshot, owed = _attempt(rebuild, told, stage, log)
        if burst is _EVERYTHING:
            first_done()
        if snapshot is not None:
            owed = _proved(snapshot, good, told, stage, log)


def _attempt(rebuild: Rebuild, burst: Burst, stage: Stage, log: Log) -> tuple[Snapshot | None, Burst]:
    """One rebuild: the site where it succeeded, and what is left to be told again."""
    before = stage.state
    try:
        snapshot = rebuild(burst.changed)
        shown = stage.publish(snapshot)
    except SiteError as error:
        _report(tuple(error.problems), stage, log)
        return None, burst
    except (Exception, SystemExit) as error:
        _report((unexpected(error),), stage, log)
        return None, _EVERYTHING
    if shown and before.snapshot is not None:
        log("; ".join([*(["mended"] if before.failed else []), f"rebuilt: {_said(burst)}"]))
    if snapshot.problems != before.problems:
        told = set(before.snapshot.problems if before.snapshot else ())
        for problem in snapshot.problems:
            if problem not in told:
                log(str(problem))
    return snapshot, Burst()


def _proved(snapshot: Snapshot, good: Snapshot | None, burst: Burst, stage: Stage, log: Log) -> Burst:
    """What is left to be told again where a site that is shown is not as it should be: then the last good
    one takes its place."""
    try:
        snapshot.prove()
    except SiteError as error:
        _report(tuple(error.problems), stage, log, good)
        return burst
    except (Exception, SystemExit) as error:
        _report((unexpected(error),), stage, log, good)
        return _EVERYTHING
    return Burst()


def _said(burst: Burst) -> str:
    """What changed, for the terminal."""
    if not burst:
        return "the time has come for what was scheduled, or has expired"
    if burst.rescan or len(burst.paths) != 1:
        return "several files changed" if burst.rescan else f"{len(burst.paths)} files changed"
    return f"{next(iter(burst.paths))} changed"


def _report(problems: tuple[Problem, ...], stage: Stage, log: Log, good: Snapshot | None = None) -> None:
    if stage.fail(problems, good):
        for problem in problems:
            log(str(problem))


def unexpected(error: BaseException) -> Problem:
    """An error that nobody thought of, as a problem: what it is and where in the program it happened."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}, in {frames[-1].name}" if frames else ""
    said = str(error).strip()
    return Problem(
        f"unexpected {type(error).__name__}{f': {said}' if said else ''}",
        code="unexpected",
        hint=f"this is a fault in sitegen ({where}); the last change that you made set it off",
    )
