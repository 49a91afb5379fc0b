"""By what a file is known again without being read: what the file system says of it."""

from __future__ import annotations

import os

# Size, time of the last change of its bytes, of the last change at all (both ns), and inode. A program
# can set the second back, but not the third: so the same mark means the same bytes, if the last change
# is older than the moment at which the mark was taken. A clock that ticks every few milliseconds could
# give two changes one time.
Mark = tuple[int, int, int, int]

NONE: Mark = (-1, -1, -1, -1)


def mark(state: os.stat_result) -> Mark:
    return state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino


def of(path: str) -> Mark | None:
    """The mark of what is there, a link's own; None where nothing is."""
    try:
        state = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    # As in `mark`, without another call: this is asked of every file.
    return state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino


def older(one: Mark | None, moment: int) -> Mark:
    """The mark, if it can be trusted: its last change was before this moment. Else one that is no file's."""
    return one if one is not None and one[2] < moment else NONE


def moved(before: Mark, after: Mark | None) -> bool:
    """Whether it is one file, unchanged, that got another name (which changes only its last time)."""
    return after is not None and (before[:2], before[3]) == (after[:2], after[3])
