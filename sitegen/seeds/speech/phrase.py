"""Noun phrases: where one begins and ends among the tokens, and what kind of source it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from sitegen.seeds.speech.frame import QUOTE, Frame
from sitegen.seeds.speech.people import Lexicon, Mention
from sitegen.seeds.speech.wordlists import (
    AUXILIARIES,
    COMMAS,
    FINITE,
    IRREGULAR,
    JOINING,
    NO_HEADS,
    POSSESSIVE,
    PREPOSITIONS,
    REFLEXIVE,
    RELATIVES,
    SUBJECTS,
    TIMES,
    Verbs,
)

STOPS = COMMAS | frozenset(';:"“”()[]/.?!…') | {QUOTE}
_LEADING = frozenset(
    {"and", "but", "so", "yet", "then", "also", "still", "even", "as", "when", "while", "that"}
)


class Source(NamedTuple):
    """Whom the words are ascribed to, as it stands in text[start:end]. `name` is set where it is a name."""

    start: int
    end: int
    kind: Literal["name", "pronoun", "nominal"]
    text: str
    name: Mention | None = None


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words of the language that the parsing needs."""

    lex: Lexicon
    verbs: Verbs

    def role(self, word: str) -> bool:
        return word in self.lex.roles or (word.endswith("s") and word[:-1] in self.lex.roles)


def phrase(f: Frame, first: int, last: int, g: Grammar) -> Source | None:
    """The noun phrase at the beginning of tokens first..last."""
    while first < last and (f.low[first] in _LEADING or adverb(f, first)):
        first += 1
    if first >= last or opens_adverbial(f, first):
        return None
    stop = first
    while stop < last and not _closes(f, stop, first, g):
        stop += 1
    while stop > first and f.name[stop - 1] is None and f.low[stop - 1] in AUXILIARIES:
        stop -= 1
    if stop == first:
        return None
    return _headed(f, first, stop, g)


def _headed(f: Frame, first: int, stop: int, g: Grammar) -> Source | None:
    """The source that tokens first..stop are, by their last word."""
    name = f.name[stop - 1]
    if name:
        other = _other_name(f, first, stop, name)
        if other is None or len(name.words) > 1 or name.title or g.role(f.low[run_start(f, stop - 1) - 1]):
            return named(name)
        return nominal(f, first, other)
    if f.low[stop - 1] in SUBJECTS:
        return Source(f.start[stop - 1], f.end[stop - 1], "pronoun", f.raw[stop - 1])
    return nominal(f, first, stop)


def named(name: Mention) -> Source:
    return Source(name.start, name.end, "name", name.name, name)


def nominal(f: Frame, first: int, stop: int) -> Source | None:
    word = f.low[stop - 1]
    if word in NO_HEADS or not any(letter.isalpha() for letter in word):
        return None
    start, end = f.start[first], f.end[stop - 1]
    return Source(start, end, "nominal", f.text[start:end])


def _other_name(f: Frame, first: int, stop: int, last: Mention) -> int | None:
    """Past the word after an earlier name that is no possessive: "The Lee ad | attacks Roe"."""
    for at in range(first, stop - 1):
        if f.name[at] and f.name[at] is not last and f.name[at + 1] is None and f.raw[at + 1][0].islower():
            return at + 2
    return None


def name_from(f: Frame, at: int) -> Mention | None:
    """The name that begins at token `at`, perhaps with its titles: Ann Lee, Dr Ann Lee."""
    ahead = next((n for n in range(at, min(at + 4, len(f))) if f.name[n]), at)
    name = f.name[ahead]
    return name if name and (ahead == at or name.run <= f.start[at]) else None


def run_start(f: Frame, at: int) -> int:
    """The first token of the name that ends at token `at`, its titles included."""
    name = f.name[at]
    while at and name and f.start[at - 1] >= name.run:
        at -= 1
    return at


def _closes(f: Frame, at: int, first: int, g: Grammar) -> bool:
    """Whether the phrase that began at `first` ends before token `at`."""
    low = f.low[at]
    if low in STOPS:
        return True
    if f.name[at] or at == first:
        return False
    if low == "of" and f.raw[at - 1][0].isupper() and g.role(f.low[at - 1]):
        return not _office_then_name(f, at)
    if low in PREPOSITIONS or low in RELATIVES or low in REFLEXIVE or low in FINITE:
        return True
    if f.low[at - 1] in SUBJECTS:
        return True
    verbal = low in g.verbs.base or low in IRREGULAR or low.endswith("ed")
    if f.name[at - 1] is not None:
        verbal = verbal or (low.endswith("s") and not low.endswith("ss") and low not in POSSESSIVE)
        return not g.role(low) and (verbal or low in TIMES or low in AUXILIARIES or adverb(f, at))
    return verbal and g.role(f.low[at - 1])


def _office_then_name(f: Frame, at: int) -> bool:
    """Secretary of State John Roe: the name after "of" is the person, not the state."""
    following = at + 2 if at + 1 < len(f) and f.low[at + 1] == "the" else at + 1
    start = following
    while following < len(f) and f.name[following] is None and f.raw[following][0].isupper():
        following += 1
    name = f.name[following] if following < len(f) else None
    return name is not None and (following > start or bool(name.title))


def adverb(f: Frame, at: int) -> bool:
    return f.name[at] is None and len(f.low[at]) > 3 and f.low[at].endswith("ly")


def opens_adverbial(f: Frame, at: int) -> bool:
    if f.name[at]:
        return False
    low = f.low[at]
    return (
        low in PREPOSITIONS
        or low in JOINING
        or low == "here"
        or low in RELATIVES
        or (low.endswith("ing") and len(low) > 5)
    )
