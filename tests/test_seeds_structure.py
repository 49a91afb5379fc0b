"""Seeds from bytes to labelled blocks: decoding, cutting, dates, bylines, captions, labels, topics."""

from __future__ import annotations

import codecs
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sitegen.errors import SeedError
from sitegen.model import Block
from sitegen.seeds import blocks, bylines, dates, labels
from sitegen.seeds.decode import decode
from sitegen.seeds.meta import read_meta
from sitegen.seeds.read import read, seed_files
from sitegen.seeds.topics import topics


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
    for name in ("b.txt", "a.md", "sub/c.txt", ".hidden.txt", "a.txt~", "#a.txt#", "~a.txt", "page.html"):
        seed_at(tmp_path, name, b"x")
    assert [path.relative_to(tmp_path).as_posix() for path in seed_files(tmp_path)] == [
        "seeds/a.md", "seeds/b.txt", "seeds/sub/c.txt",
    ]  # fmt: skip
    assert seed_files(tmp_path / "nowhere") == []


# ---------------------------------------------------------------- blocks


def cut(text: str, markdown: bool = False) -> list[str]:
    return [text[start:end] for start, end in blocks.split(text, markdown)]


def test_a_line_is_a_block_whatever_ends_it() -> None:
    assert cut("One.\r\n  Two. \n\n\tThree.\rFour.\u2028Five.\n\n") == [
        "One.",
        "Two.",
        "Three.",
        "Four.",
        "Five.",
    ]
    assert cut(" \n\n") == []


WRAPPED = """\
The harbour board of Marrowick meets on the first Monday of each month, and
for as long as anybody can remember it has met in the same room above the
chandlery.

This year it will move. The chandlery has been sold, the stairs are steep,
and two of the nine members have said in writing that they will not climb
them again.

- The new room is on the ground floor.
- It has a door to the quay.
"""


def test_hard_wrapped_lines_belong_together() -> None:
    assert [block.split()[0] for block in cut(WRAPPED)] == ["The", "This", "-", "-"]


def test_short_lines_are_not_taken_for_wrapped_ones() -> None:
    text = "\n".join(
        ["Quay opens", "By Ann Oskar", "12 May 2026", "It opened.", "She said so.", "Nobody left.", "End"]
    )
    assert len(cut(text)) == 7


def test_blocks_of_markdown() -> None:
    text = "# Quay\nopens\n\n> one\n> two\nlazy\n\n- a\n- b\n  more\n\n```\nx\n\ny\n```\nafter\n## Sub\npara"
    assert cut(text, markdown=True) == [
        "# Quay", "opens", "> one\n> two\nlazy", "- a", "- b\n  more", "```\nx\n\ny\n```", "after",
        "## Sub", "para",
    ]  # fmt: skip


# ---------------------------------------------------------------- dates and bylines


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("9 November 2023", date(2023, 11, 9)),
        ("Published 3rd Nov 2023, 08:08 GMT", datetime(2023, 11, 3, 8, 8, tzinfo=UTC)),
        ("Posted: Oct 14, 2022 9:27 AM ET", date(2022, 10, 14)),
        ("2023-11-07 15:03:30", date(2023, 11, 7)),
        ("17.08.2011", date(2011, 8, 17)),
        ("25/12/2011", date(2011, 12, 25)),
        ("10/04/2011", None),  # the day of which month?
        ("30 February 2020", None),
        ("2 weeks ago", None),
        ("April 10", None),
    ],
)
def test_what_a_date_line_says(text: str, when: date | None) -> None:
    found = dates.taken_apart(text)
    assert (found.when, found.dated, found.rest) == (when, True, ())


def test_an_update_is_told_from_the_publication() -> None:
    assert dates.taken_apart("Last updated Nov 8, 2023").later
    assert not dates.taken_apart("Posted Nov 8, 2023 | Updated Nov 9, 2023").later


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ann Oskar", ["Ann Oskar"]),
        ("by: Ann Oskar and Bo Lind, Quay News", ["Ann Oskar", "Bo Lind"]),
        ("BY ANN OSKAR, Staff Writer", ["Ann Oskar"]),
        ("Written by Ann de Oskar · 9 May 2026", ["Ann de Oskar"]),
        ("(Reporting by Ann Oskar; Editing by Bo Lind)", ["Ann Oskar", "Bo Lind"]),
        ("By QuayNews", ["QuayNews"]),
    ],
)
def test_the_names_of_a_byline(text: str, names: list[str]) -> None:
    assert bylines.names(text, "en") == names


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("GENEVA (AP) — The board met.", "Geneva"),
        ("NEW YORK, May 3 (Reuters) - The board met.", "New York"),
        ("Marrowick (Quay News) – The board met.", "Marrowick"),
        ("A man walked in — and out.", None),
        ("The board — all nine — met.", None),
    ],
)
def test_the_place_before_the_first_sentence(text: str, place: str | None) -> None:
    assert bylines.dateline(text) == place


# ---------------------------------------------------------------- labels

# An invented page as somebody pastes it: the label that each line must get, then the line.
PAGE = """\
debris | Business |
title | Marrowick ferries to run on shore power from spring
standfirst | Nine berths will be wired before the season begins, the harbour board decides
byline | By Tilda Varnhem and Oke Brandt
dateline | Published
dateline | 3 Mar 2026, 08:15 GMT
debris | 14
debris | Share
debris | Facebook
debris | Copy link
debris | 4 min read
caption | A ferry at the northern quay of Marrowick.
caption | Photo: Harbour Wire/Lena Quist
body | MARROWICK (Harbour Wire) — Ferries will switch off their engines in port from the first of \
April, the harbour board decided on Monday after a debate that had lasted for most of the winter.
body | The cables are thick as an arm, and each berth needs two of them, which is why the work will take \
until the end of March and why two of the berths will be closed for a week each.
debris | Advertisement
body | “We used to sell water and rope,” said Maren Oskarby, who runs it. “Now people pay for quiet.”
debris | Related articles
debris | Ammonia trial ends a month early
debris | Pilots' union calls off its strike
body | The authority will spend 12 million euros on the work, a third of which is a grant, and it expects to \
earn that back in eleven years from the fees that ships pay for the time they lie there.
debris | RELATED Harbour dues to rise in June
subhead | Quiet nights
body | People who live above the quay have asked for this since the first cruise ship came in, and the \
town has paid for two studies of the noise, which came to the same end.
caption | Oskarby, left, and the engineer Hollis Frayne on Monday. (Lena Quist/Harbour Wire)
body | Three lines run at night:
list | The mail boat
list | The freight ferry to Osterlund
list | The pilot cutter, when it is called
body | None of them will need its engine in port after the summer, the board says in its plan, unless the \
wind is so strong that a ship has to be ready to leave.
byline | (Reporting by Tilda Varnhem; Editing by Oke Brandt)
debris | Copyright 2026 Harbour Wire. All rights reserved.
debris | Tags
debris | Ferries
debris | Leave a comment
debris | Please enter your name here
"""


def labelled(text: str) -> list[Block]:
    return list(labels.label(text, blocks.split(text)))


def test_a_pasted_page() -> None:
    rows = [row.split(" | ", 1) for row in PAGE.splitlines()]
    text = "\n\n".join(line for _, line in rows)
    found = [(block.label, text[block.start : block.end]) for block in labelled(text)]
    assert found == [(label, line) for label, line in rows]


def test_every_block_says_which_rule_decided() -> None:
    text = "\n".join(row.split(" | ", 1)[1] for row in PAGE.splitlines())
    reasons = {block.label: block.reason for block in labelled(text) if block.label in ("title", "subhead")}
    assert reasons == {"title": "title", "subhead": "subhead"}
    assert all(block.reason for block in labelled(text))


def test_a_standfirst_that_the_article_says_again() -> None:
    text = (
        "Quay opens\n\n“It is quiet now,” said the harbour master Maren Oskarby at the end of a long day.\n\n"
        "The quay opened on Monday after four years of work that cost twice what was planned.\n\n"
        "“It is quiet now,” said the harbour master Maren Oskarby at the end of a long day.\n"
    )
    assert [block.label for block in labelled(text)] == ["title", "standfirst", "body", "body"]


def test_a_short_article_keeps_its_last_sentence() -> None:
    text = (
        "Quay opens\n\nThe quay opened on Monday after four years of work that cost twice the plan.\n\n"
        "What it cost\n\nTwice the plan.\n\nNobody minds any more.\n"
    )
    assert [block.label for block in labelled(text)] == ["title", "body", "subhead", "body", "body"]


@pytest.mark.parametrize("text", ["", "\n \n", "!!!", "Share", "Quay opens", "Ax\nBx\nCx"])
def test_hardly_any_text(text: str) -> None:
    found = labelled(text)
    assert len(found) == len(blocks.split(text))
    assert [block.label for block in found][:1] in ([], ["title"])


def test_a_line_in_another_language_is_no_paragraph() -> None:
    text = (
        "Quay opens\n\nBu yazıyı Türkçe olarak şuradan okuyabilirsiniz sayın okur.\n\n"
        "The quay opened on Monday after four years of work that cost twice what was planned.\n\n"
        "It is the longest of the nine quays that the town has, and the only one with a roof.\n"
    )
    assert [block.label for block in labelled(text)] == ["title", "debris", "body", "body"]


# ---------------------------------------------------------------- topics and front matter


def test_topics_are_few_and_the_strongest_come_first() -> None:
    found = topics(
        "Ferries to run on shore power",
        "The port will wire nine quays. Ships burn oil in the harbour; electricity from the grid is cleaner. "
        "The vessel lies at the dock while cargo is moved. Energy is dear.",
    )
    assert found[0] == "shipping"
    assert "energy" in found
    assert len(found) <= 3
    assert topics("A title", "Nothing much happened on that day.") == ()


def test_the_front_matter_of_a_seed_under_other_names() -> None:
    meta = read_meta(
        {
            "Headline": "Quay opens", "link": "https://wire.example/quay", "tags": "Ports, Trade",
            "published": "3 Mar 2026", "publisher": "Harbour Wire",
            "authors": [{"name": "Ann Oskar"}, "Bo Lind"],
            "rights": "all reserved", "desk": {"shift": 2},
        }
    )  # fmt: skip
    assert (meta.title, meta.url, meta.topics) == (
        "Quay opens",
        "https://wire.example/quay",
        ("ports", "trade"),
    )
    assert (meta.date, meta.source.name, meta.author) == (
        date(2026, 3, 3),
        "Harbour Wire",
        "Ann Oskar, Bo Lind",
    )
    assert meta.extra == {"rights": "all reserved", "desk": {"shift": 2}}


# ---------------------------------------------------------------- real pages

PASTED = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "pasted"


@pytest.mark.skipif(not PASTED.is_dir(), reason="the development pages in ../shared/corpus are not here")
def test_real_pages_are_labelled_as_a_person_does() -> None:
    import json

    right = count = 0
    for item in json.loads((PASTED / "labels.json").read_text(encoding="utf-8")):
        text = (PASTED / "text" / f"{item['id']}.txt").read_text(encoding="utf-8")
        found = labelled(text)
        assert len(found) == len(item["blocks"])
        for block, gold in zip(found, item["blocks"], strict=True):
            label = "body" if block.label in ("list", "quote") else block.label
            right += label in (gold["label"], *gold.get("also_ok", ()))
            count += 1
    assert right / count >= 0.97
