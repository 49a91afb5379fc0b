"""Names in a text: capitalised runs, freed from titles, honorifics and the words that begin a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from sitegen.seeds.words import table, words

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĹĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ"
_CAP = rf"[{_UPPER}][^\W_]*(?:[-.&'’](?!s\b)[^\W_]+)*"
SAID = "|".join(sorted(words("en", "said")))
SPEAKS = re.compile(rf"\s(?:{SAID})\b")
_BETWEEN_SENTENCES = " \n\u00a0\"“”‘’'(—–)"
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?\Z")


@dataclass(frozen=True, slots=True)
class Mention:
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


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists of a language, as the name finder needs them."""

    honorifics: dict[str, str]
    titles: frozenset[str]
    first_names: dict[str, str]
    not_names: frozenset[str]
    organisations: frozenset[str]
    places: frozenset[str]
    roles: frozenset[str]
    small_roles: frozenset[str]
    organisation_signs: frozenset[str]
    runs: re.Pattern[str]


@cache
def lexicon(language: str) -> Lexicon:
    """The lists of `language`, read once."""
    honorifics = dict(table(language, "honorifics"))
    dotted = "|".join(rf"(?<=\b{h}\.)" for h in honorifics if len(h) < 6)
    word = rf"(?:[{_UPPER}]\.(?:\s?[{_UPPER}]\.)*|{_CAP}(?:\.(?=\s[{_UPPER}])(?:{dotted}))?)"
    small = "|".join(words(language, "name_particles"))
    particle = rf"(?:(?i:{small}))"
    titles = frozenset(honorifics) | words(language, "titles")
    return Lexicon(
        honorifics=honorifics,
        titles=titles,
        first_names=dict(table(language, "first_names")),
        not_names=words(language, "not_names"),
        organisations=words(language, "organisation_words"),
        places=frozenset(k for k, kind in table(language, "organisation_words").items() if kind == "place"),
        roles=words(language, "role_nouns") | frozenset(t.lower() for t in titles),
        small_roles=words(language, "role_nouns"),
        organisation_signs=words(language, "organisation_signs"),
        runs=re.compile(
            rf"(?<![\w'’@#])(?:(?:al|de|van|von)[\s-](?=[{_UPPER}]))?{word}"
            rf"(?:[ \u00a0\n]+(?:{particle}[ \u00a0]+){{0,2}}{word})*(?:,?\s(?:Jr|Sr)\b\.?)?"
        ),
    )


@dataclass(frozen=True, slots=True)
class _Run:
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
    small = frozenset(word for word in text.split() if word.islower())
    known: dict[tuple[str, bool], _Run | None] = {}
    found: list[Mention] = []
    doubtful = []
    for start, end in spans:
        for run in lex.runs.finditer(text, start, end):
            whole, at = run.group(), run.start()
            if whole in lex.not_names and not SPEAKS.match(text, run.end()):
                continue
            key = (whole, _opens_sentence(text, at))
            if key not in known:
                known[key] = _taken_apart(whole, key[1], lex, small)
            parts = known[key]
            if parts:
                found.append(_placed(text, at, parts))
            elif whole.isalpha() and (whole in lex.titles or SPEAKS.match(text, run.end())):
                doubtful.append(run)
    last_names = {mention.words[-1] for mention in found if len(mention.words) > 1}
    bare = [_bare(run) for run in doubtful if run.group().lower() in last_names]
    return sorted([*found, *bare], key=lambda m: m.start) if bare else found


def _placed(text: str, at: int, run: _Run) -> Mention:
    defined = run.the or text[max(0, at - 4) : at].lower() == "the "
    return Mention(
        at + run.start, at + run.end, at + run.opens, run.name, run.words, run.title, run.gender, defined
    )


def _bare(run: re.Match[str]) -> Mention:
    """A last name that looks like a title or a common word: Ms King, Mr Will."""
    return Mention(run.start(), run.end(), run.start(), run.group(), (run.group().lower(),), ())


def _taken_apart(whole: str, opening: bool, lex: Lexicon, small: frozenset[str]) -> _Run | None:
    """The name in a run without the words before it; None where nothing of it is a name."""
    pieces = whole.split()
    raw = [piece.strip(".,") for piece in pieces]
    opens = 0
    while opens < len(raw) and raw[opens] in lex.not_names:
        opens += 1
    if opening and opens == 0 and _common(raw, lex, small):
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


def _opens_sentence(text: str, at: int) -> bool:
    """Whether the word at this offset has its capital from the sentence's beginning."""
    before = at - 1
    while before >= 0 and text[before] in _BETWEEN_SENTENCES:
        before -= 1
    gap = text[before + 1 : at]
    return before < 0 or "\n" in gap or text[before] in ".!?:…" or not gap.isspace()


def _common(raw: Sequence[str], lex: Lexicon, small: frozenset[str]) -> bool:
    """Whether the run begins with a common word that has its capital only from the sentence's beginning."""
    word = raw[0]
    if word in lex.first_names or word in lex.titles:
        return False
    formed = word.endswith(("ing", "ly", "ed")) and (len(raw) == 1 or raw[1].isupper())
    return formed or word.lower() in small


def _after_titles(raw: Sequence[str], first: int, lex: Lexicon) -> int:
    """The index of the first word of the name itself: past titles, and past a place before a first name."""
    if first + 1 == len(raw):
        return first + (raw[first] in lex.titles)
    if raw[first] in lex.first_names and len(raw) - first > 1:
        return first
    last = first
    for index in range(first, len(raw)):
        if raw[index] in lex.titles:
            last = index + 1
    if last == len(raw) and last - first > 1 and not all(word in lex.titles for word in raw[first:]):
        return first  # "Goldman Partners" ends like a title: a name of some other kind
    if last < len(raw):
        for index in range(last, len(raw) - 2):
            if raw[index] in lex.organisations and raw[index + 1] not in lex.organisations:
                return index + 1  # Harbour Council Ann Lee
        for index in range(max(last, first + 1), len(raw) - 1):
            if raw[index] in lex.first_names and raw[last] not in lex.first_names:
                return index
    return last
