"""How a figure moved: “up 9.9%”, “a 7% rise”, “from 11.4 to 2.6”, “compared with 2.4 million in 2017”.

Each rule looks at one quantity among its neighbours in the sentence and says which change it has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import cast

from sitegen.model import Amount, Change, Direction, Number
from sitegen.seeds.figure_context import Said
from sitegen.seeds.quantity import Quantity, ordered
from sitegen.seeds.words import table


@dataclass(frozen=True, slots=True)
class Sentence:
    """The quantities of one sentence, which ends at `end` of the text."""

    text: str
    end: int
    said: Sequence[Said]
    language: str

    def between(self, first: Quantity, second: Quantity) -> str:
        return self.text[first.end : second.start]


@dataclass(frozen=True, slots=True)
class Moved:
    """A change, and the index of the quantity that states it (or the earlier value) if that is another."""

    change: Change
    by: int | None
    rule: str


def moved(sentence: Sentence, at: int) -> Moved | None:
    """The change of the sentence's quantity number `at`, by the first rule that sees one."""
    for name, rule in _RULES:
        found = rule(sentence, at)
        if found:
            return Moved(found[0], found[1], name)
    return None


def amount(text: str, quantity: Quantity) -> Amount:
    """The quantity as a record of its own."""
    return Amount(
        text[quantity.start : quantity.end], ordered(quantity.value), quantity.unit, quantity.currency
    )


Found = tuple[Change, int | None] | None


# ---------------------------------------------------------------- another number says it


_PARTS_OF_WHOLE = frozenset({"percentage point", "basis point"})
_HEDGES = r"(?: (?:about|around|nearly|almost|more than|over|some|just|only|a|an|roughly|the))*"
_BRACKET = re.compile(r"^\s?\([^()]*\)?")
_COMMA_WAY = re.compile(
    r"(?:[^.;:()]{0,30},|,?) (?:which (?:is|was|were) |which |that(?:’|')s |or )?"
    rf"(?P<way>(?:an? (?:\w+ )?(?P<noun>\w+) of)|(?P<verb>\w+)(?: by)?){_HEDGES} \Z"
)
_INTO = re.compile(
    r"[^.;:]{0,24}?\b(?:to|at|total+ing|reaching|hitting|to a close of)"
    r"(?: (?:end at|close at|reach|hit|stand at|finish at|settle at|record))?" + _HEDGES + r" \Z"
    r"|[ ,](?:higher|lower)[^.;:]{0,12} \Z"
)
_MOST_BETWEEN = 60


def _stated_behind(sentence: Sentence, at: int) -> Found:
    """What follows the figure: “€40m ($46m), up 9% from …”, “€40m, a rise of 9%”."""
    own = sentence.said[at].quantity
    for other in range(at + 1, min(at + 3, len(sentence.said))):
        quantity = sentence.said[other].quantity
        if not _may_state(own, quantity):
            continue
        between = _BRACKET.sub("", sentence.between(own, quantity))
        match = _COMMA_WAY.match(between) if len(between) < _MOST_BETWEEN else None
        way = match and (_noun(match["noun"], sentence.language) or _verb(match["verb"], sentence.language))
        if match and way:
            start = quantity.start - len(between) + match.start("way")
            return _stated(sentence, sentence.said[other], way, start, quantity.end), other
    return None


def _stated_before(sentence: Sentence, at: int) -> Found:
    """What leads to the figure: “rose 4% to €40m”, “gained 0.2 per cent at 812 points”, “by €2m to €40m”."""
    if at == 0:
        return None
    own, before = sentence.said[at].quantity, sentence.said[at - 1]
    between = sentence.between(before.quantity, own)
    if len(between) > _MOST_BETWEEN or not _INTO.match(between) or not _may_state(own, before.quantity):
        return None
    if before.direction:
        return _of(sentence, before), at - 1
    behind = _noun_behind(sentence, before.quantity, own.start)
    if not behind:
        return None
    return _stated(sentence, before, behind[0], before.quantity.start, behind[1]), at - 1


def _may_state(own: Quantity, other: Quantity) -> bool:
    """Whether the other can say by how much the quantity moved."""
    if other.dimension == "share":
        return own.dimension != "share" or (other.unit in _PARTS_OF_WHOLE and own.unit == "percentage")
    return _comparable(own, other) and not isinstance(other.value, tuple)


# ---------------------------------------------------------------- an earlier value


_FROM = re.compile(r"\bfrom(?: (?:about|around|just|nearly|almost|over|up to))? \Z")
_SPREAD = re.compile(r"\b(?:rang\w+|var\w+|anywhere|everything|anything|between|aged?|ages)\b[^.]{0,20}\Z")
_SPLIT = re.compile(r"\s?(?:[-–—]|\bto\b)\s?")
_EARLIER = re.compile(
    r"(?:[^.;()]{0,40}?[ ,](?:compared (?:to|with)|against|versus|up from|down from|instead of|rather than"
    r"|higher than|lower than|from|than)|[^.;()]{0,12}? \(?(?:from|vs\.?))"
    r"(?: (?:last year[’']s|a? ?high of|record|all-time))?" + _HEDGES + r" \Z"
)
_WHEN = re.compile(
    r" (?:in |for |during |at |on )?(?:the )?"
    r"((?:same |previous |prior |year |month |last |week )[^.,;()]{2,40}|(?:19|20)[0-9]{2}"
    r"|a (?:year|month|week|decade) (?:ago|earlier|before))"
)


def _from_to(sentence: Sentence, at: int) -> Found:
    """One quantity that holds both values: “from 11.4 to 2.6”."""
    quantity = sentence.said[at].quantity
    if quantity.joined != "range" or not isinstance(quantity.value, tuple):
        return None
    start = max(0, quantity.start - 90)
    lead = sentence.text[start : quantity.start]
    opening = _FROM.search(lead)
    earlier, later = quantity.value
    if not opening or earlier == later or _SPREAD.search(lead[: opening.start()]):
        return None
    written = sentence.text[quantity.start : quantity.end]
    first = Amount(_SPLIT.split(written, maxsplit=1)[0], earlier, quantity.unit, quantity.currency)
    whole = sentence.text[start + opening.start() : quantity.end]
    return _difference(whole, earlier, later, quantity, first), None


def _from_behind(sentence: Sentence, at: int) -> Found:
    """The earlier value behind: “rose to €40m from €38m a year earlier”, “3m, compared with 2m”."""
    own = sentence.said[at].quantity
    if at + 1 == len(sentence.said) or isinstance(own.value, tuple):
        return None
    earlier = sentence.said[at + 1].quantity
    between = sentence.between(own, earlier)
    if not _comparable(own, earlier) or isinstance(earlier.value, tuple) or own.value == earlier.value:
        return None
    if len(between) > _MOST_BETWEEN or not _EARLIER.fullmatch(between):
        return None
    when = _WHEN.match(sentence.text, earlier.end, sentence.end)
    written = sentence.text[own.start : earlier.end]
    found = _difference(written, earlier.value, own.value, own, amount(sentence.text, earlier))
    return replace(found, versus=when[1] if when else None), at + 1


def _difference(written: str, earlier: Number, later: Number, quantity: Quantity, previous: Amount) -> Change:
    by = round(abs(later - earlier), 6)
    value: Number = int(by) if by == int(by) else by
    way: Direction = "up" if later > earlier else "down"
    return Change(written, value, quantity.unit, way, None, previous, quantity.currency)


def _comparable(one: Quantity, other: Quantity) -> bool:
    """Amounts of one thing: both money, or one unit."""
    if one.currency or other.currency:
        return one.currency == other.currency
    if one.unit == other.unit:
        return True
    return (other.unit is None and one.dimension != "share") or (
        one.unit is None and other.dimension == "score"
    )


# ---------------------------------------------------------------- the figure is the change


_MOVING = frozenset({"temperature", "score", "money", "coin"})
_NOUN_BEHIND = re.compile(
    r"[ -](?:(?:annual|yearly|sharp|steep|overall|year-on-year|further|net|average|slight|small|real) )?"
    r"([a-z]+)\b"
)
_NOUN_BEFORE = re.compile(
    r"\b(\w+) (?:of|by)(?: (?:about|around|nearly|almost|more than|over|some|just|up to|at least|an?))* \Z"
)


def _itself(sentence: Sentence, at: int) -> Found:
    """“Fares fell 3 per cent”, “a 9% rise”, “an increase of three points”."""
    item = sentence.said[at]
    quantity = item.quantity
    if item.direction and (quantity.dimension == "share" or quantity.dimension in _MOVING):
        return _of(sentence, item), None
    if quantity.dimension != "share" and quantity.dimension not in _MOVING:
        return None
    behind = _noun_behind(sentence, quantity, sentence.end)
    if behind:
        return _stated(sentence, item, behind[0], quantity.start, behind[1]), None
    before = _NOUN_BEFORE.search(sentence.text, max(0, quantity.start - 40), quantity.start)
    way = _noun(before[1], sentence.language) if before else None
    if not before or not way or quantity.dimension != "share":
        return None
    return _stated(sentence, item, way, before.start(1), quantity.end), None


def _noun_behind(sentence: Sentence, quantity: Quantity, end: int) -> tuple[Direction, int] | None:
    noun = _NOUN_BEHIND.match(sentence.text, quantity.end, end)
    way = _noun(noun[1], sentence.language) if noun else None
    return (way, noun.end()) if noun and way else None


def _noun(word: str | None, language: str) -> Direction | None:
    return cast("Direction | None", table(language, "change_nouns").get((word or "").lower()))


def _verb(word: str | None, language: str) -> Direction | None:
    way = table(language, "change_verbs").get((word or "").lower())
    return cast(Direction, way.split()[0]) if way else None


def _of(sentence: Sentence, item: Said) -> Change:
    """The change that a quantity with a direction states, from its verb on."""
    start = item.quantity.start if item.since is None else item.since
    return _stated(sentence, item, cast(Direction, item.direction), start, item.quantity.end)


def _stated(sentence: Sentence, item: Said, way: Direction, start: int, end: int) -> Change:
    quantity = item.quantity
    value = abs(quantity.value) if not isinstance(quantity.value, tuple) else quantity.value
    written = sentence.text[start:end]
    return Change(written, value, quantity.unit, way, item.versus, None, quantity.currency)


Rule = Callable[[Sentence, int], Found]
_RULES: tuple[tuple[str, Rule], ...] = (
    ("stated-behind", _stated_behind),
    ("stated-before", _stated_before),
    ("from-to", _from_to),
    ("from-behind", _from_behind),
    ("itself", _itself),
)
