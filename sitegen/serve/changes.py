"""Bursts of changes: what one save, one checkout or one copied folder does, taken as one change.

An editor's save is several events within a few milliseconds. A burst is due when it has been
quiet for a moment, or when it has gone on for the longest wait: a file that is written all the
time must not keep everything else from being shown.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

QUIET = 0.05  # seconds without another change
LONGEST = 0.5  # seconds after the first


@dataclass(frozen=True, slots=True)
class Burst:
    """Changes that belong together: relative paths, or `rescan`, where anything may have changed."""

    paths: frozenset[str] = frozenset()
    rescan: bool = False

    def __or__(self, other: Burst) -> Burst:
        return Burst(self.paths | other.paths, self.rescan or other.rescan)

    def __bool__(self) -> bool:
        return self.rescan or bool(self.paths)

    @property
    def changed(self) -> frozenset[str] | None:
        """As a rebuild is told: the paths, or None for a rescan."""
        return None if self.rescan else self.paths


def time_left(first: float, last: float, now: float, quiet: float = QUIET, longest: float = LONGEST) -> float:
    """Seconds until a burst is due whose first and last change came at these times; 0 or less when it is."""
    return min(last + quiet, first + longest) - now


class Changes:
    """Collects changes from any thread until they are taken; while a rebuild runs, the next burst grows."""

    def __init__(
        self,
        *,
        quiet: float = QUIET,
        longest: float = LONGEST,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._quiet = quiet
        self._longest = longest
        self._clock = clock
        self._burst = Burst()
        self._first = self._last = 0.0
        self._closed = False
        self._noted = threading.Condition()

    def note(self, paths: Iterable[str]) -> None:
        """These files were created, changed or deleted."""
        self._add(Burst(frozenset(paths)))

    def rescan(self) -> None:
        """Something happened of which the single files are not known."""
        self._add(Burst(rescan=True))

    def close(self) -> None:
        """No more changes: whoever waits in `take` gets None."""
        with self._noted:
            self._closed = True
            self._noted.notify_all()

    def take(self, patience: float | None = None) -> Burst | None:
        """Wait for the next burst that is due, and take it; None after `close`.

        With `patience`, an empty burst is handed out where nothing has happened for so many seconds.
        """
        with self._noted:
            while not self._closed:
                if not self._burst:
                    if not self._noted.wait(patience):
                        return Burst()
                    continue
                left = time_left(self._first, self._last, self._clock(), self._quiet, self._longest)
                if left <= 0:
                    burst, self._burst = self._burst, Burst()
                    return burst
                self._noted.wait(left)
        return None

    def _add(self, burst: Burst) -> None:
        if not burst:
            return
        with self._noted:
            self._last = self._clock()
            if not self._burst:
                self._first = self._last
            self._burst |= burst
            self._noted.notify_all()
