"""Two numbers that are one quantity, or share a unit: “10 to 12%”, “5 ft 2 in”, “a 7- or 8-inch screen”."""

from __future__ import annotations

import re

from sitegen.model import Number
from sitegen.seeds.figures.quantity import AGE, Quantity, whole
from sitegen.seeds.words import words


def joined(text: str, found: list[Quantity]) -> list[Quantity]:
    """The same with ranges and compounds made one; those over a dash bind closer than those over a word."""
    return _joined(text, _joined(text, found, over_dash=True), over_dash=False)


def _joined(text: str, found: list[Quantity], over_dash: bool) -> list[Quantity]:
    made: list[Quantity] = []
    for quantity in found:
        one = _join(text, made[-1], quantity, over_dash) if made else None
        if one:
            made[-1] = one
        else:
            made.append(quantity)
    return made


_FARTHEST = 52


def _join(text: str, first: Quantity, second: Quantity, over_dash: bool) -> Quantity | None:
    if first.joined or second.joined or second.start - first.end > _FARTHEST:
        return None
    between = text[first.end : second.start]
    if over_dash and not _DASH.fullmatch(between):
        return None
    return _compound(first, second, between) or _range(text, first, second, between)


# ---------------------------------------------------------------- compounds


_COMPOUND = re.compile(r",? (?:and )?")
_PARTS = {"foot": ("inch", 12), "year": ("month", 12), "hour": ("minute", 60), "minute": ("second", 60)}
_PARTS |= {"pound-mass": ("ounce", 16), "stone": ("pound-mass", 14), "day": ("hour", 24)}


def _compound(first: Quantity, second: Quantity, between: str) -> Quantity | None:
    """“Five years and three months” are 5.25 years."""
    part, count = _PARTS.get(first.unit or "", ("", 0))
    if part != second.unit or not _COMPOUND.fullmatch(between):
        return None
    if isinstance(first.value, tuple) or isinstance(second.value, tuple) or second.value >= count:
        return None
    return first._replace(end=second.end, value=first.value + second.value / count, joined="compound")


# ---------------------------------------------------------------- ranges


_DASH = re.compile(r" ?(?:[-–—]|--) ?")
_TO = re.compile(r" ?(?:[-–—]|--) ?| to (?:about |around |as much as )?|-to-")
_FROM_FAR = re.compile(r"(?:[^.,;:()]|\.(?=\S)){0,45} to ")
_FROM = re.compile(r"\bfrom (?:up to |about |around |just |a high of |a low of |nearly |almost )?\Z")
_AND = re.compile(r" (?:and|to) ")
_BETWEEN = re.compile(r"\bbetween(?: about| around| roughly)? \Z", re.IGNORECASE)
# “rose 9% to 10%” is no range.
_MOVED = re.compile(
    r"\b(?:by|up|down|rose|rises?|risen|rising|fell|falls?|fallen|falling|gain\w*|dropped|increased|decreased|added"
    r"|lost|jumped|climbed|slid|tumbled|plunged|plummeted|grew|advanced|rallied) \Z"
)


def _range(text: str, first: Quantity, second: Quantity, between: str) -> Quantity | None:
    if isinstance(first.value, tuple) or isinstance(second.value, tuple):
        return None
    if not _alike(first, second) or not _is_range(text, first, second, between):
        return None
    low = first.value
    if second.scaled and not first.scaled and (first.unit is None or first.currency):
        low = _scaled_like(text, low, second.value, second)
    model = second if first.unit is None or first.noun else first
    return model._replace(
        start=first.start,
        end=second.end,
        number_start=first.number_start,
        number_end=second.number_end,
        value=(low, second.value),
        scaled=first.scaled or second.scaled,
        unit=AGE if first.unit == AGE else second.unit or first.unit,
        joined="range",
        second=second.start,
    )


def _is_range(text: str, first: Quantity, second: Quantity, between: str) -> bool:
    before = text[max(0, first.start - 24) : first.start]
    if _FROM_FAR.fullmatch(between) and _FROM.search(before):
        return True
    if _TO.fullmatch(between):
        return not (first.unit and first.form == "digits" and _MOVED.search(before))
    if _AND.fullmatch(between):
        return bool(_BETWEEN.search(before))
    return (
        between == " or " and first.unit is None and second.unit is not None and second.last == first.last + 1
    )


def _alike(first: Quantity, second: Quantity) -> bool:
    """Whether both can be the ends of one range: one unit, or a unit at one of them."""
    if first.unit == AGE and second.unit == "year":
        return True
    if first.unit is None or second.unit is None:
        return True
    return first.unit == second.unit or (first.currency is not None and first.currency == second.currency)


_DIGITS = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


def _scaled_like(text: str, low: Number, high: Number, second: Quantity) -> Number:
    """The second number's magnitude is the first one's too: “€10 to €15 billion”, not “€200 to €4m”."""
    written = _DIGITS.search(text, second.number_start, second.number_end)
    mantissa = float(written.group().replace(",", "")) if written else 0.0
    return low if low >= mantissa else whole(low * abs(high) / mantissa)


# ---------------------------------------------------------------- neighbours


_OF_THE = re.compile(r" of (?:the|its|their|his|her|those|these) ")
_UNLIKE = frozenset({"share", "time", "temperature", "data"})
_ALIKE_IN_SIZE, _ALIKE_IN_POINTS = 30, 1000
_THING_BEHIND = re.compile(r"[ -]([a-z]+)")


def with_units_of_neighbours(text: str, found: list[Quantity], language: str) -> list[Quantity]:
    """A bare number has the unit of the one beside it: “four- or five-door”, “3m sets, up from 2m”."""
    made: list[Quantity] = []
    measured: Quantity | None = None
    for quantity, following in zip(found, [*found[1:], found[-1]], strict=True):
        if quantity.unit is None and quantity.form != "part":
            model = following if _leans_on(text, quantity, following) else measured
            if model is measured and not (model and _like(text, quantity, model, language)):
                model = None
            if model:
                quantity = quantity._replace(
                    unit=model.unit, dimension=model.dimension, currency=model.currency
                )
        elif quantity.unit and quantity.dimension not in _UNLIKE:
            measured = quantity
        made.append(quantity)
    return made


_UP_OR_DOWN = re.compile(r",? \(?(?:up|down|an? (?:\w+ )?\w+ of|or) (?:by |about |nearly |almost |some )?")


def with_points_of_shares(text: str, found: list[Quantity]) -> list[Quantity]:
    """The points of “61%, up three points” and of “rose 3.4 points to 61%” are percentage points."""
    made = list(found)
    for at, quantity in enumerate(found):
        before = at and found[at - 1].unit == "percentage"
        behind = at + 1 < len(found) and found[at + 1].unit == "percentage"
        if quantity.unit == "point" and (
            (before and _UP_OR_DOWN.fullmatch(text, found[at - 1].end, quantity.start))
            or (behind and text[quantity.end : found[at + 1].start] in (" to ", " at "))
        ):
            made[at] = quantity._replace(unit="percentage point", dimension="share", noun=False)
    return made


def _leans_on(text: str, quantity: Quantity, following: Quantity) -> bool:
    if following.unit is None:
        return False
    hanging = text.startswith("-", quantity.end)
    return hanging or bool(_OF_THE.fullmatch(text, quantity.end, following.start))


def _like(text: str, quantity: Quantity, model: Quantity, language: str) -> bool:
    """Near in size, and no word behind it that may be what it counts."""
    most = _ALIKE_IN_POINTS if model.dimension == "score" else _ALIKE_IN_SIZE
    if not quantity.size or not model.size or not 1 / most < quantity.size / model.size < most:
        return False
    thing = _THING_BEHIND.match(text, quantity.end)
    return thing is None or thing[1] in words(language, "phrase_ends")
