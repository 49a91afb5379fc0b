"""The same work on many cores: whose `map` gives what the built-in one gives, in its order.

forked    Linux: copies of this process
spawned   elsewhere, or in a process with threads: the standard library's pool
dask      a cluster: `dask://HOST:PORT`

What is mapped must be pure. Nothing here knows what it is.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from sitegen.errors import UsageError
from sitegen.forked import MANY, Forked

if TYPE_CHECKING:  # importing it takes as long as the pages of a small digest
    from concurrent.futures import Executor, Future

FEW = 3  # jobs that are done before workers are there
AHEAD = 32  # jobs that are under way on a cluster at a time
DASK = "dask://"
Job = TypeVar("Job")
Result = TypeVar("Result")


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_fork() -> bool:
    """Whether a copy of this process would be sound: on Linux, and as long as nothing else runs in it."""
    return sys.platform == "linux" and threading.active_count() == 1


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the garbage collector: a build makes records by the hundred thousand, and no circles of
    them, and it would look through them all again and again."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


class Crew:
    """Whoever does the work of a build: this process, copies of it, other processes, or a cluster.

    `workers` is how many processes of this machine, 0 for as many as it has processors; `executor`
    is "" for this machine, or `dask://HOST:PORT`. Raises UsageError.
    """

    def __init__(self, executor: str = "", workers: int = 0) -> None:
        if executor and not executor.startswith(DASK):
            raise UsageError(
                f"“{executor}” is no place to work",
                code="executor-unknown",
                hint="write --executor dask://HOST:PORT, or leave it out to work on this machine",
            )
        self._cluster = executor.removeprefix(DASK)
        self._workers = workers or cores()

    def map(self, fn: Callable[[Job], Result], jobs: Sequence[Job]) -> Iterator[Result]:
        """The results of all jobs in their order. What the jobs hold is inherited, not sent: use `ship`
        where that cannot be."""
        if self._workers > 1 and len(jobs) > FEW and can_fork():
            return Forked(self._workers).map(fn, jobs)
        return map(fn, jobs)

    def ships(self, jobs: int) -> bool:
        """Whether so many jobs are better sent to other processes, as bytes."""
        return bool(self._cluster) or (self._workers > 1 and jobs > MANY and sys.platform != "linux")

    def ship(self, fn: Callable[[Job], Result], jobs: Iterable[Job]) -> Iterator[Result]:
        """As `map`, for a function and jobs that can be pickled; only a few are under way at a time."""
        if self._cluster:
            from sitegen.cluster import connect

            with connect(self._cluster) as executor:
                yield from _windowed(executor, fn, jobs)
            return
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        with ProcessPoolExecutor(self._workers, mp_context=get_context("spawn")) as pool:
            yield from _windowed(pool, fn, jobs)


def _windowed(executor: Executor, fn: Callable[[Job], Result], jobs: Iterable[Job]) -> Iterator[Result]:
    """The results in order, with no more than AHEAD jobs in memory."""
    waiting: deque[Future[Result]] = deque()
    for job in jobs:
        waiting.append(executor.submit(fn, job))
        if len(waiting) >= AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
