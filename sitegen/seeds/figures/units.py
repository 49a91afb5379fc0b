"""What stands at a number: currency, unit of measure, rate (“$57 a barrel”, “50 mph”, “3 per cent”).

The word lists give each unit's English name and what it measures (its dimension); amounts of one
dimension can be each other's equivalent (“7 miles (11 km)”).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sitegen.seeds.figures.numbers import Numeral
from sitegen.seeds.figures.unit_nouns import is_noun_phrase, singular
from sitegen.seeds.figures.unit_tables import Named, currencies, longest, symbol_ends, symbols, units
from sitegen.seeds.words import table, words


class Measure(NamedTuple):
    """What a number counts: the whole stretch, a factor for glued letters (“5m”), unit and dimension.

    For money `dimension` is “money” and `currency` the ISO code; bare “crowns” have none.
    """

    start: int
    end: int
    factor: int
    unit: str | None
    dimension: str | None
    currency: str | None = None
    per: str | None = None


def measure(text: str, numeral: Numeral, floor: int, end: int, language: str) -> Measure | None:
    """Currency, unit and rate of the number, or None; nothing before `floor` or after `end` is read."""
    at, to, factor = numeral.start, numeral.end, 1
    if numeral.form == "vague" and text.startswith(" of ", to):  # “billions of dollars”
        to += 3
    prefix = _currency_before(text, at, floor, language)
    if prefix:
        at, money = prefix
    glued = None if numeral.scaled else _glued(text, to, end, bool(prefix), language)
    if glued:
        factor, to = glued
    if not prefix:
        suffix = _currency_behind(text, to, end, language)
        if suffix:
            to, money = suffix
    elif trailing := _TRAILING_CODE.match(text, to, end):
        to = trailing.end()
    if prefix or suffix:
        per, to = rate(text, to, end, language)
        return Measure(at, to, factor, with_rate(money.name, per), "money", money.code or None, per)
    of_one = _OF_ONE.match(text, to, end) if numeral.form == "part" else None  # “a quarter of a mile”
    unit = longest(text, of_one.end() if of_one else to, end, units(language))
    if not unit:
        return Measure(at, to, factor, None, None) if glued else None
    to, named = unit
    per, to = rate(text, to, end, language)
    dimension = "speed" if named.code == "length" and per in _OF_SPEED else named.code
    return Measure(at, to, factor, with_rate(named.name, per), dimension, None, per)


_OF_SPEED = frozenset({"hour", "minute", "second"})
_OF_ONE = re.compile(r" of an?(?= )")
_TRAILING_CODE = re.compile(r"\s?(?:US|USD|AUD|CAD|HKD|NZD|SGD)\b")


# ---------------------------------------------------------------- money


_CODE_BEFORE = re.compile(r"(?<![^\W_])([A-Za-z.=$]{1,5})[ \u00a0]?\Z")
_SYMBOL_BEFORE = re.compile(r"(?<![^\W_])([A-Za-z.]{0,4}[ \u00a0]?)([^\w\s.,;:()\"'“”‘’%/+*#&-])[ \u00a0]?\Z")
_CODE_BEHIND = re.compile(r"[ \u00a0]?([^\W\d_a-z]{1,4}|kn|zł|Kč|[$€£¥₹₽₺₪₩₾₡₭₱฿₫₦]|元)(?![^\W_])")
# A single letter before a number is more often a road, a rating or a robot.
_LONE_LETTER = re.compile(r"[A-Za-z]\.?\Z")


def _currency_before(text: str, at: int, floor: int, language: str) -> tuple[int, Named] | None:
    before = text[max(floor, at - 8) : at]
    known = symbols(language)
    if before.rstrip(" \u00a0")[-1:] not in symbol_ends(language):
        return None
    symbol = _SYMBOL_BEFORE.search(before)
    if symbol:
        written = re.sub(r"[\s.]", "", symbol[1]) + symbol[2]
        for name, start in ((written, 1), (symbol[2], 2)):
            if name in known:
                spaces = (
                    len(symbol[start]) - len(symbol[start].lstrip())
                    if start == 1 and symbol[1].strip()
                    else 0
                )
                begins = symbol.start(start if symbol[1].strip() else 2) + spaces
                return at - len(before) + begins, known[name]
    code = _CODE_BEFORE.search(before)
    if code and not code[1].islower() and not _LONE_LETTER.match(code[1]):
        found = known.get(code[1].replace(".", ""))
        if found:
            return at - len(before) + code.start(1), found
    return None


def _currency_behind(text: str, at: int, end: int, language: str) -> tuple[int, Named] | None:
    symbol = _CODE_BEHIND.match(text, at, end)
    if symbol and symbol[1] not in units(language).entries and (found := symbols(language).get(symbol[1])):
        return symbol.end(), found
    return longest(text, at, end, currencies(language))


def named_unit(word: str, language: str) -> Named | None:
    """The unit that a word names, if any."""
    return units(language).get(word)


# ---------------------------------------------------------------- glued letters and rates


_LETTERS = re.compile(r"([A-Za-z]{1,3})(?![^\W_])")
_SCALES_ALONE = frozenset({"k"})


def _glued(text: str, at: int, end: int, money: bool, language: str) -> tuple[int, int] | None:
    """(factor, end) of a letter that multiplies: always with money, else where things are counted."""
    letters = _LETTERS.match(text, at, end)
    scale = table(language, "magnitude_letters").get(letters[1]) if letters else None
    if not letters or not scale:
        return None
    to = letters.end()
    if money or letters[1] in _SCALES_ALONE or _currency_behind(text, to, end, language):
        return int(scale), to
    if letters[1] in ("m", "M", "K") and (
        text.startswith(" of ", to)
        or is_noun_phrase(text, to, end, language)
        or longest(text, to, end, units(language))
    ):
        return int(scale), to
    return None


_RATE = re.compile(
    r"(?: ?/ ?| per |-per-| an? | a-|-an?-)([^\W\d_]+)(?! (?:ago|earlier|before|later|on|after)\b)"
    r"(?:[ -]([^\W\d_]+))?"
)


def rate(text: str, at: int, end: int, language: str) -> tuple[str | None, int]:
    """What the amount is for (“barrel”) and where that ends."""
    match = _RATE.match(text, at, end)
    if not match:
        return None, at
    pair = named_unit(f"{match[1]} {match[2]}", language) if match[2] else None
    if pair:
        return pair.name, match.end()
    one = named_unit(match[1], language)
    if one:
        return one.name, match.end(1)
    if match[1].lower() in words(language, "rate_nouns") or "per" in match.group().split(match[1])[0]:
        return singular(match[1].lower(), language), match.end(1)
    return None, at


def with_rate(name: str, per: str | None) -> str:
    return f"{name} per {per}" if per else name
