"""Quantities of a sentence: numbers with what they measure, ranges joined, decoys left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sitegen.seeds.figures.decoys import decoy
from sitegen.seeds.figures.numbers import Numeral, numerals
from sitegen.seeds.figures.quantity import AGE, Quantity, times
from sitegen.seeds.figures.quantity_joins import joined, with_points_of_shares, with_units_of_neighbours
from sitegen.seeds.figures.unit_nouns import counted
from sitegen.seeds.figures.units import Measure, measure, named_unit, rate, with_rate


def quantities(
    text: str, start: int, end: int, language: str, numbers: Sequence[Numeral] | None = None
) -> list[Quantity]:
    """The quantities between `start` and `end`, in order; none overlaps another.

    `numbers` are the numerals there, where they are known already.
    """
    found: list[Quantity] = []
    for numeral in numerals(text, start, end, language) if numbers is None else numbers:
        if found and numeral.start < found[-1].end:
            continue
        quantity = _quantity(text, numeral, found[-1].end if found else start, end, language)
        if quantity:
            found.append(quantity)
    if len(found) > 1:
        found = with_points_of_shares(text, with_units_of_neighbours(text, joined(text, found), language))
    return [quantity for quantity in found if _stands_alone(text, quantity)]


def _quantity(text: str, numeral: Numeral, floor: int, end: int, language: str) -> Quantity | None:
    about = measure(text, numeral, floor, end, language)
    if decoy(text, numeral, about, language):
        return None
    if about is None or about.unit is None:
        return _with_age(text, _count(text, numeral, about, end, language), end)
    quantity = Quantity(
        about.start, about.end, numeral.start, numeral.end, times(numeral.value, about.factor), numeral.form,
        numeral.scaled or about.factor > 1, about.unit, about.dimension, about.currency, about.per,
    )  # fmt: skip
    return _with_age(text, quantity, end) if about.dimension == "time" else quantity


# ---------------------------------------------------------------- ages


_OLD = re.compile(r"[ -]olds?\b|(?<=years) of age\b")
_AGE_BEFORE = re.compile(
    r"\b(?:aged|ages?|age of|ages of|aged between|ages between|who (?:is|was)|turn(?:s|ed|ing)?) \Z",
    re.IGNORECASE,
)
# “Ann Lee is 58.”
_IS = re.compile(r"(?:\b[A-Z][\w’'-]+ [A-Z][\w’'-]+|\b[Hh]e|\b[Ss]he) (?:is|was) (?:now |only |just )?\Z")
_AGE_ENDS = re.compile(r"[.,;](?!\d)| and\b| when\b")
_NAME_COMMA = re.compile(r"[A-Z][^\W\d]*,\s\Z")
_OLDEST = 120


def _with_age(text: str, quantity: Quantity, end: int) -> Quantity:
    """The same, as an age where it is one: 66 in “Ames, 66, said”, “two-year-old”, “aged 8”."""
    said = _AGE_BEFORE.search(text, max(0, quantity.start - 16), quantity.start)
    if quantity.dimension == "time":
        old = _OLD.match(text, quantity.end, end)
        if old or (said and quantity.unit == "year"):
            unit = AGE if quantity.unit == "year" else f"{quantity.unit} of age"
            return quantity._replace(end=old.end() if old else quantity.end, unit=unit)
        return quantity
    if quantity.unit or quantity.scaled or not isinstance(quantity.value, int):
        return quantity
    named = text.startswith((",", "."), quantity.end) and _NAME_COMMA.search(
        text, max(0, quantity.start - 24), quantity.start
    )
    if not (said or named) and text.startswith((".", ",", ";", " "), quantity.end):
        is_age = _AGE_ENDS.match(text, quantity.end) and quantity.form == "digits"
        named = is_age and _IS.search(text, max(0, quantity.start - 48), quantity.start)
    if (said or named) and 0 < quantity.value < _OLDEST:
        return quantity._replace(unit=AGE, dimension="time")
    return quantity


# ---------------------------------------------------------------- counts


_OF = re.compile(r" of (?:the |its |their |all |these |those )?")
_INHABITED = re.compile(
    r"\b(?:population|community|city|town|village|suburb|crowd|audience|workforce|staff|army) of \Z",
    re.IGNORECASE,
)
_FEWEST_INHABITANTS = 100
_HOURS = frozenset({"second", "minute", "hour", "day", "night", "week", "month", "year"})


def _count(text: str, numeral: Numeral, about: Measure | None, end: int, language: str) -> Quantity:
    """A number without a unit of measure: how many of something, or a bare value."""
    at, to = (about.start, about.end) if about else (numeral.start, numeral.end)
    value = times(numeral.value, about.factor if about else 1)
    scaled = numeral.scaled or about is not None
    quantity = Quantity(at, to, at, to, value, numeral.form, scaled)
    of = _OF.match(text, to, end) if scaled or numeral.form in ("vague", "part") else None
    thing = counted(text, of.end() - 1 if of else to, end, language, one=value == 1)
    if not thing:
        per, to = rate(text, to, end, language)  # “27.5 an hour”
        quantity = quantity._replace(end=to, per=per) if per in _HOURS else quantity
        inhabited = quantity.size >= _FEWEST_INHABITANTS and _INHABITED.search(text, max(0, at - 24), at)
        return quantity._replace(unit="people", dimension="count") if inhabited else quantity
    noun_end, name = thing
    last = name.rsplit(" ", 1)[-1]
    known = named_unit(last, language) if last.islower() and numeral.form != "part" else None
    if known:  # “60 running metres” are metres
        is_thing = known.code == "score"
        return quantity._replace(end=noun_end, unit=known.name, dimension=known.code, noun=is_thing)
    per, noun_end = rate(text, noun_end, end, language)
    return quantity._replace(end=noun_end, unit=with_rate(name, per), dimension="count", per=per, noun=True)


_INTRODUCED = re.compile(
    r"\b(?:to|at|of|by|from|about|around|over|than|nearly|almost|was|were|is|are|totall?ed|totall?ing|reached|hit"
    r"|and|some|just|only|under|approximately|roughly|below|above|versus|estimated|with|while)\s\Z|[’']s \Z",
    re.IGNORECASE,
)
_LARGEST_PRONOUN = 12


def _stands_alone(text: str, quantity: Quantity) -> bool:
    """Whether a number that counts nothing we can name is worth listing; “the two” is not."""
    if quantity.unit or quantity.joined or quantity.scaled or quantity.form in ("part", "vague"):
        return True
    if quantity.form == "words":
        return quantity.size > _LARGEST_PRONOUN
    written = text[quantity.start : quantity.end]
    if "," in written or "." in written:
        return True
    return bool(_INTRODUCED.search(text, max(0, quantity.start - 16), quantity.start))
