"""Seeds from text to labelled blocks: cutting, dates, bylines, labels, topics, front matter."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sitegen.model import Block
from sitegen.seeds.meta import read_meta
from sitegen.seeds.structure import blocks, bylines, dates, labels
from sitegen.seeds.topics import topics

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


def test_the_only_paragraph_is_never_debris() -> None:
    text = "A report\n\nThe trust sold five barges and 20 tonnes of rope for 300 crowns\n"
    made = labels.label(text, blocks.split(text))
    assert [(block.label, block.reason) for block in made] == [("title", "title"), ("body", "all there is")]


# ---------------------------------------------------------------- transcripts

LEAD = "Lena Horn took over the port of Saltby in May. She spoke to us about ice and her first storm there."


def labels_of(text: str) -> list[str]:
    return [block.label for block in labels.label(text, blocks.split(text))]


@pytest.mark.parametrize(
    "turns",
    [
        ["REPORTER: Will you pay?", "HORN: No.", "REPORTER: And after 2030?", "HORN: Ask me then."],
        ["Q: Will you pay?", "A: No.", "Q: And after 2030?", "A: Ask me then, in May 2030."],
        ["Reporter: Will you pay?", "Lena Horn (mayor): No.", "Reporter: And after 2030?"],
        ["HORN: No, not this year, and not in the next one.", "BERG: Why?", "HORN: Ice."],
    ],
)
def test_the_turns_of_a_transcript_are_paragraphs(turns: list[str]) -> None:
    page = "\n".join(["Harbour chief on the winter", "By Ann Oskar", LEAD, *turns, "Photo: Ann Oskar"])
    assert labels_of(page) == ["title", "byline", *["body"] * (len(turns) + 1), "caption"]


def test_labels_of_facts_are_no_transcript() -> None:
    facts = ["Price: €40", "Open: Monday to Friday", "Photo: Ann Oskar", "Address: Quay 4", "Photo: Bo Lind"]
    found = labels_of("\n".join(["Harbour opens a quay", LEAD, LEAD.replace("May", "June"), *facts]))
    assert found == ["title", "body", "body", *["debris"] * len(facts)]
