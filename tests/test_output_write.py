"""Publishing as a whole: what is there afterwards, and what is left alone."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.errors import OutputError
from sitegen.model import Output
from sitegen.output import WriteReport, recover, rollback, write
from sitegen.output.manifest import NAME

OLD = {
    "index.html": "<a href='/articles/tide/'>Tide</a>",
    "articles/tide/index.html": "<p>The tide is out.</p>",
    "articles/quay/index.html": "<p>The quay is full.</p>",
    "topics/ships/index.html": "<p>Ships.</p>",
    "about/index.html": "<p>About.</p>",
    "assets/site.1a.css": "p{}",
    "feed.xml": "<rss/>",
}
# One page changes, one is new, one goes: a small part of the site.
NEW = {path: text for path, text in OLD.items() if path != "articles/quay/index.html"} | {
    "index.html": "<a href='/articles/mole/'>Mole</a>",
    "articles/mole/index.html": "<p>The mole is long.</p>",
}


def site(files: dict[str, str]) -> Iterator[Output]:
    return (Output(path, text.encode(), (f"content/{path}",)) for path, text in files.items())


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes, empty folders with a slash, without the manifest."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() and not any(path.iterdir()):
            found[name + "/"] = b""
        elif path.is_file() and name != NAME:
            found[name] = path.read_bytes()
    return found


def encoded(files: dict[str, str]) -> dict[str, bytes]:
    return {path: text.encode() for path, text in files.items()}


def build(root: Path, files: dict[str, str], *, keep_previous: bool = True) -> WriteReport:
    return write(site(files), root / "public", root=root, keep_previous=keep_previous)


def refused(root: Path, files: dict[str, str], code: str) -> str:
    with pytest.raises(OutputError) as caught:
        build(root, files)
    assert {problem.code for problem in caught.value.problems} == {code}
    assert all(problem.hint for problem in caught.value.problems)
    assert not (root / ".public.stage").exists()
    return str(caught.value)


def test_a_first_build_makes_the_whole_site(tmp_path: Path) -> None:
    report = build(tmp_path, OLD)
    assert tree(tmp_path / "public") == encoded(OLD)
    assert report == WriteReport(len(OLD), tuple(sorted(OLD)), (), 0, "exchange")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".sitegen", "public"]


def test_an_empty_folder_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir(mode=0o750)
    build(tmp_path, OLD)
    assert tree(tmp_path / "public") == encoded(OLD)
    assert stat.S_IMODE((tmp_path / "public").stat().st_mode) == 0o750
    with pytest.raises(OutputError, match="no previous site"):
        rollback(tmp_path / "public")


def test_a_second_build_touches_nothing(tmp_path: Path) -> None:
    def state() -> dict[str, tuple[int, int, int]]:
        return {
            str(path): (path.stat().st_ino, path.stat().st_mtime_ns, path.stat().st_ctime_ns)
            for path in (tmp_path, *tmp_path.rglob("*"))
        }

    build(tmp_path, OLD)
    before = state()
    report = build(tmp_path, OLD)
    assert report == WriteReport(len(OLD), (), (), len(OLD), "nothing")
    assert state() == before


def test_a_small_change_moves_only_what_differs(tmp_path: Path) -> None:
    build(tmp_path, OLD)
    public = tmp_path / "public"
    same = sorted(OLD.keys() & NEW.keys() - {"index.html"})
    before = [((public / path).stat().st_ino, (public / path).stat().st_mtime_ns) for path in same]
    folder = public.stat().st_ino
    report = build(tmp_path, NEW)
    assert report.mode == "moves"
    assert report.written == ("articles/mole/index.html", "index.html")
    assert report.removed == ("articles/quay/index.html",)
    assert report.unchanged == len(same)
    assert tree(public) == encoded(NEW)
    assert public.stat().st_ino == folder
    assert [((public / path).stat().st_ino, (public / path).stat().st_mtime_ns) for path in same] == before
    assert not (public / "articles/quay").exists()


def test_a_large_change_exchanges_the_folder_and_keeps_what_stays(tmp_path: Path) -> None:
    build(tmp_path, OLD)
    public = tmp_path / "public"
    before = (public / "assets/site.1a.css").stat()
    folder = public.stat().st_ino
    large = {path: text + "<i>!</i>" if path.endswith("html") else text for path, text in OLD.items()}
    report = build(tmp_path, large)
    assert report.mode == "exchange"
    assert (len(report.written), report.unchanged) == (5, 2)
    assert public.stat().st_ino != folder
    assert tree(public) == encoded(large)
    after = (public / "assets/site.1a.css").stat()
    assert (after.st_ino, after.st_mtime_ns, after.st_nlink) == (before.st_ino, before.st_mtime_ns, 1)


@pytest.mark.parametrize("files", [NEW, {"index.html": "<p>All new.</p>"}], ids=["moves", "exchange"])
def test_foreign_files_keep_their_bytes_modes_and_times(tmp_path: Path, files: dict[str, str]) -> None:
    build(tmp_path, OLD)
    public = tmp_path / "public"
    (public / "CNAME").write_bytes(b"harbour.example\n")
    (public / "CNAME").chmod(0o640)
    (public / "articles/quay/notes.txt").write_bytes(b"\x00mine\xff")
    (public / "empty/deep").mkdir(parents=True)
    (public / "empty").chmod(0o711)
    os.utime(public / "CNAME", ns=(10**18, 10**18))
    build(tmp_path, files)
    foreign = {"CNAME": b"harbour.example\n", "articles/quay/notes.txt": b"\x00mine\xff", "empty/deep/": b""}
    assert tree(public) == encoded(files) | foreign
    state = (public / "CNAME").stat()
    assert (stat.S_IMODE(state.st_mode), state.st_mtime_ns, state.st_nlink) == (0o640, 10**18, 1)
    assert stat.S_IMODE((public / "empty").stat().st_mode) == 0o711
    assert not (tmp_path / ".public.previous/CNAME").exists()


def test_what_was_changed_or_deleted_by_hand_is_put_right(tmp_path: Path) -> None:
    build(tmp_path, OLD)
    public = tmp_path / "public"
    (public / "about/index.html").write_text("<p>Abuut.</p>")
    (public / "feed.xml").unlink()
    report = build(tmp_path, OLD)
    assert report.written == ("about/index.html", "feed.xml")
    assert report.mode == "moves"
    assert tree(public) == encoded(OLD)


def test_the_manifest_is_the_same_for_the_same_site(tmp_path: Path) -> None:
    for name, files in (("one", OLD), ("two", dict(reversed(OLD.items())))):
        (tmp_path / name).mkdir()
        build(tmp_path / name, files)
    one, two = ((tmp_path / name / "public" / NAME).read_bytes() for name in ("one", "two"))
    assert one == two
    assert list(json.loads(one)["files"]) == sorted(OLD)
    build(tmp_path / "two", NEW)
    assert list(json.loads((tmp_path / "two/public" / NAME).read_bytes())["files"]) == sorted(NEW)


def test_the_outputs_are_taken_one_at_a_time(tmp_path: Path) -> None:
    """When the third is asked for, the first is on disk already, and the site is still the old one."""

    def outputs() -> Iterator[Output]:
        yield Output("a.txt", b"a")
        yield Output("b.txt", b"b")
        assert (tmp_path / ".public.stage/tree/a.txt").read_bytes() == b"a"
        assert not (tmp_path / "public").exists()
        yield Output("c.txt", b"c")

    write(outputs(), tmp_path / "public", root=tmp_path)
    assert tree(tmp_path / "public") == {"a.txt": b"a", "b.txt": b"b", "c.txt": b"c"}


def test_what_the_outputs_raise_comes_through_and_leaves_the_site(tmp_path: Path) -> None:
    def outputs() -> Iterator[Output]:
        yield Output("index.html", b"new")
        raise ZeroDivisionError

    build(tmp_path, OLD)
    with pytest.raises(ZeroDivisionError):
        write(outputs(), tmp_path / "public", root=tmp_path)
    assert tree(tmp_path / "public") == encoded(OLD)
    assert not (tmp_path / ".public.stage").exists()


# ---------------------------------------------------------------- a file where a folder was, and case


def test_a_folder_takes_a_files_place_and_back(tmp_path: Path) -> None:
    rest = {f"{n}.html": "<p>Same.</p>" for n in range(9)}
    for files in (rest | {"a": "file"}, rest | {"a/b": "folder"}, rest | {"a": "file"}):
        assert build(tmp_path, files).mode == "exchange"
        assert tree(tmp_path / "public") == encoded(files)


def test_a_name_whose_case_changes_is_exchanged(tmp_path: Path) -> None:
    rest = {f"{n}.html": "<p>Same.</p>" for n in range(9)}
    build(tmp_path, rest | {"About/index.html": "<p>A</p>"})
    assert build(tmp_path, rest | {"about/index.html": "<p>A</p>"}).mode == "exchange"
    assert tree(tmp_path / "public") == encoded(rest | {"about/index.html": "<p>A</p>"})


# ---------------------------------------------------------------- rollback


@pytest.mark.parametrize("files", [NEW, {"index.html": "<p>All new.</p>"}], ids=["moves", "exchange"])
def test_rollback_brings_the_previous_site_back_and_forth(tmp_path: Path, files: dict[str, str]) -> None:
    public = tmp_path / "public"
    build(tmp_path, OLD)
    (public / "CNAME").write_text("harbour.example")
    build(tmp_path, files)
    (public / "CNAME").write_text("quay.example")
    for wanted in (OLD, files, OLD):
        report = rollback(public)
        assert tree(public) == encoded(wanted) | {"CNAME": b"quay.example"}
        assert report.planned == len(wanted)
        assert json.loads((public / NAME).read_bytes())["files"].keys() == wanted.keys()
    assert build(tmp_path, OLD).mode == "nothing"


def test_rollback_goes_one_build_back_whatever_the_ways(tmp_path: Path) -> None:
    public = tmp_path / "public"
    sites = [OLD, NEW, {"index.html": "<p>All new.</p>"}, OLD, NEW]
    for files in sites:
        build(tmp_path, files)
    rollback(public)
    assert tree(public) == encoded(sites[-2])


def test_a_build_that_changes_nothing_keeps_the_previous_site(tmp_path: Path) -> None:
    for files in (OLD, NEW, NEW):
        build(tmp_path, files)
    rollback(tmp_path / "public")
    assert tree(tmp_path / "public") == encoded(OLD)


@pytest.mark.parametrize("files", [NEW, {"index.html": "<p>All new.</p>"}], ids=["moves", "exchange"])
def test_without_keeping_there_is_no_previous_site(tmp_path: Path, files: dict[str, str]) -> None:
    build(tmp_path, files | {"more.txt": "more"})
    build(tmp_path, OLD)
    build(tmp_path, files, keep_previous=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".sitegen", "public"]
    with pytest.raises(OutputError, match="no previous site"):
        rollback(tmp_path / "public")
    assert tree(tmp_path / "public") == encoded(files)


def test_rollback_restores_what_an_editor_changed_by_hand_before_the_build(tmp_path: Path) -> None:
    public = tmp_path / "public"
    build(tmp_path, OLD)
    (public / "index.html").write_text("<p>by hand</p>")
    build(tmp_path, NEW)
    rollback(public)
    assert tree(public) == encoded(OLD | {"index.html": "<p>by hand</p>"})


def test_rollback_refuses_where_a_file_it_needs_was_changed_since(tmp_path: Path) -> None:
    public = tmp_path / "public"
    build(tmp_path, OLD)
    build(tmp_path, NEW)
    (public / "about/index.html").write_text("<p>by hand</p>")
    before = tree(public)
    with pytest.raises(OutputError, match="was changed by hand"):
        rollback(public)
    assert tree(public) == before


# ---------------------------------------------------------------- what is refused


def test_a_folder_that_sitegen_did_not_make_is_refused(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public/index.html").write_text("mine")
    assert "was not made by sitegen" in refused(tmp_path, OLD, "output-unmanaged")
    assert tree(tmp_path / "public") == {"index.html": b"mine"}


@pytest.mark.parametrize("foreign", ["articles/mole/index.html", "articles/Mole/Index.html"])
def test_an_output_does_not_take_a_foreign_files_place(tmp_path: Path, foreign: str) -> None:
    build(tmp_path, OLD)
    path = tmp_path / "public" / foreign
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    message = refused(tmp_path, NEW, "output-foreign")
    assert foreign in message
    assert "content/articles/mole/index.html" in message
    assert tree(tmp_path / "public") == encoded(OLD) | {foreign: b"mine"}


@pytest.mark.parametrize(("foreign", "output"), [("news", "news/index.html"), ("news/mine.txt", "news")])
def test_a_foreign_file_and_a_folder_of_ours_do_not_mix(tmp_path: Path, foreign: str, output: str) -> None:
    build(tmp_path, OLD)
    path = tmp_path / "public" / foreign
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")
    assert foreign in refused(tmp_path, OLD | {output: "<p>x</p>"}, "output-foreign")
    assert path.read_text() == "mine"


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b'{"sitegen": 1}',
        b'{"sitegen": 99, "files": {}}',
        b'{"sitegen": 1, "files": {"../precious.txt": "' + b"0" * 64 + b'"}}',
        b'{"sitegen": 1, "files": {"/etc/hosts": "' + b"0" * 64 + b'"}}',
        b'{"sitegen": 1, "files": {"a": 7}}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_a_damaged_manifest_deletes_nothing(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "precious.txt").write_text("precious")
    build(tmp_path, OLD)
    (tmp_path / "public" / NAME).write_bytes(damage)
    refused(tmp_path, {"index.html": "<p>x</p>"}, "output-manifest")
    assert tree(tmp_path / "public") == encoded(OLD)
    assert (tmp_path / "precious.txt").read_text() == "precious"


def test_the_output_folder_may_not_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "public").symlink_to("elsewhere")
    refused(tmp_path, OLD, "output-link")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_output_folder_may_not_stand_behind_a_link_out_of_the_digest(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    root = tmp_path / "digest"
    root.mkdir()
    (root / "out").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="symbolic link"):
        write(site(OLD), root / "out/public", root=root)
    assert list((tmp_path / "elsewhere").iterdir()) == []
    outside = write(site(OLD), root / "../elsewhere/public", root=root)
    assert outside.planned == len(OLD)


@pytest.mark.parametrize(
    "files", [NEW, {"index.html": "<p>x</p>"}, OLD], ids=["moves", "exchange", "nothing"]
)
def test_a_link_in_the_output_is_refused_and_never_written_through(
    tmp_path: Path, files: dict[str, str]
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/index.html").write_text("precious")
    build(tmp_path, OLD)
    (tmp_path / "public/articles/mole").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "public/index.html").unlink()
    (tmp_path / "public/index.html").symlink_to(tmp_path / "elsewhere/index.html")
    message = refused(tmp_path, files, "output-link")
    assert "public/articles/mole" in message
    assert "public/index.html" in message
    assert tree(tmp_path / "elsewhere") == {"index.html": b"precious"}


@pytest.mark.parametrize("name", [".public.stage", ".public.previous"])
def test_a_link_where_sitegen_keeps_its_own_is_refused(tmp_path: Path, name: str) -> None:
    build(tmp_path, OLD)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/precious.txt").write_text("precious")
    (tmp_path / name).symlink_to("elsewhere")
    with pytest.raises(OutputError, match="symbolic link"):
        build(tmp_path, NEW)
    assert tree(tmp_path / "elsewhere") == {"precious.txt": b"precious"}


@pytest.mark.parametrize("public", [".", "..", "public/../.."])
def test_the_output_folder_may_not_hold_the_digest(tmp_path: Path, public: str) -> None:
    root = tmp_path / "digest"
    root.mkdir()
    (root / "sitegen.yaml").write_text("title: x")
    with pytest.raises(OutputError, match="holds the digest itself"):
        write(site(OLD), root / public, root=root)
    assert tree(tmp_path) == {"digest/sitegen.yaml": b"title: x"}


def test_a_file_where_the_folder_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "public").write_text("mine")
    refused(tmp_path, OLD, "output-place")
    assert (tmp_path / "public").read_text() == "mine"


def test_recover_has_nothing_to_say_about_a_whole_site(tmp_path: Path) -> None:
    assert recover(tmp_path / "public") is None
    build(tmp_path, OLD)
    assert recover(tmp_path / "public") is None
