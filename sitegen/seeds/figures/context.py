"""What the words before a quantity say of it: about or more, up or down."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple, cast

from sitegen.model import Bound, Direction
from sitegen.seeds.figures import times
from sitegen.seeds.figures.quantity import Quantity
from sitegen.seeds.words import table


class Said(NamedTuple):
    """A quantity with what its sentence says of it.

    `since` is where the verb stands that gives the direction, `versus` what it is compared with.
    """

    quantity: Quantity
    bound: Bound | None = None
    direction: Direction | None = None
    since: int | None = None
    versus: str | None = None


def said(text: str, floor: int, quantity: Quantity, ceiling: int, language: str) -> Said:
    """Bound and direction of the quantity, by the words between `floor` and it (“fell by about 3 points”).

    What it is compared with stands before `ceiling`.
    """
    stretch = text[max(floor, quantity.start - _REACH) : quantity.start]
    near = stretch.lower().split()[::-1]
    hedge, taken = _hedge(near, language)
    if quantity.dimension == "share" and quantity.last < 0:
        against = times.versus(text, quantity, ceiling, True, language)
        return Said(quantity, hedge, "down", None, against)
    way, back = _way(near, taken, hedge is not None, quantity, language)
    since = quantity.start - len(stretch) + _word_start(stretch, back) if way else None
    against = times.versus(text, quantity, ceiling, way is not None, language)
    return Said(quantity, _bound(text, near, quantity) or hedge, way, since, against)


_REACH = 56
# The words before a number in small letters, the nearest first.
_Words = list[str]


def _word_start(stretch: str, back: int) -> int:
    """Where the word stands that has `back` words behind it."""
    at = len(stretch)
    for word in stretch.split()[: -back - 2 : -1]:
        at = stretch.rfind(word, 0, at)
    return at


# ---------------------------------------------------------------- about, more, less


_SIGNS: Mapping[str, Bound] = {"~": "about", "≈": "about", ">": "more", "≥": "more", "<": "less", "≤": "less"}
_BEHIND: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (re.compile(r" or (?:more|higher|above|over|greater|older)\b|\+|[- ]plus\b"), "more"),
    (re.compile(r" or (?:less|fewer|lower|below|under|younger)\b| at most\b"), "less"),
    (re.compile(r" or so\b|-ish\b| or thereabouts"), "about"),
)
_BEHIND_OPENS = frozenset(" +-")
_MOST_WORDS = 4
_ARTICLES = ("a", "an", "the")


def _bound(text: str, near: _Words, quantity: Quantity) -> Bound | None:
    """A sign before the number, or words behind it (“or more”)."""
    if near and near[0][-1] in _SIGNS:
        return _SIGNS[near[0][-1]]
    if near and near[0].endswith("sub-"):
        return "less"
    if text[quantity.end : quantity.end + 1] not in _BEHIND_OPENS and not quantity.noun:
        return None
    for behind, bound in _BEHIND:
        if behind.match(text, quantity.end) or (quantity.noun and behind.match(text, quantity.number_end)):
            return bound
    return None


def _hedge(near: _Words, language: str) -> tuple[Bound | None, int]:
    """The bound that the words end with (“more than”, “at least a”), and how many words it takes."""
    known = table(language, "bounds")
    ends = _last_words(language)
    if not near or not (near[0].lstrip(_MARKS) in ends or (len(near) > 1 and near[1].lstrip(_MARKS) in ends)):
        return None, 0
    for skip in (0, 1):
        if skip and (not near or near[0] not in _ARTICLES):
            break
        for count in range(min(_MOST_WORDS, len(near) - skip), 0, -1):
            phrase = " ".join(near[skip : skip + count][::-1]).lstrip(_MARKS)
            if phrase in known:
                return cast(Bound, known[phrase]), skip + count
    return None, 0


_MARKS = "(“\"‘'—–-"


@cache
def _last_words(language: str) -> frozenset[str]:
    return frozenset(phrase.rsplit(" ", 1)[-1] for phrase in table(language, "bounds"))


# ---------------------------------------------------------------- up, down


_SKIPPED = frozenset(
    {"the", "another", "just", "only", "as", "much", "further", "some", "sharp", "record", "net"}
)
_ADVERBS = frozenset({"back", "over", "again", "another"})
# “gave up 500 yards”, “made up 70%” went nowhere.
_WITH_UP = frozenset(
    {"gave", "give", "gives", "giving", "given", "picked", "pick", "set", "sets", "make", "makes", "made"}
    | {
        "making",
        "take",
        "takes",
        "took",
        "opened",
        "open",
        "signed",
        "wrapped",
        "racked",
        "ended",
        "put",
        "built",
    }
)
_FARTHEST_VERB = 7


_Way = tuple[Direction | None, int]
_NO_WAY: _Way = (None, 0)


def _way(near: _Words, at: int, hedged: bool, quantity: Quantity, language: str) -> _Way:
    """The direction that the nearest verb from word `at` on gives, and which word that is."""
    verbs = table(language, "change_verbs")
    while at < len(near) and (near[at] in _SKIPPED or (hedged and near[at] in _ARTICLES)):
        at += 1
    if at >= len(near):
        return _NO_WAY
    if near[at] == "by":
        return _way_by(near, at + 1, verbs)
    if near[at] == "up" and near[at + 1 : at + 2] and near[at + 1] in _WITH_UP:
        return _NO_WAY
    if near[at] not in verbs and (near[at] in _ADVERBS or near[at].endswith("ly")):
        at += 1
    way = verbs.get(near[at].lstrip("(")) if at < len(near) else None
    if way is None or (way.endswith("by") and quantity.dimension != "share") or (" " in way and hedged):
        return _NO_WAY
    return cast(Direction, way.split()[0]), at


def _way_by(near: _Words, at: int, verbs: Mapping[str, str]) -> _Way:
    """“grew sales by 35%”: the verb may stand a little before its “by”."""
    for back, word in enumerate(near[at : at + _FARTHEST_VERB - 1], at):
        if word.endswith((",", ";", ".")):
            break
        is_adjective = near[back + 1 : back + 2] and near[back + 1] in _ARTICLES  # “a lost box”
        if word in verbs and not is_adjective:
            return cast(Direction, verbs[word].split()[0]), back
    return _NO_WAY
