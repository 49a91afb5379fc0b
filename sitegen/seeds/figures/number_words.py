"""Numbers spelled out: “twenty-eight thousand”, “two and a half”, “dozens”, “a third”, “one in five”."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

from sitegen.model import Number, Value
from sitegen.seeds.words import table


class Spelled(NamedTuple):
    form: Literal["words", "part", "vague"]
    start: int
    end: int
    value: Value
    scaled: bool


def find(text: str, start: int, end: int, language: str) -> Iterator[Spelled]:
    """Every number in words between `start` and `end`; the rules are tried in the order of `_RULES`."""
    behind = start
    for at in _beginnings(text, start, end, language):
        if at < behind:
            continue
        for rule in _RULES:
            spelled = rule(text, at, end, language)
            if spelled:
                behind = spelled.end
                yield spelled
                break


def _beginnings(text: str, start: int, end: int, language: str) -> list[int]:
    """Where words stand that a number can begin with; most texts have none, so that is asked first."""
    pattern = _first_words(language)
    found = [match.end() for match in pattern.finditer(text, max(0, start - 1), end)]
    return [0, *found] if not start and pattern.match(" " + text[: min(end, _LONGEST_WORD)]) else found


def _order_of_size(text: str, at: int, end: int, language: str) -> Spelled | None:
    """“dozens”, “tens of thousands”: from one of it to ten of it."""
    vague = _vague(language).match(text, at, end)
    if not vague:
        return None
    size = 1
    for word in re.findall(r"[a-z]+", vague.group().lower()):
        size *= _SIZES.get(word) or int(table(language, "magnitudes").get(word[:-1], "1"))
    return Spelled("vague", vague.start(), vague.end(), (size, size * 10), True)


def _share(text: str, at: int, end: int, language: str) -> Spelled | None:
    """“a third of”, “two-thirds”, “three quarters of”, “half the”: a part of a whole."""
    share = _shares(language).match(text, at, end)
    if not share or _NO_SHARE.search(text, max(0, at - 8), at):
        return None
    top = (share["top"] or "").lower()
    article = None if top else _ARTICLE.search(text, max(0, at - 8), at)
    if not top and not article and share["part"].lower() != "half":
        return None
    whole = int(table(language, "fractions")[share["part"].lower()])
    count = int(table(language, "number_words")[top]) if top else 1
    return Spelled("part", article.start() if article else at, share.end(), count / whole, False)


def _ratio(text: str, at: int, end: int, language: str) -> Spelled | None:
    """“one in five”, “three out of four”, “one of every ten”."""
    ratio = _ratios(language).match(text, at, end)
    if not ratio:
        return None
    top, bottom = (
        int(word) if word.isdigit() else int(table(language, "number_words")[word.lower()])
        for word in ratio.groups()
    )
    if not 0 < top < bottom:
        return None
    return Spelled("part", ratio.start(), ratio.end(), top / bottom, False)


def _number(text: str, at: int, end: int, language: str) -> Spelled | None:
    """“twenty-eight thousand six hundred and two”, “half a million”, “six-point-six”."""
    whole = _wholes(language).match(text, at, end)
    if not whole:
        return None
    words = [(word.group().lower(), whole.start() + word.end()) for word in _WORD.finditer(whole.group())]
    amount, to, scaled = _sum(words, language)
    if amount is None:
        return None
    article = _ARTICLE.search(text, max(0, at - 8), at)
    if article and words[0][0] in table(language, "magnitudes"):
        at = article.start()
        amount = amount / 2 if article[1] else amount
    elif words[0][0] in table(language, "magnitudes"):
        return None  # “several hundred”, “million-dollar”: no number of its own
    negative = _NEGATIVE.search(text, max(0, at - 9), at)
    if negative:
        amount, at = -amount, negative.start()
    return Spelled("words", at, to, _plain(amount), scaled)


_RULES = (_order_of_size, _ratio, _share, _number)
_SIZES = {"tens": 10, "scores": 20}
_WORD = re.compile(r"[A-Za-zÀ-ɏ]+")
_ARTICLE = re.compile(r"\b(half )?an? \Z", re.IGNORECASE)
_ANY = Decimal("Infinity")
_HUNDRED = 100
_NO_SHARE = re.compile(
    r"\b(?:first|second|third|final|top|bottom|other|latter|better|last|the) \Z", re.IGNORECASE
)
_NEGATIVE = re.compile(r"\b(?:minus|negative)[ -]\Z", re.IGNORECASE)


def _sum(words: list[tuple[str, int]], language: str) -> tuple[Decimal | None, int, bool]:
    """What the words add up to, the end of the last that belongs, and whether there is a magnitude.

    Words that do not continue the number (“two three”, “two and three”) end it.
    """
    small, large = table(language, "number_words"), table(language, "magnitudes")
    total, current, to = Decimal(0), Decimal(0), 0
    room, ceiling, decimal = _ANY, _ANY, Decimal(0)
    for word, end in words:
        if word in small:
            value = int(small[word])
            if decimal:
                current, decimal = current + value * decimal, decimal / 10
            elif value >= room:
                break
            else:
                current, room = current + value, Decimal(10 if value >= 20 else 0)
            to = end
        elif word in large:
            factor = int(large[word])
            if factor >= ceiling or (factor == _HUNDRED and current >= _HUNDRED):
                break
            current, to = (current if to else Decimal(1)) * factor, end
            room, decimal = Decimal(factor), Decimal(0)
            if factor > _HUNDRED:
                total, current, ceiling = total + current, Decimal(0), Decimal(factor)
        elif word == "point" and to:
            decimal = Decimal("0.1")
        elif word == "half" and to:
            current, to = current + Decimal("0.5"), end
    scaled = any(word in large for word, end in words if end <= to)
    return (total + current if to else None), to, scaled


def _plain(amount: Decimal) -> Number:
    return int(amount) if amount == int(amount) else float(amount)


def _any(names: list[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


@cache
def _first_words(language: str) -> re.Pattern[str]:
    """The mark before a word that a spelled number can begin with, as it is, capitalised or in capitals.

    Begins with a set of marks, which the search for it can skip to, and the words share their beginnings.
    """
    known = [
        *table(language, "number_words"),
        *table(language, "magnitudes"),
        *table(language, "fractions"),
        *_SIZES,
    ]
    known += [f"{word}s" for word in table(language, "magnitudes")]
    forms = {form for word in known for form in (word, word.capitalize(), word.upper())}
    return re.compile(rf"[^A-Za-z0-9](?={_tree(forms)}(?![^\W_]))")


def _tree(spellings: Collection[str]) -> str:
    """A pattern for these words that looks at no letter twice."""
    tails: dict[str, list[str]] = {}
    for spelling in spellings:
        tails.setdefault(spelling[:1], []).append(spelling[1:])
    branches = [letter and letter + _tree(rest) for letter, rest in sorted(tails.items(), reverse=True)]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


_LONGEST_WORD = 40


@cache
def _vague(language: str) -> re.Pattern[str]:
    sizes = _any([f"{word}s" for word in table(language, "magnitudes") if len(word) > 3] + list(_SIZES))
    return re.compile(rf"\b(?:{sizes})(?: of (?:{sizes})){{0,3}}\b(?= of\b)", re.IGNORECASE)


@cache
def _shares(language: str) -> re.Pattern[str]:
    """A quarter or a second may be a time, so that these need an “of” behind them."""
    small, parts = _any(list(table(language, "number_words"))), _any(list(table(language, "fractions")))
    return re.compile(
        rf"(?:(?P<top>{small})[ -])?(?P<part>{parts})s?\b"
        r"(?:(?= of\b)|(?<=ths)|(?<=thirds)|(?<=one[ -]third)|(?<=half)(?= (?:the|its|their|his|her|all)\b))",
        re.IGNORECASE,
    )


@cache
def _ratios(language: str) -> re.Pattern[str]:
    small = _any(list(table(language, "number_words")))
    return re.compile(rf"\b({small}) (?:in|out of|of every)(?: every)? ({small}|[0-9]+)\b", re.IGNORECASE)


@cache
def _wholes(language: str) -> re.Pattern[str]:
    word = _any(list(table(language, "number_words")) + list(table(language, "magnitudes")))
    return re.compile(
        rf"\b(?:{word})\b(?:(?:[ -]|-?,? and |[ -]point[ -])(?:{word})\b){{0,12}}"
        rf"(?: and a half\b(?:[ -](?:{word})\b){{0,2}})?",
        re.IGNORECASE,
    )
