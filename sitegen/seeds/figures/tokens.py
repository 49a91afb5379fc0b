"""The words of a sentence with numbers, each with its part in the grammar as far as lists know it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple, cast

from sitegen.seeds.words import table, words

Kind = Literal[
    "name", "verb", "finite", "auxiliary", "link", "determiner", "joining", "relative", "pronoun", "time",
    "empty", "number",
]  # fmt: skip


class Token(NamedTuple):
    """A word without its marks, in small letters; one record serves wherever the word stands so written.

    `closed` says that a comma or the like follows, `capital` that there is a capital letter in it.
    """

    word: str
    kind: Kind
    closed: bool
    capital: bool


class Words(NamedTuple):
    """The words of a sentence, and where each starts and ends in the text."""

    tokens: list[Token]
    starts: list[int]
    ends: list[int]

    def index_at(self, position: int) -> int:
        """The index of the first word that ends behind `position`; their number where none does."""
        return bisect_right(self.ends, position)


_BRACKETS = re.compile(r"\([^()]{0,80}\)")
_OPENING, _CLOSING = "“\"‘'([—–-*", "”\"’')],;:.!?…—–-*"
# A full stop within a sentence is an abbreviation’s.
_PAUSES = frozenset(",;:)]!?…—–")
_ENDS_OF_VERBS = ("ed", "ing")


def words_of(text: str, start: int, end: int, units: Sequence[tuple[int, int]], language: str) -> Words:
    """The words between `start` and `end` without those in brackets; `units` are no names.

    All white space is spaces. Marks that stand alone are pauses of the word before them.
    """
    found: list[Token] = []
    starts: list[int] = []
    ends: list[int] = []
    shapes = _shapes(language)
    brackets = [match.span() for match in _BRACKETS.finditer(text, start, end)]
    at = start
    for written in text[start:end].split(" "):
        if written and not (brackets and _is_within(brackets, at)):
            token, first, lead, to, opens = shapes[written]
            if opens and found and not found[-1].closed:
                found[-1] = found[-1]._replace(closed=True)
            if token:
                found.append(token if found else first)
                starts.append(at + lead)
                ends.append(at + to)
        at += len(written) + 1
    words = Words(found, starts, ends)
    for begins, last in units:
        for index in range(words.index_at(begins), len(found)):
            if starts[index] >= last:
                break
            found[index] = found[index]._replace(kind="number")
    return words


class _Shape(NamedTuple):
    """A word as it is written: the word without its marks, from `lead` to `end`, or None if there is none.

    `first` is the word where it opens the sentence, so that its capital says nothing; `opens` says that a
    mark stands before it.
    """

    token: Token | None
    first: Token
    lead: int
    end: int
    opens: bool


class _Shapes(dict[str, _Shape]):
    """The shapes of the words met so far; begun anew before they fill the memory."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, written: str) -> _Shape:
        if len(self) >= _MOST_SHAPES:
            self.clear()
        shape = self[written] = _shape(written, self._language)
        return shape


_MOST_SHAPES = 20_000
_shapes = cache(_Shapes)


def _shape(written: str, language: str) -> _Shape:
    bare = written.lstrip(_OPENING)
    word = bare.rstrip(_CLOSING)
    lead = len(written) - len(bare)
    lower = word.lower() if len(word.lower()) == len(word) else word
    closed = not _PAUSES.isdisjoint(bare[len(word) :])
    token = Token(lower, kind_of(word, language) if word else "empty", closed, lower != word)
    first = token._replace(kind=kind_of(lower, language)) if word else token
    return _Shape(token if word else None, first, lead, lead + len(word), lead > 0 or not word)


def _is_within(brackets: Sequence[tuple[int, int]], at: int) -> bool:
    return any(first <= at < last for first, last in brackets)


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
