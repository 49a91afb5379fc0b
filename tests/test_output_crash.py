"""A crash, or a disk that refuses, at every single step: exactly the old or the new site remains."""

from __future__ import annotations

import errno
import os
import random
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sitegen.errors import OutputError
from sitegen.model import Output
from sitegen.output import WriteReport, disk, exchange, recover, rollback, untouched, write
from tests.output_kinds import KINDS, plain
from tests.output_kinds import mixed as of_kinds

Files = dict[str, str]
Tree = dict[str, bytes | None]

ANCIENT: Files = {"index.html": "ancient", "gone.html": "gone"}
OLD: Files = {
    "index.html": "old home",
    "articles/tide/index.html": "tide",
    "articles/quay/index.html": "quay",
    "topics/ships/index.html": "ships",
    "about/index.html": "about",
    "help/index.html": "help",
    "site.css": "p{}",
}
SMALL: Files = {path: text for path, text in OLD.items() if path != "articles/quay/index.html"} | {
    "index.html": "new home",
    "empty/mole/index.html": "mole",
}
LARGE: Files = {"index.html": "other home", "articles/quay": "a file now", "site.css": "p{}"}
FOREIGN = {"CNAME": b"harbour.example", "articles/quay.txt": b"mine"}


class Crash(BaseException):
    """Not an Exception: nothing may catch it and tidy up, as nothing can when a process is killed."""


@dataclass(frozen=True)
class Case:
    """What is there before, what the command should make of it, and how the file system is."""

    before: tuple[Files, ...]
    wanted: Files
    mode: str
    rollback: bool = False
    keep: bool = True
    links: bool = True
    swaps: bool = True
    foreign: bool = True
    indexed: bool = False
    mixed: bool = False

    @property
    def fresh(self) -> bool:
        return not self.before or not self.keep

    def prepare(self, root: Path) -> None:
        for files in self.before:
            build(root, files)
        if self.foreign:
            (root / "public/empty").mkdir(exist_ok=True)
            for path, data in FOREIGN.items():
                (root / "public" / path).write_bytes(data)

    def run(self, root: Path) -> str:
        if self.rollback:
            return rollback(root / "public").mode
        return build(root, self.wanted, self.keep, self.mixed).mode

    def index(self, root: Path) -> None:
        """A copied folder's index is about the files it was copied from: have it made anew."""
        if self.indexed:
            assert build(root, self.before[-1]).mode == "nothing"
            assert untouched(root / "public", root)


CASES = {
    "first": Case((), OLD, "exchange", foreign=False),
    "second": Case((ANCIENT,), OLD, "exchange", foreign=False),
    "moves": Case((ANCIENT, OLD), SMALL, "moves"),
    "moves, indexed": Case((ANCIENT, OLD), SMALL, "moves", indexed=True),
    "moves, all kinds": Case((ANCIENT, OLD), SMALL, "moves", indexed=True, mixed=True),
    "moves, none kept": Case((ANCIENT, OLD), SMALL, "moves", keep=False),
    "moves, no links": Case((ANCIENT, OLD), SMALL, "moves", links=False),
    "exchange": Case((ANCIENT, OLD), LARGE, "exchange"),
    "exchange, indexed": Case((ANCIENT, OLD), LARGE, "exchange", indexed=True),
    "exchange, all kinds": Case((ANCIENT, OLD), LARGE, "exchange", indexed=True, mixed=True),
    "exchange, none kept": Case((ANCIENT, OLD), LARGE, "exchange", keep=False),
    "exchange, no links": Case((ANCIENT, OLD), LARGE, "exchange", links=False),
    "two renames": Case((ANCIENT, OLD), LARGE, "exchange", swaps=False),
    "rollback by moves": Case((OLD, SMALL), OLD, "moves", rollback=True),
    "rollback by exchange": Case((OLD, LARGE), OLD, "exchange", rollback=True, foreign=False),
}


@pytest.fixture(autouse=True)
def no_power_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """A killed process loses nothing that it wrote: syncing would only make hundreds of builds slow."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)


@pytest.fixture(params=CASES, ids=lambda name: str(name).replace(", ", "-").replace(" ", "-"))
def case(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Case:
    chosen = CASES[request.param]
    if not chosen.links:
        monkeypatch.setattr(os, "link", _no_links)
    if not chosen.swaps:
        monkeypatch.setattr(exchange, "_exchange", lambda: None)
    return chosen


def _no_links(source: Path, target: Path) -> None:
    raise OSError(errno.EPERM, "Operation not permitted", str(target))


def build(root: Path, files: Files, keep: bool = True, mixed: bool = False) -> WriteReport:
    outputs = (Output(path, text.encode(), (f"content/{path}",)) for path, text in files.items())
    kinds = KINDS if mixed else (plain,)
    public = root / "public"
    return write(of_kinds(outputs, public, root, kinds), public, root=root, keep_previous=keep)


def tree(folder: Path) -> Tree:
    """Everything below a folder: files with their bytes, folders with None."""
    return {
        path.relative_to(folder).as_posix(): None if path.is_dir() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
    }


def everything(root: Path) -> dict[str, Tree]:
    """All that is in a digest's folder, but for what is disposable."""
    return {path.name: tree(path) for path in sorted(root.iterdir()) if path.name != ".sitegen"}


@dataclass
class Counter:
    """Stands in for `disk.step`: counts, and does something at one step, or from it on."""

    at: int = -1
    act: Callable[[], None] = lambda: None
    lasting: bool = False
    count: int = 0

    def __call__(self, what: str) -> None:
        now, self.count = self.count, self.count + 1
        if now == self.at or (self.lasting and now > self.at >= 0):
            self.act()


def crash() -> None:
    raise Crash


def fill() -> None:
    raise OSError(errno.ENOSPC, "No space left on device", "/somewhere")


@dataclass
class Both:
    """Stands in for `disk.step`: the disk is full at one step, and the process dies at a later one."""

    full: int
    dead: int
    count: int = 0

    def __call__(self, what: str) -> None:
        now, self.count = self.count, self.count + 1
        if now == self.full:
            fill()
        if now == self.dead:
            crash()


@dataclass(frozen=True)
class Rehearsal:
    """A case that was played once without a fault: what was there, what came of it, in how many steps."""

    case: Case
    origin: Path
    before: dict[str, Tree]
    after: dict[str, Tree]
    steps: int

    def copy(self, name: str) -> Path:
        root = Path(shutil.copytree(self.origin, self.origin.parent / name))
        self.case.index(root)
        return root


@pytest.fixture
def play(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rehearsal:
    origin = tmp_path / "origin"
    origin.mkdir()
    case.prepare(origin)
    before = everything(origin)
    done = tmp_path / "done"
    shutil.copytree(origin, done)
    case.index(done)
    with monkeypatch.context() as patch:
        counter = Counter()
        patch.setattr(disk, "step", counter)
        assert case.run(done) == case.mode
    after = everything(done)
    assert set(after) == {"public", ".public.previous"} - ({".public.previous"} if case.fresh else set())
    public = after["public"]
    assert {path for path in case.wanted if public[path] != case.wanted[path].encode()} == set()
    assert not case.foreign or {path: public[path] for path in FOREIGN} == FOREIGN
    assert before["public"] != public if case.before else not before
    return Rehearsal(case, origin, before, after, counter.count)


def test_a_crash_at_every_step_leaves_the_old_or_the_new_site(
    case: Case, play: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And so does one in the recovery from it, and one in the recovery from that."""
    chance = random.Random(case.mode)
    ends = set()
    for step in range(play.steps):
        root = play.copy(f"crash-{step}")
        with monkeypatch.context() as patch:
            patch.setattr(disk, "step", Counter(step, crash))
            with pytest.raises(Crash):
                case.run(root)
            for _ in range(3):
                patch.setattr(disk, "step", Counter(chance.randrange(12), crash))
                try:
                    recover(root / "public")
                except Crash:
                    continue
        recover(root / "public")
        found = everything(root)
        assert found in (play.before, play.after), f"a crash at step {step} of {play.steps}"
        assert recover(root / "public") is None
        ends.add("old" if found == play.before else "new")
        if not case.rollback or found == play.before:
            case.run(root)
        assert everything(root) == play.after
        shutil.rmtree(root)
    assert ends == {"old", "new"}


# A rollback after a rollback goes forth again, so those cases have no "next build".
@pytest.mark.parametrize("case", [name for name, case in CASES.items() if not case.rollback], indirect=True)
def test_the_next_build_puts_a_crash_right_by_itself(
    case: Case, play: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for step in range(0, play.steps, 3):
        root = play.copy(f"crash-{step}")
        with monkeypatch.context() as patch:
            patch.setattr(disk, "step", Counter(step, crash))
            with pytest.raises(Crash):
                case.run(root)
        case.run(root)
        assert everything(root) == play.after
        shutil.rmtree(root)


def test_a_full_disk_at_every_step_leaves_the_old_site(
    case: Case, play: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = set()
    for step in range(play.steps):
        root = play.copy(f"full-{step}")
        with monkeypatch.context() as patch:
            patch.setattr(disk, "step", Counter(step, fill))
            try:
                case.run(root)
            except OutputError as error:
                assert "make room" in str(error)
                assert everything(root) == play.before, f"no room at step {step} of {play.steps}"
                ends.add("old")
            else:
                # Only after the end: tidying up is for the next command then.
                assert tree(root / "public") == play.after["public"]
                ends.add("new")
        shutil.rmtree(root)
    assert ends == {"old", "new"}


def test_a_disk_that_stays_full_is_put_right_by_the_next_command(
    case: Case, play: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for step in range(play.steps):
        root = play.copy(f"full-{step}")
        with monkeypatch.context() as patch:
            patch.setattr(disk, "step", Counter(step, fill, lasting=True))
            try:
                case.run(root)
            except OutputError as error:
                assert "make room" in str(error)
        recover(root / "public")
        assert everything(root) in (play.before, play.after), f"no room from step {step} of {play.steps} on"
        shutil.rmtree(root)


@pytest.mark.parametrize("case", ["moves", "exchange", "two renames"], indirect=True)
@pytest.mark.parametrize("last", ["sync ", "move ", "remove ", "tree/.sitegen-manifest.json to "])
def test_a_crash_on_the_way_back_leaves_the_old_or_the_new_site(
    case: Case, play: Rehearsal, monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    """The disk is full at the last step of a kind, and on the way back from there comes the crash."""
    done: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(disk, "step", done.append)
        case.run(play.copy("listed"))
    end = next(
        n for n, what in enumerate(done) if what.startswith("remove ") and "journal.json" in what[-12:]
    )
    full = max((n for n, what in enumerate(done[: end + 1]) if last in what), default=end)
    crashes = 0
    for later in range(full + 1, full + 20):
        root = play.copy(f"back-{later}")
        with monkeypatch.context() as patch:
            patch.setattr(disk, "step", Both(full, later))
            try:
                case.run(root)
            except Crash:
                crashes += 1
            except OutputError:
                pass
        recover(root / "public")
        assert everything(root) in (play.before, play.after), f"full at {full}, a crash at {later}"
        shutil.rmtree(root)
    assert crashes


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is forked to be killed")
@pytest.mark.parametrize("case", ["moves", "exchange"], indirect=True)
def test_a_killed_process_leaves_the_old_or_the_new_site(case: Case, play: Rehearsal) -> None:
    for step in range(play.steps):
        root = play.copy(f"killed-{step}")
        child = os.fork()
        if child == 0:
            disk.step = Counter(step, lambda: os._exit(9))
            case.run(root)
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
        recover(root / "public")
        assert everything(root) in (play.before, play.after)
        shutil.rmtree(root)


# ---------------------------------------------------------------- a power failure, and damage


def test_after_a_power_failure_that_lost_new_bytes_the_old_site_comes_back(
    case: Case, play: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal is synced, the staged files are not: one may be there and empty."""
    lost = 0
    for step in range(play.steps):
        root = play.copy(f"power-{step}")
        with monkeypatch.context() as patch:
            patch.setattr(disk, "step", Counter(step, crash))
            with pytest.raises(Crash):
                case.run(root)
        stage = root / ".public.stage"
        staged = stage / "tree/index.html"
        if (
            (stage / "journal.json").exists()
            and staged.exists()
            and tree(root / "public") == play.before.get("public", {})
        ):
            staged.write_bytes(b"")
            lost += 1
            recover(root / "public")
            assert everything(root) == play.before
        shutil.rmtree(root)
    assert lost


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{}",
        b"[]",
        b'{"actions": [{"kind": "drop", "path": "../precious.txt"}]}',
        b'{"actions": [{"kind": "drop", "path": "/precious.txt"}]}',
        b'{"actions": [{"kind": "burn", "path": "index.html"}]}',
        b'{"actions": [], "other": 1}',
    ],
)
def test_a_damaged_journal_is_refused(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "precious.txt").write_text("precious")
    build(tmp_path, OLD)
    (tmp_path / ".public.stage").mkdir()
    (tmp_path / ".public.stage/journal.json").write_bytes(damage)
    before = everything(tmp_path / "public")
    with pytest.raises(OutputError) as caught:
        build(tmp_path, SMALL)
    assert caught.value.problems[0].code == "output-journal"
    assert everything(tmp_path / "public") == before
    assert (tmp_path / "precious.txt").read_text() == "precious"


def test_recover_says_what_it_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = set()
    for step in range(60):
        root = tmp_path / str(step)
        root.mkdir()
        build(root, OLD)
        with monkeypatch.context() as patch:
            patch.setattr(disk, "step", Counter(step, crash))
            try:
                build(root, SMALL)
            except Crash:
                said.add((recover(root / "public") or "").partition(";")[0].partition(":")[0])
    assert said == {
        "",
        "what an interrupted command had staged was cleared away",
        "an interrupted command was finished",
    }


@pytest.mark.parametrize("files", [SMALL, LARGE], ids=["moves", "exchange"])
def test_the_journal_is_synced_before_the_site_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: Files
) -> None:
    build(tmp_path, OLD)
    before = tree(tmp_path / "public")
    journal = tmp_path / ".public.stage/journal.json"
    synced: list[tuple[str, bool]] = []

    def fsync(handle: int) -> None:
        held = os.fstat(handle)
        beside = [
            path
            for path in (journal.parent.parent, journal.parent, *journal.parent.glob("journal*"))
            if path.stat().st_ino == held.st_ino
        ]
        synced.extend((path.name, tree(tmp_path / "public") == before) for path in beside)

    monkeypatch.setattr(os, "fsync", fsync)
    build(tmp_path, files)
    assert synced == [("journal.json.new", True), (".public.stage", True), (tmp_path.name, False)]
    assert not journal.exists()


# ---------------------------------------------------------------- somebody else's hands at a bad moment


def test_a_foreign_file_that_comes_during_an_exchange_is_carried_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, OLD)
    public = tmp_path / "public"
    for name in ("CNAME", "kept.txt"):
        (public / name).write_bytes(b"early")

    def step(what: str) -> None:
        if what.startswith("exchange "):
            (public / "CNAME").unlink()
            (public / "CNAME").write_bytes(b"late")
            (public / "late/folder").mkdir(parents=True)
            (public / "late/folder/file.txt").write_bytes(b"late")

    with monkeypatch.context() as patch:
        patch.setattr(disk, "step", step)
        assert build(tmp_path, LARGE).mode == "exchange"
    found = tree(public)
    assert (found["CNAME"], found["late/folder/file.txt"], found["kept.txt"]) == (b"late", b"late", b"early")
    assert "CNAME" not in tree(tmp_path / ".public.previous")


def test_a_link_that_comes_during_moves_is_not_written_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    build(tmp_path, OLD)
    public = tmp_path / "public"

    def step(what: str) -> None:
        if what.startswith("sync ") and not (public / "empty").is_symlink():
            (public / "empty").symlink_to(tmp_path / "elsewhere")

    with monkeypatch.context() as patch:
        patch.setattr(disk, "step", step)
        with pytest.raises(OutputError, match="link stands in the way"):
            build(tmp_path, SMALL)
    assert tree(tmp_path / "elsewhere") == {}
    (public / "empty").unlink()
    assert {path: data for path, data in tree(public).items() if path in OLD} == {
        path: text.encode() for path, text in OLD.items()
    }


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("closed", [".", "public", "public/articles/quay"])
def test_a_folder_that_may_not_be_written_leaves_the_old_site(tmp_path: Path, closed: str) -> None:
    build(tmp_path, OLD)
    before = everything(tmp_path)
    (tmp_path / closed).chmod(0o555)
    try:
        with pytest.raises(OutputError, match="check who owns"):
            build(tmp_path, SMALL)
    finally:
        (tmp_path / closed).chmod(0o755)
    recover(tmp_path / "public")
    assert everything(tmp_path) == before


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="elsewhere it is two renames")
def test_the_system_exchanges_two_folders_at_once(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "name").write_text(name)
    exchange.swap(tmp_path / "one", tmp_path / "two", tmp_path / "spare")
    assert tree(tmp_path) == {"one": None, "one/name": b"two", "two": None, "two/name": b"one"}
