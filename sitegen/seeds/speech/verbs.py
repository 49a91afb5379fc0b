"""Reporting verbs in a sentence, and whose they are."""

from __future__ import annotations

from typing import NamedTuple

from sitegen.seeds.speech import subject
from sitegen.seeds.speech.frame import Frame
from sitegen.seeds.speech.phrase import Grammar, Source, named, phrase
from sitegen.seeds.speech.quotes import Stretch
from sitegen.seeds.speech.wordlists import (
    COMMAS,
    DETERMINERS,
    LETS_BARE,
    MODALS,
    NOUNS_TOO,
    PASSIVE,
    PLAIN_SAY,
    POSSESSIVE,
    PREPOSITIONS,
    RELATIVES,
    SUBJECTS,
    TAKES_A_HEARER,
)

_CLOSES = COMMAS | {".", ":", ";", "who"}
_SPEECH_ENDS = frozenset({",", "?", "!", "—", "–", "-"})


class Case(NamedTuple):
    """One stretch to attribute: its token `at` in the frame and its sentence, tokens first..last."""

    frame: Frame
    at: int
    stretch: Stretch
    first: int
    last: int
    grammar: Grammar

    @property
    def asks_on(self) -> bool:
        """Whether the mark before the closing one lets the sentence go on: "…," she said."""
        return self.frame.text[self.stretch.end - 2 : self.stretch.end - 1] in _SPEECH_ENDS


def reports(c: Case, at: int) -> bool:
    """Whether token `at` is a reporting verb, not a noun of the same form."""
    f, verbs = c.frame, c.grammar.verbs
    low = f.low[at]
    if at and at + 1 < len(f) and f"{low} {f.low[at + 1]}" in verbs.phrases and not f.name[at]:
        return True
    if low not in verbs.base or f.name[at] is not None or not at:
        return False
    previous = f.low[at - 1]
    if low in verbs.participles:
        return previous not in DETERMINERS and previous not in POSSESSIVE
    if low in verbs.bare and low != "read":
        if previous in MODALS:
            return low in PLAIN_SAY
        return previous in LETS_BARE or (
            previous.endswith("s") and previous not in POSSESSIVE and not f.name[at - 1]
        )
    if low in NOUNS_TOO:
        return (
            f.name[at - 1] is not None
            or previous in SUBJECTS
            or previous in RELATIVES
            or c.grammar.role(previous)
        )
    return previous not in DETERMINERS and previous not in PREPOSITIONS and previous not in POSSESSIVE


def aside(c: Case, verb: int) -> bool:
    """Whether the verb stands in an aside that is closed before the stretch: Lee, who denied it, …"""
    f = c.frame
    if f.low[verb] in c.grammar.verbs.participles and f.low[verb - 1] == ",":
        return True
    opening = next((at for at in range(verb - 1, c.first, -1) if f.low[at] == ","), None)
    if opening is None or f.low[opening + 1] not in ("who", "which", "whose"):
        return False
    return any(f.low[at] == "," for at in range(verb + 1, c.at))


def supposed(c: Case, verb: int) -> bool:
    """Whether the verb only says what might be: if the council did not insist on …"""
    f = c.frame
    for at in range(verb - 1, c.first - 1, -1):
        if f.low[at] in COMMAS:
            return False
        if f.low[at] in ("if", "unless"):
            return True
    return False


def said_by(c: Case, noun: int) -> Source | None:
    """Whose claim it is, where token `noun` is such a noun."""
    f = c.frame
    if f.low[noun] not in c.grammar.verbs.nouns or (
        noun + 1 < c.at and f.low[noun + 1] not in ("that", "of", ":")
    ):
        return None
    owner = f.name[noun - 2] if noun > c.first + 1 and f.low[noun - 1] in POSSESSIVE else None
    if owner:
        return named(owner)
    if f.low[noun - 1] in ("his", "her"):
        return Source(f.start[noun - 1], f.end[noun - 1], "pronoun", f.raw[noun - 1])
    return None


def subject_of(c: Case, verb: int) -> Source | None:
    """The subject of the reporting verb at `verb` in the sentence of the stretch."""
    f, g = c.frame, c.grammar
    behind = inverted(c, verb)
    if behind:
        return behind
    if f.low[verb] in g.verbs.participles and f.low[verb - 1] not in PASSIVE:
        last = verb - 1 if f.low[verb - 1].endswith("ly") else verb
        first = _with(c, last)
        if first > c.first and (f.name[last - 1] or f.low[first - 1] == "with"):
            return subject.tail(f, first, last, g)
        return _finite_before(c, verb) or subject.main(f, c.first, verb, g)
    if f.low[verb - 1] in PASSIVE and f.low[verb].endswith("ed"):
        return _agent(c, verb)
    return subject.before(f, c.first, verb, g)


def _finite_before(c: Case, participle: int) -> Source | None:
    """Ann Lee answered on Monday, calling it "…": the subject of the verb that the participle hangs on."""
    f, verbs = c.frame, c.grammar.verbs
    for verb in range(participle - 1, c.first, -1):
        if f.low[verb] not in verbs.participles and reports(c, verb):
            return subject_of(c, verb)
    return None


def inverted(c: Case, verb: int) -> Source | None:
    """…, says Ann Lee, a historian, …: between commas the name stands behind the verb."""
    f = c.frame
    verbs = c.grammar.verbs
    if (
        f.low[verb] not in verbs.inverting
        or verbs.base[f.low[verb]] in TAKES_A_HEARER
        or f.low[verb - 1] not in COMMAS
    ):
        return None
    source = subject.after(f, verb + 1, c.last, c.grammar)
    if source is None or source.kind == "pronoun":
        return None
    end = next((at for at in range(verb + 1, c.last) if f.start[at] >= source.end), c.last)
    closed = end == c.last or f.low[end] in _CLOSES or (source.kind == "name" and f.low[end] in PREPOSITIONS)
    return source if closed and (end == c.last or f.stretch[end] < 0) else None


def _with(c: Case, verb: int) -> int:
    """…, with Ann Lee telling reporters: where her name begins."""
    f = c.frame
    first = verb
    while first > c.first and f.low[first - 1] not in (",", "with", "after", "as", "and", "by"):
        first -= 1
    return first


def _agent(c: Case, verb: int) -> Source | None:
    """It was called "…" by Ann Lee."""
    f = c.frame
    for at in range(verb + 1, min(c.last, verb + 12)):
        if f.low[at] == "by":
            return phrase(f, at + 1, c.last, c.grammar)
    return None
