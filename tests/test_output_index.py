"""What spares reading and writing: the index of marks, promised files, and files that workers staged."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from sitegen.errors import OutputError
from sitegen.model import Output, Promise, Staged
from sitegen.output import Stager, WriteReport, disk, recover, rollback, stager, untouched, write
from sitegen.output.clock import Clock
from sitegen.output.manifest import NAME
from tests.output_kinds import KINDS, Kind, mixed, plain, promised, staged

Files = dict[str, str]

SITE: Files = {
    "index.html": "<p>Home.</p>",
    "articles/tide/index.html": "<p>Tide.</p>",
    "articles/quay/index.html": "<p>Quay.</p>",
    "articles/mole/index.html": "<p>Mole.</p>",
    "feed.xml": "<rss/>",
    "site.css": "p{}",
    "data.json": "{}",
}
EDITED = SITE | {"articles/quay/index.html": "<p>Quays.</p>"}
INDEX = ".sitegen/output.public"

no_marks = pytest.mark.skipif(sys.platform == "win32", reason="there is no index on Windows")


def outputs(files: Files) -> Iterator[Output]:
    return (Output(path, text.encode(), (f"content/{path}",)) for path, text in files.items())


def build(root: Path, files: Files, kinds: Sequence[Kind] = KINDS) -> WriteReport:
    return write(mixed(outputs(files), root / "public", root, kinds), root / "public", root=root)


def site(root: Path) -> Files:
    public = root / "public"
    found = (path for path in public.rglob("*") if path.is_file() and path.name != NAME)
    return {path.relative_to(public).as_posix(): path.read_text() for path in found}


def quietly(path: Path, text: str) -> None:
    """Change a file in place, and set its time back."""
    state = path.stat()
    path.write_text(text)
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (state.st_size, state.st_mtime_ns)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were read to see what is in them."""
    done: list[str] = []
    read = disk.read_marked

    def counted(path: str) -> tuple[str, tuple[int, int, int, int]]:
        done.append(path.partition("/public/")[2])
        return read(path)

    monkeypatch.setattr(disk, "read_marked", counted)
    return done


# ---------------------------------------------------------------- is it untouched?


def drop_in(root: Path) -> None:
    (root / "public/CNAME").write_text("quay.example")


def link_in(root: Path) -> None:
    (root / "public/articles/link").symlink_to("tide")


def replace_a_page(root: Path) -> None:
    page = root / "public/articles/tide/index.html"
    page.with_name("draft").write_bytes(page.read_bytes())
    page.with_name("draft").replace(page)


def append_to_the_manifest(root: Path) -> None:
    with (root / "public" / NAME).open("a") as file:
        file.write("\n")


def leave_a_stage(root: Path) -> None:
    (root / ".public.stage").mkdir()


def damage_the_index(root: Path) -> None:
    data = bytearray((root / INDEX).read_bytes())
    data[-1] ^= 1
    (root / INDEX).write_bytes(data)


TOUCHES: dict[str, Callable[[Path], object]] = {
    "a page edited": lambda root: (root / "public/index.html").write_text("<p>Hand.</p>"),
    "and its time set back": lambda root: quietly(root / "public/index.html", "<p>Hoem.</p>"),
    "a page touched": lambda root: (root / "public/articles/tide/index.html").touch(),
    "a page replaced by the same bytes": replace_a_page,
    "a page deleted": lambda root: (root / "public/articles/tide/index.html").unlink(),
    "a folder renamed": lambda root: (root / "public/articles").rename(root / "public/items"),
    "the manifest edited": append_to_the_manifest,
    "the folder gone": lambda root: (root / "public").rename(root / "elsewhere"),
    "a file dropped in": drop_in,
    "a link put in": link_in,
    "a command interrupted": leave_a_stage,
    "no index": lambda root: (root / INDEX).unlink(),
    "a damaged index": damage_the_index,
    "half an index": lambda root: (root / INDEX).write_bytes((root / INDEX).read_bytes()[:200]),
    "an empty index": lambda root: (root / INDEX).write_bytes(b""),
    "an index of another kind": lambda root: (root / INDEX).write_bytes(b"[99, 0, 0, 0, 0, 0, 0]\n"),
    "an index that nests too deep": lambda root: (root / INDEX).write_bytes(b"[" * 100_000),
}


@no_marks
def test_a_site_is_untouched_after_a_build_that_wrote_it_and_after_one_that_had_nothing_to_do(
    tmp_path: Path,
) -> None:
    assert not untouched(tmp_path / "public", tmp_path)
    for files, mode in ((SITE, "exchange"), (EDITED, "moves"), (EDITED, "nothing"), (SITE, "moves")):
        assert build(tmp_path, files).mode == mode
        assert untouched(tmp_path / "public", tmp_path)
        assert not untouched(tmp_path / "other", tmp_path)


@pytest.mark.parametrize("touch", TOUCHES.values(), ids=[name.replace(" ", "-") for name in TOUCHES])
@pytest.mark.parametrize("kinds", [(plain,), (promised,), (staged,)], ids=["plain", "promised", "staged"])
def test_a_touched_site_is_not_called_untouched_and_the_next_build_puts_it_right(
    tmp_path: Path, touch: Callable[[Path], object], kinds: Sequence[Kind]
) -> None:
    build(tmp_path, SITE, kinds)
    touch(tmp_path)
    assert not untouched(tmp_path / "public", tmp_path)
    if (tmp_path / "public/articles/link").is_symlink():
        with pytest.raises(OutputError, match="is a link"):
            build(tmp_path, SITE, kinds)
        (tmp_path / "public/articles/link").unlink()
    before = site(tmp_path) if (tmp_path / "public").exists() else {}
    build(tmp_path, SITE, kinds)
    foreign = {path: text for path, text in before.items() if path not in SITE}
    assert site(tmp_path) == SITE | foreign
    if sys.platform != "win32":
        assert untouched(tmp_path / "public", tmp_path)


def test_a_rollback_is_not_what_the_last_build_wrote(tmp_path: Path) -> None:
    for files in (SITE, EDITED):
        build(tmp_path, files)
    for wanted in (SITE, EDITED):
        rollback(tmp_path / "public")
        assert site(tmp_path) == wanted
        assert not untouched(tmp_path / "public", tmp_path)


def test_an_old_index_hides_nothing(tmp_path: Path) -> None:
    build(tmp_path, SITE)
    old = (tmp_path / INDEX).read_bytes()
    build(tmp_path, EDITED)
    (tmp_path / INDEX).write_bytes(old)
    quietly(tmp_path / "public/articles/quay/index.html", "<p>Quaxs.</p>")
    assert not untouched(tmp_path / "public", tmp_path)
    assert build(tmp_path, EDITED).written == ("articles/quay/index.html",)
    assert site(tmp_path) == EDITED


def test_after_a_crash_in_saving_the_index_nothing_is_believed_that_is_not_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, SITE)

    def stop(what: str) -> None:
        if what.startswith("save "):
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(disk, "step", stop)
        with pytest.raises(KeyboardInterrupt):
            build(tmp_path, EDITED)
    assert site(tmp_path) == EDITED
    assert not untouched(tmp_path / "public", tmp_path)
    assert build(tmp_path, EDITED).mode == "nothing"


def test_a_foreign_file_that_came_during_an_exchange_is_not_in_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, SITE)
    other = {path: text.replace("p>", "b>") for path, text in SITE.items()}

    def step(what: str) -> None:
        if what.startswith(("exchange ", "move ")) and not (tmp_path / "public/articles/late.txt").exists():
            (tmp_path / "public/articles/late.txt").write_text("late")

    with monkeypatch.context() as patch:
        patch.setattr(disk, "step", step)
        assert build(tmp_path, other).mode == "exchange"
    assert site(tmp_path) == other | {"articles/late.txt": "late"}
    assert not untouched(tmp_path / "public", tmp_path)
    assert build(tmp_path, other).mode == "nothing"
    (tmp_path / "public/articles/late.txt").unlink()
    assert not untouched(tmp_path / "public", tmp_path)


@no_marks
def test_a_mark_that_is_not_older_than_the_index_is_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reads: list[str]
) -> None:
    """As after a build on a file system whose clock has not ticked since."""
    with monkeypatch.context() as patch:
        patch.setattr(Clock, "tick", lambda clock: min(clock.now(), 1))
        build(tmp_path, SITE)
    assert not untouched(tmp_path / "public", tmp_path)
    assert build(tmp_path, SITE).mode == "nothing"
    assert sorted(reads) == sorted(SITE)
    assert untouched(tmp_path / "public", tmp_path)
    assert build(tmp_path, SITE).mode == "nothing"
    assert len(reads) == len(SITE)


def test_without_a_clock_there_is_no_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "name", "nt") if sys.platform == "win32" else monkeypatch.setattr(
        os, "utime", lambda *_, **__: (_ for _ in ()).throw(OSError("none"))
    )
    for files in (SITE, EDITED, EDITED):
        build(tmp_path, files)
        assert site(tmp_path) == files
        assert not untouched(tmp_path / "public", tmp_path)
    assert not (tmp_path / INDEX).exists()


def test_it_is_not_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("precious")
    (tmp_path / ".sitegen").mkdir()
    for name in (INDEX, f"{INDEX}.new"):
        (tmp_path / name).symlink_to(tmp_path / "precious.txt")
    build(tmp_path, SITE)
    assert site(tmp_path) == SITE
    assert (tmp_path / "precious.txt").read_text() == "precious"


# ---------------------------------------------------------------- what is read


@no_marks
@pytest.mark.parametrize("kind", [plain, promised, staged], ids=["plain", "promised", "staged"])
def test_only_files_whose_marks_have_changed_are_read(tmp_path: Path, reads: list[str], kind: Kind) -> None:
    build(tmp_path, SITE, (kind,))
    assert build(tmp_path, SITE, (kind,)).mode == "nothing"
    assert build(tmp_path, EDITED, (kind,)).mode == "moves"
    assert build(tmp_path, EDITED, (kind,)).mode == "nothing"
    assert reads == []
    (tmp_path / "public/feed.xml").touch()
    quietly(tmp_path / "public/index.html", "<p>Hand.</p>")
    assert build(tmp_path, EDITED, (kind,)).written == ("index.html",)
    assert sorted(reads) == ["feed.xml", "index.html"]


@no_marks
def test_what_stays_in_an_exchange_is_known_afterwards(tmp_path: Path, reads: list[str]) -> None:
    build(tmp_path, SITE)
    (tmp_path / "public/CNAME").write_text("quay.example")
    large = {path: text.replace("<p>", "<p>All ") for path, text in SITE.items()}
    assert build(tmp_path, large).mode == "exchange"
    assert untouched(tmp_path / "public", tmp_path)
    assert build(tmp_path, large).mode == "nothing"
    assert reads == []


@no_marks
def test_folders_are_listed_only_if_they_have_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, SITE)
    listed: list[str] = []
    scandir = os.scandir

    def scan(path: str) -> os._ScandirIterator[str]:
        listed.append(str(path).partition("/public/")[2])
        return scandir(path)

    (tmp_path / "public/articles/tide/notes.txt").write_text("mine")
    (tmp_path / "public/articles/new/deep").mkdir(parents=True)
    monkeypatch.setattr(os, "scandir", scan)
    assert build(tmp_path, SITE, (promised,)).mode == "nothing"
    assert sorted(listed) == ["articles", "articles/new", "articles/new/deep", "articles/tide"]
    listed.clear()
    assert build(tmp_path, SITE, (promised,)).mode == "nothing"
    assert listed == []


def test_a_link_in_a_folder_with_one_page_is_found_by_the_next_build_that_writes(tmp_path: Path) -> None:
    build(tmp_path, SITE)
    (tmp_path / "public/articles/tide/link").symlink_to("index.html")
    with pytest.raises(OutputError, match="articles/tide/link is a link"):
        build(tmp_path, EDITED)


# ---------------------------------------------------------------- promises


def promise(path: str, data: bytes, calls: list[str], sha: str | None = None) -> Promise:
    def make() -> bytes:
        calls.append(path)
        return data

    return Promise(path, sha or hashlib.sha256(data).hexdigest(), make, (f"content/{path}",))


def test_a_promise_is_kept_only_where_the_bytes_are_not_there(tmp_path: Path) -> None:
    calls: list[str] = []
    for text in (b"one", b"one", b"two"):
        write(
            [promise("a.html", text, calls), promise("b.html", b"same", calls)],
            tmp_path / "public",
            root=tmp_path,
        )
    assert calls == ["a.html", "b.html", "a.html"]
    assert site(tmp_path) == {"a.html": "two", "b.html": "same"}


def test_bytes_of_another_hash_than_was_promised_are_the_truth(tmp_path: Path) -> None:
    for text in (b"first", b"second", b"second"):
        report = write([promise("a.html", text, [], "0" * 64)], tmp_path / "public", root=tmp_path)
        assert site(tmp_path) == {"a.html": text.decode()}
        manifest = json.loads((tmp_path / "public" / NAME).read_bytes())
        assert manifest["files"] == {"a.html": hashlib.sha256(text).hexdigest()}
    assert report.mode == "nothing"


def test_a_promised_file_is_checked_too(tmp_path: Path) -> None:
    wanted = [promise("a.html", b" ", []), promise("../b", b"x", []), promise("c", b"", [])]
    with pytest.raises(OutputError) as caught:
        write(wanted, tmp_path / "public", root=tmp_path)
    assert {problem.code for problem in caught.value.problems} == {"output-content", "output-path"}
    assert not (tmp_path / "public").exists()


def test_what_a_promise_raises_comes_through_and_leaves_the_site(tmp_path: Path) -> None:
    build(tmp_path, SITE)
    fault = Promise("a.html", "0" * 64, lambda: b"%d" % (1 // 0))
    with pytest.raises(ZeroDivisionError):
        write([fault], tmp_path / "public", root=tmp_path)
    assert site(tmp_path) == SITE
    assert not (tmp_path / ".public.stage").exists()


# ---------------------------------------------------------------- workers


def test_a_stager_can_be_sent_to_a_worker(tmp_path: Path) -> None:
    worker = stager(tmp_path / "public", tmp_path)
    again = pickle.loads(pickle.dumps(worker))
    assert again == worker

    def files() -> Iterator[Staged]:
        yield pickle.loads(pickle.dumps(again.put(Output("a/index.html", b"<p>A</p>", ("a.md",)))))
        yield worker.put(Output("b/index.html", b"<p>B</p>"))

    report = write(files(), tmp_path / "public", root=tmp_path)
    assert report.written == ("a/index.html", "b/index.html")
    assert site(tmp_path) == {"a/index.html": "<p>A</p>", "b/index.html": "<p>B</p>"}


@pytest.mark.parametrize(
    ("path", "data", "code"),
    [("../a", b"x", "output-path"), ("a.html", b"", "output-content"), ("a.json", b"{", "output-content")],
)
def test_a_stager_checks_what_it_puts(tmp_path: Path, path: str, data: bytes, code: str) -> None:
    worker = stager(tmp_path / "public", tmp_path)
    with pytest.raises(OutputError) as caught:
        worker.put(Output(path, data, ("content/x.md",)))
    assert [problem.code for problem in caught.value.problems] == [code]
    assert caught.value.problems[0].path == "content/x.md"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "paths", [("a", "a/index.html"), ("a/index.html", "a"), ("a/b/c", "a/b"), ("x", "X"), ("x", "x")]
)
def test_two_staged_files_at_one_address_are_an_error_that_names_both(
    tmp_path: Path, paths: tuple[str, str]
) -> None:
    worker = stager(tmp_path / "public", tmp_path)
    files = (worker.put(Output(path, b"x", (f"{n}.md",))) for n, path in enumerate(paths))
    with pytest.raises(OutputError) as caught:
        write(files, tmp_path / "public", root=tmp_path)
    assert [problem.code for problem in caught.value.problems] == ["output-clash"]
    for word in (*paths, "0.md", "1.md"):
        assert word in str(caught.value)
    assert not (tmp_path / "public").exists()
    assert not (tmp_path / ".public.stage").exists()


@pytest.mark.parametrize("share", [0, 1, 5])
def test_what_is_staged_although_it_is_there_stays_as_it_is(tmp_path: Path, share: int) -> None:
    """Nothing, moves, or an exchange: the files that are the same are not replaced."""
    build(tmp_path, SITE)
    pages = sorted(SITE)
    wanted = {path: f"{text} " if path in pages[:share] else text for path, text in SITE.items()}
    before = {path: (tmp_path / "public" / path).stat().st_ino for path in pages[share:]}
    report = build(tmp_path, wanted, (staged,))
    assert report.mode == {0: "nothing", 1: "moves", 5: "exchange"}[share]
    assert report.unchanged == len(before)
    assert site(tmp_path) == wanted
    assert {path: (tmp_path / "public" / path).stat().st_ino for path in before} == before
    assert not (tmp_path / ".public.stage").exists()
    previous = tmp_path / ".public.previous"
    kept = {p.relative_to(previous).as_posix() for p in previous.rglob("*") if p.is_file()} - {NAME}
    assert kept == set(pages[:share])


def dies_writing(worker: Stager, output: Output) -> None:
    """In another process, which is gone when the file is there and not yet written."""
    child = os.fork()
    if child == 0:
        disk.step = lambda what: os._exit(9) if what.startswith("write ") else None
        worker.put(output)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is forked to be killed")
def test_a_worker_that_dies_leaves_the_old_site(tmp_path: Path) -> None:
    build(tmp_path, SITE)
    worker = stager(tmp_path / "public", tmp_path)

    def files() -> Iterator[Staged]:
        yield worker.put(Output("a.html", b"<p>A</p>"))
        dies_writing(worker, Output("b.html", b"<p>B</p>"))
        assert (tmp_path / ".public.stage/tree/b.html").read_bytes() == b""
        raise ChildProcessError

    with pytest.raises(ChildProcessError):
        write(files(), tmp_path / "public", root=tmp_path)
    assert site(tmp_path) == SITE
    assert untouched(tmp_path / "public", tmp_path) or sys.platform == "win32"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is forked to be killed")
@pytest.mark.parametrize("kind", [plain, promised, staged], ids=["plain", "promised", "staged"])
def test_what_a_dead_worker_left_half_written_is_put_again(tmp_path: Path, kind: Kind) -> None:
    worker = stager(tmp_path / "public", tmp_path)
    page = Output("deep/b.html", b"<p>B</p>")

    def files() -> Iterator[Output | Promise | Staged]:
        dies_writing(worker, page)
        yield kind(page, worker)

    write(files(), tmp_path / "public", root=tmp_path)
    assert site(tmp_path) == {"deep/b.html": "<p>B</p>"}


@pytest.mark.skipif(sys.platform == "win32", reason="a folder cannot be held open there")
def test_a_worker_that_outlives_its_command_does_not_write_into_the_next_ones_tree(tmp_path: Path) -> None:
    """The command is killed, and its worker goes on while the next one stages."""
    orphan = stager(tmp_path / "public", tmp_path)
    orphan.put(Output("a.html", b"orphan"))
    child: list[int] = []

    def files() -> Iterator[Output]:
        yield Output("b.html", b"<p>B</p>")
        with pytest.raises(OutputError, match="cannot be staged"):
            orphan.put(Output("a.html", b"orphan"))
        with pytest.raises(OutputError, match="cannot be staged"):
            orphan.put(Output("b.html", b"orphan"))
        child.append(1)

    recover(tmp_path / "public")
    write(files(), tmp_path / "public", root=tmp_path)
    assert child
    assert site(tmp_path) == {"b.html": "<p>B</p>"}


def test_to_see_that_nothing_has_changed_little_is_imported() -> None:
    code = "import sys, sitegen.output; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"ctypes", "shutil", "subprocess", "xml.parsers.expat", "unicodedata", "sitegen.model"}
    assert heavy.isdisjoint(done.stdout.split())
