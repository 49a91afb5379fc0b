"""One command at a time: a lock that the operating system gives back when its holder dies."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sitegen.errors import Locked
from sitegen.output import disk

FILE = Path(".sitegen/lock")

if sys.platform == "win32":
    import msvcrt

    # A locked stretch cannot be read by others there, so it lies far behind the text.
    _FAR = 1 << 30

    def _take(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _give(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _give(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


@contextmanager
def lock(folder: Path, command: str, *, since: datetime) -> Iterator[None]:
    """Hold the lock of the digest in `folder`; `command` and `since` tell others who does.

    Raises Locked, naming the holder, where another process (or this one) has it already, and
    OutputError where the file cannot be made. The file stays when the lock is given back: what
    counts is the lock on it, so one that a dead process has left behind blocks nobody.
    """
    path = folder / FILE
    with disk.explained("the lock cannot be taken"):
        path.parent.mkdir(exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    try:
        with disk.explained("the lock cannot be taken"):
            if not _take(handle):
                raise _locked(handle)
            _say(
                handle, {"pid": os.getpid(), "host": platform.node(), "command": command, "since": str(since)}
            )
        try:
            yield
        finally:
            _say(handle, None)
            _give(handle)
    finally:
        os.close(handle)


def _say(handle: int, holder: dict[str, object] | None) -> None:
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, json.dumps(holder).encode() if holder else b"")


def _locked(handle: int) -> Locked:
    """Who holds it, as far as the file says; its holder may be about to write that."""
    os.lseek(handle, 0, os.SEEK_SET)
    try:
        holder = json.loads(os.read(handle, 10_000))
        who = f"“{holder['command']}”, process {holder['pid']} on {holder['host']}, since {holder['since']}"
    except (ValueError, TypeError, KeyError):
        who = "it has not said yet which"
    return Locked(
        f"another command is at work in this folder: {who}",
        code="locked",
        path=FILE.as_posix(),
        hint="wait until it is done and run yours again; the lock ends with that process",
    )
