"""How to build, and what a build did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date as Day
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from sitegen.errors import Problem
from sitegen.frozen import record

Conversion = Literal["write", "memory", "none"]
Step = Callable[[str], None]


@record
class Options:
    """How to build. `now` is the one instant of the build; `added` the day a seed's article gets.

    `convert` says what happens to seeds that have no article yet: `write` it, convert in `memory`
    for this build only (CI, where nothing is committed), or `none`. `skip_faulty` passes over
    an article or a seed with an error, instead of ending there; an article's last page stays, unless it
    leads to one of the addresses in `gone`.
    With `preview` cards and the search index are left out: nobody sees them there.
    `executor` is where the work is done: `workers` processes of this machine ("", 0 for as many as it
    has processors), or a cluster ("dask://HOST:PORT").
    """

    now: datetime
    drafts: bool = False
    future: bool = False
    strict: bool = False
    skip_faulty: bool = False
    convert: Conversion = "write"
    added: Callable[[Path], Day] | None = None
    executor: str = ""
    workers: int = 0
    preview: bool = False
    gone: frozenset[str] = frozenset()


@record
class Reason:
    """Why a page was rendered: it is `new`, its `template` set or its `view` changed (`fields` are
    those of the view that did), or its bytes were `missing` in the output folder."""

    why: Literal["new", "template", "view", "missing"]
    fields: tuple[str, ...] = ()


@record
class Report:
    """What a build did. `written` and `removed` are paths below the output folder.

    `pages` of the site, of which those in `rendered` were made anew, with the reason; `planned`
    counts all files. `nothing` says that the inputs were those of the last build, so that nothing
    was looked into.
    """

    pages: int
    planned: int
    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    converted: tuple[str, ...]
    problems: tuple[Problem, ...]
    next_change: datetime | None
    recovered: str | None
    rendered: tuple[tuple[str, Reason], ...] = ()
    nothing: bool = False

    @property
    def faulty(self) -> tuple[str, ...]:
        """The articles and seeds that were passed over."""
        return tuple(sorted({p.path for p in self.problems if p.severity == "error" and p.path}))

    def plain(self) -> tuple[Any, ...]:
        """What a build that has nothing to do says again, as plain values."""
        following = self.next_change.isoformat() if self.next_change else None
        problems = [tuple(getattr(problem, name) for name in _PROBLEM) for problem in self.problems]
        return self.pages, self.planned, problems, following

    @classmethod
    def of_nothing(cls, plain: tuple[Any, ...]) -> Report:
        """The report of a build that had nothing to do, from what `plain` gave."""
        pages, planned, problems, following = plain
        return cls(
            pages=pages,
            planned=planned,
            written=(),
            removed=(),
            unchanged=planned,
            converted=(),
            problems=tuple(Problem(*values) for values in problems),
            next_change=datetime.fromisoformat(following) if following else None,
            recovered=None,
            nothing=True,
        )


_PROBLEM = tuple(field.name for field in fields(Problem))
