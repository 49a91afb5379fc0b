"""Bodies behind "the company", asides, terms, and who is a person. All names are invented."""

from __future__ import annotations

import re

import pytest

from sitegen.model import Block, Label
from sitegen.seeds.found import Speech
from sitegen.seeds.speech import speech


def find(text: str, **labels: Label) -> Speech:
    """Speech of a text whose lines are body; `labels` name others by number (l2="quote")."""
    lines = list(re.finditer(r"[^\n]*\S[^\n]*", text))
    blocks = [Block(m.start(), m.end(), labels.get(f"l{n}", "body"), "test") for n, m in enumerate(lines)]
    return speech.find(text, blocks, "en")


TALK = "\n“We open,” said Otto Berg. “We do.”\n“We close,” said Otto Berg. “We do.” “Yes.” “No.”"

SPEAKERS = [
    ("the company", "Holt & Lee cut jobs. “We are sorry,” the company said.", "Holt & Lee"),
    (
        "the commission",
        "The Saltby Port Commission met. “We agreed,” the commission said.",
        "Saltby Port Commission",
    ),
    (
        "it, for a body named again",
        "The Saltby Port Commission met. The Boat Owners’ League was absent. “We asked,” the league said.\n"
        "The commission denies this. It says that “nobody had asked for it”.",
        "Saltby Port Commission",
    ),
    ("two companies", "Holt & Lee and Berg & Horn met. “We are sorry,” the company said.", None),
    ("no body at all", "Lena Horn came. “We are sorry,” the company said.", None),
    ("owners’ body", "The Boat Owners’ League called it “a very foolish idea”.", "Boat Owners’ League"),
    ("of", "The Bank of Saltby called it “a very foolish idea”.", "Bank of Saltby"),
    (
        "a word that only opens",
        "“We are sorry,” said Lena Horn. Trials are to go on “in spring or when she says so”.",
        "Lena Horn",
    ),
    ("inverted aside", "The fee, says Lena Horn, is for a shed “with a roof and a view”.", "Lena Horn"),
    ("aside", "Lena Horn came. The fee, she added, was “under careful study”.", "Lena Horn"),
    (
        "aside before a condition",
        "It would be less, says Lena Horn, if the council did not insist on a shed “with a roof and a view”.",
        "Lena Horn",
    ),
    (
        "closed relative clause",
        "Lena Horn said the sum, which the council estimates at a million, would go on “the upkeep of both”.",
        "Lena Horn",
    ),
    ("in her words", "It is “something above ninety per cent”, in Lena Horn’s words.", "Lena Horn"),
    ("in the words of", "It is “something above ninety per cent”, in the words of Lena Horn.", "Lena Horn"),
    (
        "long apposition",
        "“We open in May,” Lena Horn, a fellow of the Institute for Ropes, Knots and Sails, told us.",
        "Lena Horn",
    ),
    (
        "place in an apposition",
        "“We open in May,” study author Lena Horn, a diver at the works in Saltby, and at Ham, said.",
        "Lena Horn",
    ),
    (
        "verbs in a row",
        "Lena Horn came. She asked about Otto Berg, called Ham “a hole in a wall”.",
        "Lena Horn",
    ),
    ("told somebody", "Otto Berg met Peter Lund. “We open in May,” he told Berg.", "Peter Lund"),
    (
        "position before the name",
        "Saltby FC Lena Horn ran. “We open,” Horn said.",
        "Lena Horn",
    ),
    (
        "verb before the name",
        "Hosting Horn was hard. Lena Horn came. “We open,” Horn said.",
        "Lena Horn",
    ),
    (
        "people say",
        "Lena Horn came. “It is,” she said. She has films in which people say, “We like it.”",
        None,
    ),
    ("shorter form", "Lena Eriksen Ek came. “We open in May,” Eriksen Ek said.", "Lena Eriksen Ek"),
]


@pytest.mark.parametrize(("name", "text", "speaker"), SPEAKERS, ids=[row[0] for row in SPEAKERS])
def test_who_speaks(name: str, text: str, speaker: str | None) -> None:
    assert find(text).quotes[-1].quote.speaker == speaker


def test_a_last_name_alone_is_who_he_is_if_he_spoke_last() -> None:
    text = "Otto Berg lost. Lund said it was “over by half past ten”.\n“Then we went home,” he said."
    assert [quote.quote.speaker for quote in find(text).quotes] == ["Lund", "Lund"]


def test_a_displayed_quote_is_by_who_spoke_last_before_it() -> None:
    text = "Lena Horn runs it.\nEarly on, she says, it was loud. It was not right.\n> “You could hear it.”"
    (quote,) = find(text, l2="quote").quotes
    assert (quote.quote.speaker, quote.kind, quote.quote.attribution) == ("Lena Horn", "direct", "inferred")


TERMS = [
    "The state, which had sent an “observer” for two of the weeks, said it was reading on.",
    "Nine of them have what the doctor calls “welder’s thumb”.",
    "Some older drivers speak of “the pit”, after its walls.",
]


@pytest.mark.parametrize("text", TERMS)
def test_terms_are_not_quotes(text: str) -> None:
    assert all(quote.quote.speaker == "Otto Berg" for quote in find(text + TALK).quotes)


PEOPLE = [
    ("who", "“We open in May,” said Silvane Ostrum, who runs the quay.", ("Silvane Ostrum",)),
    ("speaks once", "“We open in May,” said Silvane Ostrum.", ("Silvane Ostrum",)),
    ("role before", "The fee was set by its chairman, Teovan Marsk.", ("Teovan Marsk",)),
    ("known first name", "The bridge was drawn by Peter Lund in one night.", ("Peter Lund",)),
    (
        "place",
        "It left Port Saltby. In Port Saltby it rained. Saltby Bay is cold.",
        (),
    ),
    ("company", "Otrin Vessel, which has nine ships, is here. An engineer at Otrin Vessel left.", ()),
    ("owner", "The barge’s owner, Otrin Vessel, has nine ships. It was built by Otrin Vessel.", ()),
    ("ship", "The Merry Otter sailed. The Merry Otter, which is old, leaks.", ()),
    ("paper", "The Saltby Ledger asked. The Saltby Ledger was told.", ()),
    ("photographer", "The old quay at night. Photo: Peter Lund", ()),
    ("nickname", "Joshua Berg came. Josh Berg left.", ("Joshua Berg",)),
]


@pytest.mark.parametrize(("name", "text", "people"), PEOPLE, ids=[row[0] for row in PEOPLE])
def test_who_is_a_person(name: str, text: str, people: tuple[str, ...]) -> None:
    assert find(text).people == people


ROLES = [
    ("Lena Horn, the company’s technical director, said: “We open.”", "technical director"),
    (
        "Holt & Lee met. Lena Horn, the company’s technical director, said: “We open.”",
        "technical director of Holt & Lee",
    ),
    (
        "The Saltby Port Commission met. Lena Horn, head of the commission, said: “We open.”",
        "head of the Saltby Port Commission",
    ),
    ("Gov. Lena Horn said: “We open.”", "Governor"),
    ("Lena Horn, one of the editors at Tern Books, said: “We open.”", "one of the editors at Tern Books"),
    ("Lena Horn, 33, is the youngest pilot. Lena Horn said: “We open.”", None),
    ("“We open,” said Lena Horn, whose family has farmed here.", None),
    ("Otto Berg asked for “Lena Horn, the thief of my boat”. Lena Horn said: “We open.”", None),
]


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_roles(text: str, role: str | None) -> None:
    quote = find(text).quotes[-1].quote
    assert (quote.speaker, quote.role) == ("Lena Horn", role)
