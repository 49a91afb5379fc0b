"""Where a paste says that it comes from, who signed it, and its corrections."""

from __future__ import annotations

from datetime import date

import pytest

from sitegen import frontmatter
from sitegen.model import Correction, Seed
from sitegen.seeds import understand, write
from sitegen.seeds.found import Conversion

TITLE = "Whey price doubles as two ferry lines bid for it"
BODY = (
    "The price of whey doubled in a week, from 4 to 8 crowns a hectolitre, after two ferry lines began to "
    "bid against each other for what the dairies used to pour away.",
    "Nobody had foreseen it, least of all the dairies, which had sold all of next year in June.",
)


def made(*lines: str, **meta: object) -> Conversion:
    return understand(Seed("seeds/a.txt", "0" * 64, "\n\n".join(lines), meta))


@pytest.mark.parametrize(
    ("tail", "name", "url"),
    [
        ("Source: The Lime Gazette", "The Lime Gazette", None),
        ("From: The Lime Gazette", "The Lime Gazette", None),
        ("via: The Lime Gazette", "The Lime Gazette", None),
        ("This article first appeared in The Lime Gazette on 18 November 2026.", "The Lime Gazette", None),
        ("This story was originally published in the Lime Gazette.", "Lime Gazette", None),
        ("Originally published by The Lime Gazette, 18 November 2026", "The Lime Gazette", None),
        ("Reprinted from The Lime Gazette with permission", "The Lime Gazette", None),
        (f"The post {TITLE} appeared first on Dairy World.", "Dairy World", None),
        ("© 2026 The Dairy Observer", "The Dairy Observer", None),
        ("Copyright © 2019-2026 The Dairy Observer Ltd. All rights reserved.", "The Dairy Observer", None),
        ("© Bulkhead Monthly 2026", "Bulkhead Monthly", None),
        ("https://www.limegazette.example/whey", None, "https://www.limegazette.example/whey"),
        ("Source: https://limegazette.example/whey", None, "https://limegazette.example/whey"),
        ("© 2026 Halden & Roe", None, None),
        ("Copyright 2026 Reuters", None, None),
        ("From: Ann Oskar <ann@wire.example>", None, None),
        ("Related: Milk price falls again", None, None),
    ],
)
def test_the_source_below_an_article(tail: str, name: str | None, url: str | None) -> None:
    source = write.source(made(TITLE, *BODY, tail))
    assert (source.name, source.url) == (name, url)


@pytest.mark.parametrize(
    ("line", "name", "author"),
    [
        ("The Lime Gazette, 18 November 2026", "The Lime Gazette", None),
        ("By Ed Itor, The Lime Gazette", "The Lime Gazette", "Ed Itor"),
        ("Chandlery Week | 11 November 2026 | Jonah Tressider", "Chandlery Week", "Jonah Tressider"),
        ("By Ann Oskar, Staff Writer", None, "Ann Oskar"),
        ("By Ann Oskar, The Associated Press", None, "Ann Oskar"),
        ("Port Lindell, 18 November 2026", None, None),
        ("FEATURES · 16 NOV 2026 · 6 MIN READ", None, None),
    ],
)
def test_the_source_under_a_headline(line: str, name: str | None, author: str | None) -> None:
    source = write.source(made(TITLE, line, *BODY))
    assert (source.name, source.author) == (name, author)


def test_a_name_at_the_top_that_owns_the_page() -> None:
    assert write.source(made("Dairy World", TITLE, *BODY, "© 2026 Dairy World")).name == "Dairy World"
    assert write.source(made("Dairy World", TITLE, *BODY)).name is None


def test_the_front_matter_wins() -> None:
    source = write.source(made(TITLE, *BODY, "Source: The Lime Gazette", source="Harbour Wire"))
    assert source.name == "Harbour Wire"


def test_a_dated_correction_goes_to_its_key_and_another_stays() -> None:
    told = "An earlier version of this article gave the price in pounds."
    found = made(TITLE, *BODY, f"Correction, 19 November 2026: {told}", f"Correction: {told}")
    data, body = frontmatter.load(
        write.markdown(found, slug="a", status="published", added=date(2026, 11, 22))
    )
    assert found.corrections == (Correction(date(2026, 11, 19), told),)
    assert data["corrections"] == [{"date": date(2026, 11, 19), "text": told}]
    assert f"Correction: {told}" in body
    assert "19 November" not in body


@pytest.mark.parametrize("first", ["🚢🧀", ""])
def test_an_article_keeps_its_only_paragraph(first: str) -> None:
    found = made(*([first] if first else []), BODY[0])
    assert [block.label for block in found.blocks][-1] == "body"


def test_a_page_without_a_headline_keeps_every_paragraph() -> None:
    long = "It began with a telephone call, or rather with two, which came within the same hour. " * 3
    found = made(long, *BODY)
    assert found.title is None
    assert [block.label for block in found.blocks] == ["body"] * 3
