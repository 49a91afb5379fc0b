"""The words of a sentence with numbers, each with its part in the grammar as far as lists know it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache
from operator import attrgetter
from typing import Literal, NamedTuple, cast

from sitegen.seeds.words import table, words

Kind = Literal[
    "name", "verb", "finite", "auxiliary", "link", "determiner", "joining", "relative", "pronoun", "time",
    "empty", "number",
]  # fmt: skip


class Token(NamedTuple):
    """A word without its marks, in small letters.

    `closed` says that a comma or the like follows, `capital` that there is a capital letter in it.
    """

    start: int
    end: int
    word: str
    kind: Kind
    closed: bool
    capital: bool


_BRACKETS = re.compile(r"\([^()]{0,80}\)")
_OPENING, _CLOSING = "“\"‘'([—–-*", "”\"’')],;:.!?…—–-*"
# A full stop within a sentence is an abbreviation’s.
_PAUSES = frozenset(",;:)]!?…—–")
_ENDS_OF_VERBS = ("ed", "ing")


def tokens(text: str, start: int, end: int, numbers: Sequence[tuple[int, int]], language: str) -> list[Token]:
    """The words between `start` and `end` without those in brackets; `numbers` are units, which are no names.

    All white space is spaces. Marks that stand alone are pauses of the word before them.
    """
    found: list[Token] = []
    brackets = [match.span() for match in _BRACKETS.finditer(text, start, end)]
    to = start - 1
    for written in text[start:end].split(" "):
        at = to + 1
        to = at + len(written)
        if not written or (brackets and _is_within(brackets, at)):
            continue
        lead, word, kind, closed, opens, capital = _shape(written, language)
        if opens and found:
            found[-1] = found[-1]._replace(closed=True)
        if word:
            kind = kind if found else kind_of(word, language)
            found.append(Token(at + lead, at + lead + len(word), word, kind, closed, capital))
    for first, last in numbers:
        for index in range(index_at(found, first), len(found)):
            if found[index].start >= last:
                break
            found[index] = found[index]._replace(kind="number")
    return found


@lru_cache(maxsize=20_000)
def _shape(written: str, language: str) -> tuple[int, str, Kind, bool, bool, bool]:
    """The marks before the word (how many), it, its part, and whether it closes, opens, has a capital."""
    bare = written.lstrip(_OPENING)
    word = bare.rstrip(_CLOSING)
    lower = word.lower() if len(word.lower()) == len(word) else word
    closed = not _PAUSES.isdisjoint(bare[len(word) :])
    opens = len(bare) < len(written) or not word
    kind = kind_of(word, language) if word else "empty"
    return len(written) - len(bare), lower, kind, closed, opens, lower != word


def _is_within(brackets: Sequence[tuple[int, int]], at: int) -> bool:
    return any(first <= at < last for first, last in brackets)


@lru_cache(maxsize=20_000)
def kind_of(word: str, language: str) -> Kind:
    """The part of a word by the lists; of one they do not know, by its form."""
    known = _kinds(language).get(word.lower())
    if known:
        return known
    if word[0].isdigit() or not any(map(str.isalpha, word)):
        return "number"
    if not word[0].islower():
        return "name"
    if word.endswith("ly"):
        return "empty"
    return "verb" if word.endswith(_ENDS_OF_VERBS) else "name"


_CLASSES: tuple[tuple[str, Kind], ...] = (
    ("relative", "relative"),
    ("finite", "auxiliary"),
    ("passive", "auxiliary"),
    ("subject", "pronoun"),
    ("determiner", "determiner"),
    ("preposition", "link"),
    ("joining", "joining"),
    ("time", "time"),
    ("irregular", "verb"),
)


@cache
def _kinds(language: str) -> dict[str, Kind]:
    """What the lists know, the most particular last; base forms of verbs are as often nouns and stay out."""
    found: dict[str, Kind] = dict.fromkeys(words(language, "phrase_ends"), "empty")
    for name in ("common_verbs", "measure_verbs", "change_verbs", "figure_verbs"):
        found |= {word: "verb" for word in words(language, name) if word.endswith(_ENDS_OF_VERBS)}
    found |= {word: "finite" for word in words(language, "measure_verbs") if word.endswith("s")}
    for word, classes in table(language, "function_words").items():
        kind = next((kind for name, kind in _CLASSES if name in classes.split()), None)
        if kind:
            found[word] = kind
    found |= dict.fromkeys(words(language, "number_words") | words(language, "magnitudes"), "number")
    found |= {month.lower(): "time" for month in words(language, "months")}
    return found | cast("dict[str, Kind]", table(language, "figure_kinds"))


def index_at(found: Sequence[Token], position: int) -> int:
    """The index of the first word that ends behind `position`; their number where none does."""
    return bisect_right(found, position, key=_END)


_END = attrgetter("end")
