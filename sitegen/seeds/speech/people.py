"""Names in a text: capitalised runs, freed from titles, honorifics and the words that begin a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from sitegen.seeds.words import table, words

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĹĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ"
_CAP = rf"[{_UPPER}][^\W_]*(?:[-.&'’](?!(?:s|d|ll|m|re|ve)\b)[^\W_]+)*"
SAID = "|".join(sorted(words("en", "said")))
SPEAKS = re.compile(rf"\s(?:{SAID})\b")
_BETWEEN_SENTENCES = " \n\u00a0\"“”‘’'(—–)"
_LEADING_PARTICLES = ("al-", "al ", "de ", "van ", "von ")
_ENDS_OF_PARTICLES = frozenset(particle[-2:] for particle in _LEADING_PARTICLES)
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?\Z")


class Mention(NamedTuple):
    """A name as it stands. `start` and `end` bound the name alone, `run` is where its titles begin.

    `words` are its words in small letters without initials, `title` the words taken off before it.
    """

    start: int
    end: int
    run: int
    name: str
    words: tuple[str, ...]
    title: tuple[str, ...]
    gender: str = ""
    defined: bool = False

    @property
    def full(self) -> bool:
        """Whether it is more than a last name: Ann Lee, K. R. Lee."""
        return len(self.words) > 1 or self.name[1:2] == "."


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists of a language, as the name finder needs them."""

    honorifics: dict[str, str]
    titles: frozenset[str]
    first_names: dict[str, str]
    not_names: frozenset[str]
    organisations: frozenset[str]
    picture_words: frozenset[str]
    short_titles: dict[str, str]
    places: frozenset[str]
    roles: frozenset[str]
    personal_roles: frozenset[str]
    small_roles: frozenset[str]
    organisation_nouns: frozenset[str]
    organisation_signs: frozenset[str]
    thing_words: dict[str, str]
    runs: re.Pattern[str]


@cache
def lexicon(language: str) -> Lexicon:
    """The lists of `language`, read once."""
    honorifics = dict(table(language, "honorifics"))
    titles = frozenset(honorifics) | words(language, "titles")
    kinds = table(language, "organisation_words")
    offices = frozenset(title.lower() for title in titles)
    nouns = table(language, "role_nouns")
    return Lexicon(
        honorifics=honorifics,
        titles=titles,
        first_names=dict(table(language, "first_names")),
        not_names=words(language, "not_names"),
        organisations=frozenset(kinds),
        picture_words=words(language, "picture_words"),
        short_titles=dict(table(language, "short_titles")),
        places=frozenset(word for word, kind in kinds.items() if kind == "place"),
        roles=offices | nouns.keys(),
        personal_roles=offices | {noun for noun, kind in nouns.items() if kind != "group"},
        small_roles=frozenset(noun for noun, kind in nouns.items() if not kind),
        organisation_nouns=words(language, "organisation_nouns"),
        organisation_signs=words(language, "organisation_signs"),
        thing_words=dict(table(language, "thing_words")),
        runs=_runs(honorifics, words(language, "name_particles"), kinds),
    )


def _runs(honorifics: Iterable[str], particles: Iterable[str], kinds: Mapping[str, str]) -> re.Pattern[str]:
    """Matches capitalised words in a row, with the small words and marks that stand inside names.

    Begins with a set of letters, which the search for it can skip to.
    """
    dotted = "|".join(rf"(?<=\b{h}\.)" for h in honorifics if len(h) < 6)
    initials = rf"\.(?:\s?[{_UPPER}]\.)*"
    rest = rf"[^\W_]*(?:[-.&'’](?!(?:s|d|ll|m|re|ve)\b)[^\W_]+)*(?:\.(?=\s[{_UPPER}])(?:{dotted}))?"
    word = rf"[{_UPPER}](?:{initials}|{rest})"
    small = "|".join(particles)
    bodies = [kind for kind, value in kinds.items() if value != "place"]
    joined = rf"[ \u00a0\n]+(?:(?:(?:{small}|&)[ \u00a0]+){{1,2}}(?=[{_UPPER}]))?"
    owned = rf"(?<=s)['’] (?=(?:{_CAP} )?(?:{'|'.join(bodies)})\b)"  # the Growers’ Association
    after = "|".join(rf"(?<=\b{body})" for body in bodies)
    of = rf"(?= of (?:the )?[{_UPPER}])(?:{after}) of (?:the )?"  # Bank of Saltby
    return re.compile(
        rf"[{_UPPER}](?<![\w'’@#].)(?:{initials}|{rest})"
        rf"(?:(?:{joined}|{owned}|{of}){word})*(?:,?\s(?:Jr|Sr)\b\.?)?"
    )


class _Run(NamedTuple):
    """A capitalised run taken apart; the offsets count from its beginning."""

    start: int
    end: int
    opens: int
    name: str
    words: tuple[str, ...]
    title: tuple[str, ...]
    gender: str
    the: bool


def mentions(text: str, spans: Iterable[tuple[int, int]], language: str) -> list[Mention]:
    """Every capitalised name in the spans of the text, in order."""
    lex = lexicon(language)
    known: dict[tuple[str, bool], _Run | None] = {}
    found: list[Mention] = []
    doubtful = []
    find, not_names = lex.runs.finditer, lex.not_names
    for start, end in spans:
        for run in find(text, start, end):
            at, to = run.span()
            if text[at - 2 : at] in _ENDS_OF_PARTICLES:
                at = _with_particle(text, at)
            whole = text[at:to]
            if whole in not_names and not SPEAKS.match(text, to):
                continue
            key = (whole, opens_sentence(text, at))
            if key not in known:
                known[key] = _taken_apart(whole, key[1], lex, text)
            parts = known[key]
            if parts:
                found.append(_placed(text, at, parts))
            elif whole.isalpha() and (whole in lex.titles or SPEAKS.match(text, to)):
                doubtful.append(run)
    if not doubtful:
        return found
    last_names = {mention.words[-1] for mention in found if len(mention.words) > 1}
    bare = [_bare(run) for run in doubtful if run.group().lower() in last_names]
    return sorted([*found, *bare], key=lambda m: m.start) if bare else found


def _placed(text: str, at: int, run: _Run) -> Mention:
    start, end, opens, name, words, title, gender, the = run
    defined = the or (text[at - 2 : at] == "e " and text[max(0, at - 4) : at].lower() == "the ")
    return Mention(at + start, at + end, at + opens, name, words, title, gender, defined)


def _with_particle(text: str, at: int) -> int:
    """Where the name at this offset begins, with the small word that may stand before it (de Vries)."""
    if not text.endswith(_LEADING_PARTICLES, max(0, at - 5), at):
        return at
    particle = next(p for p in _LEADING_PARTICLES if text.endswith(p, 0, at))
    before = at - len(particle)
    return at if before and text[before - 1].isalnum() else before


def _bare(run: re.Match[str]) -> Mention:
    """A last name that looks like a title or a common word: Ms King, Mr Will."""
    return Mention(run.start(), run.end(), run.start(), run.group(), (run.group().lower(),), ())


def _taken_apart(whole: str, opening: bool, lex: Lexicon, text: str) -> _Run | None:
    """The name in a run without the words before it; None where nothing of it is a name."""
    if whole.isalpha():
        nameless = whole in lex.not_names or whole in lex.titles or (opening and _common([whole], lex, text))
        return None if nameless else _Run(0, len(whole), 0, whole, (whole.lower(),), (), "", False)
    pieces = whole.split()
    raw = [piece.strip(".,") for piece in pieces]
    opens = 0
    while opens < len(raw) and raw[opens] in lex.not_names:
        opens += 1
    if opening and opens == 0 and _common(raw, lex, text):
        opens = 1
    if opens == len(raw):
        return None
    first = _after_titles(raw, opens, lex)
    if first == len(raw):
        return None
    name, end = " ".join(pieces[first:]), len(whole)
    if name.endswith(".") and not _SUFFIX.search(name) and not name[-2:-1].isupper():
        name, end = name[:-1], end - 1
    plain = tuple(word.lower() for word in raw[first:] if len(word) > 1 and not _SUFFIX.match(word))
    title = tuple(raw[opens:first])
    gender = next((lex.honorifics[word] for word in title if lex.honorifics.get(word)), "")
    start, begins = _offset(whole, pieces, first), _offset(whole, pieces, opens)
    return _Run(start, end, begins, name, plain or (name.lower(),), title, gender, "The" in raw[:opens])


def _offset(whole: str, pieces: Sequence[str], index: int) -> int:
    """Where the piece of this index begins in the run."""
    at = 0
    for piece in pieces[:index]:
        at = whole.index(piece, at) + len(piece)
    return whole.index(pieces[index], at) if index else 0


def opens_sentence(text: str, at: int) -> bool:
    """Whether the word at this offset has its capital from the sentence's beginning."""
    before = at - 1
    while before >= 0 and text[before] in _BETWEEN_SENTENCES:
        before -= 1
    gap = text[before + 1 : at]
    return before < 0 or "\n" in gap or text[before] in ".!?:…" or not gap.isspace()


def _common(raw: Sequence[str], lex: Lexicon, text: str) -> bool:
    """Whether the run begins with a common word that has its capital only from the sentence's beginning."""
    word = raw[0]
    if word in lex.first_names or word in lex.titles:
        return False
    formed = word.endswith("ing") or (word.endswith(("ly", "ed")) and (len(raw) == 1 or raw[1].isupper()))
    return formed or f" {word.lower()} " in text


def _after_titles(raw: Sequence[str], first: int, lex: Lexicon) -> int:
    """The index of the first word of the name itself: past titles, and past a place before a first name."""
    if first + 1 == len(raw):
        return first + (raw[first] in lex.titles)
    if _given(raw[first], lex) and len(raw) - first > 1:
        return first
    last = first
    for index in range(first, len(raw)):
        if raw[index] in lex.titles:
            last = index + 1
    if last == len(raw) and last - first > 1 and not all(word in lex.titles for word in raw[first:]):
        return first  # "Goldman Partners" ends like a title: a name of some other kind
    if last < len(raw):
        for index in range(first + 1, len(raw) - 2):
            if raw[index].isupper() and 1 < len(raw[index]) < 4 and raw[index].isalpha():
                last = index + 1  # Saltby FC Ann Lee
        for index in range(last, len(raw) - 2):
            following = raw[index + 1]
            if raw[index] in lex.organisations and following not in lex.organisations and following != "of":
                return index + 1  # Harbour Council Ann Lee
        for index in range(max(last, first + 1), len(raw) - 1):
            placed = lex.thing_words.get(raw[index - 1]) == "first"  # San Francisco
            if _given(raw[index], lex) and not _given(raw[last], lex) and not placed:
                return index
    return last


def _given(word: str, lex: Lexicon) -> bool:
    """Whether it is a known first name, or begins with one: Eva-Lena."""
    return word in lex.first_names or word.partition("-")[0] in lex.first_names
