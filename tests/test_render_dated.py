"""The timeline of an article: sentences that say when, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest
from markupsafe import Markup

from sitegen.render.body import Block
from sitegen.render.dated import Dated, dated
from sitegen.render.theme import load
from sitegen.wording import Words
from tests.render_fixtures import WORDS

GERMAN = load(Path(__file__).parent / "nowhere", "base", "de").words


def found(*sentences: str, words: Words = WORDS) -> list[tuple[str, str]]:
    """Label and moment of each sentence's date, among three that are certain."""
    sure = ["In 1701 it began.", "In 1702 it went on.", "In 1703 it ended."]
    if words is GERMAN:
        sure = [text.replace("In", "Seit").replace("17", "18") for text in sure]
    else:
        sure = [text.replace("17", "18") for text in sure]
    made = dated([Block("html", Markup(f"<p>{text}</p>")) for text in (*sentences, *sure)], words)
    return [(point.label, point.when) for point in made if point.text not in sure]


@pytest.mark.parametrize(
    ("sentence", "label", "when"),
    [
        ("The gate opened on 4 May 1986.", "4 May 1986", "1986-05-04"),
        ("The gate opened on May 4, 1986, at noon.", "May 4, 1986", "1986-05-04"),
        ("By <em>March 1974</em> it stood.", "March 1974", "1974-03"),
        ("Since 2019 it has been open.", "2019", "2019"),
        ("On 99 May 1986 nothing was.", "99 May 1986", "1986-05"),
    ],
)
def test_what_says_when(sentence: str, label: str, when: str) -> None:
    assert found(sentence) == [(label, when)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Harvests grew, up from 265 tonnes in 2018.",  # what something is compared with
        "It opens on 4 May.",  # the year is not said
        "“It opened on 4 May 1986,” he said.",  # speech stands with its speaker
        "Berth 2024 is wide.",
        "It opened in May 1986, " + "and so on, " * 30 + "to the end.",
    ],
)
def test_what_does_not(sentence: str) -> None:
    assert found(sentence) == []


def test_german_dates() -> None:
    assert found("Am 4. Mai 1986 ging es los. Dann nicht mehr.", words=GERMAN) == [
        ("4. Mai 1986", "1986-05-04")
    ]


def test_in_order_of_time_each_moment_once_and_not_for_two() -> None:
    text = "In May 1990 Dr. Vane came. In May 1990 he left. He was born on 3 May 1980. Since 2001 he rests."
    made = dated([Block("html", Markup(f"<p>{text}</p>"))], WORDS)
    assert made[1] == Dated("May 1990", "1990-05", "In May 1990 Dr. Vane came.")
    assert [point.when for point in made] == ["1980-05-03", "1990-05", "2001"]
    assert (
        dated([Block("html", Markup("<p>In 1990 he came. Since 2001 he rests. It is 2026.</p>"))], WORDS)
        == ()
    )
    assert (
        dated([Block("quote"), Block("html", Markup("<h2>May 1990, May 1991, May 1992</h2>"))], WORDS) == ()
    )
