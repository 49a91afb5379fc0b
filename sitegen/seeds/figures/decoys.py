"""Numbers that are not quantities: years, dates, clock times, names, addresses, scores.

Tables of named rules, tried in order; the first that recognises a number says what it is.
"""

from __future__ import annotations

from sitegen.seeds.figures import decoys_in_digits, decoys_in_words
from sitegen.seeds.figures.number_place import Place
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
        rules = decoys_in_digits.BARE if measure is None else decoys_in_digits.MEASURED
    for name, rule in rules:
        if rule(place):
            return name
    return None
