"""Noun phrases around a number: the subject of a verb, the phrase left of a link, the phrase right of one."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.seeds.figures.tokens import Token

Words = Sequence[Token]
# A stretch of words, from the first to the one behind the last.
Phrase = tuple[int, int]

_MOST_WORDS = 7
_NEVER_INSIDE = frozenset({"finite", "auxiliary", "pronoun", "relative", "joining"})
_HELD_BY = frozenset({"of", "in", "on", "for", "with", "between"})
_AND = frozenset({"and", "or", "&"})
_OPENERS = frozenset({"joining", "determiner", "empty", "time", "number", "pronoun", "relative"})
_TRAILERS = frozenset({"link", "determiner", "empty", "time", "joining", "relative", "auxiliary", "number"})
_MODIFIERS = frozenset({"total", "annual", "overall", "its", "their"})
_LONGEST_ASIDE = 14


def subject(found: Words, verb: int) -> Phrase | None:
    """The phrase that verb number `verb` says something of, or None where that is a pronoun or unclear."""
    at = _behind_subject(found, verb)
    if at < 0:
        return None
    if found[at].word in _AND or (found[at].closed and found[verb].word.endswith("ing")):
        return _first_subject(found, at)  # “it opened and costs …”, “she sold it, raising …”
    if found[at].closed:
        aside = _before_aside(found, at)
        if aside is None:  # “Each wing is 36 metres high, weighs …”
            return _first_subject(found, at)
        at = aside
    last = whole = at
    first = at + 1
    while at >= 0 and not (found[at].closed and at != last):
        named = _antecedent(found, at, last)
        if named is not None:
            at = last = named  # “vessels that (take our power) pay”: the vessels do
            first = named + 1
        elif _ends_phrase(found, at, last):
            break
        else:
            first, at = at, at - 1
    phrase = trimmed(found, _without_fronting(found, first, last + 1))
    if phrase and last != whole and phrase[1] - phrase[0] == 1 and found[phrase[0]].word in _NEEDS_CLAUSE:
        return phrase[0], whole + 1
    return phrase


# “The time that engines are left running”: without its clause such a word says nothing.
_NEEDS_CLAUSE = frozenset({"time", "number", "amount", "share", "people", "part", "way"})
_PREDICATES = frozenset({"finite", "auxiliary"})


def _first_subject(found: Words, end: int) -> Phrase | None:
    """The subject of the first verb before `end`."""
    verbs = (at for at in range(1, end) if found[at].kind in _PREDICATES or _is_active(found, at, end))
    first = next(verbs, None)
    return None if first is None else subject(found, first)


def _ends_phrase(found: Words, at: int, last: int) -> bool:
    """Whether the word is no part of the phrase that ends with `last`."""
    token = found[at]
    if token.word in _AND and at > 0 and not found[at - 1].closed:
        return _finite_left(found, at) and not (found[at - 1].capital and found[at + 1].capital)
    if token.kind == "pronoun" and at > 0 and found[at - 1].word.endswith("ing"):  # “moving it”
        return False
    return token.kind in _NEVER_INSIDE or _is_active(found, at, last)


def _behind_subject(found: Words, verb: int) -> int:
    """The last word before the verb that is no auxiliary, adverb or “expects to”."""
    at = verb - 1
    while at >= 0:
        token = found[at]
        infinitive = token.word == "to" or (token.kind in ("finite", "verb") and found[at + 1].word == "to")
        if token.closed or not (token.kind in ("auxiliary", "empty") or infinitive):
            break
        at -= 1
    return at


def _before_aside(found: Words, at: int) -> int | None:
    """The word before “, the largest operator,” where such an aside ends at `at`."""
    backs = range(at - 1, max(-1, at - _LONGEST_ASIDE), -1)
    opening = next((back for back in backs if found[back].closed), None)
    return None if opening is None or found[opening + 1].word in _AND else opening


def _is_active(found: Words, at: int, last: int) -> bool:
    """Whether a verb with an object stands here; “power sold at the quay” and “a lost box” have none."""
    token = found[at]
    if token.kind != "verb" or token.word.endswith("ing") or at == last:
        return False
    return found[at + 1].kind not in ("link", "time") and not (at and found[at - 1].kind == "determiner")


def _finite_left(found: Words, at: int) -> bool:
    """Whether the clause has another verb left of its “and”, which then joins clauses, not nouns."""
    while at > 0 and not found[at - 1].closed:
        at -= 1
        if found[at].kind in ("finite", "auxiliary", "joining", "pronoun") or _is_active(found, at, at + 1):
            return True
    return False


def _antecedent(found: Words, at: int, last: int) -> int | None:
    """The noun before a “that” or “who” that stands at `at`, or whose clause has its verb there."""
    if found[at].kind == "relative":
        relative = at
    elif found[at].kind in _PREDICATES or _is_active(found, at, last):
        backs = range(at - 1, max(-1, at - _LONGEST_CLAUSE), -1)
        relative = next((back for back in backs if found[back].kind not in _BEFORE_VERB), -1)
    else:
        return None
    named = relative - 1
    if named < 0 or found[relative].kind != "relative" or found[named].kind != "name":
        return None
    own = relative == last or found[relative].word != "that" or found[named].word in _NEEDS_CLAUSE
    return named if own or _opens_with_verb(found, relative + 1) else None


def _opens_with_verb(found: Words, at: int) -> bool:
    """Whether a verb stands here: “(a ship that) plugs in”, not “(a sign that) sales rose”."""
    token = found[at]
    thirds = token.kind == "name" and token.word.endswith("s") and found[at + 1].kind == "link"
    return thirds or token.kind in ("finite", "auxiliary", "verb", "empty")


_LONGEST_CLAUSE = 6
_BEFORE_VERB = frozenset({"auxiliary", "empty", "finite", "name", "determiner"})


def _without_fronting(found: Words, first: int, last: int) -> Phrase:
    """Without what stands in front of the subject: “In tests this spring | the number of moves”."""
    while first < last and (
        found[first].kind in ("joining", "empty", "relative") or found[first].word == "with"
    ):
        first += 1
    fronted = first < last and found[first].kind == "link"
    for at in range(last - 1, first, -1):
        begins = found[at].kind == "determiner" and at + 1 < last
        if begins and found[at - 1].kind not in ("link", "verb", "determiner"):
            return at, last
        if fronted and found[at - 1].kind in ("time", "number") and found[at].kind == "name":
            return at, last
    return (last, last) if fronted else (first, last)


def before(found: Words, last: int) -> Phrase | None:
    """The phrase that ends with word number `last`, with what it hangs on: “saving in fuel”."""
    first = _run(found, last)
    if first > last:
        return None
    link = first - 1
    while link > 0 and (found[link].kind == "determiner" or found[link].word in _MODIFIERS):
        link -= 1
    if link > 0 and found[link].word in _HELD_BY and not found[link - 1].closed:
        head = _run(found, link - 1)
        if head <= link - 1 and last - head < _MOST_WORDS:
            first = head
    return trimmed(found, (first, last + 1))


def _run(found: Words, last: int) -> int:
    """Where the run of names that ends at `last` begins."""
    first = last + 1
    while first > 0 and (first - 1 == last or not found[first - 1].closed):
        token = found[first - 1]
        adjective = (
            token.kind == "verb" and first <= last and first > 1 and found[first - 2].kind == "determiner"
        )
        infinitive = first > 1 and found[first - 2].word == "to" and first <= last
        if (token.kind != "name" and not adjective) or infinitive:
            break
        first -= 1
    return first


def behind(found: Words, first: int, linked: bool = True) -> Phrase | None:
    """The phrase that begins with word number `first`; `linked` lets it go on over one preposition."""
    while first < len(found) and found[first].kind in ("determiner", "empty") and not found[first].closed:
        first += 1
    last = first
    while last < len(found):
        kind = found[last].kind
        if last > first and found[last].word in _AND and _joins_nouns(found, last):
            pass
        elif (
            kind == "link"
            and linked
            and last > first
            and found[last].word in _HELD_BY | {"without", "against"}
        ):
            linked = False
        elif kind not in ("name", "determiner") or (kind == "determiner" and last == first):
            break
        last += 1
        if found[last - 1].closed:
            break
    return trimmed(found, (first, last))


def _joins_nouns(found: Words, at: int) -> bool:
    """Whether a noun follows the “and” (“sand and silt”), not a verb with its object."""
    if at + 1 >= len(found) or found[at + 1].kind != "name":
        return False
    return at + 2 == len(found) or found[at + 1].closed or found[at + 2].kind not in _OBJECT_OPENS


_OBJECT_OPENS = frozenset({"determiner", "empty", "number", "pronoun"})


def trimmed(found: Words, phrase: Phrase) -> Phrase | None:
    """Without articles, times and adverbs at its ends, cut where it gets long, None where nothing is left."""
    first, last = phrase
    while first < last and found[first].kind in _OPENERS:
        first += 1
    for at in range(first + 1, last):
        counts = found[at].word[0].isdigit() and not (at + 1 < last and found[at + 1].kind == "name")
        if counts or (at - first >= 2 and found[at].kind == "relative"):
            last = at
            break
    if last - first > _MOST_WORDS:
        cuts = [at for at in range(first + 1, first + _MOST_WORDS + 1) if found[at].kind in ("link", "verb")]
        last = cuts[-1] if cuts else first
    while last > first and found[last - 1].kind in _TRAILERS:
        last -= 1
    if first < last and found[first].kind == "verb" and found[first].word.endswith("ed"):
        first += 1
    return (first, last) if any(_is_noun(token) for token in found[first:last]) else None


def _is_noun(token: Token) -> bool:
    return token.kind == "name" or token.word.endswith("ing")
