"""One run of a program: wall time, CPU time, peak memory, and how much others had the machine.

CPU is user and system time of the program and of everything it started and waited for. Memory is
looked at in a run of its own, so that looking does not disturb the clock: the largest sum, over the
whole tree of processes, of the proportional set size (a page that two share counts half for each).
Where the system does not tell that, it is the largest resident set of any one process.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

MIB = 1 << 20
POLL = 0.02  # seconds between two looks at the memory
QUIET = 0.08  # of one core: below this, nobody else is at work
ALLOWED = 0.1  # of the wall time: what others may take of a run that counts
GRAIN = 0.02  # seconds: the system counts in ticks, so a short run cannot be told more closely
PATIENCE = 20.0  # seconds to wait for quiet
# An installed program has its bytecode, whatever the shell says that this was started from.
INSTALLED = {"PYTHONDONTWRITEBYTECODE": ""}
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Run:
    """Times in seconds, memory in bytes. `others` is the CPU time that other programs took meanwhile,
    None where the system does not tell; `memory` is 0 where it was not looked at."""

    wall: float
    cpu: float
    resident: int
    others: float | None
    memory: int = 0

    @property
    def busy(self) -> bool:
        """Whether others were at work, so that the wall time says little."""
        return self.others is not None and self.others > ALLOWED * self.wall + GRAIN


class Failed(Exception):
    """The program ended with an error; the message is the end of what it said."""


def run(command: Sequence[str], folder: Path, env: Mapping[str, str], *, memory: bool = False) -> Run:
    """Run a command in a folder to its end. Raises Failed."""
    with tempfile.TemporaryFile() as said:
        before, began = _busy(), time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **INSTALLED, **env},
            stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
        )  # fmt: skip
        peak = _watched(process.pid) if memory else 0
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        after = _busy()
        if process.returncode:
            said.seek(0)
            raise Failed(f"{' '.join(command)}\n{said.read()[-2000:].decode(errors='replace')}")
    cpu = usage.ru_utime + usage.ru_stime
    others = max(0.0, after - before - cpu) if before is not None and after is not None else None
    return Run(wall, cpu, usage.ru_maxrss * 1024, others, peak or (usage.ru_maxrss * 1024 if memory else 0))


def settle(patience: float = PATIENCE) -> None:
    """Wait until nothing else keeps a core busy, or until patience is out."""
    if hasattr(os, "sync"):
        os.sync()
    end = time.monotonic() + patience
    while (before := _busy()) is not None and time.monotonic() < end:
        time.sleep(0.4)
        if (_busy() or 0.0) - before < QUIET * 0.4:
            return


def _busy() -> float | None:
    """Seconds of CPU that the machine has worked since it started, over all cores."""
    try:
        with (_PROC / "stat").open() as stat:
            ticks = [int(word) for word in stat.readline().split()[1:9]]
    except OSError:
        return None
    idle, waiting = ticks[3], ticks[4]
    return (sum(ticks) - idle - waiting) / os.sysconf("SC_CLK_TCK")


def _watched(pid: int) -> int:
    """The peak memory of a process and its children until it ends, in bytes; 0 where nobody tells."""
    peak = 0
    while not _ended(pid):
        peak = max(peak, sum(map(_share, _tree(pid))))
        time.sleep(POLL)
    return peak


def _ended(pid: int) -> bool:
    """Whether a child has ended; it is left to be waited for. True where one cannot look."""
    if not (_PROC / str(pid) / "smaps_rollup").exists():
        return True
    done = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    return done is not None


def _tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        threads = list((_PROC / str(pid) / "task").iterdir())
        children = [int(child) for thread in threads for child in (thread / "children").read_text().split()]
    except OSError:
        return
    for child in children:
        yield from _tree(child)


def _share(pid: int) -> int:
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
