"""What a bare number counts: “400 people to work” counts people, “two top seeds” top seeds."""

from __future__ import annotations

import re
from functools import cache

from sitegen.seeds.words import table, words

_WORD = re.compile(r"([ \u00a0-]| - )([^\W\d_](?:[^\W_]|[-.’'&/](?=[^\W_]))*)")
_MOST_WORDS = 5
# Words before the noun that do not name the thing: “40 more votes” counts votes.
_EMPTY = frozenset({"more", "additional", "extra", "further", "or", "so", "such", "of", "the"})
# “one boat sank or landed”: what follows a noun and ends so is its verb.
_PAST = re.compile(r"[a-z]{2}ed\Z")
_ADJECTIVES = frozenset(
    {
        "new",
        "old",
        "young",
        "big",
        "small",
        "large",
        "long",
        "short",
        "good",
        "bad",
        "high",
        "low",
        "great",
        "separate",
    }
    | {"different", "main", "key", "full", "first", "own"}
)
_ADJECTIVE_ENDS = ("al", "ive", "ous", "ful", "less", "ic", "able", "ible", "ed", "ing", "er", "est", "ly")
_POSSESSIVE = re.compile(r"[’']s?\Z")


def counted(text: str, at: int, end: int, language: str, one: bool = False) -> tuple[int, str] | None:
    """(end, singular name) of the noun phrase right behind a number that ends at `at`, or None.

    `one` allows a noun in the singular (“one area”), as does a hyphen (“a 12-page report”) or a
    further noun (“a 12 page report”).
    """
    modifiers: list[str] = []
    to = first = at
    while len(modifiers) < _MOST_WORDS and (word := _WORD.match(text, to, end)):
        name = word[2]
        hyphen = word[1] == "-" and not modifiers
        if hyphen and name.split("-")[0].lower() in _ends(language):
            break
        if name.lower() in _EMPTY and name.lower() != "of" and not modifiers and not hyphen:
            to = word.end()
            continue
        if (
            name.lower() in _ends(language)
            or _POSSESSIVE.search(name)
            or (one and modifiers and _PAST.search(name))
        ):
            break
        to = word.end()
        first = first if modifiers else to
        modifiers.append(name)
        if hyphen:
            return to, name.lower()
        if is_plural(name, language):
            return to, " ".join([*modifiers[:-1], singular(name, language)])
    if modifiers and (
        one or (len(modifiers) > 1 and modifiers[0].islower() and not _adjective(modifiers[0]))
    ):
        return (to, " ".join(modifiers)) if one else (first, modifiers[0])
    return None


def _adjective(word: str) -> bool:
    return word in _ADJECTIVES or word.endswith(_ADJECTIVE_ENDS)


@cache
def _ends(language: str) -> frozenset[str]:
    return words(language, "phrase_ends") | words(language, "number_words") | words(language, "magnitudes")


def is_noun_phrase(text: str, at: int, end: int, language: str) -> bool:
    """Whether things are named in the plural at `at`."""
    return text.startswith(" ", at) and counted(text, at, end, language) is not None


_SINGULARS = frozenset({"christmas", "gas", "canvas", "bias", "atlas", "lens", "news", "texas", "kansas"})


def is_plural(word: str, language: str) -> bool:
    lower = word.lower()
    if lower in table(language, "plurals"):
        return True
    if lower.endswith(("ss", "us", "is", "ous")) or lower in _SINGULARS:
        return False
    return len(word) > 3 and lower.endswith("s")


def singular(word: str, language: str) -> str:
    """The singular of a noun, in lower case unless it is a name."""
    irregular = table(language, "plurals").get(word.lower())
    if irregular:
        return irregular
    head, _, tail = word.rpartition("-")
    if tail and head and tail.lower() in table(language, "plurals"):
        return f"{head}-{table(language, 'plurals')[tail.lower()]}"
    if not is_plural(word, language):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zzes", "oes")):
        return word[:-2]
    return word[:-1]
