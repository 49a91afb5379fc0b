"""What has been made of a record, remembered while it is likely to be asked for again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

Record = TypeVar("Record")
Made = TypeVar("Made")


class Once:
    """Remembers what was made of the last `most` records. A record is told by its identity, and kept
    alive as long as what was made of it is, so that no other can be taken for it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: dict[Hashable, tuple[object, object]] = {}

    def __call__(self, record: Record, make: Callable[[Record], Made], name: Hashable = "") -> Made:
        """What `make` makes of the record; `name` tells apart several things made of one."""
        key = (id(record), name)
        found = self._made.get(key)
        if found is None:
            found = (record, make(record))
            while len(self._made) >= self._most:
                self._made.pop(next(iter(self._made), None), None)
            self._made[key] = found
        return found[1]  # type: ignore[return-value]
