"""Watching: which file operations count as a change, and how a burst of them becomes one."""

from __future__ import annotations

import errno
import logging
import os
import queue
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from watchdog.events import (
    DirCreatedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileMovedEvent,
    FileSystemEvent,
)

from sitegen.serve import watch
from sitegen.serve.changes import Burst, Changes, time_left
from sitegen.serve.watch import Watcher, burst_of, matters
from tests.test_serve_preview import PATIENCE, save

# ---------------------------------------------------------------- what matters


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("content/articles/2026/a.md", True),
        ("seeds/a.txt", True),
        ("themes/own/style.css", True),
        ("templates/base.html", True),
        ("static/robots.txt", True),
        ("static/.well-known/security.txt", True),
        ("data/people.yaml", True),
        ("sitegen.yaml", True),
        ("seeds", False),
        ("README.md", False),
        ("content/.a.md.swp", False),
        ("content/a.md~", False),
        ("content/.#a.md", False),
        ("content/#a.md#", False),
        ("content/4913", False),
        ("content/a.md.tmp", False),
        ("content/a.swp", False),
        ("content/~$a.md", False),
        ("content/.base/0123.md", False),
        ("content/.urls", False),
        ("content/.git/index", False),
        ("themes/own/node_modules/x.js", False),
        ("public/index.html", False),
        (".sitegen/cache", False),
        (".git/HEAD", False),
        ("content/public/a.md", False),
        ("other/content/a.md", False),
    ],
)
def test_what_matters(path: str, expected: bool) -> None:
    assert matters(path) is expected


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (FileCreatedEvent("/d/content/a.md"), Burst(frozenset({"content/a.md"}))),
        (FileDeletedEvent(b"/d/content/a.md"), Burst(frozenset({"content/a.md"}))),
        (FileMovedEvent("/d/content/.a.tmp", "/d/content/a.md"), Burst(frozenset({"content/a.md"}))),
        (
            FileMovedEvent("/d/content/a.md", "/d/content/b.md"),
            Burst(frozenset({"content/a.md", "content/b.md"})),
        ),
        (FileMovedEvent("/d/content/a.md", "/elsewhere/a.md"), Burst(frozenset({"content/a.md"}))),
        (FileMovedEvent("/d/content/a.md", "/d/content/a.md~"), Burst(frozenset({"content/a.md"}))),
        (FileCreatedEvent("/d/public/index.html"), Burst()),
        (DirMovedEvent("/d/content/2025", "/d/content/2026"), Burst(rescan=True)),
        (DirMovedEvent("/d/content", "/d/content-old"), Burst(rescan=True)),
        (DirCreatedEvent("/d/seeds"), Burst(rescan=True)),
        (DirCreatedEvent("/d/content/.git"), Burst()),
        (DirCreatedEvent("/d/public"), Burst()),
    ],
)
def test_what_an_event_says(event: FileSystemEvent, expected: Burst) -> None:
    def relative(path: str) -> str | None:
        return path.removeprefix("/d/") if path.startswith("/d/") else None

    assert burst_of(event, relative) == expected


# ---------------------------------------------------------------- bursts


def test_a_burst_is_due_after_a_quiet_moment_or_the_longest_wait() -> None:
    assert time_left(10.0, 10.0, 10.0, quiet=0.05, longest=0.5) == pytest.approx(0.05)
    assert time_left(10.0, 10.25, 10.25, quiet=0.05, longest=0.5) == pytest.approx(0.05)
    assert time_left(10.0, 10.48, 10.48, quiet=0.05, longest=0.5) == pytest.approx(0.02)
    assert time_left(10.0, 10.6, 10.6, quiet=0.05, longest=0.5) < 0


def test_changes_that_come_together_are_taken_together() -> None:
    now = [0.0]
    changes = Changes(clock=lambda: now[0])
    for number in range(100):
        changes.note([f"content/{number % 10}.md"])
    changes.note([])
    now[0] = 1.0
    assert changes.take() == Burst(frozenset(f"content/{number}.md" for number in range(10)))
    changes.note(["content/a.md"])
    changes.rescan()
    now[0] = 2.0
    burst = changes.take()
    assert burst is not None and burst.changed is None
    changes.close()
    assert changes.take() is None


def test_whoever_waits_for_changes_is_woken_by_the_end() -> None:
    changes = Changes()
    taken: queue.SimpleQueue[Burst | None] = queue.SimpleQueue()
    thread = threading.Thread(target=lambda: taken.put(changes.take()))
    thread.start()
    changes.close()
    assert taken.get(timeout=PATIENCE) is None
    thread.join(PATIENCE)


# ---------------------------------------------------------------- real files


class Watched:
    """A digest under watch; `until` collects bursts."""

    def __init__(self, root: Path, watcher: Watcher) -> None:
        self.root = root
        self.bursts: queue.SimpleQueue[Burst] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._collect, args=(watcher,))
        self._thread.start()

    def _collect(self, watcher: Watcher) -> None:
        for burst in watcher.bursts():
            self.bursts.put(burst)

    def join(self) -> None:
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()

    def until(self, wanted: Callable[[Burst], bool]) -> Burst:
        """All bursts so far as one, as soon as it is what is wanted."""
        together = Burst()
        while not wanted(together):
            together |= self.bursts.get(timeout=PATIENCE)
        return together

    def marked(self) -> Burst:
        """Everything that was noted before this call: a last file marks the place."""
        mark = self.root / "sitegen.yaml"
        mark.write_text(f"# {os.urandom(4).hex()}\n", encoding="utf-8")
        together = self.until(lambda burst: "sitegen.yaml" in burst.paths)
        return Burst(together.paths - {"sitegen.yaml"}, together.rescan)


@contextmanager
def watched(root: Path, ignore: Callable[[str], bool] | None = None) -> Iterator[Watched]:
    log: list[str] = []
    with Watcher(root, ignore=ignore, log=log.append) as watcher:
        under = Watched(root, watcher)
        yield under
    under.join()
    assert log == []


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("content/articles/2026", "seeds", "public", ".sitegen", "elsewhere"):
        (tmp_path / "digest" / name).mkdir(parents=True)
    (tmp_path / "digest/content/articles/2026/a.md").write_text("A.\n", encoding="utf-8")
    return tmp_path / "digest"


A = "content/articles/2026/a.md"
B = "content/articles/2026/b.md"


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def move_in(root: Path) -> None:
    write(root / "elsewhere/b", "B")
    (root / "elsewhere/b").rename(root / B)


def touch_and_read(root: Path) -> None:
    (root / A).read_bytes()
    os.utime(root / A)
    list((root / "content").rglob("*"))


def save_with_backup(root: Path) -> None:
    """As vim does: probe the folder, keep the old file aside, write the new one, drop the old."""
    folder = (root / A).parent
    write(folder / "4913", "")
    (folder / "4913").unlink()
    write(folder / ".a.md.swp", "…")
    (root / A).rename(folder / "a.md~")
    write(root / A, "Edited.\n")
    (folder / "a.md~").unlink()
    (folder / ".a.md.swp").unlink()


OPERATIONS: tuple[tuple[str, Callable[[Path], object], set[str]], ...] = (
    ("write", lambda root: write(root / A, "More.\n"), {A}),
    ("append", lambda root: append(root / A, "x"), {A}),
    ("create", lambda root: write(root / B, "B.\n"), {B}),
    ("create empty", lambda root: (root / B).touch(), {B}),
    ("delete", lambda root: (root / A).unlink(), {A}),
    ("rename", lambda root: (root / A).rename(root / B), {A, B}),
    ("atomic save", lambda root: save(root / A, "Saved.\n"), {A}),
    ("vim save", save_with_backup, {A}),
    ("move in", move_in, {B}),
    ("move out", lambda root: (root / A).rename(root / "elsewhere/a.md"), {A}),
    ("read and touch", touch_and_read, set()),
    ("swap file", lambda root: write(root / "content/.a.md.swp", "…"), set()),
    ("backup", lambda root: write(root / "content/a.md~", "…"), set()),
    ("output", lambda root: write(root / "public/index.html", "…"), set()),
    ("own cache", lambda root: write(root / ".sitegen/cache", "…"), set()),
    ("another file", lambda root: write(root / "README.md", "…"), set()),
    ("asked to ignore", lambda root: write(root / "content/ignored.md", "…"), set()),
)


@pytest.mark.parametrize(
    ("operation", "expected"), [row[1:] for row in OPERATIONS], ids=[row[0] for row in OPERATIONS]
)
def test_file_operations(root: Path, operation: Callable[[Path], object], expected: set[str]) -> None:
    with watched(root, ignore=lambda path: "ignored" in path) as under:
        operation(root)
        # A file that leaves the watched folders is reported half a second late, after the mark.
        found = under.until(lambda burst: burst.paths >= expected) if expected else Burst()
        found |= under.marked()
        assert found == Burst(frozenset(expected))


@pytest.mark.parametrize(
    "operation",
    [
        lambda root: (root / "content/articles/2026").rename(root / "content/articles/2025"),
        lambda root: (root / "content/articles").rename(root / "elsewhere/articles"),
        lambda root: shutil.rmtree(root / "content/articles"),
        lambda root: shutil.rmtree(root / "content"),
        lambda root: (root / "content").rename(root / "content-old"),
        lambda root: shutil.copytree(root / "content/articles", root / "content/copy"),
    ],
    ids=["rename", "move out", "delete", "delete whole", "rename whole", "copy"],
)
def test_folder_operations_are_a_rescan(root: Path, operation: Callable[[Path], object]) -> None:
    with watched(root) as under:
        operation(root)
        under.until(lambda burst: burst.rescan)


def test_folders_that_appear_or_are_replaced_are_watched_from_then_on(root: Path) -> None:
    with watched(root) as under:
        for name in ("templates", "data", "static/img"):
            (root / name).mkdir(parents=True)
            under.until(lambda burst: burst.rescan)
            path = f"{name}/new.txt"
            write(root / path, "x")
            under.until(lambda burst, path=path: path in burst.paths)  # type: ignore[misc]
        for _ in range(3):
            shutil.rmtree(root / "content")
            (root / "content").mkdir()
            under.until(lambda burst: burst.rescan)
            under.marked()
            write(root / "content/a.md", "x")
            under.until(lambda burst: "content/a.md" in burst.paths)


def test_files_written_at_once_into_a_new_folder_are_not_missed(root: Path) -> None:
    with watched(root) as under:
        (root / "content/articles/2027/deep").mkdir(parents=True)
        write(root / "content/articles/2027/deep/n.md", "x")
        under.until(lambda burst: burst.rescan)
        write(root / "content/articles/2027/deep/n.md", "y")
        under.until(lambda burst: "content/articles/2027/deep/n.md" in burst.paths)


def test_a_root_without_any_of_the_folders(tmp_path: Path) -> None:
    with watched(tmp_path) as under:
        write(tmp_path / "sitegen.yaml", "title: T\n")
        under.until(lambda burst: burst.paths == {"sitegen.yaml"})


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_linked_folder_is_watched(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "digest").mkdir()
    (tmp_path / "digest/content").symlink_to(tmp_path / "desk")
    with watched(tmp_path / "digest") as under:
        write(tmp_path / "desk/a.md", "x")
        under.until(lambda burst: "content/a.md" in burst.paths)


# ---------------------------------------------------------------- limits


def no_more_watches(*args: object, **kwargs: object) -> object:
    raise OSError(errno.ENOSPC, "inotify watch limit reached")


@pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")
def test_without_watches_it_polls_and_says_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("watchdog.observers.inotify_c.InotifyFD.add_callback", no_more_watches)
    assert_polls(root)


@pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")
def test_without_a_watch_to_begin_with_it_polls_and_says_so(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("watchdog.observers.inotify_c.InotifyFD._create_inotify_fd", no_more_watches)
    assert_polls(root)


@pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")
def test_a_limit_reached_among_the_subfolders_is_noticed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Watchdog itself passes over the subfolders that it could not watch."""
    from watchdog.observers.inotify_c import InotifyFD

    original, left = InotifyFD.add_callback, [3]  # the root, content/ and one below it

    def few_watches(self: InotifyFD, *args: object, **kwargs: object) -> object:
        if not left[0]:
            no_more_watches()
        left[0] -= 1
        return original(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(InotifyFD, "add_callback", few_watches)
    assert_polls(root)


def assert_polls(root: Path) -> None:
    log: queue.SimpleQueue[str] = queue.SimpleQueue()
    with Watcher(root, log=log.put) as watcher:
        under = Watched(root, watcher)
        line = log.get(timeout=PATIENCE)
        assert "changes are looked for every second instead" in line
        assert "inotify watch limit reached" in line
        under.until(lambda burst: burst.rescan)
        write(root / A, "Polled.\n")
        under.until(lambda burst: A in burst.paths)
        (root / "templates").mkdir()
        under.until(lambda burst: burst.rescan)
        write(root / "templates/base.html", "x")
        under.until(lambda burst: "templates/base.html" in burst.paths)
    under.join()
    assert log.empty()


@pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_watch_that_broke_off_begins_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log: queue.SimpleQueue[str] = queue.SimpleQueue()

    def fault(*args: object) -> None:
        monkeypatch.undo()
        raise KeyError("a race")

    monkeypatch.setattr("watchdog.observers.inotify_c.InotifyFD.handle_event", fault)
    with Watcher(root, log=log.put) as watcher:
        under = Watched(root, watcher)
        write(root / A, "This goes unnoticed.\n")
        under.until(lambda burst: burst.rescan)
        assert log.get(timeout=PATIENCE) == "the watch on the folders broke off and begins anew"
        write(root / A, "This does not.\n")
        under.until(lambda burst: A in burst.paths)
    under.join()


def test_lost_events_are_a_rescan(root: Path) -> None:
    with watched(root) as under:
        logger = logging.getLogger("watchdog.observers.inotify_c")
        logger.warning("Inotify queue overflowed; filesystem events were lost")
        under.until(lambda burst: burst.rescan)
    assert not any(
        isinstance(handler, watch._LostEvents) for handler in logging.getLogger("watchdog").handlers
    )
