"""What the words before a quantity say of it: about or more, up or down."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from sitegen.model import Bound, Direction
from sitegen.seeds.quantity import Quantity
from sitegen.seeds.words import table, words


@dataclass(frozen=True, slots=True)
class Said:
    """A quantity with what its sentence says of it.

    `since` is where the verb stands that gives the direction, `versus` what it is compared with.
    """

    quantity: Quantity
    bound: Bound | None = None
    direction: Direction | None = None
    since: int | None = None
    versus: str | None = None


def said(text: str, floor: int, quantity: Quantity, versus: str | None, language: str) -> Said:
    """Bound and direction of the quantity, by the words between `floor` and it (“fell by about 3 points”).

    `versus` is what it is compared with.
    """
    near = _words_before(text, floor, quantity.start)
    hedge, taken = _hedge(near, language)
    if quantity.dimension == "share" and quantity.last < 0:
        return Said(quantity, hedge, "down", None, versus)
    way, since = _way(near[taken:], hedge is not None, quantity, language)
    return Said(quantity, _bound(text, near, quantity) or hedge, way, since, versus)


_REACH = 56
_WORD = re.compile(r"\S+")
_Words = list[tuple[str, int]]


def _words_before(text: str, floor: int, at: int) -> _Words:
    """The last words before `at` in small letters with where they stand, the nearest first."""
    return [
        (found.group().lower(), found.start()) for found in _WORD.finditer(text, max(floor, at - _REACH), at)
    ][::-1]


# ---------------------------------------------------------------- about, more, less


_SIGNS: Mapping[str, Bound] = {"~": "about", "≈": "about", ">": "more", "≥": "more", "<": "less", "≤": "less"}
_BEHIND: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (re.compile(r" or (?:more|higher|above|over|greater|older)\b|\+|[- ]plus\b"), "more"),
    (re.compile(r" or (?:less|fewer|lower|below|under|younger)\b| at most\b"), "less"),
    (re.compile(r" or so\b|-ish\b| or thereabouts"), "about"),
)
_MOST_WORDS = 4
_ARTICLES = ("a", "an", "the")


def _bound(text: str, near: _Words, quantity: Quantity) -> Bound | None:
    """A sign before the number, or words behind it (“or more”)."""
    if near and near[0][0][-1] in _SIGNS:
        return _SIGNS[near[0][0][-1]]
    if near and near[0][0].endswith("sub-"):
        return "less"
    for behind, bound in _BEHIND:
        if behind.match(text, quantity.end) or (quantity.noun and behind.match(text, quantity.number_end)):
            return bound
    return None


def _hedge(near: _Words, language: str) -> tuple[Bound | None, int]:
    """The bound that the words end with (“more than”, “at least a”), and how many words it takes."""
    known = table(language, "bounds")
    for skip in (0, 1):
        if skip and (not near or near[0][0] not in _ARTICLES):
            break
        for count in range(min(_MOST_WORDS, len(near) - skip), 0, -1):
            phrase = " ".join(word for word, _ in reversed(near[skip : skip + count])).lstrip("(“\"‘'—–-")
            if phrase in known:
                return cast(Bound, known[phrase]), skip + count
    return None, 0


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


def _way(
    near: _Words, hedged: bool, quantity: Quantity, language: str
) -> tuple[Direction | None, int | None]:
    """The direction that the nearest verb gives, and where that stands."""
    verbs = table(language, "change_verbs")
    while near and (near[0][0] in _SKIPPED or (hedged and near[0][0] in _ARTICLES)):
        near = near[1:]
    if not near:
        return None, None
    if near[0][0] == "by":
        return _way_by(near[1:_FARTHEST_VERB], verbs)
    if near[0][0] == "up" and len(near) > 1 and near[1][0] in _WITH_UP:
        return None, None
    if near[0][0] not in verbs and (near[0][0] in _ADVERBS or near[0][0].endswith("ly")):
        near = near[1:]
    if not near:
        return None, None
    word, at = near[0]
    way = verbs.get(word.lstrip("("))
    if way is None or (way.endswith("by") and quantity.dimension != "share") or (" " in way and hedged):
        return None, None
    return cast(Direction, way.split()[0]), at


def _way_by(near: _Words, verbs: Mapping[str, str]) -> tuple[Direction | None, int | None]:
    """“grew sales by 35%”: the verb may stand a little before its “by”."""
    for word, at in near:
        if word.endswith((",", ";", ".")):
            break
        if word in verbs:
            return cast(Direction, verbs[word].split()[0]), at
    return None, None


def is_change_noun(word: str, language: str) -> bool:
    """Whether the noun names a change (“rise”, “drop”)."""
    return word in words(language, "change_nouns")
