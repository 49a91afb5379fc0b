"""Who says each quoted stretch: an ordered table of named rules, the first that finds a source wins."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from sitegen.seeds.speech import subject
from sitegen.seeds.speech.phrase import Source, named, phrase
from sitegen.seeds.speech.verbs import Case, aside, inverted, reports, said_by, subject_of, supposed
from sitegen.seeds.speech.wordlists import (
    COMMAS,
    DASHES,
    JOINING,
    POSSESSIVE,
    PREPOSITIONS,
    RELATIVES,
    SUBJECTS,
)

_BETWEEN = DASHES | {",", ":", "that", "the", "a", "an", "as", "it", "him", "her", "them", "this"}

Rule = Callable[[Case], Source | None]


# ---------------------------------------------------------------- the rules


def adjacent_verb(c: Case) -> Source | None:
    """Ann Lee said, "…" and who called it "…": the verb stands right before the stretch."""
    f, at = c.frame, c.at - 1
    while at > c.first and f.low[at] in _BETWEEN:
        at -= 1
    return subject_of(c, at) if at > c.first and reports(c, at) else None


def said_name(c: Case) -> Source | None:
    """ "…," said Ann Lee, the mayor."""
    f, at = c.frame, c.at + 1
    while at < c.last and (f.low[at] in COMMAS or (f.low[at].endswith("ly") and not f.name[at])):
        at += 1
    if at >= c.last:
        return None
    if f.low[at] == "according" and at + 1 < c.last and f.low[at + 1] == "to":
        return subject.after(f, at + 2, c.last, c.grammar)
    verbs = c.grammar.verbs
    if f.name[at] or f.low[at] not in verbs.base or f.low[at] in verbs.participles:
        return None
    named_next = at + 1 < c.last and f.raw[at + 1][0].isupper() and f.low[at].endswith("ed")
    if f.low[at] in verbs.inverting or named_next:
        return subject.after(f, at + 1, c.last, c.grammar)
    return None


def name_said(c: Case) -> Source | None:
    """ "…," Ann Lee, the mayor, told reporters."""
    f, first = c.frame, c.at + 1
    while first < c.last and f.low[first] in COMMAS:
        first += 1
    goes_on = JOINING | RELATIVES if c.asks_on else JOINING | RELATIVES | PREPOSITIONS
    if first >= c.last or (f.name[first] is None and f.low[first] in goes_on):
        return None
    for verb in range(first + 1, min(c.last, first + 40)):
        if f.stretch[verb] >= 0 or f.low[verb] in (";", ":"):
            return None
        if reports(c, verb) and f.low[verb] not in c.grammar.verbs.participles:
            if not c.asks_on and c.last - verb > 9:
                return None  # the sentence goes on about something else
            return inverted(c, verb) or headed(c, first, verb) or subject.before(f, first, verb, c.grammar)
    return None


def headed(c: Case, first: int, verb: int) -> Source | None:
    """ "…," the welder Ann Lee, of the works at Ham, in the north, said: the name before the first comma."""
    f = c.frame
    comma = next((at for at in range(first, verb) if f.low[at] == ","), None)
    if comma is None or comma == first or not c.asks_on:
        return None
    name = f.name[comma - 1]
    if name is None or len(name.words) < 2 or any(f.low[at] in PREPOSITIONS for at in range(first, comma)):
        return None
    return named(name)


def name_follows(c: Case) -> Source | None:
    """ "…!" Ann Lee thundered: a name right behind the words, whatever it does."""
    f, at = c.frame, c.at + 1
    if not c.asks_on or at >= c.last - 1 or not (f.name[at] or f.low[at] in SUBJECTS):
        return None
    return phrase(f, at, c.last, c.grammar)


def in_words_of(c: Case) -> Source | None:
    """It is “…”, in Ann Lee’s words."""
    f, at = c.frame, c.at + 1
    while at < c.last and f.low[at] in COMMAS:
        at += 1
    if at >= c.last - 2 or f.low[at] != "in":
        return None
    words = next((i for i in range(at + 1, min(c.last, at + 9)) if f.low[i] in ("words", "phrase")), None)
    if words is None:
        return None
    if f.low[words - 1] in POSSESSIVE:
        return phrase(f, at + 1, words - 1, c.grammar)
    return subject.after(f, words + 2, c.last, c.grammar) if f.low[words + 1 : words + 2] == ["of"] else None


def signature(c: Case) -> Source | None:
    """“…” — Ann Lee, at the end of a paragraph."""
    f = c.frame
    at = c.at + 1
    if c.at > 0 or at + 1 >= len(f) or f.low[at] not in DASHES or f.name[at + 1] is None:
        return None
    return phrase(f, at + 1, len(f), c.grammar) if len(f) - at < 12 else None


def parenthesis(c: Case) -> Source | None:
    """The quay, Ann Lee said, was "…", and the quay, says Ann Lee, is "…"."""
    f = c.frame
    commas = [at for at in range(c.first + 1, c.at) if f.low[at] in COMMAS]
    for opening, closing in reversed(list(pairwise(commas))):
        verb = next((at for at in range(opening + 1, closing) if reports(c, at)), None)
        if verb == opening + 1:
            return inverted(c, verb)
        if verb and verb >= closing - 2 and f.low[verb] not in c.grammar.verbs.participles:
            source = phrase(f, opening + 1, verb, c.grammar)
            if source and source.start == f.start[opening + 1]:
                return source if source.end == f.end[verb - 1] else None
    return None


def verb_before(c: Case) -> Source | None:
    """Ann Lee said that it was "…", and Ann Lee's claim that it was "…"."""
    weak: Source | None = None
    for verb in range(c.at - 1, c.first, -1):
        noun = said_by(c, verb)
        if noun:
            return noun
        if not reports(c, verb):
            continue
        source = subject_of(c, verb)
        if source and not (aside(c, verb) or supposed(c, verb)):
            return source
        weak = weak or source
    return weak


def name_colon(c: Case) -> Source | None:
    """LEE: "…" and Lee on the vote: "…"."""
    f = c.frame
    if c.at > c.first + 1 and f.low[c.at - 1] == ":":
        source = subject.main(f, c.first, c.at - 1, c.grammar)
        if source and source.kind != "nominal":
            return source
        last = next((name for name in reversed(f.name[c.first : c.at]) if name), None)
        return named(last) if last and source is None else source
    return None


def short_sentence_after(c: Case) -> Source | None:
    """“….” Lee said. – with a full stop where a comma should be."""
    f, at = c.frame, c.at + 1
    if at >= len(f) or f.stretch[at] >= 0 or not (f.name[at] or f.low[at] in SUBJECTS):
        return None
    first, last = f.sentence(at)
    if first != at or last - first > 6 or any(f.stretch[i] >= 0 for i in range(first, last)):
        return None
    verb = next((i for i in range(first + 1, last) if reports(c, i)), None)
    return subject.before(f, first, verb, c.grammar) if verb else None


def according(c: Case) -> Source | None:
    """According to Ann Lee, "…"."""
    f = c.frame
    for at in range(c.first, c.last - 2):
        if f.low[at] == "according" and f.low[at + 1] == "to":
            return subject.after(f, at + 2, c.last, c.grammar)
    return None


def later_in_sentence(c: Case) -> Source | None:
    """It was "…" and "…", Ann Lee said."""
    f = c.frame
    low = c.at + 1
    for verb in range(c.at + 1, c.last):
        if f.stretch[verb] >= 0:
            low = verb + 1
        elif verb > low and reports(c, verb) and f.low[verb] not in c.grammar.verbs.participles:
            source = inverted(c, verb) or subject.before(f, low, verb, c.grammar)
            if source:
                return source
    return None


def subject_of_sentence(c: Case) -> Source | None:
    """Ann Lee has no time for "…"."""
    if c.at == c.first:
        return None
    source = subject.main(c.frame, c.first, c.at, c.grammar)
    return source if source and source.kind != "nominal" else None


_AFTER: tuple[tuple[str, Rule], ...] = (
    ("said-name", said_name),
    ("in-words-of", in_words_of),
    ("signature", signature),
    ("name-said", name_said),
)
_BEFORE: tuple[tuple[str, Rule], ...] = (
    ("parenthesis", parenthesis),
    ("verb-before", verb_before),
    ("name-colon", name_colon),
)
_FAR: tuple[tuple[str, Rule], ...] = (
    ("according-to", according),
    ("later-in-sentence", later_in_sentence),
    ("short-sentence-after", short_sentence_after),
    ("name-follows", name_follows),
    ("subject-of-sentence", subject_of_sentence),
)
WHERE_THE_SENTENCE_GOES_ON = (("adjacent-verb", adjacent_verb), *_AFTER, *_BEFORE, *_FAR)
WHERE_IT_ENDS = (("adjacent-verb", adjacent_verb), *_BEFORE, *_AFTER, *_FAR)

NEAR = frozenset(name for name, _ in WHERE_IT_ENDS) - {  # the rules that find somebody who says something
    "signature",
    "short-sentence-after",
    "name-follows",
    "subject-of-sentence",
}


def attribute(c: Case) -> tuple[str, Source] | None:
    """The rule that finds the source of a stretch in its own sentence, and the source."""
    for name, rule in WHERE_THE_SENTENCE_GOES_ON if c.asks_on else WHERE_IT_ENDS:
        source = rule(c)
        if source:
            return name, source
    return None
