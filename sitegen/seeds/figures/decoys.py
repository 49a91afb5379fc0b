"""Numbers that are not quantities: years, dates, clock times, names, addresses, scores.

Tables of named rules, tried in order; the first that recognises a number says what it is.
"""

from __future__ import annotations

from functools import lru_cache

from sitegen.seeds.figures import decoys_in_digits, decoys_in_words
from sitegen.seeds.figures.number_place import Decoy, Place
from sitegen.seeds.figures.numbers import Numeral
from sitegen.seeds.figures.units import Measure

_REACH = 40


def decoy(text: str, numeral: Numeral, measure: Measure | None, language: str) -> str | None:
    """The name of the first rule that says that this number is no quantity, or None."""
    at, to = numeral.start, numeral.end
    before, behind = text[max(0, at - _REACH) : at], text[to : to + _REACH]
    place = Place(numeral, text[at:to], before, behind, measure, language)
    if numeral.form != "digits":
        rules = decoys_in_words.RULES
    else:
        rules = _in_digits(measure is None, before[-1:], behind[:1])
    for name, rule, _, _ in rules:
        if rule(place):
            return name
    return None


@lru_cache(maxsize=2000)
def _in_digits(bare: bool, before: str, behind: str) -> tuple[Decoy, ...]:
    """The rules that can hold for digits between these two marks."""
    rules = decoys_in_digits.BARE if bare else decoys_in_digits.MEASURED
    return tuple(decoy for decoy in rules if decoy.may_hold(before, behind))
