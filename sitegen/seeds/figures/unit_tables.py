"""Units and currencies by their spellings, from the word lists; the longest that stands at a place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from sitegen.seeds.words import table


class Named(NamedTuple):
    """A currency (`code` is ISO 4217) or a unit (`code` is its dimension) and its English name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Spellings of one to three words; `beginnings` are the first words of the longer ones."""

    entries: Mapping[str, Named]
    beginnings: frozenset[str]

    def get(self, phrase: str) -> Named | None:
        """Symbols as they are, words in any case."""
        return self.entries.get(phrase) or (self.entries.get(phrase.lower()) if len(phrase) > 2 else None)


_TOKEN = re.compile(
    r"[ \u00a0]?[-–]?([%％‰¢″]|[°º] ?(?:[CF](?![a-z]))?|[^\W\d_][^\W_]*(?:[./²³][^\W_]+)*[²³]?)"
)
_MOST_WORDS = 3


def longest(text: str, at: int, end: int, lexicon: Lexicon) -> tuple[int, Named] | None:
    """(end, what it names) of the longest entry that the words right behind `at` make."""
    token = _TOKEN.match(text, at, end)
    if not token:
        return None
    phrase, to = plain(token[1]), token.end()
    named = lexicon.get(phrase)
    best = (to, named) if named else None
    if phrase.lower() in lexicon.beginnings or phrase in lexicon.beginnings:
        for _ in range(_MOST_WORDS - 1):
            token = _TOKEN.match(text, to, end)
            if not token:
                break
            phrase, to = f"{phrase} {plain(token[1])}", token.end()
            named = lexicon.get(phrase)
            best = (to, named) if named else best
    elif not best and "/" in phrase:  # “kV/cm”: the rate behind the stroke is read on its own
        unit = phrase.split("/")[0]
        named = lexicon.get(unit)
        best = (token.start(1) + len(unit), named) if named else None
    return best


def plain(written: str) -> str:
    """A spelling without hyphens and full stops."""
    return written.replace("-", " ").replace(".", "")


@cache
def units(language: str) -> Lexicon:
    """The units of measure; words of three letters and more stand in the plural as well."""
    known: dict[str, Named] = {}
    for key, value in table(language, "units").items():
        name, _, dimension = value.partition("; ")
        known[plain(key)] = Named(dimension, name)
        if len(key) > 2 and key.islower():
            known.setdefault(plain(key) + "s", Named(dimension, name))
    return _lexicon(known)


@cache
def currencies(language: str) -> Lexicon:
    """The currencies' names, singular and plural, in small letters."""
    known: dict[str, Named] = {}
    for key, value in table(language, "currencies").items():
        code, _, name = value.partition("; ")
        known[plain(key).lower()] = known[plain(key).lower() + "s"] = Named(code, name)
    return _lexicon(known)


@cache
def symbols(language: str) -> Mapping[str, Named]:
    """Currency symbols and codes, without the spaces and full stops inside them."""
    rows = ((key, *value.partition("; ")) for key, value in table(language, "currency_symbols").items())
    return {re.sub(r"[\s.]", "", key): Named(code, name) for key, code, _, name in rows}


@cache
def symbol_ends(language: str) -> frozenset[str]:
    """The marks that a currency symbol or code may end with, the full stop of an abbreviation among them."""
    return frozenset(symbol[-1] for symbol in symbols(language)) | {"."}


def _lexicon(known: Mapping[str, Named]) -> Lexicon:
    return Lexicon(known, frozenset(key.split()[0] for key in known if " " in key))
