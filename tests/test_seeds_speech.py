"""Who says what: attribution, names, roles, and what an editor would pull. All names are invented."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model import Block, Label
from sitegen.seeds.found import FoundQuote, Speech
from sitegen.seeds.speech import speech
from tests.conftest import times

SEED = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "seed" / "gold.json"


def find(text: str, *labels: Label) -> Speech:
    """Speech of a text whose paragraphs, divided by newlines, are body unless labelled."""
    lines = list(re.finditer(r"[^\n]*\S[^\n]*", text))
    kinds = [*labels, *["body"] * (len(lines) - len(labels))]
    blocks = [Block(m.start(), m.end(), kind, "test") for m, kind in zip(lines, kinds, strict=True)]  # type: ignore[arg-type]
    return speech.find(text, blocks, "en")


def speakers(text: str) -> list[str | None]:
    return [quote.quote.speaker for quote in find(text).quotes]


ONE_SENTENCE = [
    ("said-name", "“The quay will close in June,” said Lena Horn, the mayor of Saltby."),
    ("said-name", "“The quay will close in June,” according to Lena Horn, the mayor."),
    ("said-name", "“The quay will close in June,” explained former harbour master Lena Horn."),
    ("name-said", "“The quay will close in June,” Lena Horn told reporters on Monday."),
    ("name-said", "“The quay will close in June,” Lena Horn, the mayor of Saltby, told reporters."),
    ("name-said", "“The quay will close in June”, Lena Horn, 44, of Saltby Council, has said."),
    ("name-said", "“The quay will close in June,” the mayor, Lena Horn, added."),
    ("adjacent-verb", "Lena Horn, who has led Saltby since May, said: “The quay will close in June.”"),
    ("adjacent-verb", "In a letter to the council, Lena Horn wrote that “the quay will close in June”."),
    ("adjacent-verb", "Asked about the quay, Lena Horn replied, “It will close in June.”"),
    ("adjacent-verb", "Lena Horn, mayor of Saltby and chair of the port said “the quay will close in June”."),
    ("verb-before", "Lena Horn said the quay was “a danger to every child in the town”."),
    ("verb-before", "Lena Horn’s claim that the quay is “a danger to every child” was denied."),
    (
        "verb-before",
        "Lena Horn answered in anger on Monday, calling the closed quay “a danger to every child”.",
    ),
    ("adjacent-verb", "The quay was described as “a danger to every child in town” by Lena Horn."),
    ("name-colon", "LENA HORN: “The quay will close in June.”"),
    ("according-to", "According to Lena Horn, the quay is “a danger to every child in the town”."),
    ("later-in-sentence", "It is “a danger to every child” and it is old and “no use”, Lena Horn warned."),
    ("signature", "“The quay will close in June.” — Lena Horn"),
    ("transcript", "“LENA HORN: The quay will close in June.”"),
    ("short-sentence-after", "“The quay will close in June.” Lena Horn said."),
    ("name-follows", "“Will the quay close in June?” Lena Horn frowns at the wall."),
    ("subject-of-sentence", "Lena Horn has no patience for “people who moan about a closed quay”."),
]


@pytest.mark.parametrize(("rule", "sentence"), ONE_SENTENCE)
def test_the_speaker_of_one_sentence(rule: str, sentence: str) -> None:
    quote = find(sentence).quotes[-1]
    assert (quote.rule, (quote.quote.speaker or "").title()) == (rule, "Lena Horn")
    assert quote.quote.attribution == "explicit"


def test_a_quote_broken_by_she_said_is_two_with_one_speaker() -> None:
    text = "Lena Horn is the mayor.\n“We open,” Horn said. “Then we rest.”"
    assert speakers(text) == ["Lena Horn", "Lena Horn"]


def test_a_quote_over_several_paragraphs() -> None:
    text = "Lena Horn said: “We open in May.\n“We close in June.\n“And then we rest.”"
    found = find(text).quotes
    assert [q.quote.speaker for q in found] == ["Lena Horn"] * 3
    assert [q.quote.attribution for q in found] == ["explicit"] * 3


def test_speech_carried_over_from_the_paragraph_before_is_inferred() -> None:
    text = "“We open in May,” said Lena Horn.\n“It has been a long and cold winter for us all.”"
    first, second = find(text).quotes
    assert (first.quote.attribution, second.quote.attribution) == ("explicit", "inferred")
    assert second.quote.speaker == "Lena Horn"
    assert second.mention == "Lena Horn"


def test_a_lead_in_is_inferred() -> None:
    text = "Lena Horn told the council that the year had been hard.\n“We had no money and no boats at all.”"
    (quote,) = find(text).quotes
    assert (quote.quote.speaker, quote.quote.attribution) == ("Lena Horn", "inferred")


def test_a_signature_below() -> None:
    text = "Otto Berg spoke first.\n“We had no money and no boats at all.”\n— Lena Horn, mayor"
    assert speakers(text) == ["Lena Horn"]


NAMES = [
    ("last name", "Lena Horn came. “We open in May,” Horn said.", "Lena Horn"),
    ("honorific", "Lena Horn came. “We open in May,” Ms. Horn said.", "Lena Horn"),
    ("title", "Lena Horn came. “We open in May,” Mayor Horn said.", "Lena Horn"),
    ("family name first", "Chief executive Tan Weiling came. “We open in May,” Tan said.", "Tan Weiling"),
    ("misspelt", "Lena Hornberg came. “We open in May,” Hornburg said.", "Lena Hornberg"),
    ("particle", "Lena van der Meer came. “We open in May,” van der Meer said.", "Lena van der Meer"),
    ("initial", "Lena B. Horn came. “We open in May,” Horn said.", "Lena B. Horn"),
    ("a title as last name", "Otto King came. “We open in May,” King said.", "Otto King"),
    ("office with of", "“We open in May,” said Secretary of State Lena Horn.", "Lena Horn"),
    ("she", "Otto Berg met Lena Horn. “We open in May,” she said.", "Lena Horn"),
    ("he", "Lena Horn met Otto Berg. “We open in May,” he said.", "Otto Berg"),
    ("it", "Saltby Ferries Ltd filed a report. “We open in May,” it said.", "Saltby Ferries Ltd"),
    ("a report", "“Fares will rise by a third,” the Saltby Institute report says.", "Saltby Institute"),
    ("the office of one", "Mayor Lena Horn came. “We open in May,” the mayor said.", "Lena Horn"),
    ("the office behind", "Lena Horn, mayor of Ham, came. “We open,” the mayor said.", "Lena Horn"),
    ("two in that office", "Mayor Lena Horn met Mayor Otto Berg. “We open,” the mayor said.", None),
    (
        "a title behind the office",
        "Berg’s rival, Dr. Lena Horn, said “the quay is closed for good”.",
        "Lena Horn",
    ),
    (
        "of a place, who",
        "Lena Horn of Saltby University, who came, called it “a danger to us all”.",
        "Lena Horn",
    ),
    ("three words after a name", "Otto Berg spoke.\nSo did Lena Horn. “Not at all,” Horn said.", "Lena Horn"),
    ("unnamed", "“We saw the boat go down,” a witness said.", None),
    ("nobody", "A boat came in. The tide was out.", None),
]


@pytest.mark.parametrize(("name", "text", "expected"), NAMES, ids=[row[0] for row in NAMES])
def test_names(name: str, text: str, expected: str | None) -> None:
    found = speakers(text)
    assert found == [expected] or (expected is None and not found)


def test_two_with_one_last_name_are_told_apart_by_the_honorific() -> None:
    text = "Lena Horn and Peter Horn came.\n“We open,” Mrs Horn said.\n“We close,” Mr Horn said."
    assert speakers(text) == ["Lena Horn", "Peter Horn"]


def test_the_mention_is_the_source_as_it_stands() -> None:
    text = "Lena Horn came. “We open in May,” she said. “We close in June,” a spokesman for the port said."
    assert [quote.mention for quote in find(text).quotes] == ["she", "a spokesman"]


ROLES = [
    ("Brightmoor's chief executive Lena Horn said: “We open in May.”", "chief executive of Brightmoor"),
    ("Brightmoor’s CEO Lena Horn said: “We open in May.”", "CEO of Brightmoor"),
    ("Lena Horn, mayor of Saltby, said: “We open in May.”", "mayor of Saltby"),
    ("Lena Horn, 44, a teacher at Saltby School, said: “We open in May.”", "teacher at Saltby School"),
    ("Lena Horn, who is chair of the port, said: “We open in May.”", "chair of the port"),
    ("“We open in May,” said lead author Lena Horn.", "lead author"),
    ("“We open in May,” said Saltby Police Inspector Lena Horn.", "Saltby Police Inspector"),
    ("“We open in May,” said Ms Lena Horn.", None),
]


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_roles(text: str, role: str | None) -> None:
    (quote,) = find(text).quotes
    assert (quote.quote.speaker, quote.quote.role) == ("Lena Horn", role)


ARTICLE = """“We have waited nine long years for this bridge to open,” said Lena Horn.
Brightmoor’s CEO Lena Horn spoke in Saltby on Monday. Otto Berg, mayor of Saltby, listened.
“The bridge is the best thing that this town has built in a hundred years,” Horn said.
Horn called the delays “a comedy of errors that went on for far too long” in a letter.
“No.” Horn said.
“We have waited nine long years for this bridge to open,” said Horn.
Brightmoor’s revenue rose. The weather in Norway was poor. Brightmoor had no comment.
“It was in the paper,” a boy told us, as the long parade of boats went by and out into the open sea again."""


def test_featured_quotes_are_sentences_of_substance_and_never_twice_the_same() -> None:
    found = find(ARTICLE, "standfirst").quotes
    pulled = [quote for quote in found if quote.quote.featured]
    assert [quote.quote.text for quote in pulled] == [
        "The bridge is the best thing that this town has built in a hundred years",
        "We have waited nine long years for this bridge to open",
    ]
    assert pulled[1].start > ARTICLE.index("comedy")


def test_at_most_four_are_featured() -> None:
    lines = [f"“This is the {n} time that we have waited for the bridge,” said Lena Horn." for n in range(9)]
    assert sum(quote.quote.featured for quote in find("\n".join(lines)).quotes) == 4


def test_people_and_organisations() -> None:
    found = find(ARTICLE, "standfirst")
    assert found.people == ("Lena Horn", "Otto Berg")
    assert found.organisations == ("Brightmoor",)


def test_quotes_of_headlines_and_debris_are_not_speech() -> None:
    text = "Mayor: “We open in May”\n“Share this,” said Lena Horn.\n“We open in May,” said Lena Horn."
    found = find(text, "title", "debris").quotes
    assert [(quote.quote.id, quote.start > 40) for quote in found] == [("q1", True)]


def test_ids_count_in_the_order_of_the_text() -> None:
    found = find(ARTICLE, "standfirst").quotes
    assert [quote.quote.id for quote in found] == [f"q{n}" for n in range(1, len(found) + 1)]
    assert [quote.start for quote in found] == sorted(quote.start for quote in found)


def test_no_blocks() -> None:
    assert speech.find("", [], "en") == Speech((), (), ())


# ---------------------------------------------------------------- any text


def holds(text: str, quote: FoundQuote) -> bool:
    stretch = text[quote.start : quote.end]
    return quote.quote.text in stretch and bool(quote.quote.text) and quote.start < quote.end <= len(text)


MARKS = [*list("“”\"‘’'«»„ \n.,?:—()éŁ\t\u00a0"), "''"]
WORDS = [
    "said",
    " said ",
    "he",
    "she",
    "who",
    "Lena Horn",
    "Horn",
    "Dr.",
    "Mr",
    "J.",
    "the mayor of Saltby",
    "'s",
]
MORE = ["6'3\"", "and", "to", "that", "according to", "OTTO BERG:", "by", "calling", "1,000"]
PIECES = st.sampled_from([*MARKS, *WORDS, *MORE])


@settings(max_examples=times(300), deadline=None)
@given(
    st.lists(PIECES, max_size=60).map(" ".join)
    | st.lists(PIECES, max_size=60).map("".join)
    | st.text(max_size=200)
)
def test_any_text_is_read_and_quotes_are_verbatim(text: str) -> None:
    found = find(text)
    assert all(holds(text, quote) for quote in found.quotes)


@settings(max_examples=times(100), deadline=None)
@given(st.data())
def test_a_cut_or_doubled_article_is_read(data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(ARTICLE)))
    end = data.draw(st.integers(cut, len(ARTICLE)))
    text = ARTICLE[:cut] + ARTICLE[end:] + ARTICLE[cut:end].replace(data.draw(PIECES), data.draw(PIECES))
    assert all(holds(text, quote) for quote in find(text).quotes)


# ---------------------------------------------------------------- the real seed


def test_the_real_seed() -> None:
    if not SEED.exists():
        pytest.skip("no ../shared beside the project: the real seed is not here")
    gold = json.loads(SEED.read_text(encoding="utf-8"))[0]
    found = find(gold["text"], "title", "standfirst", "caption").quotes
    assert [(q.start, q.end) for q in found] == [(q["start"], q["end"]) for q in gold["quotes"]]
    assert [q.quote.speaker for q in found] == [q["speaker"] for q in gold["quotes"]]
    assert {q.quote.role for q in found} == {"CEO of Huawei"}
    assert 2 <= sum(q.quote.featured for q in found) <= 4
