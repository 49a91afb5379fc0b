"""Many seeds → many articles, on all cores where that is worth it.

What is done for one seed is a pure function of its bytes and the settings, so that a batch gives
the same bytes in the same order, however many processes work on it.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date as Day
from functools import partial
from multiprocessing import get_context, parent_process
from pathlib import Path

from sitegen import slugs
from sitegen.errors import Problem, SeedError
from sitegen.seeds.convert import understand
from sitegen.seeds.read import read, relative
from sitegen.seeds.write import UNTITLED, markdown

Progress = Callable[[int, int], None]
# Up to here, starting the other processes takes about as long as they save (measured on two cores).
WORTH_IT = 200
_AT_ONCE = 8  # seeds handed to a process in one go


@dataclass(frozen=True, slots=True)
class Setting:
    """What is the same for all seeds of a batch; `limit` is the largest size of a text in bytes, `page_limit`
    that of a saved page or a news format."""

    root: Path
    limit: int
    page_limit: int
    language: str


@dataclass(frozen=True, slots=True)
class Job:
    """One seed to convert. Without a slug the article gets the one that its title gives."""

    path: Path
    status: str
    added: Day
    slug: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one seed: the article's text, or None where there is none to make.

    `seed` is its path from the digest's folder; `year` that of its date, else of its adding.
    """

    seed: str
    sha256: str
    slug: str
    year: int
    text: str | None
    problems: tuple[Problem, ...]


def make(setting: Setting, job: Job) -> Made:
    """Convert one seed. What is wrong with it is a problem in the answer."""
    name = relative(setting.root, job.path)
    try:
        seed, warnings = read(setting.root, job.path, setting.limit, setting.page_limit)
    except SeedError as error:
        return Made(name, "", "", 0, None, tuple(error.problems))
    if not seed.text.strip():
        return Made(name, seed.sha256, "", 0, None, (*warnings, _empty(name)))
    found = understand(seed, setting.language)
    slug = job.slug or slugs.slugify(found.title or UNTITLED, "article")
    text = markdown(found, slug=slug, status=job.status, added=job.added)
    doubts = warnings if found.title else [*warnings, _untitled(name)]
    return Made(name, seed.sha256, slug, (found.date or job.added).year, text, tuple(doubts))


def run(
    setting: Setting, jobs: Sequence[Job], progress: Progress | None = None, executor: Executor | None = None
) -> Iterator[Made]:
    """Convert the seeds, in their order. `executor` does the work where one is given; else all cores
    do, where there are more seeds than WORTH_IT. `progress` is told how many are done, of how many."""
    for done, made in enumerate(_all(setting, jobs, executor), 1):
        if progress:
            progress(done, len(jobs))
        yield made


def _all(setting: Setting, jobs: Sequence[Job], executor: Executor | None) -> Iterator[Made]:
    convert = partial(make, setting)
    if executor is not None:
        yield from executor.map(convert, jobs, chunksize=_AT_ONCE)
        return
    finished = 0
    if len(jobs) > WORTH_IT and cores() > 1 and _can_travel(setting):
        try:
            # Spawned, not forked: the preview converts in a process that has threads.
            with ProcessPoolExecutor(cores(), mp_context=get_context("spawn")) as pool:
                for made in pool.map(convert, jobs, chunksize=_AT_ONCE):
                    finished += 1
                    yield made
        except (BrokenExecutor, OSError, ImportError):
            pass  # a place without processes or without memory for them: go on alone
    yield from map(convert, jobs[finished:])


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _can_travel(setting: Setting) -> bool:
    """Whether the settings can be sent to other processes; one of those starts no more of them."""
    if parent_process() is not None:
        return False
    try:
        pickle.dumps(setting)
    except (pickle.PicklingError, AttributeError, TypeError):
        return False
    return True


def _empty(name: str) -> Problem:
    return Problem(
        "there is nothing in this seed", "seed-empty", name, hint="paste the article into it, or delete it",
        severity="warning",
    )  # fmt: skip


def _untitled(name: str) -> Problem:
    return Problem(
        "no headline was found in this seed", "seed-untitled", name, severity="warning",
        hint="put `title: …` between two --- lines at its top, or change it in the article",
    )  # fmt: skip
