"""Where quoted stretches begin and end, and which of them nobody says."""

from __future__ import annotations

import pytest

from sitegen.seeds.speech import judge, quotes
from sitegen.seeds.speech.article import Said

MARKS = [
    ("curly", "Lena said. “We open in May,” she added.", ["We open in May"]),
    ("straight", 'Lena said. "We open in May," she added.', ["We open in May"]),
    ("mixed", 'He said: “We open in May." Then he left.', ["We open in May."]),
    ("guillemets", "He said: « We open in May. »", ["We open in May."]),
    ("low marks", "Er sagte: „We open in May.“", ["We open in May."]),
    ("guillemets turned inwards", "Lena sagte: »We open in May.«", ["We open in May."]),
    ("guillemets turned inwards, one lost", 'Er »opens "wide, he said.', ["opens", "wide"]),
    ("broken by he said", "“We open,” he said. “In May.”", ["We open", "In May."]),
    ("quotes within", "“She said ‘never’ to us,” he said.", ["She said ‘never’ to us"]),
    ("straight within straight", '"She said "never" to us," he said.', ['She said "never" to us']),
    ("no closing mark", "“We will open in May.", ["We will open in May."]),
    ("no closing mark, then he said", "“We will open, said Lena Horn.", ["We will open"]),
    ("no closing mark, then another", '"We will open, said Lena. "In May."', ["We will open", "In May."]),
    ("no opening mark", "We will open in May,” said Lena Horn.", ["We will open in May"]),
    ("height", 'He stands 6\'3" and wore a 12" scarf, "a gift," he said.', ["a gift"]),
    ("inches", 'The pipe is 12" wide and 30" long.', []),
    ("attribute of a tag", '<post author="lena" day="2024"> was here', []),
    ("nothing inside", 'Two marks "" and “ ” alone', []),
]


@pytest.mark.parametrize(("name", "text", "expected"), MARKS, ids=[row[0] for row in MARKS])
def test_marks(name: str, text: str, expected: list[str]) -> None:
    found = quotes.stretches(text, 0, len(text), "double")
    assert [text[s.first : s.last] for s in found] == expected


SINGLE = [
    ("speech", "‘We open in May,’ said Lena Horn.", ["We open in May"]),
    (
        "apostrophes",
        "‘It’s the workers’ bus, and they’re late,’ he said.",
        ["It’s the workers’ bus, and they’re late"],
    ),
    ("straight", "'It's late,' he said. 'We don't mind.'", ["It's late", "We don't mind."]),
    ("quotes within", "‘He called it “a gift” to us,’ she said.", ["He called it “a gift” to us"]),
    ("decades and clipped words", "In the '90s rock 'n' roll was loud.", []),
]


@pytest.mark.parametrize(("name", "text", "expected"), SINGLE, ids=[row[0] for row in SINGLE])
def test_single_marks(name: str, text: str, expected: list[str]) -> None:
    found = quotes.stretches(text, 0, len(text), "single")
    assert [text[s.first : s.last] for s in found] == expected


def test_a_house_of_single_marks_is_known_by_its_long_stretches() -> None:
    british = "‘We have waited nine years for this bridge,’ said Lena Horn. It is no ‘toy’."
    american = "“We have waited nine years,” said Lena Horn. It isn't a 'toy'."
    assert quotes.house(british, [(0, len(british))]) == "single"
    assert quotes.house(american, [(0, len(american))]) == "double"


def test_a_paragraph_that_goes_on_needs_no_opening_mark() -> None:
    text = 'It was a long night, and we were tired."'
    assert quotes.stretches(text, 0, len(text), "double") == []
    (found,) = quotes.stretches(text, 0, len(text), "double", goes_on=True)
    assert (found.start, text[found.first : found.last]) == (0, "It was a long night, and we were tired.")


NOBODY = [
    ("title-of-a-work", "He starred in the film “The Long Harbour” last year.", "subject-of-sentence"),
    ("nickname", "It was Ann “Sunny” Berg who won.", "verb-before"),
    ("title-of-a-work", "He wrote of it in his book “Quayside” last year.", "verb-before"),
    ("title-of-a-work", "He acted (“Long Nights,” “The Ferry”) and sang.", "verb-before"),
    ("named-so", "Welders have what the doctor calls “torch thumb”.", "adjacent-verb"),
    ("named-so", "Older drivers speak of “the pit” below.", "verb-before"),
    ("named-so", "This is the so-called “ferry tax” on lorries.", "verb-before"),
    ("own-subject", "“Top secret” is the highest level there is.", None),
    ("modifier", "He said that they met for the “Unity” lunch.", "verb-before"),
    ("scrap", "They looked at “ferry” routes.", "subject-of-sentence"),
    ("nobody-says-it", "A fee for “keeping the lights on” was charged.", None),
]


@pytest.mark.parametrize(("reason", "text", "rule"), NOBODY, ids=[row[1] for row in NOBODY])
def test_nobodys_words(reason: str, text: str, rule: str | None) -> None:
    stretch = quotes.stretches(text, 0, len(text), "double")[-1]
    said = Said(stretch, 0, direct=stretch.start == 0 and reason != "own-subject", rule=rule)
    known = judge.evidence(said, text, crowd=12, spoken=8)
    assert judge.reason(known) == reason


def test_a_few_words_count_where_somebody_near_says_them() -> None:
    text = "Lena Horn called the ferry tax a “silly trick” on Monday."
    (stretch,) = quotes.stretches(text, 0, len(text), "double")
    said = Said(stretch, 0, direct=False, rule="adjacent-verb")
    many = judge.evidence(said, text, crowd=12, spoken=8)
    few = judge.evidence(said, text, crowd=3, spoken=1)
    assert judge.reason(many) is None
    assert judge.reason(few) == "scrap"
