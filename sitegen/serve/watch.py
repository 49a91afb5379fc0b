"""Watches a digest's folder and notes the changes that matter.

What matters: files created, modified, deleted or moved (an atomic save is a move onto the real
name) in the folders an editor works in, and sitegen.yaml. Merely reading a file makes events as
well; the watch does not ask for them, or each build would start the next. Where a whole folder
comes, goes or moves, its files are not listed one by one: that is a rescan.
"""

from __future__ import annotations

import logging
import os
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path
from types import TracebackType
from typing import Self

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from sitegen.serve.changes import Burst, Changes

FOLDERS = ("seeds", "content", "themes", "templates", "static", "data")
FILES = ("sitegen.yaml",)

_CHECK = 2.0  # seconds without a change after which the watch itself is looked after

_EVENTS: list[type[FileSystemEvent]] = [
    FileCreatedEvent, FileModifiedEvent, FileDeletedEvent, FileMovedEvent,
    DirCreatedEvent, DirDeletedEvent, DirMovedEvent,
]  # fmt: skip
# What editors, file managers and browsers leave beside the file that is meant.
_DEBRIS = (
    "*~", "*.swp", "*.swx", "*.swo", "*.tmp", "*.bak", "4913", "#*#", "~$*", "*___jb_*___", "*.part",
    "*.crdownload",
)  # fmt: skip
_NOT_WATCHED = frozenset(("public", "node_modules", "__pycache__"))


def matters(path: str) -> bool:
    """Whether a change of this file (relative to the root, forward slashes) can change the site."""
    top, *rest = path.split("/")
    if not rest:
        return top in FILES
    return top in FOLDERS and not any(_is_debris(part) for part in rest)


def _is_debris(name: str) -> bool:
    hidden = name.startswith(".") and name != ".well-known"
    return hidden or name in _NOT_WATCHED or any(fnmatchcase(name, pattern) for pattern in _DEBRIS)


def burst_of(event: FileSystemEvent, relative: Callable[[str], str | None]) -> Burst:
    """What an event says. `relative` gives the path below the root, or None for one outside."""
    ends = (os.fsdecode(event.src_path), os.fsdecode(event.dest_path))
    paths = [path for end in ends if end and (path := relative(end))]
    if event.is_directory:
        return Burst(rescan=any(path in FOLDERS or matters(path) for path in paths))
    return Burst(frozenset(path for path in paths if matters(path)))


class Watcher:
    """Notes changes below `root` in `changes`, from entering the context until leaving it.

    `ignore` is asked for every relative path that would matter. Where the system can watch no more
    folders, the folder is looked through every second instead, and `log` is told so.
    """

    def __init__(
        self, root: Path, *, ignore: Callable[[str], bool] | None = None, log: Callable[[str], None]
    ) -> None:
        self.changes = Changes()
        self._root = root.resolve()
        self._ignore = ignore or (lambda path: False)
        self._log = log
        self._observer: BaseObserver | None = None
        self._watched: dict[str, ObservedWatch] = {}
        self._stale: set[str] = set()
        self._lock = threading.Lock()
        self._lost_events = _LostEvents(self.changes.rescan)

    def __enter__(self) -> Self:
        logging.getLogger("watchdog").addHandler(self._lost_events)
        # Watchdog warns itself when a folder appears while it is looking through the one above.
        warnings.filterwarnings("ignore", "Callback with id .* already exists", RuntimeWarning)
        self._begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        logging.getLogger("watchdog").removeHandler(self._lost_events)
        self.changes.close()
        self._end()

    def bursts(self, due: Callable[[], bool] = lambda: False) -> Iterator[Burst]:
        """Every burst as it falls due, until the context is left, and an empty one where nothing changed but
        the site is `due` by the clock. New folders are watched before their burst is handed out, so that
        nothing falls between the watch and the rebuild."""
        while (burst := self.changes.take(_CHECK)) is not None:
            if not burst:
                self._begin_anew_if_broken()
                if not due():
                    continue
            if burst.rescan:
                self._follow_folders()
            yield burst

    # ------------------------------------------------------------ events

    def _handle(self, event: FileSystemEvent, base: Path, name: str) -> None:
        """An event from the watch on `base`, which is the folder `name` of the root ("" for the root)."""

        def relative(end: str) -> str | None:
            try:
                below = Path(end).relative_to(base).as_posix()
            except ValueError:
                return None
            return "/".join(part for part in (name, below) if part and part != ".")

        burst = burst_of(event, relative)
        if burst.rescan:
            ends = (os.fsdecode(event.src_path), os.fsdecode(event.dest_path))
            with self._lock:
                self._stale |= {path for end in ends if end and (path := relative(end)) in FOLDERS}
            self.changes.rescan()
        self.changes.note(path for path in burst.paths if not self._ignore(path))

    # ------------------------------------------------------------ watches

    def _begin(self) -> None:
        try:
            self._watch_with(Observer())
        except (OSError, RuntimeError) as error:  # RuntimeError: no more threads
            self._poll(error)

    def _watch_with(self, observer: BaseObserver) -> None:
        self._end()
        self._observer = observer
        observer.start()
        self._watch(observer, "", recursive=False)
        self._watch_folders(observer)

    def _end(self) -> None:
        self._watched.clear()
        if self._observer is not None:
            self._observer.stop()
            if self._observer.is_alive():
                self._observer.join()
        self._observer = None

    def _follow_folders(self) -> None:
        """Watch the folders that are there now: some may have come, gone, or been replaced by others."""
        if self._observer is None:
            return
        try:
            self._watch_folders(self._observer)
        except (OSError, RuntimeError) as error:
            self._poll(error)

    def _watch_folders(self, observer: BaseObserver) -> None:
        with self._lock:
            stale, self._stale = self._stale, set()
        for name in FOLDERS:
            present = (self._root / name).is_dir()
            if name in self._watched and (name in stale or not present):
                observer.unschedule(self._watched.pop(name))
            if present and name not in self._watched:
                with suppress(FileNotFoundError, NotADirectoryError):  # gone again, and noted as such
                    self._watch(observer, name, recursive=True)
        self._probe(observer)

    def _watch(self, observer: BaseObserver, name: str, *, recursive: bool) -> None:
        base = (self._root / name).resolve()
        handler = _Handler(lambda event: self._handle(event, base, name))
        self._watched[name] = observer.schedule(handler, str(base), recursive=recursive, event_filter=_EVENTS)

    def _probe(self, observer: BaseObserver) -> None:
        """Raise OSError where no other folder can be watched.

        Watchdog passes over subfolders that it could not watch. If the limit was reached there, then it
        is reached for one more folder as well, and the root's parent is none of ours.
        """
        if isinstance(observer, PollingObserver) or not os.access(self._root.parent, os.R_OK):
            return
        nothing = _Handler(lambda event: None)
        probe = observer.schedule(nothing, str(self._root.parent), event_filter=[DirMovedEvent])
        observer.unschedule(probe)

    def _begin_anew_if_broken(self) -> None:
        """The thread that reads the kernel's events can die of a race within watchdog, without a word:
        the preview would look alive and follow nothing."""
        reader = getattr(self._observer, "_inotify_fd", None)
        if self._observer is None or not (reader is None or reader.is_alive()):
            self._log("the watch on the folders broke off and begins anew")
            self._begin()
            self.changes.rescan()

    def _poll(self, reason: OSError | RuntimeError) -> None:
        """Look the folders through instead; where even that fails, the next check begins anew."""
        if not isinstance(self._observer, PollingObserver):
            said = getattr(reason, "strerror", None) or reason
            self._log(
                f"this system can watch no more folders ({said}): changes are looked for every second instead"
            )
        try:
            self._watch_with(PollingObserver(timeout=1.0))
        except (OSError, RuntimeError):
            self._end()
        self.changes.rescan()


class _Handler(FileSystemEventHandler):
    def __init__(self, handle: Callable[[FileSystemEvent], None]) -> None:
        self._handle = handle

    def on_any_event(self, event: FileSystemEvent) -> None:
        self._handle(event)


class _LostEvents(logging.Handler):
    """Watchdog tells only its log when the kernel's queue has overflowed and events were lost."""

    def __init__(self, rescan: Callable[[], None]) -> None:
        super().__init__(logging.WARNING)
        self._rescan = rescan

    def emit(self, record: logging.LogRecord) -> None:
        if "overflow" in record.getMessage():
            self._rescan()
