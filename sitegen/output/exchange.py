"""Two folders change places: at once where the system can, else by two renames."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from sitegen.output import disk

# linux/fcntl.h and linux/fs.h; sys/stdio.h on macOS.
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2

# The kernel or the file system does not know how (older ones, NFS, FAT), or a container forbids it.
_CANNOT = {errno.EPERM, errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.ENOTSUP}


def swap(new: Path, live: Path, spare: Path) -> None:
    """Let `new` stand where `live` stood.

    The old folder is then at `new`, or, where there is no exchange, at `spare`; where `live` is
    absent there is none. Raises OSError, with `live` as it was or at `spare`.
    """
    if live.exists():
        exchange = _exchange()
        if exchange is not None:
            disk.step(f"exchange {new} and {live}")
            number = exchange(os.fsencode(new), os.fsencode(live))
            if number == 0:
                return
            if number not in _CANNOT:
                raise OSError(number, os.strerror(number), str(live))
        disk.move(live, spare)
    disk.move(new, live)


@cache
def _exchange() -> Callable[[bytes, bytes], int] | None:
    """The system's own call, which returns 0 or an error number; None where there is none."""
    import ctypes  # takes a while: a first build has nothing to exchange

    name = {"linux": "renameat2", "darwin": "renamex_np"}.get(sys.platform)
    try:
        call = getattr(ctypes.CDLL(None, use_errno=True), name) if name else None
    except (OSError, AttributeError):
        return None
    if call is None:
        return None

    def exchange(one: bytes, other: bytes) -> int:
        if sys.platform == "darwin":
            failed = call(one, other, _RENAME_SWAP)
        else:
            failed = call(_AT_FDCWD, one, _AT_FDCWD, other, _RENAME_EXCHANGE)
        return ctypes.get_errno() if failed else 0

    return exchange
