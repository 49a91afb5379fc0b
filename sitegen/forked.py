"""This process and copies of it, on Linux: the work is inherited, not sent; only results travel, and as they
are ready.
"""

from __future__ import annotations

import gc
import os
import pickle
import select
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

from sitegen.errors import SiteError

MANY = 40  # jobs that are worth making ready for: other processes, memory given back
_PIPE = 1 << 20  # bytes that a worker may be ahead of whoever takes its results
_SET_PIPE_SIZE = 1031  # fcntl.F_SETPIPE_SZ, which Python names from 3.10 on and on Linux only


class WorkerLost(SiteError):
    """A worker process ended without a result."""


class Forked:
    """This process and copies of it, made when `map` is called and gone when it ends.

    Whoever is free takes the next job; this process, which takes part, does so while the result
    that is asked for next is not there yet. A copy waits when its results are not taken. Abandoning
    the iterator ends them all.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers

    def map(self, fn: Callable[..., Any], *iterables: Any) -> Iterator[Any]:
        """As the built-in one. The first error ends it."""
        return self._results(fn, list(zip(*iterables, strict=False)))

    def _results(self, fn: Callable[..., Any], jobs: Sequence[tuple[Any, ...]]) -> Iterator[Any]:
        copies = max(1, min(self._workers, len(jobs))) - 1
        dealer = _Dealer(len(jobs))
        pipes: list[int] = []
        children: list[int] = []
        done: dict[int, tuple[bool, Any]] = {}
        # What is there now will not be garbage soon: the collector need not touch it, and what it
        # does not touch stays shared between the processes.
        gc.freeze()
        if len(jobs) > MANY:
            _give_back()
        try:
            for _ in range(copies):
                reading, writing = os.pipe()
                child = os.fork()
                if child == 0:
                    _work(fn, jobs, dealer, writing, [reading, *pipes])
                os.close(writing)
                children.append(child)
                pipes.append(reading)
            for number in range(len(jobs)):
                while number not in done:
                    _one_more(fn, jobs, dealer, pipes, done)
                fine, value = done.pop(number)
                if not fine:
                    raise value
                yield value
        finally:
            gc.unfreeze()
            dealer.close()
            for pipe in pipes:
                os.close(pipe)
            for child in children:
                with suppress(ChildProcessError):
                    os.waitpid(child, 0)


def _give_back() -> None:
    """Let the system have the memory that was freed in small pieces (glibc keeps it): at ten thousand
    articles, a quarter of all there is."""
    import ctypes

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


class _Dealer:
    """Numbers of jobs in a pipe from which any process may take the next one."""

    _SIZE, _AT_ONCE = 4, 8_000  # bytes of a number; numbers in the pipe, which holds twice as many

    def __init__(self, jobs: int) -> None:
        self.taking, self._giving = os.pipe()
        os.set_blocking(self.taking, False)
        self._rest = iter(range(jobs))
        self.refill(self._AT_ONCE)

    def refill(self, count: int = 1) -> None:
        """To be called by the one process that takes the results, for each of them."""
        for number in islice(self._rest, count):
            os.write(self._giving, number.to_bytes(self._SIZE, "big"))

    def take(self) -> int | None:
        """The next job, None where there is none at the moment."""
        try:
            taken = os.read(self.taking, self._SIZE)
        except BlockingIOError:
            return None
        return int.from_bytes(taken, "big") if taken else None

    def wait(self) -> int | None:
        """The next job, None when there will be none any more. For the copies."""
        while True:
            select.select([self.taking], [], [])
            with suppress(BlockingIOError):
                taken = os.read(self.taking, self._SIZE)
                return int.from_bytes(taken, "big") if taken else None

    def leave(self) -> None:
        """A copy gives nothing: when the giver ends, it has to see that."""
        os.close(self._giving)

    def close(self) -> None:
        os.close(self._giving)
        os.close(self.taking)


def _one_more(
    fn: Callable[..., Any],
    jobs: Sequence[tuple[Any, ...]],
    dealer: _Dealer,
    pipes: Sequence[int],
    done: dict[int, tuple[bool, Any]],
) -> None:
    """Take results that have come; where none has, do a job; where there is none, wait for a result."""
    ready = select.select(pipes, [], [], 0)[0] if pipes else []
    if not ready:
        number = dealer.take()
        if number is not None:
            done[number] = (True, fn(*jobs[number]))
            dealer.refill()
            return
        ready = select.select(pipes, [], [])[0]
    for pipe in ready:
        number = int.from_bytes(_read(pipe, 8), "big")
        done[number] = pickle.loads(_read(pipe, int.from_bytes(_read(pipe, 8), "big")))
        dealer.refill()


def _read(pipe: int, size: int) -> bytes:
    """So many bytes of a pipe. Raises WorkerLost where they do not come."""
    parts = []
    while size:
        part = os.read(pipe, min(size, _PIPE))
        if not part:
            raise WorkerLost(
                "a worker process ended before its work was done",
                code="worker-lost",
                hint="was there not enough memory? `--workers 1` works in a single process",
            )
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _work(
    fn: Callable[..., Any], jobs: Sequence[tuple[Any, ...]], dealer: _Dealer, writing: int, foreign: list[int]
) -> None:
    """The life of a copy. It never returns: what this process has yet to do is none of its business."""
    status = 1
    try:
        gc.disable()
        for handle in foreign:
            os.close(handle)
        dealer.leave()
        with suppress(OSError), os.fdopen(writing, "wb", buffering=_PIPE) as pipe:
            _widen(writing)
            while (number := dealer.wait()) is not None:
                data = _outcome(fn, jobs[number])
                pipe.write(number.to_bytes(8, "big") + len(data).to_bytes(8, "big"))
                pipe.write(data)
                pipe.flush()
        status = 0
    finally:
        os._exit(status)


def _widen(pipe: int) -> None:
    import fcntl

    with suppress(OSError):
        fcntl.fcntl(pipe, _SET_PIPE_SIZE, _PIPE)


def _outcome(fn: Callable[..., Any], job: tuple[Any, ...]) -> bytes:
    """(True, result) or (False, error), pickled."""
    try:
        return pickle.dumps((True, fn(*job)), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        try:
            return pickle.dumps((False, error))
        except Exception:
            return pickle.dumps((False, RuntimeError("".join(traceback.format_exception(error)))))
