"""What a site's files may be called and hold, and how the moves of a small change are ordered."""

from __future__ import annotations

import tracemalloc
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import OutputError
from sitegen.model import Output
from sitegen.output import write
from sitegen.output.manifest import NAME, Manifest
from sitegen.output.paths import PATH_BYTES, fault, fold, folders
from sitegen.output.plan import Plan

GOOD = [
    "index.html",
    "articles/a-slug/index.html",
    ".nojekyll",
    ".well-known/security.txt",
    "_headers",
    "images/Zürich à la carte.jpg",
    "a/b.c.d/..e/f..g",
    "console/auxiliary/com10/null",
    "x" * 255,
]
BAD = {
    "": "is empty",
    "/etc/hosts": "slash",
    "../index.html": "dots alone",
    "a/../../b": "dots alone",
    "a/./b": "dots alone",
    "a//b": "empty part",
    "a/": "empty part",
    "..": "dots alone",
    ".": "dots alone",
    "a/..": "dots alone",
    "a\\..\\b": "backslash",
    "C:/a": "Windows refuses",
    "a?b": "Windows refuses",
    "a\0b": "control character",
    "a\nb": "control character",
    "a./b": "dot or a space",
    "a /b": "dot or a space",
    "con": "Windows keeps",
    "articles/aux/index.html": "Windows keeps",
    "a/NUL.txt": "Windows keeps",
    "com1.html": "Windows keeps",
    "lpt³": "Windows keeps",
    "\ud800": "not valid text",
    "x" * 256: "255 bytes",
    "ü" * 128: "255 bytes",
    "x/" * (PATH_BYTES // 2) + "x": "512 bytes",
    NAME: "sitegen's own",
    ".Sitegen-manifest.json": "sitegen's own",
    ".sitegen/lock": "sitegen's own",
}


@pytest.mark.parametrize("path", GOOD)
def test_good_paths(path: str) -> None:
    assert fault(path) is None


@pytest.mark.parametrize(("path", "why"), BAD.items())
def test_bad_paths(path: str, why: str) -> None:
    assert why in (fault(path) or "nothing")


@given(st.text(alphabet=st.sampled_from("aA./\\ü:\0 con"), max_size=12))
def test_a_good_path_stays_inside(path: str) -> None:
    if fault(path) is None:
        inside = Path("/top", path)
        assert Path("/top") in inside.parents
        assert inside.relative_to("/top").as_posix() == path
        assert ".." not in inside.parts


@given(st.text(max_size=20))
def test_folding_is_blind_to_case_and_to_the_spelling_of_accents(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_folders_above_a_path() -> None:
    assert folders("a/b/c.html") == ["a/b", "a"]
    assert folders("c.html") == []


def outcome(root: Path, *outputs: Output) -> list[str]:
    """The problems, as `code: message`; none where the site was written."""
    try:
        write(outputs, root / "public", root=root)
    except OutputError as error:
        assert not (root / "public").exists()
        assert not (root / ".public.stage").exists()
        assert all(problem.hint for problem in error.problems)
        return [f"{problem.code}: {problem.message}" for problem in error.problems]
    return []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a/index.html", "a/index.html"),
        ("a/index.html", "A/Index.html"),
        ("straße.txt", "STRASSE.txt"),
        ("caf\N{LATIN SMALL LETTER E WITH ACUTE}.txt", "cafe\N{COMBINING ACUTE ACCENT}.txt"),
        ("a", "a/index.html"),
        ("a/index.html", "a"),
        ("A/b/c.txt", "a"),
        ("a", "A/b/c.txt"),
    ],
)
def test_two_outputs_at_one_address_are_an_error_that_names_both(
    tmp_path: Path, one: str, other: str
) -> None:
    problems = outcome(
        tmp_path, Output(one, b"1", ("content/one.md",)), Output(other, b"2", ("content/two.md", "x.md"))
    )
    assert len(problems) == 1
    assert problems[0].startswith("output-clash: ")
    for word in (one, other, "content/one.md", "content/two.md"):
        assert word in problems[0]


def test_neighbours_do_not_clash(tmp_path: Path) -> None:
    paths = ("a/b.html", "a/c.html", "a.html", "ab/c.html", "a/b/c.html")
    assert outcome(tmp_path, *(Output(path, b"x") for path in paths)) == []


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    problems = outcome(
        tmp_path,
        Output("../a", b"x", ("static/a",)),
        Output("index.html", b"fine"),
        Output("data.json", b"{", ("static/data.json",)),
        Output("INDEX.html", b"x"),
    )
    assert sorted(problem.partition(":")[0] for problem in problems) == [
        "output-clash",
        "output-content",
        "output-path",
    ]


@pytest.mark.parametrize(
    ("path", "data", "sound"),
    [
        ("a.html", b"<p>x</p>", True),
        ("a.html", b" \n", False),
        ("a.HTML", b"", False),
        ("a.txt", b"", True),
        ("a.json", b'{"a": [1, null]}', True),
        ("a.json", b'{"a": NaN}', False),
        ("a.json", b"", False),
        ("a.json", b"\xff", False),
        ("a.json", b"[" * 100_000, False),
        ("feed.xml", b"<?xml version='1.0' encoding='utf-8'?><rss><a>\xc3\xbc</a></rss>", True),
        ("feed.xml", b"<rss>&nbsp;</rss>", False),
        ("feed.xml", b"<rss><a></rss>", False),
        ("feed.xml", b"<rss>\x0b</rss>", False),
        ("feed.xml", b"<rss>\xff</rss>", False),
        ("feed.xml", b"", False),
        ("logo.svg", b"<svg><g></svg>", False),
        ("logo.png", b"\x89PNG", True),
        ("xml", b"any", True),
    ],
)
def test_contents_are_checked(tmp_path: Path, path: str, data: bytes, sound: bool) -> None:
    problems = outcome(tmp_path, Output(path, data, ("content/x.md",)))
    assert [problem.partition(":")[0] for problem in problems] == ([] if sound else ["output-content"])


def test_the_bytes_of_a_large_site_are_not_held(tmp_path: Path) -> None:
    def outputs() -> Iterator[Output]:
        for number in range(64):
            yield Output(f"{number}.bin", bytes([number]) * 500_000)

    tracemalloc.start()
    try:
        write(outputs(), tmp_path / "public", root=tmp_path)
        write(outputs(), tmp_path / "public", root=tmp_path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8 * 500_000


# ---------------------------------------------------------------- the order of moves


def test_new_pages_come_before_pages_that_link_to_them_and_deletions_last() -> None:
    old = ("index.html", "gone/index.html", "gone/photo.jpg", "feed.xml", "site.css", "same.html")
    new = ("index.html", "feed.xml", "site.css", "same.html", "new/index.html", "new/photo.jpg", "a.html")
    plan = Plan(
        old=Manifest(dict.fromkeys(old, "0" * 64)),
        new=Manifest(dict.fromkeys(new, "1" * 64)),
        present=frozenset(old),
        staged=frozenset(new) - {"same.html"},
    )
    actions = plan.actions("2" * 64)
    assert [(action.kind, action.path) for action in actions] == [
        ("put", "new/photo.jpg"),
        ("put", "new/index.html"),
        ("put", "a.html"),
        ("put", "feed.xml"),
        ("put", "site.css"),
        ("put", "index.html"),
        ("drop", "gone/index.html"),
        ("drop", "gone/photo.jpg"),
        ("put", NAME),
    ]
    assert [action.path for action in actions if action.new] == ["new/photo.jpg", "new/index.html", "a.html"]
