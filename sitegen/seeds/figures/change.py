"""How a figure moved: “up 9.9%”, “a 7% rise”, “from 11.4 to 2.6”, “compared with 2.4 million in 2017”.

Each rule looks at one quantity among its neighbours in the sentence and says which change it has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple, cast

from sitegen.model import Amount, Change, Direction, Number
from sitegen.seeds.figures.context import Said
from sitegen.seeds.figures.quantity import Quantity, ordered
from sitegen.seeds.words import table


class Sentence(NamedTuple):
    """The quantities of one sentence, which ends at `end` of the text.

    `passed` are the numbers of those that only say another again or name a time (“first nine months”).
    """

    text: str
    end: int
    said: Sequence[Said]
    passed: frozenset[int]
    language: str

    def following(self, at: int) -> int | None:
        """The next quantity that says something of its own."""
        for other in range(at + 1, len(self.said)):
            if other not in self.passed:
                return other
        return None

    def between(self, first: Quantity, second: Quantity) -> str:
        return self.text[first.end : second.start]


class Moved(NamedTuple):
    """A change, and the indices of the quantities that state it or the earlier value, if those are others."""

    change: Change
    by: tuple[int, ...]
    rule: str


def moved(sentence: Sentence, at: int) -> Moved | None:
    """The change of the sentence's quantity number `at`, by the first rule that sees one."""
    if at in sentence.passed:
        return None
    for name, rule in _RULES:
        found = rule(sentence, at)
        if found:
            return Moved(*found, name)
    return None


def amount(text: str, quantity: Quantity) -> Amount:
    """The quantity as a record of its own."""
    return Amount(
        text[quantity.start : quantity.end], ordered(quantity.value), quantity.unit, quantity.currency
    )


Found = tuple[Change, tuple[int, ...]] | None


# ---------------------------------------------------------------- another number says it


_PARTS_OF_WHOLE = frozenset({"percentage point", "basis point"})
_HEDGES = r"(?: (?:about|around|nearly|almost|more than|over|some|just|only|a|an|roughly|the))*"
_BRACKET = re.compile(r"^\s?\([^()]*\)?")
_COMMA_WAY = re.compile(
    r"(?:(?:(?!, (?:and|but|while|with|said)\b)[^.;:()]){0,110},|,?)"
    r" (?:which (?:is|was|were) |which |that(?:’|')s |or )?"
    rf"(?P<way>(?:an? (?:\w+ )?(?P<noun>\w+) of)|(?P<verb>\w+)(?: by)?){_HEDGES} \Z"
)
_INTO = re.compile(
    r"[^.;:]{0,24}?\b(?:to|at|total+ing|reaching|hitting|to a close of)"
    r"(?: (?:end at|close at|reach|hit|stand at|finish at|settle at|record))?" + _HEDGES + r" \Z"
    r"|[ ,](?:higher|lower)[^.;:]{0,12} \Z"
)
_COMMA_THAN = re.compile(r",?(?: or)?" + _HEDGES + r" ")
_THAN = re.compile(r" (?:\w+ )?than(?: (an? [\w’-]+(?: [\w’-]+)?|[a-z]+s)(?=[.,;:)]| and\b|\Z))?(?!\w)")
_FROM_BASE = re.compile(r" from(?: the| about| around| some| just)? ")
_MOST_BETWEEN = 60


def _stated_behind(sentence: Sentence, at: int) -> Found:
    """What follows the figure: “€40m ($46m), up 9% from …”, “€40m, a rise of 9%”, “€40m, 9% more than …”."""
    own, other = sentence.said[at].quantity, sentence.following(at)
    if other is None or not _may_state(own, sentence.said[other].quantity):
        return None
    item = sentence.said[other]
    between = _BRACKET.sub("", sentence.between(own, item.quantity))
    match = _COMMA_WAY.match(between)
    way = match and (_noun(match["noun"], sentence.language) or _verb(match["verb"], sentence.language))
    if match and way:
        start = item.quantity.start - len(between) + match.start("way")
        return _with_base(sentence, at, other, _stated(sentence, item, way, start, item.quantity.end))
    behind = _noun_behind(sentence, item.quantity, sentence.end)
    than = _THAN.match(sentence.text, behind[1], sentence.end) if behind else None
    if behind and than and _COMMA_THAN.fullmatch(between):
        found = _stated(sentence, item, behind[0], item.quantity.start, behind[1])
        return (found if found.versus else replace(found, versus=than[1])), (other,)
    return None


def _with_base(sentence: Sentence, at: int, other: int, found: Change) -> tuple[Change, tuple[int, ...]]:
    """The change with the earlier value it gives: 32 in “€40m, up 25% from €32m a year earlier”."""
    base = sentence.following(other)
    if base is None or other + 1 != base:
        return found, (other,)
    quantity, stated = sentence.said[base].quantity, sentence.said[other].quantity
    same = _comparable(sentence.said[at].quantity, quantity) and not isinstance(quantity.value, tuple)
    if not same or not _FROM_BASE.fullmatch(sentence.between(stated, quantity)):
        return found, (other,)
    when = _WHEN.match(sentence.text, quantity.end, sentence.end)
    previous = amount(sentence.text, quantity)
    return replace(found, previous=previous, versus=when[1].strip() if when else None), (other, base)


def _stated_before(sentence: Sentence, at: int) -> Found:
    """What leads to the figure: “rose 4% to €40m”, “gained 0.2 per cent at 812 points”, “by €2m to €40m”."""
    if at == 0:
        return None
    own, before = sentence.said[at].quantity, sentence.said[at - 1]
    between = sentence.between(before.quantity, own)
    if len(between) > _MOST_BETWEEN or not _INTO.match(between) or not _may_state(own, before.quantity):
        return None
    if before.direction:
        return _of(sentence, before), (at - 1,)
    behind = _noun_behind(sentence, before.quantity, own.start)
    if not behind or before.quantity.noun:  # “500 passages cut to 300” are no cut of 500
        return None
    return _stated(sentence, before, behind[0], before.quantity.start, behind[1]), (at - 1,)


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
    r"|higher than|lower than|from|(?<!more )(?<!less )(?<!fewer )than)|[^.;()]{0,12}? \(?(?:from|vs\.?))"
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
    starts = quantity.dimension == "speed" and not earlier  # “from zero to 60 mph”
    if not opening or earlier == later or starts or _SPREAD.search(lead[: opening.start()]):
        return None
    written = sentence.text[quantity.start : quantity.end]
    first = Amount(_SPLIT.split(written, maxsplit=1)[0], earlier, quantity.unit, quantity.currency)
    whole = sentence.text[start + opening.start() : quantity.end]
    return _difference(whole, earlier, later, quantity, first), ()


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
    return replace(found, versus=when[1].strip() if when else None), (at + 1,)


def _difference(written: str, earlier: Number, later: Number, quantity: Quantity, previous: Amount) -> Change:
    """By how much the later value differs: of two shares (3.2% from 2.9%), in percentage points."""
    by = round(abs(later - earlier), 6)
    value: Number = int(by) if by == int(by) else by
    way: Direction = "up" if later > earlier else "down"
    unit = "percentage point" if quantity.unit == "percentage" else quantity.unit
    return Change(written, value, unit, way, None, previous, quantity.currency)


def _comparable(one: Quantity, other: Quantity) -> bool:
    """Amounts of one thing: both money, or one unit; a part of something is none."""
    if other.form in ("part", "vague") and other.form != one.form:
        return False
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
        return _of(sentence, item), ()
    if quantity.dimension != "share" and quantity.dimension not in _MOVING:
        return None
    behind = _noun_behind(sentence, quantity, sentence.end)
    if behind:
        return _stated(sentence, item, behind[0], quantity.start, behind[1]), ()
    before = _NOUN_BEFORE.search(sentence.text, max(0, quantity.start - 40), quantity.start)
    way = _noun(before[1], sentence.language) if before else None
    if not before or not way or quantity.dimension != "share":
        return None
    return _stated(sentence, item, way, before.start(1), quantity.end), ()


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
