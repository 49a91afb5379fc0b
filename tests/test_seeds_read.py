"""Seeds from the disk: decoding, sizes, links, front matter, which files are seeds."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from sitegen.errors import SeedError
from sitegen.seeds.decode import decode
from sitegen.seeds.read import read, seed_files


def seed_at(root: Path, name: str, data: bytes) -> Path:
    path = root / "seeds" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


# ---------------------------------------------------------------- bytes


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("Quai réouvert".encode(), "Quai réouvert", "utf-8"),
        (codecs.BOM_UTF8 + "“Quai”".encode(), "“Quai”", "utf-8"),
        (codecs.BOM_UTF16_LE + "“Quai”".encode("utf-16-le"), "“Quai”", "utf-16-le"),
        (codecs.BOM_UTF16_BE + "“Quai”".encode("utf-16-be"), "“Quai”", "utf-16-be"),
        (codecs.BOM_UTF32_LE + "“Quai”".encode("utf-32-le"), "“Quai”", "utf-32-le"),
        (b"charset: windows-1251\n" + "Порт".encode("cp1251"), "charset: windows-1251\nПорт", "cp1251"),
    ],
)
def test_decoding(data: bytes, text: str, encoding: str) -> None:
    found = decode(data)
    assert (found.text, found.encoding, found.sure) == (text, encoding, True)


def test_old_bytes_are_read_as_windows_1252_and_doubted() -> None:
    found = decode("“Quai” – 5 €".encode("cp1252"))
    assert found.text == "“Quai” – 5 €"
    assert not found.sure


def test_one_broken_byte_does_not_spoil_the_rest() -> None:
    found = decode("naïve ".encode() + b"\x92" + " façade".encode())
    assert found.text == "naïve ’ façade"
    assert not found.sure


def test_a_declared_codec_that_is_no_character_set_is_not_used() -> None:
    assert decode(b"encoding: unicode_escape \\x41 \xe9").text == "encoding: unicode_escape \\x41 é"


# ---------------------------------------------------------------- files


def test_reading_a_seed(tmp_path: Path) -> None:
    data = b"---\ntitle: Quay opens\n---\r\nOne.\r\n"
    seed, problems = read(tmp_path, seed_at(tmp_path, "a.txt", data))
    assert seed.path == "seeds/a.txt"
    assert seed.text == "One.\r\n"
    assert seed.meta == {"title": "Quay opens"}
    assert len(seed.sha256) == 64
    assert problems == []


def test_a_guessed_character_set_is_a_warning(tmp_path: Path) -> None:
    _, problems = read(tmp_path, seed_at(tmp_path, "a.txt", b"caf\xe9"))
    assert [(p.code, p.severity, p.path) for p in problems] == [("seed-encoding", "warning", "seeds/a.txt")]


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"x" * 101, "seed-too-large", None),
        (b"PK\x03\x04rest", "seed-binary", None),
        (b"a\x00b", "seed-binary", None),
        (b"---\ntitle: a\ntitle: b\n---\n", "yaml-duplicate", 3),
    ],
)
def test_seeds_that_cannot_be_read(tmp_path: Path, data: bytes, code: str, line: int | None) -> None:
    with pytest.raises(SeedError) as caught:
        read(tmp_path, seed_at(tmp_path, "a.txt", data), limit=100)
    problem = caught.value.problems[0]
    assert (problem.code, problem.line, problem.path) == (code, line, "seeds/a.txt")


def test_a_missing_seed_and_a_folder_are_unreadable(tmp_path: Path) -> None:
    (tmp_path / "seeds/folder.txt").mkdir(parents=True)
    for name in ("missing.txt", "folder.txt"):
        with pytest.raises(SeedError) as caught:
            read(tmp_path, tmp_path / "seeds" / name)
        assert caught.value.problems[0].code == "seed-unreadable"


def test_a_link_out_of_the_digest_is_refused_and_one_inside_is_not(tmp_path: Path) -> None:
    root = tmp_path / "digest"
    secret = tmp_path / "secret.txt"
    secret.write_text("outside")
    inside = seed_at(root, "a.txt", b"inside")
    (root / "seeds/out.txt").symlink_to(secret)
    (root / "seeds/in.txt").symlink_to(inside)
    with pytest.raises(SeedError) as caught:
        read(root, root / "seeds/out.txt")
    assert caught.value.problems[0].code == "seed-outside"
    assert read(root, root / "seeds/in.txt")[0].text == "inside"


def test_which_files_are_seeds(tmp_path: Path) -> None:
    seeds = ("a.md", "b.txt", "item.json", "old.htm", "page.html", "sub/c.txt")
    others = (
        ".hidden.txt",
        ".page.html",
        "a.txt~",
        "#a.txt#",
        "~a.txt",
        "~item.json",
        "notes.pdf",
        "a.xhtml",
    )
    for name in (*seeds, *others):
        seed_at(tmp_path, name, b"x")
    found = [path.relative_to(tmp_path / "seeds").as_posix() for path in seed_files(tmp_path)]
    assert found == list(seeds)
    assert seed_files(tmp_path / "nowhere") == []
