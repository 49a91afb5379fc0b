"""Many byte strings in one file, each read when it is wanted: what a shelf need not hold in memory.

New ones are put at the end. An address says where a string is and has its checksum, so that a file which
is damaged, cut short, or another than the address was given for, has no answer instead of a wrong one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from zlib import crc32

Address = tuple[int, int, int]  # offset, size, checksum
_AT_ONCE = 1 << 20  # bytes that wait to be written


class Heap:
    """Where nothing can be written, the strings of this process are kept in memory."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None
        self._waiting: list[bytes] = []
        self._wait = 0
        self._end = 0
        self._held: dict[int, bytes] = {}
        self._broken = False

    def __del__(self, close: Callable[[int], None] = os.close) -> None:
        """A preview opens one for every edit. When Python ends, nothing but the argument may be left."""
        if self._handle is not None:
            close(self._handle)

    def put(self, data: bytes) -> Address:
        self._open()
        at = self._end + self._wait
        if self._broken:
            self._held[at] = data
        else:
            self._waiting.append(data)
        self._wait += len(data)
        if self._wait >= _AT_ONCE:
            self.flush()
        return at, len(data), crc32(data)

    def get(self, address: Address) -> bytes | None:
        """None where the file does not have it. Copies of this process may ask, too, once it is flushed."""
        offset, size, check = address
        data = self._held.get(offset) if self._held else None
        if data is None:
            if self._wait:
                self.flush()
            if self._handle is None:
                self._open()
            try:
                data = _read(self._handle, size, offset) if self._handle is not None else b""
            except OSError:
                return None
        return data if len(data) == size and crc32(data) == check else None

    def flush(self) -> None:
        """Write what waits to be."""
        if not self._wait:
            return
        data, at = b"".join(self._waiting), self._end
        self._waiting, self._end, self._wait = [], self._end + self._wait, 0
        if not data or self._handle is None:
            return
        try:
            _write(self._handle, data, at)
        except OSError:
            self._broken = True  # what was lost has no answer, and is made anew

    def grown(self, live: Iterable[Address]) -> bool:
        """Whether most of the file is in no use any more."""
        return self._end + self._wait > 4 * _AT_ONCE + 2 * sum(size for _, size, _ in live)

    def renewed(self, live: Iterable[Address]) -> tuple[Heap, dict[Address, Address]]:
        """A heap of these strings alone in the place of this one, which still answers as long as it is held;
        and where each is now. What cannot be read is left out."""
        made, moved = Heap(self._path.with_name(f"{self._path.name}.{os.getpid()}.part")), {}
        for address in live:
            if (data := self.get(address)) is not None:
                moved[address] = made.put(data)
        made.flush()
        try:
            made._path.replace(self._path)
        except OSError:
            return self, {address: address for address in live}
        made._path = self._path
        return made, moved

    def close(self) -> None:
        self.flush()
        if self._handle is not None:
            os.close(self._handle)
        self._handle = None

    def _open(self) -> None:
        if self._handle is not None or self._broken:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
            self._handle = os.open(self._path, flags, 0o666)
            self._end = os.fstat(self._handle).st_size
        except OSError:
            self._broken = True


def _seek_and_read(handle: int, size: int, at: int) -> bytes:
    os.lseek(handle, at, os.SEEK_SET)
    return os.read(handle, size)


# Windows cannot do it in one call.
_read: Callable[[int, int, int], bytes] = getattr(os, "pread", _seek_and_read)


def _write(handle: int, data: bytes, at: int) -> None:
    os.lseek(handle, at, os.SEEK_SET)
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
