"""The file system's own time, with which marks are compared, and with it the saving of the index."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

from sitegen.output import disk, index
from sitegen.output.index import Index
from sitegen.output.manifest import NAME
from sitegen.output.place import Place

# How often, a millisecond apart, the next tick is looked for; it is due after ten at most.
_LOOKS = 20


class Clock:
    """Read off the draft of the index, which is touched for it.

    It says 0 where there is no telling (Windows, an output folder on another device, a folder that
    may not be written to, or a clock that was asked to be `still`): nothing is older then, so no
    mark is trusted, and no index is saved.
    """

    def __init__(self, place: Place, still: bool = False) -> None:
        self.still = still or os.name == "nt"
        self.beside = place.public.parent
        self.file = index.file(place)
        self.draft = Path(f"{self.file}.new")

    def now(self) -> int:
        """Nanoseconds. What happened before has this time at most, and what happens later at least."""
        if self.still:
            return 0
        self.still = True
        try:
            self.draft.parent.mkdir(exist_ok=True)
            handle = os.open(self.draft, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o666)
            try:
                os.utime(handle)
                state = os.fstat(handle)
            finally:
                os.close(handle)
            self.still = state.st_dev != self.beside.stat().st_dev
        except OSError:
            return 0
        return 0 if self.still else state.st_ctime_ns

    def tick(self) -> int:
        """A time later than that of everything that happened before; waits some milliseconds for it."""
        first = self.now()
        for _ in range(_LOOKS):
            if (later := self.now()) > first or not first:
                return later
            time.sleep(0.001)
        return first

    def save(self, what: Index) -> None:
        """Let an index take the place of the one before; where that fails, the next build reads more."""
        if self.still:
            return
        with contextlib.suppress(OSError, OverflowError):
            disk.step(f"save {self.draft}")
            self.draft.write_bytes(index.encode(what, NAME))
            disk.move(self.draft, self.file)
