"""Any sequence of builds, rollbacks, crashes and other people's hands; and what a reader sees meanwhile."""

from __future__ import annotations

import os
import re
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.errors import OutputError
from sitegen.model import Output
from sitegen.output import disk, recover, rollback, untouched, write
from sitegen.output.manifest import NAME, load
from sitegen.output.paths import fold, folders
from tests.conftest import times
from tests.output_kinds import KINDS, Kind, mixed, plain

Files = dict[str, bytes]

PATHS = ["index.html", "a", "a/b", "a/b/c", "A/b", "d/e.css", "d/f.html", "g/h/i.html", "j", "k", "l"]
TEXTS = [b"one", b"two", b"three"]
sites = st.dictionaries(st.sampled_from(PATHS), st.sampled_from(TEXTS))
# Larger sites that differ little, so that both ways are gone.
alike = st.dictionaries(st.sampled_from(PATHS[6:]), st.sampled_from(TEXTS), max_size=2).map(
    lambda changed: {f"same/{n}.html": b"same" for n in range(6)} | changed
)
kinds = st.lists(st.sampled_from(KINDS), min_size=1, max_size=5)
steps = st.one_of(
    st.tuples(st.just("build"), st.one_of(sites, alike), kinds),
    st.tuples(st.just("crash"), st.one_of(sites, alike), kinds, st.integers(0, 60)),
    st.tuples(st.just("rollback")),
    st.tuples(st.just("drop in"), st.sampled_from(["CNAME", "a/mine", "d/mine", "g/h/i.html", "A"])),
    st.tuples(st.just("take out"), st.integers(0, 5)),
    st.tuples(st.just("smudge"), st.integers(0, 20)),
    st.tuples(st.just("smudge quietly"), st.integers(0, 20)),
    st.tuples(st.just("spoil index"), st.sampled_from(["lose", "damage", "keep", "bring back"])),
)


class Crash(BaseException):
    pass


def collide(one: str, other: str) -> bool:
    one, other = fold(one), fold(other)
    return one == other or one in folders(other) or other in folders(one)


@dataclass
class World:
    """The folder and, beside it, what should be in it."""

    root: Path
    site: Files = field(default_factory=dict)
    before: Files | None = None
    foreign: Files = field(default_factory=dict)
    smudged: Files = field(default_factory=dict)
    built: bool = False
    returned: bool = False

    @property
    def public(self) -> Path:
        return self.root / "public"

    def found(self) -> Files:
        return {
            path.relative_to(self.public).as_posix(): path.read_bytes()
            for path in self.public.rglob("*")
            if path.is_file() and path.name != NAME
        }

    def sound(self, files: Files) -> bool:
        own = [(a, b) for a in files for b in files if a < b]
        return not any(collide(a, b) for a, b in own + [(a, b) for a in files for b in self.foreign])

    def check(self) -> None:
        assert self.found() == self.site | self.smudged | self.foreign
        if self.built:
            manifest = load(self.public, "public")
            assert manifest is not None
            assert manifest.files.keys() == self.site.keys()
        assert not (self.root / ".public.stage").exists()
        if untouched(self.public, self.root):
            assert self.built
            assert not self.smudged
            assert not self.returned

    def build(self, files: Files, kinds: Sequence[Kind] = (plain,)) -> None:
        outputs = [Output(path, data, (path,)) for path, data in files.items()]
        wanted = mixed(outputs, self.public, self.root, kinds)
        if not self.sound(files):
            with pytest.raises(OutputError):
                write(wanted, self.public, root=self.root)
            return
        report = write(wanted, self.public, root=self.root)
        self.returned = False
        assert report.planned == len(files) == len(report.written) + report.unchanged
        self.became(files)

    def became(self, files: Files) -> None:
        there = self.site | self.smudged
        if self.built and (files != there or files.keys() != self.site.keys()):
            self.before = there
        self.site, self.smudged, self.built = dict(files), {}, True

    def crash(self, files: Files, kinds: Sequence[Kind], step: int) -> None:
        if not self.sound(files):
            return
        count = iter(range(step, -1, -1))

        def stop(what: str) -> None:
            if next(count, 0) == 0:
                raise Crash

        try:
            with patch.object(disk, "step", stop):
                self.build(files, kinds)
        except Crash:
            recover(self.public)
            if self.public.exists() and self.found() == files | self.foreign:
                manifest = load(self.public, "public")
                if manifest is not None:
                    self.became(files)

    def rollback(self) -> None:
        if not self.built:
            return
        wanted = self.before
        kept = wanted is not None and self.sound(wanted)
        if not kept or self.smudged:
            # Without a previous site, or with hand-made changes in the way, it may refuse.
            try:
                rollback(self.public)
            except OutputError:
                return
            assert kept, "it went back to a site that cannot be"
        else:
            rollback(self.public)
        assert wanted is not None
        self.returned |= wanted != self.site
        self.became(wanted)

    def drop_in(self, path: str) -> None:
        if self.built and not any(collide(path, other) for other in (*self.site, *self.foreign)):
            target = self.public / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(b"mine")
            self.foreign[path] = b"mine"

    def take_out(self, number: int) -> None:
        if self.foreign:
            path = sorted(self.foreign)[number % len(self.foreign)]
            (self.public / path).unlink()
            del self.foreign[path]
            disk.tidy((self.public / path).parent, self.public)

    def smudge(self, number: int) -> None:
        if self.site:
            path = sorted(self.site)[number % len(self.site)]
            (self.public / path).write_bytes(b"smudged")
            self.smudged[path] = b"smudged"

    def smudge_quietly(self, number: int) -> None:
        """As many bytes as before, and the time set back."""
        if self.site:
            path = sorted(self.site)[number % len(self.site)]
            state = (self.public / path).stat()
            data = b"#" * state.st_size
            (self.public / path).write_bytes(data)
            os.utime(self.public / path, ns=(state.st_atime_ns, state.st_mtime_ns))
            self.smudged[path] = data

    def spoil_index(self, how: str) -> None:
        index, kept = self.root / ".sitegen/output.public", self.root / ".sitegen/kept"
        if how == "bring back" and kept.exists():
            index.write_bytes(kept.read_bytes())
        elif index.exists():
            data = index.read_bytes()
            if how == "keep":
                kept.write_bytes(data)
            elif how == "damage":
                index.write_bytes(data[: len(data) // 2] + b"!" + data[len(data) // 2 + 1 :])
            else:
                index.unlink()


@settings(max_examples=times(120), deadline=None)
@given(st.lists(steps, max_size=14))
def test_any_sequence_leaves_just_what_it_should(sequence: list[tuple[str, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder, patch.object(os, "fsync", lambda handle: None):
        world = World(Path(folder))
        for name, *arguments in sequence:
            getattr(world, name.replace(" ", "_"))(*arguments)
            world.check()
        # However it went: the next build gives the site, and the same again is nothing to do.
        last = {"index.html": b"last"}
        if world.sound(last):
            world.build(last)
            world.check()
            outputs = [Output(path, data) for path, data in last.items()]
            assert write(outputs, world.public, root=world.root).mode == "nothing"


# ---------------------------------------------------------------- a reader


def edition(number: int) -> Iterator[Output]:
    """A site in which every page links on; from one number to the next, few or most of its files change."""
    shown = [*range(number, number + 4), *(1000 + n for n in range(12))]
    large = number // 5
    pages = {"index.html": [f"articles/{n}/index.html" for n in shown]}
    for n in shown:
        pages[f"articles/{n}/index.html"] = [f"assets/{n}.css", "index.html"]
        pages[f"assets/{n}.css"] = []
    for path, links in pages.items():
        version = number if path == "index.html" else large
        text = "".join(f'<a href="{link}">' for link in links) + "x" * 2000
        yield Output(path, f"<{version}>{text}</html>".encode())


class Reader(threading.Thread):
    """Reads the home page, follows every link, and every link there, over and over."""

    def __init__(self, public: Path) -> None:
        super().__init__()
        self.public = public
        self.ended = threading.Event()
        self.rounds = 0
        self.faults: list[str] = []

    def read(self, path: str) -> str | None:
        try:
            text = (self.public / path).read_text()
        except FileNotFoundError:
            return None
        if not text.endswith("</html>"):
            self.faults.append(f"{path} is half-written")
        return text

    def follow(self, path: str, depth: int, home: str) -> None:
        text = self.read(path)
        if text is None:
            # A link of a page that has been replaced meanwhile may be gone; one of the present page may not.
            if self.read("index.html") == home:
                self.faults.append(f"{path} is missing")
        elif depth:
            for link in re.findall(r'href="([^"]*)"', text):
                self.follow(link, depth - 1, home)

    def look(self) -> None:
        home = self.read("index.html")
        if home is None:
            self.faults.append("the home page is missing")
        else:
            self.follow("index.html", 2, home)
        self.rounds += 1

    def run(self) -> None:
        while not self.ended.is_set():
            self.look()


def test_between_any_two_steps_every_link_leads_somewhere(tmp_path: Path) -> None:
    public = tmp_path / "public"
    write(edition(0), public, root=tmp_path)
    reader = Reader(public)
    with (
        patch.object(disk, "step", lambda what: reader.look()),
        patch.object(os, "fsync", lambda handle: None),
    ):
        modes = {write(edition(number), public, root=tmp_path).mode for number in range(1, 7)}
    assert reader.faults == []
    assert reader.rounds > 60
    assert modes == {"moves", "exchange"}


def test_a_reader_never_sees_a_missing_or_half_written_page(tmp_path: Path) -> None:
    public = tmp_path / "public"
    write(edition(0), public, root=tmp_path)
    reader = Reader(public)
    reader.start()
    modes = set()
    try:
        for number in range(1, 60):
            modes.add(write(edition(number), public, root=tmp_path).mode)
    finally:
        reader.ended.set()
        reader.join()
    assert reader.faults == []
    assert reader.rounds > 0
    assert modes == {"moves", "exchange"}
