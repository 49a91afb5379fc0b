"""What a key figure is called where the sound rules find no label: better a plain word than none.

A table of named rules like that of the labels; their words never make a figure a key one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from sitegen.seeds.figures import phrases
from sitegen.seeds.figures.label_verbs import COMPARING, clause_subject
from sitegen.seeds.figures.setting import Setting
from sitegen.seeds.words import table

_LEAD = re.compile(r"^(?:[ -]|(?:of|or more|more|additional|extra|further|other)\b)+")
_NEAREST_VERBS = 8


def _things(here: Setting) -> str | None:
    """The things counted: “stalls” of “up to 200 stalls”."""
    if not here.quantity.noun and here.quantity.unit != "people":
        return None
    return _LEAD.sub("", here.text[here.quantity.number_end : here.quantity.end])


def _of_verb(here: Setting) -> str | None:
    """What is done with it: “cost” where the cranes cost €9m, “closed” where a quay was, for six weeks."""
    links = _DONE.get(here.quantity.dimension or "", frozenset())
    if here.quantity.noun or here.way.link not in links:
        return None
    for at in range(here.first - 1, max(-1, here.first - _NEAREST_VERBS), -1):
        if here.tokens[at].closed:
            return None
        verbal = here.tokens[at].kind in ("verb", "finite") or here.word(at - 1) in _BEFORE_VERB
        known = table(here.language, "figure_verbs").get(here.word(at))
        if known and (verbal or known.endswith(" of")):
            return known.removesuffix(" of")
        done = here.word(at) if verbal and here.word(at).endswith("ed") else None
        if done and (here.quantity.dimension == "time" or here.way.link in ("above", "below")):
            return done
    return None


# By what is done, the links over which it is: “paid €5m”, “jailed for a year”, “sentenced to one”.
_DONE: Mapping[str, frozenset[str | None]] = {
    "money": frozenset({None, "for", "above", "below"}),
    "time": frozenset({None, "for", "to", "of"}),
}
_BEFORE_VERB = frozenset({"to", "will", "would", "could", "may", "might", "can", "must", "should"})


def _moving(here: Setting) -> str | None:
    """What moved, over an aside: “Renewable energy from the sun, and wind power, increased 6%”."""
    at = here.way.at
    if at < 0 or here.word(at) not in table(here.language, "change_verbs") or here.quantity.noun:
        return None
    return clause_subject(here) or here.written(phrases.behind(here.tokens, 0, linked=False))


def _change(here: Setting) -> str | None:
    """The change itself: “rise from last spring” of “with a 4% rise from last spring”."""
    noun = "" if here.closed else here.word(here.behind)
    if noun in COMPARING or noun not in table(here.language, "change_nouns"):
        return None
    link = here.word(here.behind + 1)
    base = phrases.behind(here.tokens, here.behind + 2, linked=False) if link in ("from", "on") else None
    return f"{noun} {link} {here.written(base)}" if base else noun


def _span_of(here: Setting) -> str | None:
    """What lasts so long: the closure of “a six week closure”."""
    span = here.text[here.quantity.number_end : here.quantity.end]
    if here.quantity.dimension != "time" or here.closed or span.endswith("s"):
        return None
    if here.behind >= len(here.tokens) or here.tokens[here.behind].kind != "name":
        return None
    return here.written(phrases.behind(here.tokens, here.behind, linked=False))


def _in_what(here: Setting) -> str | None:
    """What follows: “dock” of “at most six weeks in dock”, the berth of “€40 for the berth”."""
    if here.quantity.dimension not in _DONE or here.closed:
        return None
    if here.word(here.behind) not in ("in", "of", "for", "on"):
        return None
    return here.written(phrases.behind(here.tokens, here.behind + 1, linked=False))


Rule = Callable[[Setting], str | None]
RULES: tuple[tuple[str, Rule], ...] = (
    ("things", _things),
    ("span-of", _span_of),
    ("of-verb", _of_verb),
    ("moving", _moving),
    ("change", _change),
    ("in-what", _in_what),
)
