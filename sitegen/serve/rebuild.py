"""Rebuilding: one thread, one rebuild after the other, and no failure ends it."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
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
    everything.
    """
    owed = _attempt(rebuild, _EVERYTHING, stage, log)
    first_done()
    for burst in bursts:
        owed = _attempt(rebuild, owed | burst, stage, log)


def _attempt(rebuild: Rebuild, burst: Burst, stage: Stage, log: Log) -> Burst:
    """One rebuild; what is left to be told again."""
    before = stage.state
    try:
        snapshot = rebuild(burst.changed)
        difference = stage.publish(snapshot)
    except SiteError as error:
        _report(tuple(error.problems), stage, log)
        return burst
    except (Exception, SystemExit) as error:
        _report((unexpected(error),), stage, log)
        return _EVERYTHING
    if before.snapshot is not None and (difference or before.failed):
        number = len(difference.paths | difference.styles)
        count = f"{number} {'file' if number == 1 else 'files'} changed" if number else ""
        log("; ".join(part for part in ("mended" if before.failed else "", count) if part))
    if snapshot.problems != before.problems or before.failed:
        for problem in snapshot.problems:
            log(str(problem))
    return Burst()


def _report(problems: tuple[Problem, ...], stage: Stage, log: Log) -> None:
    if stage.fail(problems):
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
