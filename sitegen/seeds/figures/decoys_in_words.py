"""Decoys spelled out: “no one”, “phase two”, “the Famous Five”, “half-hearted”."""

from __future__ import annotations

import re

from sitegen.seeds.figures.decoys_in_digits import is_clock, numbered
from sitegen.seeds.figures.number_place import Decoy, Place

_ONE_BEHIND = re.compile(
    r"(?: (?:of|another|in|day|night|morning|evening|time|thing|way|side|hand|who|that|which|can|would|could"
    r"|should|is|was|has|after|more|point|by|and|at|on|for|from|with|as|the|else)\b|[-’'.,;:!?)”\"]|\Z)",
    re.IGNORECASE,
)
_ONE_BEFORE = re.compile(
    r"\b(?:no|the|this|that|every|each|any|some|which|another|only|last|first|next|good|big|new|bad|old|right"
    r"|wrong|day|for|number|square|someone|loved|phase|category|year|round|game|as|than|not|was|is|like) \Z",
    re.IGNORECASE,
)
_CAPITAL_BEFORE = re.compile(r"[A-Z][\w’']* \Z")
_CAPITAL_BEHIND = re.compile(r"[ -][A-Z]")
_IDIOM = re.compile(r"-(?:hearted|way|time|fifty|sided|handed|minded)|(?: and only\b)")


def _pronoun(place: Place) -> bool:
    """“no one”, “one of them”, “one day”: somebody or something, not a count."""
    if place.numeral.value != 1:
        return False
    return bool(_ONE_BEHIND.match(place.behind) or _ONE_BEFORE.search(place.before))


def _name(place: Place) -> bool:
    """The Famous Five: a capital where the sentence goes on in small letters."""
    if not place.written[0].isupper() or place.written.isupper():
        return False
    return bool(_CAPITAL_BEFORE.search(place.before)) and not _CAPITAL_BEHIND.match(place.behind)


def _idiom(place: Place) -> bool:
    """Half-hearted, one-sided, fifty-fifty; a zero-emission ship counts no emissions."""
    return bool(_IDIOM.match(place.behind)) or (place.numeral.value == 0 and place.behind[:1] == "-")


RULES: tuple[Decoy, ...] = (
    Decoy("clock", is_clock),
    Decoy("one", _pronoun),
    Decoy("numbered", numbered),
    Decoy("name", _name),
    Decoy("idiom", _idiom),
)
